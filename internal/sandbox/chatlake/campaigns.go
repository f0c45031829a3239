package chatlake

import (
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// campaign is addressed by its number within the account.
type campaign struct {
	display, account             int64
	title, description, message  *string
	inbox                        *inbox
	sender                       *user
	enabled, businessHours       bool
	scheduledAt                  time.Time
	audience                     []any
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
				account: c.account.id, enabled: true, audience: []any{}, triggerRules: object{}, templateParams: nil,
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
			return crash(c.Request, "campaign %s is not there: the server stumbles, so look for it in the list", c.PathValue("campaign"))
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
		out["scheduled_at"], out["audience"] = isoOrNull(r.scheduledAt), r.audience
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
	in.flag("enabled", &r.enabled)
	in.flag("trigger_only_during_business_hours", &r.businessHours)
	in.instant("scheduled_at", &r.scheduledAt)

	audience, sent := in.list("audience")
	if sent {
		r.audience = audience
	}

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

	address, sent := r.triggerRules["url"]
	if r.kind == "ongoing" && sent && address != nil && !webAddress.MatchString(scalarText(address)) {
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
	case slices.Contains([]string{"Channel::Sms", "Channel::Whatsapp"}, r.inbox.channel.kind):
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
}
