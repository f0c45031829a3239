// Package server puts the three simulated platforms on one address.
package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// Sandbox holds the three simulated platforms, which share journal, faults and clock.
type Sandbox struct {
	*sandbox.Core

	Kommunicate *kommunicate.Platform
	IMIchat     *imichat.Platform
	Chatlake    *chatlake.Platform
}

// New returns a sandbox that listens nowhere yet.
func New(options sandbox.Options) *Sandbox {
	core := sandbox.New(options)

	return &Sandbox{
		Core:        core,
		Kommunicate: kommunicate.New(core),
		IMIchat:     imichat.New(core),
		Chatlake:    chatlake.New(core),
	}
}

// Platforms returns the simulated platforms.
func (s *Sandbox) Platforms() []sandbox.Platform {
	return []sandbox.Platform{
		s.Kommunicate,
		s.IMIchat,
		s.Chatlake,
	}
}

// Handler serves all platforms under their names.
func (s *Sandbox) Handler() http.Handler { return s.Mount(s.Platforms()...) }

// Environment returns NAME=value pairs that point the provider at the sandbox under the base address.
func (s *Sandbox) Environment(base string) []string {
	var pairs []string
	for _, p := range s.Platforms() {
		pairs = append(pairs, p.Environment(base)...)
	}

	return pairs
}

// listen opens the address, or says how to choose another one.
func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err == nil {
		return listener, nil
	}

	host, port, splitErr := net.SplitHostPort(address)
	if splitErr != nil {
		return nil, err
	}

	return nil, fmt.Errorf("the sandbox cannot listen on %s: %w. If another program, or another sandbox, has port %s, choose a "+
		"different one with -listen %s, or a free one with -listen %s",
		address, err, port, net.JoinHostPort(host, "PORT"), net.JoinHostPort(host, "0"))
}

// Run serves a sandbox on a loopback address until ctx ends. It writes to out how to point the provider at it. Chatwoot is
// the release that the simulated Chatlake plays; the newest known one if empty.
func Run(ctx context.Context, address, chatwoot string, out io.Writer) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("-listen wants host:port: %w", err)
	}

	ip := net.ParseIP(host)
	if host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-listen %s: the sandbox takes loopback addresses only, because it accepts well-known credentials", address)
	}

	s := New(sandbox.Options{})

	if chatwoot != "" {
		if err := s.Chatlake.Play(chatwoot); err != nil {
			return fmt.Errorf("-chatwoot-version: %w", err)
		}
	}

	listener, err := listen(ctx, address)
	if err != nil {
		return err
	}

	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second}

	base := "http://" + listener.Addr().String()
	for _, pair := range s.Environment(base) {
		if _, err := fmt.Fprintln(out, "export "+pair); err != nil {
			return err
		}
	}

	if _, err := fmt.Fprintf(out, "# sandbox ready on %s, until interrupted\n", base); err != nil {
		return err
	}

	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()

	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
	}

	_ = server.Close()

	if err := <-stopped; !errors.Is(err, http.ErrServerClosed) {
		return err
	}

	return nil
}
