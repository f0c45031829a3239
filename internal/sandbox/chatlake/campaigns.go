package chatlake

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// campaign is addressed by its number within the account.
type campaign struct {
	display, account             int64
	title, description, message  *string
	inbox                        *inbox
	sender                       *user
	enabled, businessHours       *bool
	scheduledAt                  time.Time
	audience                     any
	triggerRules, templateParams object
	status, kind                 string
	created, updated             time.Time
}

func (r *campaign) key() int64   { return r.account<<32 + r.display }
func (r *campaign) owner() int64 { return r.account }

func (p *Platform) campaignShelf() *shelf[*campaign] {
	return shelf[*campaign]{
		p: p, param: "campaign", rows: &p.campaigns,
		fresh: func(c *call) *campaign {
			return &campaign{
				account: c.account.id, enabled: new(true), businessHours: new(false), audience: []any{}, triggerRules: object{}, templateParams: nil,
				status: "active", kind: "ongoing",
			}
		},
		assign: p.assignCampaign,
		keep: func(r *campaign) {
			r.updated = p.core.Now()
			if r.display == 0 {
				row, _ := p.accounts.Get(r.account)
				row.campaigns++
				r.display, r.created = row.campaigns, r.updated
			}
		},
		copy:   func(r *campaign) *campaign { draft := *r; return &draft },
		commit: func(into, draft *campaign) { *into = *draft },
		shape:  func(c *call, r *campaign) any { return p.campaignJSON(c, r) },
		index:  func(c *call, id int64) int64 { return c.account.id<<32 + id },
		missing: func(c *call) sandbox.Reply {
			return crash(c.Request, "campaign %s is not there: the server fails with 500, so look for it in the list", c.PathValue("campaign"))
		},
	}.with()
}

func (p *Platform) campaignJSON(c *call, r *campaign) object {
	out := object{
		"id": r.display, "title": r.title, "description": r.description, "account_id": r.account,
		"inbox": p.inboxJSON(r.inbox, c.isAdmin()), "message": r.message, "campaign_status": r.status, "enabled": r.enabled,
		"campaign_type": r.kind, "trigger_rules": r.triggerRules,
		"trigger_only_during_business_hours": r.businessHours,
		"created_at":                         iso(r.created), "updated_at": iso(r.updated),
	}
	if p.has(campaignTemplates) {
		out["template_params"] = r.templateParams
	}

	if r.kind == "one_off" {
		out["scheduled_at"], out["audience"] = epoch(r.scheduledAt), r.audience
	}

	if r.sender != nil {
		out["sender"] = p.agentJSON(r.sender, c.account.id)
	}

	return out
}

func (p *Platform) assignCampaign(c *call, r *campaign, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "campaign", nil, "title", "description", "message", "inbox_id", "sender_id", "enabled",
		"trigger_only_during_business_hours", "scheduled_at", "audience*", "trigger_rules{}", "template_params{}")
	if refused != nil {
		return refused
	}

	in.optString("title", &r.title, maxString)
	in.optString("description", &r.description, maxText)
	in.optString("message", &r.message, maxText)
	in.blankFlag("enabled", &r.enabled)
	in.blankFlag("trigger_only_during_business_hours", &r.businessHours)
	in.assignSchedule(r)
	in.assignAudience(r)

	rules, sent := in.hash("trigger_rules")
	if sent {
		r.triggerRules = rules
	}

	params, sent := in.hash("template_params")
	if sent {
		r.templateParams = params
	}

	p.assignCampaignPeople(c, r, in)

	if presence(r.title) == nil {
		in.errs.add("title", "Title can't be blank")
	}

	if presence(r.message) == nil {
		in.errs.add("message", "Message can't be blank")
	}

	if r.inbox == nil {
		in.errs.add("inbox", "Inbox must exist")
	}

	if r.kind == "one_off" && r.scheduledAt.IsZero() {
		r.scheduledAt = p.core.Now()
	}

	address, sent := r.triggerRules["url"]
	text, isText := address.(string)

	switch {
	case r.kind != "ongoing" || !sent || address == nil:
	case !isText || in.has("trigger_rules") && r.inbox == nil:
		in.fail(crash(c.Request, "the server fails on the rule's url"))
	case !strings.HasPrefix(text, "http") || !webAddress.MatchString(text):
		in.errs.addEnglish("url", "Url invalid")
	}

	if !fresh && r.status == "completed" {
		in.errs.addEnglish("status", "Status The campaign is already completed")
	}

	return in.done(p)
}

