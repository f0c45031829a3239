package promises_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// A provider does not learn what a configuration marks as sensitive. So no diagnostic repeats what the configuration says:
// it names the attribute. Terraform itself prints the id of an object, and so may a diagnostic; and words that the platform
// gave, such as a status.

// said are texts that break the rules of most attributes, each in another way.
var said = []any{"mark3r", "mark3r\x00 €/..?#", strings.Repeat("mark3r ", 60), "mark3r@", "-mark3r-", "{\"mark3r\": mark3r}"}

// TestRefusedValuesAreNotRepeated sets every attribute of every type to texts that it may refuse, alone and all at once.
func TestRefusedValuesAreNotRepeated(t *testing.T) {
	t.Parallel()

	p := acctest.NewProtocol(t)

	refused := 0

	for _, kind := range p.Resources() {
		attributes := p.Schema(kind).Block.Attributes

		for _, text := range said {
			all := acctest.Values{}

			for _, a := range attributes {
				value := filled(a.Type, a.NestedType, text)
				if value == nil || !a.Optional && !a.Required || slices.Contains(named, kind+"."+a.Name) {
					continue
				}

				all[a.Name] = value
				refused += len(wantUnsaid(t, kind+"."+a.Name, p.Validate(kind, acctest.Values{a.Name: value})))
			}

			wantUnsaid(t, kind, p.Validate(kind, all))
		}
	}

	if refused < 500 {
		t.Errorf("only %d values were refused: this test tests little", refused)
	}
}

// named are arguments that errors name: ids, and paths, for one of several files may be missing.
var named = []string{
	"chatlake_articles.portal_slug", "chatlake_categories.portal_slug", "imichat_chat.chat_id", "kommunicate_user.user_id",
	"chatlake_import_contacts.file", "chatlake_upload.file", "chatlake_send_message.attachments", "chatlake_integration_hook.app_id",
	"chatlake_agent_bot.avatar", "chatlake_company.avatar", "chatlake_contact.avatar", "chatlake_inbox.avatar", "chatlake_portal.logo",
	"chatlake_profile_settings.avatar", "chatlake_captain_document.pdf_file",
}

// TestValuesOfQuestionsAreNotRepeated asks every data source and runs every action with each argument alone set to texts that
// are refused, or that nothing has, beside what is required.
func TestValuesOfQuestionsAreNotRepeated(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, acctest.Values{"max_retries": 0})
	failed := 0

	ask := func(kind string, schema *tfprotov6.Schema, answer func(config acctest.Values) acctest.Diagnostics) {
		for _, text := range append([]any{"mark3r@example.com"}, said...) {
			for _, a := range schema.Block.Attributes {
				value := filled(a.Type, a.NestedType, text)
				if value == nil || !a.Optional && !a.Required || slices.Contains(named, kind+"."+a.Name) {
					continue
				}

				config := acctest.Values{}

				for _, other := range schema.Block.Attributes {
					if other.Required {
						config[other.Name] = filled(other.Type, other.NestedType, "1")
					}
				}

				config[a.Name] = value
				failed += len(wantUnsaid(t, kind+"."+a.Name, answer(config)))
			}
		}
	}

	data, actions := p.Questions()
	for kind, schema := range data {
		ask(kind, schema, func(config acctest.Values) acctest.Diagnostics {
			_, diags := p.Data(t.Context(), kind, config)
			return diags
		})
	}

	for kind, schema := range actions {
		ask(kind, schema, func(config acctest.Values) acctest.Diagnostics {
			_, diags := p.Invoke(kind, config)
			return diags
		})
	}

	if failed < 500 {
		t.Errorf("only %d questions failed: this test tests little", failed)
	}
}

func wantUnsaid(t *testing.T, what string, diags acctest.Diagnostics) acctest.Diagnostics {
	t.Helper()

	for _, d := range diags {
		if strings.Contains(d.Summary+d.Detail, "mark3r") {
			t.Errorf("%s: %s: %s", what, d.Summary, d.Detail)
		}
	}

	return diags
}

