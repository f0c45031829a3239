package chatlake

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

var locales = []string{
	"en", "ar", "nl", "fr", "de", "hi", "it", "ja", "ko", "pt", "ru", "zh", "es", "ml", "ca", "el", "pt_BR", "ro", "ta",
	"fa", "zh_TW", "vi", "da", "tr", "cs", "fi", "id", "sv", "hu", "no", "zh_CN", "pl", "sk", "uk", "th", "lv", "is", "he", "lt", "sr", "bg",
}

const installationEmail = "accounts@chatlake.sandbox.example"

func (p *Platform) accountJSON(row *account) object {
	email := any(installationEmail) // The installation's own, unless set.
	if presence(row.supportEmail) != nil {
		email = *row.supportEmail
	}

	out := object{
		"id": row.id, "name": row.name, "locale": nullable(row.locale), "domain": row.domain, "support_email": email,
		"status": row.status, "features": row.features,
		"cache_keys": object{"label": "0000000000", "inbox": "0000000000", "team": "0000000000"},
		"created_at": iso(row.created),
	}

	if p.has(accountAutoResolve) {
		out["settings"] = row.settings
	} else {
		out["auto_resolve_duration"] = row.settings["auto_resolve_duration"]
	}

	if len(row.custom) > 0 {
		out["custom_attributes"] = p.accountAttributes(row)
	}

	return out
}

// accountAttributes has the plan's keys always, and the account's own where they are not blank. The person's role is never
// told.
func (p *Platform) accountAttributes(row *account) object {
	out := object{
		"plan_name": nil, "subscribed_quantity": nil, "subscription_status": nil, "subscription_ends_on": nil,
	}

	for _, key := range p.accountCustom() {
		isShown := key != "user_role" && p.has(accountCompanyShown)
		if isShown && strings.TrimSpace(scalarText(row.custom[key])) != "" {
			out[key] = row.custom[key]
		}
	}

	return out
}

func (p *Platform) showAccount(c *call) sandbox.Reply {
	out := p.accountJSON(c.account)
	out["latest_chatwoot_version"] = p.switches.Version

	if p.switches.Enterprise {
		out["subscribed_features"] = []string{}
	}

	return ok(out)
}

// accountSettings are the settings that the release knows.
func (p *Platform) accountSettings() []string {
	switch {
	case p.has(accountTranscriptions):
		return []string{
			"auto_resolve_after", "auto_resolve_message", "auto_resolve_ignore_waiting", "audio_transcriptions",
			"auto_resolve_label",
		}
	case p.has(accountAutoResolve):
		return []string{"auto_resolve_after", "auto_resolve_message", "auto_resolve_ignore_waiting"}
	default:
		return []string{"auto_resolve_duration"}
	}
}

// accountCustom are the account's own attributes that the release knows.
func (p *Platform) accountCustom() []string {
	var known []string

	if p.has(accountCompany) {
		known = append(known, "industry", "company_size", "timezone")
	}

	if p.has(accountReferral) {
		known = append(known, "referral_source", "user_role", "website")
	}

	return known
}

func (p *Platform) updateAccount(c *call) sandbox.Reply {
	known := slices.Concat([]string{"name", "locale", "domain", "support_email"}, p.accountSettings(), p.accountCustom())
	if p.switches.Enterprise && p.since("4.11.0") {
		known = append(known, "conversation_required_attributes[]")
	}

	in, refused := read(c.Request, known...)
	if refused != nil {
		return *refused
	}

	draft := *c.account
	draft.settings, draft.custom = maps.Clone(draft.settings), maps.Clone(draft.custom)

	p.readAccountName(in, &draft)
	in.optEnum("locale", locales, &draft.locale)
	in.optString("domain", &draft.domain, 100)
	in.optString("support_email", &draft.supportEmail, 100)

	for _, key := range append(p.accountSettings(), "conversation_required_attributes") {
		if in.has(key) {
			draft.settings[key] = in.values[key]
		}
	}

	for _, key := range p.accountCustom() {
		if in.has(key) {
			draft.custom[key] = in.values[key]
		}
	}

	if p.has(accountAutoResolve) {
		validateSettings(in, draft.settings)
	}

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	*c.account = draft

	return ok(p.accountJSON(c.account))
}

func (p *Platform) readAccountName(in *input, row *account) {
	name := &row.name
	in.optString("name", &name, maxString)

	switch {
	case p.has(accountNameChecked) && presence(name) == nil:
		in.errs.add("name", "Name can't be blank")
	case name == nil:
		in.refuseColumn("name is null: the column does not take it")
	default:
		row.name = *name
	}
}

// validateSettings checks kinds and the range.
func validateSettings(in *input, settings object) {
	kind := func(key string, isRight bool) {
		if settings[key] != nil && !isRight {
			in.errs.addEnglish(key, humanize(key)+" must be of type type")
		}
	}

	minutes, isNumber := settings["auto_resolve_after"].(json.Number)
	kind("auto_resolve_after", isNumber && isWhole(minutes))

	n, err := minutes.Int64()
	switch {
	case !isNumber || err != nil:
	case n < 10:
		in.errs.addEnglish("auto_resolve_after", "Auto resolve after must be greater than or equal to 10")
	case n > 1_439_856:
		in.errs.addEnglish("auto_resolve_after", "Auto resolve after must be less than or equal to 1439856")
	}

	required, _ := settings["conversation_required_attributes"].([]any)
	for i, key := range required {
		_, isText := key.(string)
		if !isText {
			name := "conversation_required_attributes/" + strconv.Itoa(i)
			in.errs.addEnglish(name, humanize(name)+" must be of type string")
		}
	}

	for _, key := range []string{"auto_resolve_message", "auto_resolve_label"} {
		_, isText := settings[key].(string)
		kind(key, isText)
	}

	for _, key := range []string{"auto_resolve_ignore_waiting", "audio_transcriptions"} {
		_, isFlag := settings[key].(bool)
		kind(key, isFlag)
	}
}
