//go:build unix

package proctree

import (
	"os"
	"slices"
)

type process struct {
	pid, parent, group int
	name               string
}

// Programs counts the living processes below this one by the names of their programs.
func Programs() map[string]int {
	below := Descendants(os.Getpid())
	names := map[string]int{}

	for _, p := range processes() {
		if slices.Contains(below, p.pid) {
			names[p.name]++
		}
	}

	return names
}

// Descendants lists the living processes below pid.
func Descendants(pid int) []int {
	children := map[int][]int{}
	for _, p := range processes() {
		children[p.parent] = append(children[p.parent], p.pid)
	}

	var found []int
	for queue := []int{pid}; len(queue) > 0; queue = queue[1:] {
		found = append(found, children[queue[0]]...)
		queue = append(queue, children[queue[0]]...)
	}

	return found
}

// groupMembers lists the living members of a process group. It finds what Descendants cannot where the system hands
// orphans to init.
func groupMembers(group int) []int {
	var found []int

	for _, p := range processes() {
		if p.group == group {
			found = append(found, p.pid)
		}
	}

	return found
}
