package promises_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	chatlake "github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	imichat "github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	kommunicate "github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	sandboxchatlake "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	sandboximichat "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	sandboxkommunicate "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// One test for each kind of fault that the provider promises to live with, on each platform, with the number of requests
// that it may cost. Time is the bubble's, so waits are exact and take none.

// bubble is a sandbox without a listener, with a client of each platform.
type bubble struct {
	*server.Sandbox

	kommunicate *kommunicate.Client
	chatlake    *chatlake.Client
	imichat     *imichat.Client
}

func newBubble(change func(http.RoundTripper) http.RoundTripper) *bubble {
	b := &bubble{Sandbox: server.New(sandbox.Options{})}

	wire := sandbox.RoundTripper(b.Handler())
	if change != nil {
		wire = change(wire)
	}

	settings := map[string]string{}

	for _, pair := range b.Environment("http://127.0.0.1") {
		name, value, _ := strings.Cut(pair, "=")
		settings[name] = value
	}

	common := transport.Config{Timeout: 30 * time.Second, MaxRetries: 4, HTTP: wire}
	b.kommunicate = kommunicate.New(kommunicate.Settings{
		BaseURL: address(settings["KOMMUNICATE_BASE_URL"]), ChatBaseURL: address(settings["KOMMUNICATE_CHAT_BASE_URL"]),
		APIKey: settings["KOMMUNICATE_API_KEY"], ActingUserID: settings["KOMMUNICATE_ACTING_USER_ID"],
		ApplicationID: settings["KOMMUNICATE_APPLICATION_ID"], Transport: common,
	})
	b.chatlake = chatlake.New(chatlake.Settings{
		BaseURL: address(settings["CHATLAKE_BASE_URL"]), APIAccessToken: settings["CHATLAKE_API_ACCESS_TOKEN"],
		AccountID: settings["CHATLAKE_ACCOUNT_ID"], Transport: common,
	})
	b.imichat = imichat.New(imichat.Settings{
		BaseURL: address(settings["IMICHAT_BASE_URL"]), APIKey: settings["IMICHAT_API_KEY"], Domain: settings["IMICHAT_DOMAIN"],
		TeamID: settings["IMICHAT_TEAM_ID"], APIVersion: "v3.1", AuthorizationHeader: "Authorization", Transport: common,
	})

	return b
}

// probe is a read, a repeatable write and a create of a platform.
type probe struct {
	platform string
	read     func(context.Context, *bubble) error
	write    func(context.Context, *bubble) error
	create   func(context.Context, *bubble) error
	made     func(*bubble) int
}

func probes() []probe {
	text := "text"

	return []probe{
		{
			platform: "kommunicate",
			read: func(ctx context.Context, b *bubble) error {
				_, err := b.kommunicate.User(ctx, sandboxkommunicate.AgentOneID)
				return err
			},
			write: func(ctx context.Context, b *bubble) error {
				return b.kommunicate.UpdateUser(ctx, "mira", kommunicate.UserUpdate{})
			},
			create: func(ctx context.Context, b *bubble) error {
				_, _, err := b.kommunicate.CreateConversation(ctx, kommunicate.ConversationRequest{GroupName: text, GroupMemberList: []string{"mira"}})
				return err
			},
			made: func(b *bubble) int { return len(b.Kommunicate.Groups()) },
		},
		{
			platform: "chatlake",
			read: func(ctx context.Context, b *bubble) error {
				_, err := b.chatlake.Inbox(ctx, sandboxchatlake.APIInboxID)
				return err
			},
			write: func(ctx context.Context, b *bubble) error {
				_, err := b.chatlake.UpdateTeam(ctx, sandboxchatlake.TeamID, chatlake.TeamRequest{Description: chatlake.Set(text)})
				return err
			},
			create: func(ctx context.Context, b *bubble) error {
				_, err := b.chatlake.CreateContact(ctx, chatlake.ContactRequest{Name: chatlake.Set(text)})
				return err
			},
			made: func(b *bubble) int { return len(b.Chatlake.Contacts()) },
		},
		{
			platform: "imichat",
			read: func(ctx context.Context, b *bubble) error {
				_, err := b.imichat.WholeChat(ctx, b.IMIchat.Chats()[0].ID)
				return err
			},
			write: func(ctx context.Context, b *bubble) error {
				_, err := b.imichat.UpdateChat(ctx, b.IMIchat.Chats()[0].ID, imichat.ChatUpdate{AliasID: &text})
				return err
			},
			create: func(ctx context.Context, b *bubble) error {
				_, err := b.imichat.CreateChat(ctx, sandboximichat.TeamID, imichat.ChatRequest{
					Channel: "sms", Asset: imichat.AssetRequest{ID: sandboximichat.AssetSMS},
					Customer: imichat.CustomerRequest{DestinationID: "447700900001"},
				})

				return err
			},
			made: func(b *bubble) int { return len(b.IMIchat.Chats()) },
		},
	}
}

