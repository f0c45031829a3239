package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestIdentify(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]string{
		"Copyright X\n\nMozilla Public License, version 2.0\n":                                                "MPL-2.0",
		"   Apache License\n   Version 2.0, January 2004\n":                                                   "Apache-2.0",
		"Redistribution and use in source and binary forms, with or without\nmodification, are permitted ...": "BSD-2-Clause",
		"Redistribution and use in source and binary forms, with or without\nmodification, are permitted ...\n" +
			"Neither the name of X may be used to endorse or promote\nproducts derived from this software": "BSD-3-Clause",
		"GNU AFFERO GENERAL PUBLIC LICENSE Version 3": "",
		"All rights reserved.":                        "",
	} {
		got := identify(text)
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestOwnLicense(t *testing.T) {
	t.Parallel()

	if got, err := license(filepath.Join("..", "..", "..")); err != nil || got != "MPL-2.0" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestNoLicense(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "LICENSE"), []byte("All rights reserved."), 0o600); err != nil {
		t.Fatal(err)
	}

	if got, err := license(dir); err == nil {
		t.Errorf("accepted as %q", got)
	}
}
