//go:build !profile

package plugin

func profile() (stop func()) { return func() {} }