// row is one fault and what it may cost. Requests are those of the call itself.
type row struct {
	fault sandbox.Fault
	// least and most bound how long the call takes.
	least, most time.Duration
	// created says that a create is repeated as well, since it cannot have happened.
	created bool
}

const second = time.Second

func rowsOf(platform string) map[string]row {
	html := map[string]string{"Content-Type": "text/html"}
	rows := map[string]row{
		"502":                      {fault: sandbox.Fault{Status: 502}, most: second},
		"503":                      {fault: sandbox.Fault{Status: 503}, most: second},
		"503 with Retry-After":     {fault: sandbox.Fault{Status: 503, Header: map[string]string{"Retry-After": "9"}}, least: 9 * second, most: 10 * second},
		"504":                      {fault: sandbox.Fault{Status: 504}, most: second},
		"an HTML page":             {fault: sandbox.Fault{Status: 502, Header: html, Body: "<html>Bad Gateway</html>"}, most: second},
		"an HTML page, status 200": {fault: sandbox.Fault{Status: 200, Header: html, Body: "<!doctype html>Maintenance"}, most: second},
		"a reset":                  {fault: sandbox.Fault{Cut: sandbox.CutReset}, most: second},
		"a timeout":                {fault: sandbox.Fault{Delay: 40 * second}, least: 30 * second, most: 31 * second},
	}
	date := time.Date(2000, 1, 1, 0, 0, 7, 0, time.UTC).Format(http.TimeFormat) // A bubble begins with the millennium.
	rows["429 with Retry-After"] = row{fault: sandbox.Fault{Status: 429, Header: map[string]string{"Retry-After": "7"}}, least: 7 * second, most: 8 * second, created: true}
	rows["429 with a date"] = row{fault: sandbox.Fault{Status: 429, Header: map[string]string{"Retry-After": date}}, least: 6 * second, most: 8 * second, created: true}

	rows["429"] = row{fault: sandbox.Fault{Status: 429, Body: "Retry later\n"}, most: second, created: true}
	if platform == "chatlake" { // It counts in minutes of the clock.
		rows["429"] = row{fault: sandbox.Fault{Status: 429, Body: "Retry later\n"}, least: 59 * second, most: 75 * second, created: true}
	}

	return rows
}

// Reads and repeatable writes that meet a passing fault come again, once, and as late as they were asked to. Creates come
// again only where they cannot have happened.
func TestPassingFaults(t *testing.T) {
	t.Parallel()

	for _, probe := range probes() {
		for name, row := range rowsOf(probe.platform) {
			t.Run(probe.platform+"/"+name, func(t *testing.T) {
				t.Parallel()

				for call, act := range map[string]func(context.Context, *bubble) error{"read": probe.read, "write": probe.write} {
					took, sent, err := probe.meet(t, act, row.fault, 1)
					if err != nil || sent != 2 || took < row.least || took > row.most {
						t.Errorf("%s: %d requests in %s, %v", call, sent, took, err)
					}
				}

				took, sent, err := probe.meet(t, probe.create, row.fault, 1)
				if row.created && (err != nil || sent != 2 || took < row.least || took > row.most) || !row.created && (!transport.IsLost(err) || sent != 1) {
					t.Errorf("create: %d requests in %s, %v", sent, took, err)
				}
			})
		}
	}
}

