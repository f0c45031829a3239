package api

import "github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"

// Campaign is a message that goes to many: shown to visitors of a website, or sent once to those with a label. Its id is its number in
// the account.
type Campaign struct {
	ID            ID     `json:"id"`
	Title         string `json:"title"`
	Description   string `json:"description"`
	Message       string `json:"message"`
	Enabled       *bool  `json:"enabled"`
	BusinessHours bool   `json:"trigger_only_during_business_hours"`
	// Status is "active", "processing" or "completed", and Type "ongoing" or "one_off". The inbox decides the type.
	Status string `json:"campaign_status"`
	Type   string `json:"campaign_type"`
	Inbox  struct {
		ID ID `json:"id"`
	} `json:"inbox"`
	// Sender is nil also for a user that does not exist.
	Sender *struct {
		ID ID `json:"id"`
	} `json:"sender"`
	ScheduledAt    Time             `json:"scheduled_at"`
	Audience       []CampaignTarget `json:"audience"`
	TriggerRules   Object           `json:"trigger_rules"`
	TemplateParams Object           `json:"template_params"`
}

// CampaignTarget is one part of those that a campaign goes to, such as a label.
type CampaignTarget struct {
	Type wirejson.Text `json:"type"`
	ID   wirejson.Text `json:"id"`
}

func (x Campaign) identity() ID { return x.ID }

// Check refuses a campaign that cannot be told from others.
func (x Campaign) Check() error { return checkID(x.ID) }

// SenderID returns the id of the campaign's sender; 0 is none.
func (x Campaign) SenderID() ID {
	if x.Sender == nil {
		return 0
	}

	return x.Sender.ID
}

// CampaignRequest is what a create or an update of a campaign sends. The platform takes a time that it cannot read, or none, for now,
// and sends the campaign: ScheduledAt is RFC 3339, and never null.
type CampaignRequest struct {
	Title          Nullable[string]                  `json:"title,omitzero"`
	Description    Nullable[string]                  `json:"description,omitzero"`
	Message        Nullable[string]                  `json:"message,omitzero"`
	Enabled        Nullable[bool]                    `json:"enabled,omitzero"`
	BusinessHours  Nullable[bool]                    `json:"trigger_only_during_business_hours,omitzero"`
	InboxID        Nullable[ID]                      `json:"inbox_id,omitzero"`
	SenderID       Nullable[ID]                      `json:"sender_id,omitzero"`
	ScheduledAt    Nullable[string]                  `json:"scheduled_at,omitzero"`
	Audience       Nullable[[]CampaignTargetRequest] `json:"audience,omitzero"`
	TriggerRules   Nullable[Object]                  `json:"trigger_rules,omitzero"`
	TemplateParams Nullable[Object]                  `json:"template_params,omitzero"`
}

// CampaignTargetRequest is a CampaignTarget as it is sent.
type CampaignTargetRequest struct {
	Type string `json:"type"`
	ID   ID     `json:"id"`
}

// Campaigns are the campaigns of the account. The vendor's pages do not have them.
func (c *Client) Campaigns() *Objects[Campaign, CampaignRequest] {
	return objectsOf[Campaign, CampaignRequest](c, "chatlake_campaign", form{root: "campaign", crashesIfGone: true})
}
