//go:build unix && !linux

package main

import (
	"runtime"
	"syscall"
)

// maxrssUnit is what ru_maxrss counts: bytes on one system, KiB on the others.
var maxrssUnit = map[bool]int64{true: 1, false: 1024}[runtime.GOOS == "darwin"]

// dieTogether does nothing: only Linux can.
func dieTogether() *syscall.SysProcAttr { return nil }