// meet runs one call that meets the fault, and tells how long it took and how often it was sent.
func (p probe) meet(t *testing.T, act func(context.Context, *bubble) error, fault sandbox.Fault, times int) (took time.Duration, sent int, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := newBubble(nil)
		if err := p.create(t.Context(), b); err != nil { // What is to be changed. It also fetches the token.
			t.Fatal(err)
		}

		b.Journal.Clear()
		made := p.made(b)
		fault.Platform, fault.Times = p.platform, times
		b.Faults.Add(fault)

		begun := time.Now()
		err = act(t.Context(), b)
		took = time.Since(begun)
		first := b.Journal.Entries(nil)[0]
		sent = len(b.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == first.Method && e.Path == first.Path }))

		more := p.made(b) - made
		if more > 1 {
			t.Errorf("%d were made", more)
		}
	})

	return took, sent, err
}

// A fault that stays is an error after four repetitions, which says that it is usually temporary and how often was asked.
func TestLastingFaults(t *testing.T) {
	t.Parallel()

	for _, probe := range probes() {
		for call, act := range map[string]func(context.Context, *bubble) error{"read": probe.read, "write": probe.write} {
			_, sent, err := probe.meet(t, act, sandbox.Fault{Status: 503}, -1)

			failure := transport.As(err)
			if failure == nil || failure.Reason != transport.Unavailable || failure.Attempts != 5 || sent != 5 {
				t.Errorf("%s %s: %d requests, %+v", probe.platform, call, sent, err)
			}
		}

		_, sent, err := probe.meet(t, probe.create, sandbox.Fault{Status: 503}, -1)
		if !transport.IsLost(err) || sent != 1 {
			t.Errorf("%s create: %d requests, %v", probe.platform, sent, err)
		}
	}
}

// A connection that was refused carried nothing, so a create comes again too.
func TestRefusedConnections(t *testing.T) {
	t.Parallel()

	for _, probe := range probes() {
		synctest.Test(t, func(t *testing.T) {
			refusals := 2

			b := newBubble(func(next http.RoundTripper) http.RoundTripper {
				return tripper(func(r *http.Request) (*http.Response, error) {
					refusals--
					if refusals >= 0 {
						return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
					}

					return next.RoundTrip(r)
				})
			})
			if err := probe.create(t.Context(), b); err != nil || probe.made(b) != 1 {
				t.Errorf("%s: %d made, %v", probe.platform, probe.made(b), err)
			}
		})
	}
}

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// One request that came too early holds all of that platform, and none of another.
func TestThrottlingHoldsThePlatform(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBubble(nil)
		b.Faults.Add(sandbox.Fault{Platform: "chatlake", Status: 429, Header: map[string]string{"Retry-After": "20"}})

		begun := time.Now()

		var group sync.WaitGroup
		for i := range 5 {
			group.Go(func() {
				time.Sleep(time.Duration(i) * second)

				if _, err := b.chatlake.ContactLabels(t.Context(), chatlake.ID(1000+i)); err != nil && !transport.IsNotFound(err) {
					t.Error(err)
				}
			})
		}

		group.Go(func() {
			time.Sleep(second)

			if _, err := b.kommunicate.User(t.Context(), sandboxkommunicate.AgentOneID); err != nil {
				t.Error(err)
			}
		})
		group.Wait()

		for _, e := range b.Journal.Entries(nil) {
			at := e.Time.Sub(begun)
			if e.Platform == "chatlake" && e.Fault == "" && e.Status != 429 && at < 20*second {
				t.Errorf("%s came after %s", e.Path, at)
			}

			if e.Platform == "kommunicate" && at > 2*second {
				t.Errorf("%s of another platform waited %s", e.Path, at)
			}
		}
	})
}

// The day's quota is not waited for: one request, and an error that says when it begins anew.
func TestQuotaIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	p := w.Protocol(t, nil)
	if _, err := sandbox.Act(w.IMIchat, "exhaust_quota", nil); err != nil {
		t.Fatal(err)
	}

	before := w.Journal.Count("")
	_, diags := p.Create(t.Context(), "imichat_user", acctest.Values{"login_id": "mira"})

	sent := w.Journal.Count("") - before
	if sent != 1 || !strings.Contains(diags.String(), "quota is used up until about 20") {
		t.Errorf("%d requests\n%s", sent, diags)
	}
}

