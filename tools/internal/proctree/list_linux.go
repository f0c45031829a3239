package proctree

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// adoptOrphans makes this process the parent of every descendant whose own parent dies. Terraform puts itself into a
// process group of its own and its plug-ins survive it, so a group alone would not find them.
func adoptOrphans() {
	_ = unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
}

// processes reads /proc; zombies are left out, they run nothing and only wait to be collected.
func processes() []process {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}

	var all []process

	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}

		stat, err := os.ReadFile("/proc/" + entry.Name() + "/stat")
		if err != nil {
			continue
		}
		// The second field is the command's name in brackets and may hold anything, brackets too.
		end := strings.LastIndexByte(string(stat), ')')

		fields := strings.Fields(string(stat[end+1:]))
		if len(fields) < 3 || fields[0] == "Z" || fields[0] == "X" {
			continue
		}

		parent, _ := strconv.Atoi(fields[1])
		group, _ := strconv.Atoi(fields[2])
		_, name, _ := strings.Cut(string(stat[:end]), "(")
		all = append(all, process{pid: pid, parent: parent, group: group, name: name})
	}

	return all
}
