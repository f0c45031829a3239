package main

import "syscall"

// maxrssUnit is what ru_maxrss counts.
const maxrssUnit = 1024

// dieTogether ends the provider when the launcher is killed.
func dieTogether() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
