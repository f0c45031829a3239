package chatlake

import (
	"encoding/json"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

var (
	accountSettings = []string{
		"auto_resolve_after", "auto_resolve_message", "auto_resolve_ignore_waiting", "audio_transcriptions",
		"auto_resolve_label",
	}
	accountCustom = []string{"industry", "company_size", "timezone", "referral_source", "user_role", "website"}
	locales       = []string{
		"en", "ar", "nl", "fr", "de", "hi", "it", "ja", "ko", "pt", "ru", "zh", "es", "ml", "ca", "el", "pt_BR", "ro", "ta",
		"fa", "zh_TW", "vi", "da", "tr", "cs", "fi", "id", "sv", "hu", "no", "zh_CN", "pl", "sk", "uk", "th", "lv", "is", "he", "lt", "sr", "bg",
	}
)

const installationEmail = "accounts@chatlake.sandbox.example"

func (p *Platform) accountJSON(row *account) object {
	email := any(installationEmail) // The installation's own, unless set.
	if presence(row.supportEmail) != nil {
		email = *row.supportEmail
	}

	out := object{
		"id": row.id, "name": row.name, "locale": row.locale, "domain": row.domain, "support_email": email,
		"status": row.status, "features": object{"inbox_management": true, "team_management": true, "macros": true},
		"settings": row.settings, "custom_attributes": row.custom,
		"cache_keys": object{"label": "0000000000", "inbox": "0000000000", "team": "0000000000"},
		"created_at": iso(row.created),
	}
	if p.switches.Enterprise {
		out["subscribed_features"] = []string{}
	}

	return out
}

func (p *Platform) showAccount(c *call) sandbox.Reply {
	out := p.accountJSON(c.account)
	out["latest_chatwoot_version"] = p.switches.Version

	return ok(out)
}

func (p *Platform) updateAccount(c *call) sandbox.Reply {
	known := append([]string{"name", "locale", "domain", "support_email"}, append(slices.Clone(accountSettings), accountCustom...)...)
	if p.switches.Enterprise {
		known = append(known, "conversation_required_attributes[]")
	}

	in, refused := read(c.Request, known...)
	if refused != nil {
		return *refused
	}

	draft := *c.account
	draft.settings, draft.custom = maps.Clone(draft.settings), maps.Clone(draft.custom)
	in.mustString("name", &draft.name)
	in.enum("locale", locales, &draft.locale)
	in.optString("domain", &draft.domain, 100)
	in.optString("support_email", &draft.supportEmail, 100)

	for _, key := range append(slices.Clone(accountSettings), "conversation_required_attributes") {
		if in.has(key) {
			draft.settings[key] = in.values[key]
		}
	}

	for _, key := range accountCustom {
		if in.has(key) {
			draft.custom[key] = in.values[key]
		}
	}

	validateSettings(in, draft.settings)

	if draft.name == "" {
		in.errs.add("name", "Name can't be blank")
	}

	if refused := in.done(p); refused != nil {
		return *refused
	}

	*c.account = draft

	return ok(p.accountJSON(c.account))
}

// validateSettings checks ranges and types. Unverified: the sentences.
func validateSettings(in *input, settings object) {
	switch minutes := settings["auto_resolve_after"].(type) {
	case nil:
	case json.Number:
		n, err := minutes.Int64()
		if err != nil || n < 10 || n > 1_439_856 {
			in.errs.addEnglish("auto_resolve_after", "Auto resolve after must be between 10 and 1439856")
		}
	default:
		in.errs.addEnglish("auto_resolve_after", "Auto resolve after must be an integer")
	}

	for _, key := range []string{"auto_resolve_ignore_waiting", "audio_transcriptions"} {
		value := settings[key]
		if value != nil && value != true && value != false {
			in.errs.addEnglish(key, humanize(key)+" must be a boolean")
		}
	}

	for _, key := range []string{"auto_resolve_message", "auto_resolve_label"} {
		text, isText := settings[key].(string)
		if settings[key] != nil && !isText || utf8.RuneCountInString(text) > maxText {
			in.errs.addEnglish(key, humanize(key)+" must be a string")
		}
	}
}
