// Package release knows the releases of Chatwoot: which ones the provider supports, and which attribute needs which one.
package release

import (
	"slices"
	"strconv"
	"strings"
)

// Version is a release of Chatwoot, such as "4.15.1".
type Version string

// AtLeast reports whether the release is other or a later one. A version that is not a number counts as the newest: forks
// name their releases as they like, and most follow the newest Chatwoot.
func (v Version) AtLeast(other Version) bool {
	have, ok := numbers(v)
	want, _ := numbers(other)

	return !ok || slices.Compare(have[:], want[:]) >= 0
}

// numbers returns major, minor and patch, and whether the version has them.
func numbers(version Version) ([3]int, bool) {
	var parsed [3]int

	text, _, _ := strings.Cut(strings.TrimPrefix(string(version), "v"), "-")
	for i, part := range strings.SplitN(text, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return parsed, false
		}

		parsed[i] = n
	}

	return parsed, true
}

// Support is what the provider promises for a range of releases.
type Support struct {
	From    Version // The oldest release of the range. The range ends where the next one begins.
	Promise string  // A sentence for documents and warnings.
	Tested  bool    // The acceptance suite covers the range.
}

// Policy lists the ranges, the newest first. A release that is newer than the newest recorded one counts to the first
// range.
func Policy() []Support {
	return []Support{
		{From: "4.14.2", Tested: true, Promise: "Everything works."},
		{From: "4.0.2", Tested: true, Promise: "Everything works but attributes that the release lacks. A plan refuses each of these by name."},
		{From: "3.16.0", Promise: "Most things work. Nothing is promised."},
		{From: "0.0.0", Promise: "Portals, priorities and sessions are missing or fail. Nothing is promised."},
	}
}

// Newest is the newest release that was recorded.
const Newest Version = "4.15.1"

// Oldest is the oldest release that the provider supports.
const Oldest Version = "4.0.2"

// Of returns what the provider promises for a release.
func Of(version Version) Support {
	policy := Policy()
	for _, support := range policy {
		if version.AtLeast(support.From) {
			return support
		}
	}

	return policy[len(policy)-1]
}
