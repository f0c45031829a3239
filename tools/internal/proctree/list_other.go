//go:build unix && !linux

package proctree

import (
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"syscall"
)

// adoptOrphans does nothing: only Linux has a way to. What a killed process leaves behind is found by its group.
func adoptOrphans() {}

// processes asks ps, without os/exec: its Wait would race with the one in Tree.
func processes() []process {
	read, write, err := os.Pipe()
	if err != nil {
		return nil
	}
	defer func() { _ = read.Close() }()
	ps, err := syscall.ForkExec("/bin/ps", []string{"ps", "-A", "-o", "pid=,ppid=,pgid=,stat=,comm="}, &syscall.ProcAttr{
		Env:   os.Environ(),
		Files: []uintptr{0, write.Fd(), 2},
	})
	_ = write.Close()
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(read)
	var all []process
	for line := range strings.Lines(string(out)) {
		var p process
		var state string
		if _, err := fmt.Sscan(line, &p.pid, &p.parent, &p.group, &state, &p.name); err != nil {
			continue
		}

		p.name = path.Base(p.name)

		if p.pid != ps && !strings.HasPrefix(state, "Z") {
			all = append(all, p)
		}
	}
	return all
}
