//go:build !unix

package localfile_test

import "testing"

// special returns nothing where pipes and devices have no paths.
func special(*testing.T) map[string]refused { return nil }
