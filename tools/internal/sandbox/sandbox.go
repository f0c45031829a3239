// Package sandbox runs the provider's own simulator as a process of its own.
package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Sandbox is a running simulator.
type Sandbox struct {
	// Address is where it listens.
	Address string
	// Env points the provider at it, and holds credentials that it accepts.
	Env map[string]string

	cmd    *exec.Cmd
	stderr *strings.Builder
}

// Start starts the binary's simulator and reads from it how it wants to be addressed.
func Start(ctx context.Context, binary string) (*Sandbox, error) {
	box := &Sandbox{stderr: &strings.Builder{}, Env: map[string]string{}}
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
		box.Env[name] = strings.Trim(value, `'"`)
	}

	if err := box.ready(ctx); err != nil {
		return nil, errors.Join(err, box.Stop())
	}

	return box, nil
}

func (b *Sandbox) ready(ctx context.Context) error {
	base, err := url.Parse(b.Env["KOMMUNICATE_BASE_URL"])
	if err != nil || base.Host == "" {
		return fmt.Errorf("the sandbox does not say where it is: %s", b.stderr)
	}

	b.Address = base.Scheme + "://" + base.Host

	return b.Control(ctx, http.MethodGet, "health", nil, nil)
}

// Control calls one of the control endpoints; body is sent as JSON unless nil, and the answer decoded unless nil.
func (b *Sandbox) Control(ctx context.Context, method, path string, body, answer any) error {
	var payload io.Reader = http.NoBody

	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}

		payload = bytes.NewReader(text)
	}

	request, err := http.NewRequestWithContext(ctx, method, b.Address+"/_sandbox/"+path, payload)
	if err != nil {
		return err
	}

	request.Header.Set("Content-Type", "application/json")

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("the sandbox: %w", err)
	}

	defer func() { _ = response.Body.Close() }()

	text, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("the sandbox: %w", err)
	}

	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the sandbox: %s %s: %s: %s", method, path, response.Status, text)
	}

	if answer == nil {
		return nil
	}

	return json.Unmarshal(text, answer)
}

// Stop ends the sandbox and complains if it does not go quietly.
func (b *Sandbox) Stop() error {
	_ = b.cmd.Process.Signal(syscall.SIGTERM)

	ended := make(chan error, 1)
	go func() { ended <- b.cmd.Wait() }()

	select {
	case err := <-ended:
		// Dying of the signal is as good as heeding it.
		exit := new(exec.ExitError)
		if err == nil || errors.Is(err, context.Canceled) || (errors.As(err, &exit) && exit.ExitCode() == -1) {
			return nil
		}

		return fmt.Errorf("the sandbox ended with %w\n%s", err, b.stderr)
	case <-time.After(5 * time.Second):
		return errors.Join(errors.New("the sandbox did not stop"), b.cmd.Process.Kill())
	}
}