// A token that ends in the middle of a run is renewed once for all who wait.
func TestTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBubble(nil)
		for range 8 {
			if err := probes()[2].create(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}

		before := b.IMIchat.Authorizations()
		if _, err := sandbox.Act(b.IMIchat, "expire_token", nil); err != nil {
			t.Fatal(err)
		}

		var group sync.WaitGroup
		for _, chat := range b.IMIchat.Chats() {
			group.Go(func() {
				if _, err := b.imichat.WholeChat(t.Context(), chat.ID); err != nil {
					t.Error(err)
				}
			})
		}

		group.Wait()

		n := b.IMIchat.Authorizations() - before
		if n != 1 {
			t.Errorf("%d new tokens", n)
		}
	})
}

// A success that assigned no agent is an error that says so.
func TestEngagedAgentIsAnError(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	w.Kommunicate.ChangeSettings(func(s *sandboxkommunicate.Settings) {
		s.HandlingLimit[sandboxkommunicate.AgentTwoID] = 1
	})

	config := acctest.Values{"group_name": "Order", "group_member_list": []any{"mira"}, "assignee": sandboxkommunicate.AgentTwoID}
	_, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if len(diags.Errors()) > 0 {
		t.Fatal(diags)
	}

	o, diags := p.Create(t.Context(), "kommunicate_conversation", config)
	if !strings.Contains(diags.Errors().String(), "already handles as many conversations") || o.Gone() {
		t.Errorf("gone: %t\n%s", o.Gone(), diags)
	}
}

// A read that the gateway refuses to a good key keeps the state and warns; with a bad key it is an error. Neither removes
// anything.
func TestRefusedReadKeepsTheState(t *testing.T) {
	t.Parallel()

	for _, status := range []int{401, 403, 404} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			p := w.Protocol(t, acctest.Values{"max_retries": 0})

			o, diags := p.Create(t.Context(), "kommunicate_conversation", acctest.Values{"group_name": "Order", "group_member_list": []any{"mira"}})
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			w.Kommunicate.SetSwitches(func(s *sandboxkommunicate.Switches) { s.UndocumentedReads = status })

			read, diags := p.Read(t.Context(), o)
			if len(diags) != 1 || len(diags.Errors()) != 0 || !read.State.Equal(o.State) {
				t.Errorf("state kept: %t\n%s", read.State.Equal(o.State), diags)
			}

			bad := w.Protocol(t, acctest.Values{"max_retries": 0, "kommunicate": acctest.Values{"api_key": "wrong"}})

			read, diags = bad.Read(t.Context(), o)
			if len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "Check kommunicate.api_key") || read.Gone() {
				t.Errorf("gone: %t\n%s", read.Gone(), diags)
			}
		})
	}
}

// An answer that cannot be used is an error that names the request, and the state stays.
func TestUnusableAnswersAreNamed(t *testing.T) {
	t.Parallel()

	for _, sub := range subjects() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, acctest.Values{"max_retries": 0})

			p := sub.open(s, "update")
			for _, body := range []string{"", "null", `{"`, `[1,2]`, `"text"`, "OK"} {
				s.world.Faults.Clear()
				s.world.Faults.Add(sandbox.Fault{Platform: platformOf(sub.kind), Status: 200, Body: body, Times: -1})

				read, diags := s.Read(t.Context(), p.object)
				if read.Gone() {
					t.Errorf("%q removes it: %s", body, diags)
				}

				if len(diags.Errors()) == 0 && !read.State.Equal(p.object.State) {
					t.Errorf("%q changes the state", body)
				}

				text := diags.Errors().String()
				if text != "" && (!strings.Contains(text, "Request: ") || !strings.Contains(text, "HTTP status 200")) {
					t.Errorf("%q: the error does not name the request: %s", body, text)
				}
			}
		})
	}
}

// What is gone is taken out of the state, and to destroy it succeeds.
func TestGoneObjects(t *testing.T) {
	t.Parallel()

	for _, sub := range subjects() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, nil)
			s.world.Complaints = true
			p := sub.open(s, "destroy")
			known := p.object

			diags := p.act()
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			_, diags = s.Read(t.Context(), known)
			if len(diags.Errors()) > 0 {
				t.Errorf("reading what is gone: %s", diags)
			}

			after, diags := s.Apply(t.Context(), known, nil)
			if len(diags.Errors()) > 0 || !after.Gone() {
				t.Errorf("destroying what is gone: %s", diags)
			}
		})
	}
}
