package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// sandbox is a running simulator.
type sandbox struct {
	cmd     *exec.Cmd
	stderr  *strings.Builder
	address string
	env     map[string]string
}

// startSandbox starts the provider's own simulator and reads from it how it wants to be addressed.
func startSandbox(ctx context.Context, binary string) (*sandbox, error) {
	box := &sandbox{stderr: &strings.Builder{}, env: map[string]string{}}
	box.cmd = exec.CommandContext(ctx, binary, "-sandbox", "-listen", "127.0.0.1:0")
	box.cmd.Stderr = box.stderr
	box.cmd.Cancel = func() error { return box.cmd.Process.Signal(syscall.SIGTERM) }
	box.cmd.WaitDelay = 5 * time.Second
	stdout, err := box.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := box.cmd.Start(); err != nil {
		return nil, fmt.Errorf("the sandbox: %w", err)
	}
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		pair, ok := strings.CutPrefix(lines.Text(), "export ")
		if !ok {
			break
		}
		name, value, _ := strings.Cut(pair, "=")
		box.env[name] = strings.Trim(value, `'"`)
	}
	if err := box.ready(ctx); err != nil {
		return nil, errors.Join(err, box.stop())
	}
	return box, nil
}

func (b *sandbox) ready(ctx context.Context) error {
	base, err := url.Parse(b.env["KOMMUNICATE_BASE_URL"])
	if err != nil || base.Host == "" {
		return fmt.Errorf("the sandbox does not say where it is: %s", b.stderr)
	}
	b.address = base.Scheme + "://" + base.Host
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.address+"/_sandbox/health", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("the sandbox: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the sandbox is not well: %s", response.Status)
	}
	return nil
}

// stop ends the sandbox and complains if it does not go quietly.
func (b *sandbox) stop() error {
	_ = b.cmd.Process.Signal(syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() { ended <- b.cmd.Wait() }()
	select {
	case err := <-ended:
		// Dying of the signal is as good as heeding it.
		if exit := new(exec.ExitError); err == nil || (errors.As(err, &exit) && exit.ExitCode() == -1) {
			return nil
		}
		return fmt.Errorf("the sandbox ended with %w\n%s", err, b.stderr)
	case <-time.After(5 * time.Second):
		return errors.Join(errors.New("the sandbox did not stop"), b.cmd.Process.Kill())
	}
}
