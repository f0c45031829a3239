//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/sandbox"
)

// kind is a kind of object that is measured.
type kind struct {
	name string
	// platform has it; empty for Terraform's own.
	platform string
	// hcl is count = var.count of it; var.revision changes all of them.
	hcl string
	// seed makes what the objects need, and returns values for further variables.
	seed func(ctx context.Context, box *sandbox.Sandbox) (map[string]string, error)
	// switches are set on the platform before.
	switches map[string]any
	// isSent says that an object is an event, which cannot be changed.
	isSent bool
	// faults is the share of requests that the platform answers with 502 or 503.
	faults float64
	// isLarge says that it is measured at the large size, too.
	isLarge bool
	// least are the attributes that a provider for this configuration needs at least. With them, two floors are measured beside
	// it: one with the type's schema, and one with no more than these.
	least   []string
	targets map[phase]target
}

// target is what a phase may cost at 1,000 objects and some latency.
type target struct {
	// requests per object at most.
	requests float64
	// The time is at most so many times ceil(objects / parallelism) x latency, and so many times terraform_data.
	latencies, floors float64
}

func (t target) wall(latencyFloor, terraformFloor time.Duration) time.Duration {
	return time.Duration(t.latencies*float64(latencyFloor) + t.floors*float64(terraformFloor))
}

// What a phase may take beside the floors of the same run, with answers after floorLatency, and what a plan of an unchanged
// object may cost the provider's process.
const (
	floorLatency = 20 * time.Millisecond
	overSame     = 1.15 // Creates and changes, over the floor with the same schema.
	overLeast    = 1.4  // Plans, over the floor with the least one.
	planCPU      = 1500 * time.Microsecond
)

// Targets at no latency, of the provider's own process.
const (
	createCPU  = 4 * time.Millisecond
	refreshCPU = 2500 * time.Microsecond
	memory     = 60 << 20
)

// floor is Terraform's own cost.
func floor() kind {
	return kind{name: "terraform_data", hcl: `
resource "terraform_data" "bench" {
  count = var.n
  input = "Object ${count.index}, revision ${var.revision}"
}
`}
}

// creation returns the target of a create that takes so many requests.
func creation(requests float64) target {
	return target{requests: requests, latencies: 1.15 * requests, floors: 3}
}

func kinds() []kind {
	return append(append(kommunicateKinds(), chatlakeKinds()...), imichatKinds()...)
}

func kommunicateKinds() []kind {
	return []kind{
		{
			name: "kommunicate_user", platform: "kommunicate", least: []string{"id", "user_id", "display_name", "email", "phone_number", "metadata"},
			hcl: `
resource "kommunicate_user" "bench" {
  provider = chat
  count    = var.n

  user_id      = "bench-${count.index}"
  display_name = "User ${count.index}, revision ${var.revision}"
}
`,
			targets: map[phase]target{create: creation(2.5), refresh: {requests: 0.15, latencies: 1.15}},
		},
		{
			name: "kommunicate_conversation", platform: "kommunicate",
			hcl: `
resource "kommunicate_conversation" "bench" {
  provider = chat
  count    = var.n

  group_name        = "Conversation ${count.index}, revision ${var.revision}"
  client_group_id   = "bench-${count.index}"
  group_member_list = ["bench-customer"]
}
`,
			targets: map[phase]target{create: creation(2.5)},
		},
		{
			name: "kommunicate_message", platform: "kommunicate", isSent: true, seed: seedGroup,
			hcl: `
variable "group" {}

resource "kommunicate_message" "bench" {
  provider = chat
  count    = var.n

  group_id       = var.group
  from_user_name = "bench-customer"
  message        = "Message ${count.index}"
}
`,
			targets: map[phase]target{create: creation(1), refresh: {requests: 0.15, latencies: 0.25, floors: 2}},
		},
	}
}

const contacts = `
resource "chatlake_contact" "bench" {
  provider = chat
  count    = var.n

  name  = "Contact ${count.index}, revision ${var.revision}"
  email = "contact-${count.index}@example.com"
}
`

