// Package server puts the three simulated platforms on one address.
package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/page"
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

	s := &Sandbox{
		Core:        core,
		Kommunicate: kommunicate.New(core),
		IMIchat:     imichat.New(core),
		Chatlake:    chatlake.New(core),
	}
	s.Page = page.Handler(s.Kommunicate, s.Chatlake, s.IMIchat)

	return s
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

// Settings are what a user starts a sandbox with.
type Settings struct {
	// Address is a loopback address.
	Address string
	// Chatwoot is the release that the simulated Chatlake plays; the newest known one if empty.
	Chatwoot string
	// Data is the file that keeps the state over restarts; none if empty.
	Data string
	// Seed is a file that adds to the seed data; none if empty.
	Seed string
}

// check returns what is wrong with the address.
func (s Settings) check() error {
	host, _, err := net.SplitHostPort(s.Address)
	if err != nil {
		return fmt.Errorf("-listen wants host:port: %w", err)
	}

	ip := net.ParseIP(host)
	if host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-listen %s: the sandbox takes loopback addresses only, because it accepts well-known credentials", s.Address)
	}

	return nil
}

// PrintEnvironment writes how to point the provider at a sandbox with these settings. It starts none.
func PrintEnvironment(settings Settings, out io.Writer) error {
	if err := settings.check(); err != nil {
		return err
	}

	_, port, _ := net.SplitHostPort(settings.Address)
	if port == "0" {
		return fmt.Errorf("-env with -listen %s: a free port is known only once the sandbox listens", settings.Address)
	}

	return printExports(New(sandbox.Options{}), "http://"+settings.Address, out)
}

func printExports(s *Sandbox, base string, out io.Writer) error {
	for _, pair := range s.Environment(base) {
		if _, err := fmt.Fprintln(out, "export "+pair); err != nil {
			return err
		}
	}

	return nil
}

// start makes the sandbox that the settings describe, and its handler.
func start(settings Settings, notes io.Writer) (*Sandbox, http.Handler, error) {
	s := New(sandbox.Options{})

	if settings.Chatwoot != "" {
		if err := s.Chatlake.Play(settings.Chatwoot); err != nil {
			return nil, nil, fmt.Errorf("-chatwoot-version: %w", err)
		}
	}

	handler := s.Handler()

	seed, err := s.plant(settings.Seed)
	if err != nil {
		return nil, nil, fmt.Errorf("-seed %s: %w", settings.Seed, err)
	}

	if settings.Data != "" {
		world := settings.Chatwoot + " " + seed
		if err := s.Keep(settings.Data, world, handler, notes, s.Platforms()...); err != nil {
			return nil, nil, fmt.Errorf("-data: %w", err)
		}
	}

	return s, handler, nil
}

// plant adds what the file holds to the seed data, and returns a text that another file does not have.
func (s *Sandbox) plant(path string) (string, error) {
	if path == "" {
		return "", nil
	}

	content, err := os.ReadFile(path) //nolint:gosec // The user names the file.
	if err != nil {
		return "", err
	}

	var plants map[string]json.RawMessage
	if err := json.Unmarshal(content, &plants); err != nil {
		return "", err
	}

	for name := range plants {
		isKnown := func(p sandbox.Platform) bool { return p.Name() == name }
		if !slices.ContainsFunc(s.Platforms(), isKnown) {
			return "", fmt.Errorf("%q is no platform", name)
		}
	}

	s.SetPlants(plants)

	if err := s.Restart(s.Platforms()...); err != nil {
		return "", err
	}

	return fmt.Sprintf("%x", sha256.Sum256(content)), nil
}

// Run serves a sandbox until ctx ends. It writes to out how to point the provider at it.
func Run(ctx context.Context, settings Settings, out io.Writer) error {
	if err := settings.check(); err != nil {
		return err
	}

	// The listener first: two sandboxes of one address must not both open the file.
	listener, err := listen(ctx, settings.Address)
	if err != nil {
		return err
	}

	defer func() { _ = listener.Close() }()

	var notes strings.Builder

	s, handler, err := start(settings, &notes)
	if err != nil {
		return err
	}

	defer func() { _ = s.Close() }()

	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}

	if err := s.introduce("http://"+listener.Addr().String(), notes.String(), out); err != nil {
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

// introduction is what a running sandbox says of itself. The guide "The sandbox" says it at length.
const introduction = `Page         %s/ shows what the platforms hold, while it changes
Kommunicate  agents %s, %s, %s; bots %s, %s; teams %d, %d
Chatlake     administrator %d; agents %d, %d; API inbox %d; website inbox %d; team %d; labels %s, %s; bot %d
IMIchat      teams %s, %s; users %s, %s, %s; assets %s (sms), %s (livechat), one more for each other channel
Control      /_sandbox/journal, reset, stats, faults, latency, PLATFORM/switches, PLATFORM/hooks/NAME: see the guide "The sandbox"
`

// introduce tells what the sandbox holds and how to drive it, all of it as a shell reads it.
func (s *Sandbox) introduce(base, notes string, out io.Writer) error {
	if err := printExports(s, base, out); err != nil {
		return err
	}

	text := fmt.Sprintf(introduction, base,
		kommunicate.OwnerID, kommunicate.AgentOneID, kommunicate.AgentTwoID, kommunicate.DefaultBotID, kommunicate.HelperBotID,
		kommunicate.DefaultTeamID, kommunicate.BillingTeamID,
		chatlake.AdminID, chatlake.AgentID, chatlake.SecondAgentID, chatlake.APIInboxID, chatlake.WebInboxID, chatlake.TeamID,
		chatlake.FirstLabelTitle, chatlake.OtherLabelTitle, chatlake.BotID,
		imichat.TeamID, imichat.OtherTeamID, imichat.Agent, imichat.OtherAgent, imichat.Manager, imichat.AssetSMS, imichat.AssetLivechat,
	) + notes + fmt.Sprintf("sandbox ready on %s, until interrupted\n", base)

	for line := range strings.Lines(text) {
		if _, err := fmt.Fprint(out, "# ", line); err != nil {
			return err
		}
	}

	return nil
}
