//go:build profile

package plugin

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

// profile writes CPU and heap profiles of this process into the directory that CHAT_PROFILE names. It is not part of
// releases: `make bench BENCH='-profile DIR'` builds it in.
func profile() (stop func()) {
	dir := os.Getenv("CHAT_PROFILE")
	if dir == "" {
		return func() {}
	}

	create := func(kind string) *os.File {
		file, err := os.Create(filepath.Join(dir, fmt.Sprintf("%s.%d", kind, os.Getpid())))
		if err != nil {
			panic(err)
		}

		return file
	}

	cpu := create("cpu")
	if err := pprof.StartCPUProfile(cpu); err != nil {
		panic(err)
	}

	return func() {
		pprof.StopCPUProfile()

		_ = cpu.Close()

		heap := create("heap")

		runtime.GC()

		_ = pprof.Lookup("allocs").WriteTo(heap, 0)
		_ = heap.Close()
	}
}
