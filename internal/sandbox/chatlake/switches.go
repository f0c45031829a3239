package chatlake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// DefaultVersion is the newest release whose answers were recorded.
const DefaultVersion = "4.15.1"

// Switches are what differs between installations or is left open by the vendor. Defaults are what a fresh server of
// the reference version does.
type Switches struct {
	// Version is the release of Chatwoot that the server plays; see the release table.
	Version string `json:"chatwoot_version"`
	// PageShapes answers as the vendor's page shows: contact create unwrapped, conversation create {id} only, a message's
	// content_type null.
	PageShapes bool `json:"page_shapes"`
	// JobDelay is how many milliseconds background jobs wait; with 0 they run before the next request.
	JobDelay int `json:"job_delay"`
	// WorkersDown keeps background jobs from running at all.
	WorkersDown bool `json:"workers_down"`
	// OrphanErrors answers 500 for a conversation or a session whose contact is gone and whose clean-up is still waiting, and
	// for pages of conversations with such a one.
	OrphanErrors bool `json:"orphan_errors"`
	// GoingRefused and GoingCrashes are the shares of deleted inboxes whose next request is answered 401 and 500 before all
	// others are 404: the row goes between the request's look-up and its check of rights, or after its channel.
	GoingRefused float64 `json:"going_refused"`
	GoingCrashes float64 `json:"going_crashes"`
	// GoingAnswers are what the requests to an inbox are answered, one after the other, from its deletion on, as [200, 401,
	// 404]. The row goes with the last one, or with a 404. It takes the place of chance.
	GoingAnswers []int `json:"going_answers"`
	// RateLimits counts requests per minute and refuses what is too much, as production does.
	RateLimits bool `json:"rate_limits"`
	// RequestsPerMinute is the limit over all requests.
	RequestsPerMinute int `json:"requests_per_minute"`
	// MessagesPerMinute is the limit per conversation, which holds without RateLimits too; 0 is none.
	MessagesPerMinute int `json:"messages_per_minute"`
	// DropUnderscoreHeaders drops headers with underscores in their names, as nginx does unless told otherwise.
	DropUnderscoreHeaders bool `json:"drop_underscore_headers"`
	// ShuffleUnsorted gives lists without a promised order in another order each time.
	ShuffleUnsorted bool `json:"shuffle_unsorted"`
	// Noise changes volatile values between any two reads: last activity, availability, unread counts.
	Noise bool `json:"noise"`
	// ExtraFields adds fields that the reference release does not have to every answer.
	ExtraFields bool `json:"extra_fields"`
	// Enterprise is the default server image: companies from business addresses, custom roles on agents. A community server has
	// no path for what is not in it.
	Enterprise bool `json:"enterprise"`
	// AvatarSync downloads avatar_url in a job that leaves its bookkeeping keys in the contact's additional_attributes.
	AvatarSync bool `json:"avatar_sync"`
	// Gravatar looks up an avatar for every new address, with the same bookkeeping keys.
	Gravatar bool `json:"gravatar"`
	// ActivityMessages writes a message of type 2 after changes of status, assignee, team, labels and priority.
	ActivityMessages bool `json:"activity_messages"`
	// AutoAssignmentAsync picks the assignee in a job instead of within the request.
	AutoAssignmentAsync bool `json:"auto_assignment_async"`
	// ContactPresenceSeconds is how long a contact counts as online after it was seen.
	ContactPresenceSeconds int `json:"contact_presence_seconds"`
	// LocalizedErrors writes validation sentences in another language than English.
	LocalizedErrors bool `json:"localized_errors"`
	// MailServersUnreachable fails the connection test of an e-mail inbox's update, which is saved all the same.
	MailServersUnreachable bool `json:"mail_servers_unreachable"`
	// RejectChannelCredentials fails the remote checks of Telegram, WhatsApp and Twilio credentials.
	RejectChannelCredentials bool `json:"reject_channel_credentials"`
	// VendorsUnreachable is a server that reaches none of Telegram, WhatsApp and Twilio.
	VendorsUnreachable bool `json:"vendors_unreachable"`
	// TemplateVerdict is the status that carriers give to the templates of surveys, such as APPROVED; PENDING if empty.
	TemplateVerdict string `json:"template_verdict"`
	// RefuseTemplates is a carrier that takes no new template, such as for its text.
	RefuseTemplates bool `json:"refuse_templates"`
	// InboundEmailDomain is where e-mail inboxes get a forwarding address; none if empty.
	InboundEmailDomain string `json:"inbound_email_domain"`
	// InboxLimit and AgentLimit are the plan's; 0 is none.
	InboxLimit int `json:"inbox_limit"`
	AgentLimit int `json:"agent_limit"`
}

func defaultSwitches() Switches {
	return Switches{
		Version:                DefaultVersion,
		OrphanErrors:           true,
		GoingRefused:           0.1,
		GoingCrashes:           0.03,
		RequestsPerMinute:      3000,
		MessagesPerMinute:      200,
		ShuffleUnsorted:        true,
		Enterprise:             true,
		AvatarSync:             true,
		ActivityMessages:       true,
		ContactPresenceSeconds: 90,
	}
}

var releaseName = regexp.MustCompile(`\A\d+\.\d+\.\d+\z`)

// Play makes the server answer as a release of Chatwoot from here on, also after a reset.
func (p *Platform) Play(version string) error {
	if !releaseName.MatchString(version) {
		return fmt.Errorf("%q is not a release of Chatwoot, as 4.11.2", version)
	}

	p.Lock()
	defer p.Unlock()

	p.played, p.switches.Version = version, version

	return nil
}

// StopRaces ends the races of deletions, for tests that are about something else.
func (p *Platform) StopRaces() {
	p.SetSwitches(func(s *Switches) { s.GoingRefused, s.GoingCrashes = 0, 0 })
}

// since reports whether the simulated release has what came with version.
func (p *Platform) since(version string) bool {
	return CompareReleases(p.switches.Version, version) >= 0
}

// CompareReleases returns a negative number if release a is older than b, 0 if they are the same, and else a positive one.
func CompareReleases(a, b string) int {
	one, two := release(a), release(b)

	return slices.Compare(one[:], two[:])
}

func release(version string) [3]int {
	var numbers [3]int

	for i, part := range strings.SplitN(version, ".", 3) {
		digits := strings.IndexFunc(part, func(r rune) bool { return r < '0' || r > '9' })
		if digits < 0 {
			digits = len(part)
		}

		numbers[i], _ = strconv.Atoi(part[:digits])
	}

	return numbers
}