// filled returns a value of the type that holds the text wherever it can, keys included. It is nil for a type without texts.
func filled(kind tftypes.Type, nested *tfprotov6.SchemaObject, text any) any {
	if nested != nil {
		object := acctest.Values{}

		for _, a := range nested.Attributes {
			value := filled(a.Type, a.NestedType, text)
			if value != nil && (a.Optional || a.Required) {
				object[a.Name] = value
			}
		}

		switch nested.Nesting {
		case tfprotov6.SchemaObjectNestingModeSingle:
			return object
		case tfprotov6.SchemaObjectNestingModeMap:
			return acctest.Values{fmt.Sprint(text): object}
		default:
			return []any{object}
		}
	}

	switch kind := kind.(type) {
	case tftypes.List:
		return listOf(filled(kind.ElementType, nil, text))
	case tftypes.Set:
		return listOf(filled(kind.ElementType, nil, text))
	case tftypes.Map:
		return acctest.Values{fmt.Sprint(text): filled(kind.ElementType, nil, text)}
	}

	switch {
	case kind.Is(tftypes.String):
		return text
	case kind.Is(tftypes.DynamicPseudoType):
		return acctest.Values{fmt.Sprint(text): acctest.Values{fmt.Sprint(text): []any{text, nil}}, "items": []any{text, acctest.Values{fmt.Sprint(text): text}}}
	default:
		return nil
	}
}

func listOf(value any) any {
	if value == nil {
		return nil
	}

	return []any{value}
}

// TestValuesOfFailedObjectsAreNotRepeated makes an object of each type twice, and lets the platform refuse it and lose the
// answer. What the errors say comes from the platform, or is an id.
func TestValuesOfFailedObjectsAreNotRepeated(t *testing.T) {
	t.Parallel()

	faults := []sandbox.Fault{
		{Name: "none"},
		{Name: "refused", Status: 422, Body: `{"message":"no"}`},
		{Name: "conflict", Status: 409, Body: `{"message":"no"}`},
		{Name: "failed", Status: 500, Body: `{"error":"no"}`},
		{Name: "lost", Cut: sandbox.CutReset, After: true},
	}

	for _, sub := range subjects() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, acctest.Values{"max_retries": 0})
			s.world.Complaints = true

			for _, fault := range faults {
				for _, isSecond := range []bool{false, true} {
					s := s.clear(t)
					config := sub.config(s)

					var first acctest.Object
					if isSecond {
						first, _ = s.world.Protocol(t, s.settings).Create(t.Context(), sub.kind, config)
					}

					fault.Platform = platformOf(sub.kind)
					if fault.Name != "none" {
						s.world.Faults.Add(fault)
					}

					o, diags := s.Create(t.Context(), sub.kind, config)
					shown := diags.String()

					if sub.change != nil && !o.Gone() && o.String("id") != "" {
						s.world.Faults.Add(fault)
						_, diags = s.Apply(t.Context(), o, with(config, sub.change))
						shown += diags.String()
					}

					for _, value := range own(s, sub.kind, config, o, first) {
						if regexp.MustCompile(`\b` + regexp.QuoteMeta(value) + `\b`).MatchString(shown) {
							t.Errorf("%s, second %t: %q is in\n%s", fault.Name, isSecond, value, shown)
						}
					}
				}
			}
		})
	}
}

// own returns the texts of a configuration that are no ids, and no words of the platform's that its page lists.
func own(s *stage, kind string, config acctest.Values, objects ...acctest.Object) []string {
	var texts []string

	page := ""
	for _, a := range s.Schema(kind).Block.Attributes {
		page += a.Description
	}

	for _, name := range slices.Sorted(maps.Keys(config)) {
		isOwn := slices.Contains([]string{"alias_id", "client_group_id", "login_id", "email_id"}, name)
		if isOwn || !strings.HasSuffix(name, "_id") && !strings.HasSuffix(name, "_slug") { // The others are ids of objects.
			collectTexts(config[name], &texts)
		}
	}

	return slices.DeleteFunc(texts, func(text string) bool {
		isID := slices.ContainsFunc(objects, func(o acctest.Object) bool { return !o.Gone() && o.String("id") == text })
		return len(text) < 4 || text == "status" || isID || kind == "chatlake_portal" && text == config["slug"] || strings.Contains(page, "`"+text+"`") || regexp.MustCompile(`^[0-9]+$`).MatchString(text)
	})
}

func collectTexts(value any, texts *[]string) {
	switch value := value.(type) {
	case string:
		*texts = append(*texts, value)
	case acctest.Values:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			collectTexts(value[name], texts)
		}
	case []any:
		for _, element := range value {
			collectTexts(element, texts)
		}
	}
}
