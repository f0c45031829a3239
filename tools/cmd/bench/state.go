//go:build unix

package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
)

// states keeps Terraform's states in memory, for its http backend. A local state is written as a whole after each change,
// which is most of the time of a large run and says nothing about the provider.
type states struct {
	*http.Server

	address string

	mu   sync.Mutex
	held map[string][]byte
}

func serveStates(ctx context.Context) (*states, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}

	s := &states{address: "http://" + listener.Addr().String(), held: map[string][]byte{}}

	s.Server = &http.Server{Handler: s} //nolint:gosec // On loopback, for one caller, for minutes.
	go func() { _ = s.Serve(listener) }()

	return s, nil
}

// ServeHTTP keeps one state per path.
func (s *states) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}

	s.mu.Lock()
	defer s.mu.Unlock()

	switch r.Method {
	case http.MethodGet:
		if state, ok := s.held[r.URL.Path]; ok {
			_, _ = w.Write(state)
			return
		}

		w.WriteHeader(http.StatusNotFound)
	case http.MethodPost:
		s.held[r.URL.Path] = body
	case http.MethodDelete:
		delete(s.held, r.URL.Path)
	default:
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}
