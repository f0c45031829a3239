package chatlake

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

var (
	displayTypes    = []string{"text", "number", "currency", "percent", "link", "date", "list", "checkbox"}
	attributeModels = []string{"conversation_attribute", "contact_attribute", "company_attribute"}
	attributeKey    = regexp.MustCompile(`\A[\p{L}\p{N}_.-]+\z`)
)

// reservedKeys are names that the models have columns for.
var reservedKeys = map[string][]string{
	"conversation_attribute": {
		"status", "priority", "assignee_id", "inbox_id", "team_id", "display_id", "campaign_id", "labels",
		"browser_language", "country_code", "referer", "created_at", "last_activity_at",
	},
	"contact_attribute": {
		"name", "email", "phone_number", "identifier", "country_code", "city", "company_name", "created_at",
		"last_activity_at", "referer", "blocked",
	},
	"company_attribute": {
		"name", "domain", "description", "contacts_count", "created_at", "updated_at", "last_activity_at",
	},
}

type definition struct {
	ID          int64   `json:"id"`
	DisplayName *string `json:"attribute_display_name"`
	DisplayType string  `json:"attribute_display_type"`
	Description *string `json:"attribute_description"`
	Key         *string `json:"attribute_key"`
	Pattern     *string `json:"regex_pattern"`
	Cue         *string `json:"regex_cue"`
	Values      []any   `json:"attribute_values"`
	Model       string  `json:"attribute_model"`
	Default     *string `json:"default_value"`
	CreatedAt   string  `json:"created_at"`
	UpdatedAt   string  `json:"updated_at"`

	account int64
}

// definitionKey is the unique index.
type definitionKey struct {
	account    int64
	model, key string
}

func (r *definition) key() int64           { return r.ID }
func (r *definition) owner() int64         { return r.account }
func (r *definition) index() definitionKey { return definitionKey{r.account, r.Model, deref(r.Key)} }

func (p *Platform) definitionShelf() *shelf[*definition] {
	return shelf[*definition]{
		p: p, param: "definition", rows: &p.definitions,
		fresh: func(c *call) *definition {
			return &definition{account: c.account.id, DisplayType: "text", Model: "conversation_attribute", Values: []any{}}
		},
		assign: p.assignDefinition,
		keep: func(r *definition) {
			r.UpdatedAt = iso(p.core.Now())
			if r.ID == 0 {
				r.ID, r.CreatedAt = p.nextID("definitions"), r.UpdatedAt
			}

			p.definitionKeys[r.index()] = r.ID
		},
		drop:    func(r *definition) { delete(p.definitionKeys, r.index()) },
		gone:    p.dropRequired,
		copy:    func(r *definition) *definition { draft := *r; return &draft },
		commit:  func(into, draft *definition) { *into = *draft },
		deleted: http.StatusNoContent,
	}.with()
}

// dropRequired takes the key of a definition that was deleted out of those that conversations need.
func (p *Platform) dropRequired(r *definition) {
	row, _ := p.accounts.Get(r.account)

	required, isSet := row.settings["conversation_required_attributes"].([]any)
	if isSet && r.Model == "conversation_attribute" {
		kept := slices.Clone(required)
		row.settings["conversation_required_attributes"] = slices.DeleteFunc(kept, func(key any) bool { return key == deref(r.Key) })
	}
}

func (p *Platform) assignDefinition(c *call, r *definition, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "custom_attribute_definition", nil,
		"attribute_display_name", "attribute_display_type", "attribute_description", "attribute_key", "attribute_values[]",
		"attribute_model", "regex_pattern", "regex_cue")
	if refused != nil {
		return refused
	}

	in.optString("attribute_display_name", &r.DisplayName, maxString)
	in.optString("attribute_key", &r.Key, maxString)
	in.optString("attribute_description", &r.Description, maxText)

	if p.has(definitionPattern) {
		in.optString("regex_pattern", &r.Pattern, maxString)
		in.optString("regex_cue", &r.Cue, maxString)
	}

	in.optEnum("attribute_display_type", displayTypes, &r.DisplayType)

	if p.has(definitionCompany) {
		in.optEnum("attribute_model", attributeModels, &r.Model)
	} else {
		in.optEnum("attribute_model", attributeModels[:2], &r.Model)
	}

	values, sent := in.list("attribute_values")
	if sent {
		r.Values = values
	}

	if p.has(definitionKeyCheck) {
		trim(&r.DisplayName)
		trim(&r.Key)
	}

	p.validateDefinition(&in.errs, r, fresh)

	if r.Model == "" {
		in.refuseColumn("attribute_model is null")
	}

	return in.done(p)
}

func trim(text **string) {
	if *text != nil {
		trimmed := strings.TrimSpace(**text)
		*text = &trimmed
	}
}

func (p *Platform) validateDefinition(v *invalid, r *definition, fresh bool) {
	if presence(r.DisplayName) == nil {
		v.add("attribute_display_name", "Attribute display name can't be blank")
	}

	other, taken := p.definitionKeys[r.index()]

	if presence(r.Key) == nil {
		v.add("attribute_key", "Attribute key can't be blank")
	} else if taken && other != r.ID {
		v.add("attribute_key", "Attribute key has already been taken")
	}

	if r.DisplayType == "" {
		v.add("attribute_display_type", "Attribute display type can't be blank")
	}

	if r.Model == "" && (p.has(definitionCompany) || !p.has(definitionModelUnchecked)) {
		v.add("attribute_model", "Attribute model can't be blank")
	}

	if p.has(definitionReserved) && fresh && slices.Contains(reservedKeys[r.Model], deref(r.Key)) {
		v.addEnglish("attribute_key", "Attribute key The provided key is not allowed as it might conflict with default attributes.")
	}

	if p.has(definitionKeyCheck) && !attributeKey.MatchString(deref(r.Key)) {
		v.addEnglish("attribute_key", "Attribute key must only contain letters, numbers, underscores, hyphens, and dots")
	}
}

// listDefinitions takes the model as a name or as its number.
func (p *Platform) listDefinitions(c *call) sandbox.Reply {
	model := c.URL.Query().Get("attribute_model")
	for n, name := range attributeModels {
		if model == string(rune('0'+n)) {
			model = name
		}
	}

	return p.definitionShelf().listOf(c, func(r *definition) bool { return model == "" || r.Model == model })
}