func chatlakeKinds() []kind {
	paged := target{requests: 0.15, latencies: 0.25, floors: 2}

	return []kind{
		{
			name: "chatlake_contact", platform: "chatlake", isLarge: true,
			least:   []string{"id", "name", "email", "phone_number", "identifier", "custom_attributes"},
			hcl:     contacts,
			targets: map[phase]target{create: creation(1), refresh: paged},
		},
		{name: "chatlake_contact (5xx at 10%)", platform: "chatlake", faults: 0.1, hcl: contacts},
		{
			name: "chatlake_message", platform: "chatlake", isSent: true, seed: seedConversation, switches: map[string]any{"messages_per_minute": 0},
			hcl: `
variable "conversation" {}

resource "chatlake_message" "bench" {
  provider = chat
  count    = var.n

  conversation_id = var.conversation
  content         = "Message ${count.index}"
}
`,
			targets: map[phase]target{create: creation(1), refresh: paged},
		},
		{
			name: "chatlake_contact (labels)", platform: "chatlake",
			hcl: `
resource "chatlake_contact" "bench" {
  provider = chat
  count    = var.n

  name   = "Contact ${count.index}, revision ${var.revision}"
  email  = "contact-${count.index}@example.com"
  labels = ["billing"]
}
`,
			targets: map[phase]target{create: creation(2)},
		},
		{
			name: "chatlake_conversation", platform: "chatlake", seed: seedContact,
			hcl: `
variable "contact" {}

resource "chatlake_conversation" "bench" {
  provider = chat
  count    = var.n

  inbox_id          = "101"
  contact_id        = var.contact
  custom_attributes = { revision = var.revision }
}
`,
			targets: map[phase]target{create: creation(1), refresh: paged},
		},
		{
			name: "chatlake_canned_response", platform: "chatlake", least: []string{"id", "short_code", "content"},
			hcl: `
resource "chatlake_canned_response" "bench" {
  provider = chat
  count    = var.n

  short_code = "bench-${count.index}"
  content    = "Answer ${count.index}, revision ${var.revision}"
}
`,
			targets: map[phase]target{create: creation(1), refresh: {requests: 0.01, floors: 2.5}},
		},
	}
}

func imichatKinds() []kind {
	return []kind{{
		name: "imichat_chat", platform: "imichat", switches: map[string]any{"quota": 1_000_000},
		least: []string{"id", "channel", "asset", "customer", "other_details", "status"},
		hcl: `
resource "imichat_chat" "bench" {
  provider = chat
  count    = var.n

  channel       = "sms"
  asset         = { id = "447700900100" }
  customer      = { destination_id = "+1415555${format("%04d", count.index)}", name = "Customer ${count.index}" }
  other_details = { revision = tostring(var.revision) }
}
`,
		targets: map[phase]target{create: creation(1), refresh: {requests: 0.15, latencies: 0.4, floors: 2}},
	}}
}

// seedContact makes the contact of all conversations.
func seedContact(ctx context.Context, box *sandbox.Sandbox) (map[string]string, error) {
	address := fmt.Sprintf("%s/api/v1/accounts/%s/contacts", box.Env["CHATLAKE_BASE_URL"], box.Env["CHATLAKE_ACCOUNT_ID"])

	var answer struct {
		Payload struct {
			Contact struct {
				ID int `json:"id"`
			} `json:"contact"`
		} `json:"payload"`
	}

	err := post(ctx, address, http.Header{"Api_access_token": {box.Env["CHATLAKE_API_ACCESS_TOKEN"]}},
		`{"name":"Customer","email":"customer@example.com"}`, &answer)

	return map[string]string{"contact": fmt.Sprint(answer.Payload.Contact.ID)}, err
}

// seedConversation makes the conversation of all messages.
func seedConversation(ctx context.Context, box *sandbox.Sandbox) (map[string]string, error) {
	vars, err := seedContact(ctx, box)
	if err != nil {
		return nil, err
	}

	address := fmt.Sprintf("%s/api/v1/accounts/%s/conversations", box.Env["CHATLAKE_BASE_URL"], box.Env["CHATLAKE_ACCOUNT_ID"])

	var answer struct {
		ID int `json:"id"`
	}

	err = post(ctx, address, http.Header{"Api_access_token": {box.Env["CHATLAKE_API_ACCESS_TOKEN"]}},
		fmt.Sprintf(`{"inbox_id":101,"contact_id":%s}`, vars["contact"]), &answer)

	return map[string]string{"conversation": fmt.Sprint(answer.ID)}, err
}

// seedGroup makes the conversation of all messages.
func seedGroup(ctx context.Context, box *sandbox.Sandbox) (map[string]string, error) {
	var answer struct {
		Response struct {
			ID json.Number `json:"id"`
		} `json:"response"`
	}

	err := post(ctx, box.Env["KOMMUNICATE_BASE_URL"]+"/rest/ws/group/conversation", http.Header{"Api-Key": {box.Env["KOMMUNICATE_API_KEY"]}},
		`{"groupName":"Messages","groupMemberList":["bench-customer"]}`, &answer)

	return map[string]string{"group": answer.Response.ID.String()}, err
}

func names() []string {
	var all []string
	for _, k := range kinds() {
		all = append(all, k.name)
	}

	return all
}

// choose returns the kinds whose names begin with one of the given ones.
func choose(only string) ([]kind, error) {
	if only == "" {
		return kinds(), nil
	}

	var chosen []kind

	for _, k := range kinds() {
		if slices.ContainsFunc(strings.Split(only, ","), func(name string) bool { return strings.HasPrefix(k.name, name) }) {
			chosen = append(chosen, k)
		}
	}

	if len(chosen) == 0 {
		return nil, fmt.Errorf("-only %s: the kinds are %s", only, strings.Join(names(), ", "))
	}

	return chosen, nil
}
