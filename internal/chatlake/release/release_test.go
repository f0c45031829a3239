package release_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
)

func TestAtLeast(t *testing.T) {
	cases := []struct {
		have, want release.Version
		atLeast    bool
	}{
		{"4.15.1", "4.15.1", true},
		{"4.9.2", "4.10.0", false},
		{"4.10.0", "4.9.2", true},
		{"v4.2.0-rc1", "4.2.0", true},
		{"5", "4.15.1", true},
		{"main", "4.15.1", true},
	}
	for _, c := range cases {
		if c.have.AtLeast(c.want) != c.atLeast {
			t.Errorf("%q at least %q: want %t", c.have, c.want, c.atLeast)
		}
	}
}

func TestPolicyCoversEveryRelease(t *testing.T) {
	cases := map[release.Version]struct {
		from   release.Version
		tested bool
	}{
		"4.15.1":  {"4.14.2", true},
		"9.0.0":   {"4.14.2", true},
		"develop": {"4.14.2", true},
		"4.14.1":  {"4.0.2", true},
		"4.0.2":   {"4.0.2", true},
		"4.0.1":   {"3.16.0", false},
		"2.16.0":  {"0.0.0", false},
	}
	for version, want := range cases {
		got := release.Of(version)
		if got.From != want.from || got.Tested != want.tested {
			t.Errorf("%s counts to %s (tested %t), want %s", version, got.From, got.Tested, want.from)
		}
	}
}

func TestGatesNameReleases(t *testing.T) {
	for _, gate := range release.All() {
		if !release.Version("99.0.0").AtLeast(gate.Since) || release.Version("0.0.1").AtLeast(gate.Since) {
			t.Errorf("%s.%s: %q is no release", gate.Type, gate.Attribute, gate.Since)
		}
	}
}