// assignCampaignPeople finds inbox and sender; the inbox decides what kind of campaign it is.
func (p *Platform) assignCampaignPeople(c *call, r *campaign, in *input) {
	var id *int64
	in.whole("inbox_id", &id)

	if in.isNull("inbox_id") {
		r.inbox = nil
	}

	if id != nil {
		found, known := p.inboxes.Get(*id)
		if !known {
			in.fail(crash(c.Request, "inbox_id %d is no inbox", *id))
			return
		}

		r.inbox = found
	}

	switch {
	case r.inbox == nil:
		in.errs.add("inbox_id", "Inbox can't be blank")
	case r.inbox.account != c.account.id:
		in.errs.addEnglish("inbox_id", "Inbox doesn't belong to account")
	case r.inbox.channel.kind == "Channel::WebWidget":
		r.kind = "ongoing"
	case slices.Contains([]string{"Channel::Sms", "Channel::TwilioSms", "Channel::Whatsapp"}, r.inbox.channel.kind):
		r.kind = "one_off"
	default:
		in.errs.addEnglish("inbox", "Inbox Unsupported Inbox type")
	}

	id = nil

	if in.has("sender_id") {
		r.sender = nil

		in.whole("sender_id", &id)

		if id != nil {
			r.sender, _ = p.users.Get(*id)
		}
	}

	if r.sender != nil && r.sender.memberships[c.account.id] == nil {
		in.errs.addEnglish("sender_id", "Sender must belong to the same account as the campaign")
	}
}

// runCampaigns sends what is due. The server looks every five minutes, and leaves what is more than three days late for ever.
func (p *Platform) runCampaigns() {
	looked := p.core.Now().Truncate(5 * time.Minute)

	for _, r := range p.campaigns.All() {
		isDue := !r.scheduledAt.After(looked) && r.scheduledAt.After(looked.AddDate(0, 0, -3))
		if r.kind == "one_off" && r.status == "active" && isDue && !r.updated.After(looked) {
			r.status = "completed"
		}
	}
}

// CompleteCampaigns sends all that is to be sent once, as if its time had come.
func (p *Platform) CompleteCampaigns() {
	p.Lock()
	defer p.Unlock()

	for _, r := range p.campaigns.All() {
		if r.kind == "one_off" {
			r.status = "completed"
		}
	}
}

// inboxCampaigns lists the campaigns of one inbox.
func (p *Platform) inboxCampaigns(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	return p.campaignShelf().listOf(c, func(r *campaign) bool { return r.inbox == i })
}

// assignSchedule takes a time; text that is none counts as none.
func (in *input) assignSchedule(r *campaign) {
	text, isText := in.values["scheduled_at"].(string)
	if isText && len(text) > maxString {
		in.values["scheduled_at"] = nil
	}

	if in.isNull("scheduled_at") {
		r.scheduledAt = time.Time{}
		return
	}

	in.instant("scheduled_at", &r.scheduledAt)
}

// assignAudience keeps type and id of each row, and what is no list as it is.
func (in *input) assignAudience(r *campaign) {
	values, isObject := in.values["audience"].(object)
	if isObject && len(values) == 0 {
		r.audience = values
		return
	}

	rows, sent := in.list("audience")
	if !sent {
		return
	}

	for _, row := range rows {
		values, isObject := row.(object)
		if isObject {
			maps.DeleteFunc(values, func(key string, _ any) bool { return key != "type" && key != "id" })
		}
	}

	r.audience = rows
}

// blankFlag takes null and blank text as null.
func (in *input) blankFlag(key string, into **bool) {
	if in.values[key] == "" {
		in.values[key] = nil
	}

	in.optFlag(key, into)
}
