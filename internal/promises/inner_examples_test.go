package promises_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// named makes what the examples of actions and lists name by an id, which is another one in each account.
func (s *stage) named(argument string) (any, bool) {
	s.Helper()

	contact := func(name string) string {
		return s.need("chatlake_contact", acctest.Values{"name": name, "inbox_id": fmt.Sprint(chatlake.APIInboxID)}).String("id")
	}
	conversation := func() string {
		return s.need("chatlake_conversation", acctest.Values{"inbox_id": fmt.Sprint(chatlake.APIInboxID), "contact_id": contact("Ana")}).String("id")
	}

	switch argument {
	case "account_id":
		return fmt.Sprint(chatlake.AccountID), true
	case "assistant_id":
		return s.need("chatlake_captain_assistant", acctest.Values{"name": "Helper", "description": "Helps"}).String("id"), true
	case "base_contact_id":
		return contact("Ana"), true
	case "mergee_contact_id":
		return contact("Anna"), true
	case "contact_id":
		return contact("Ana"), true
	case "conversation_id":
		return conversation(), true
	case "conversation_ids":
		return []any{conversation(), conversation()}, true
	case "inbox_id":
		return s.need("chatlake_inbox", acctest.Values{"name": "WhatsApp", "channel": acctest.Values{
			"type": "whatsapp", "phone_number": "+14155550199",
		}}).String("id"), true
	case "macro_id":
		return s.need("chatlake_macro", acctest.Values{"name": "Close", "visibility": "global", "actions": []any{acctest.Values{"action_name": "resolve_conversation"}}}).String("id"), true
	case "portal_slug":
		return s.need("chatlake_portal", acctest.Values{"name": "Help", "slug": "help"}).String("slug"), true
	case "team_id":
		return fmt.Sprint(chatlake.TeamID), true
	case "chat_id":
		return s.need("imichat_chat", acctest.Values{
			"channel": "api", "alias_id": "order-1", "asset": acctest.Values{"id": imichat.AssetAPI}, "customer": acctest.Values{"destination_id": "customer-1"},
		}).String("id"), true
	case "user_id", "merge_user_id":
		return s.need("kommunicate_user", acctest.Values{"user_id": argument}).String("user_id"), true
	case "group_id":
		return s.need("kommunicate_conversation", acctest.Values{
			"group_name": "Order", "group_member_list": []any{s.need("kommunicate_user", acctest.Values{"user_id": "ana"}).String("user_id")},
		}).String("id"), true
	default:
		return nil, false
	}
}

// inner reads an example, and makes what it names. It returns the arguments that name something, too.
func (s *stage) inner(file, block, kind string) (example acctest.Inner, made acctest.Values) {
	s.Helper()

	example, made = acctest.ReadInner(s.T, file, block, kind), acctest.Values{}

	for argument := range example.Config {
		value, isNamed := s.named(argument)
		if isNamed {
			made[argument] = value
		} else if strings.HasSuffix(argument, "_id") || strings.HasSuffix(argument, "_ids") {
			s.Errorf("%s names a %s, which this test does not make", file, argument)
		}
	}

	maps.Copy(example.Config, made)

	return example, made
}

func actionTypes(t *testing.T) []string {
	t.Helper()

	_, actions := acctest.NewProtocol(t).Questions()

	return slices.Sorted(maps.Keys(actions))
}

func actionFile(kind string) string { return filepath.Join("actions", kind, "action.tf") }

// TestExamplesOfActions runs what the page of each action shows.
func TestExamplesOfActions(t *testing.T) {
	t.Parallel()

	for _, kind := range actionTypes(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, nil)
			example, _ := s.inner(actionFile(kind), "action", kind)

			s.world.Journal.Clear()

			_, diags := s.Invoke(kind, example.Config)
			if len(diags) > 0 || len(s.world.Journal.Writes()) == 0 {
				t.Errorf("%v: %s, written: %v", example.Config, diags, s.world.Journal.Writes())
			}
		})
	}
}

// TestAccExamplesOfActions lets Terraform run them: because of what the example says, or by itself where it says nothing.
func TestAccExamplesOfActions(t *testing.T) {
	acctest.NeedsCommand(t, "query") // Actions came with the same release.

	for _, kind := range actionTypes(t) {
		t.Run(kind, func(t *testing.T) {
			s := newStage(t, nil)
			example, made := s.inner(actionFile(kind), "action", kind)

			tf := acctest.NewTerraform(t, []string{"chat"}, map[string]string{"provider.tf": onlyChat})
			tf.Env = append(tf.Env, s.world.Environment(s.world.URL)...)

			if err := os.CopyFS(tf.Dir, os.DirFS(example.Dir)); err != nil {
				t.Fatal(err)
			}

			text := withArguments(t, filepath.Join(tf.Dir, "action.tf"), made)
			changed := strings.Replace(text, `input = "2026.11"`, `input = "2026.12"`, 1)

			tf.Must(t, "init")
			tf.Must(t, "apply", "-auto-approve")
			s.world.Journal.Clear()

			args := []string{"apply", "-auto-approve", "-no-color"}
			if changed == text {
				args = append(args, "-invoke=action."+kind+"."+example.Label)
			}

			writeFile(t, filepath.Join(tf.Dir, "action.tf"), changed, 0o600)

			out := tf.Must(t, args...)
			if len(s.world.Journal.Writes()) == 0 {
				t.Errorf("nothing was written:\n%s", out)
			}
		})
	}
}

// withArguments writes other values of arguments into a file, and returns the text.
func withArguments(t *testing.T, file string, values acctest.Values) string {
	t.Helper()

	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}

	for argument, value := range values {
		written, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}

		line := regexp.MustCompile(`(?m)^( +` + argument + ` += ).*$`)
		if len(line.FindAll(text, -1)) != 1 {
			t.Errorf("%s is not set on one line", argument)
		}

		text = line.ReplaceAll(text, append([]byte("${1}"), written...))
	}

	writeFile(t, file, string(text), 0o600)

	return string(text)
}

// TestExamplesOfLists lists what the page of each list that needs arguments shows.
func TestExamplesOfLists(t *testing.T) {
	t.Parallel()

	for _, kind := range acctest.NewProtocol(t).Resources() {
		name := filepath.Join("list-resources", kind, "list-resource.tfquery.hcl")

		_, err := os.Stat(filepath.Join("..", "..", "examples", name))
		if err != nil {
			continue // The docs tool writes the example of a list that needs no argument, and wants all others.
		}

		t.Run(kind, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, nil)
			example, _ := s.inner(name, "list", kind)

			for _, listed := range s.List(kind, 0, example.Config) {
				if len(listed.Diagnostics) > 0 {
					t.Errorf("%v: %s", example.Config, listed.Diagnostics)
				}
			}
		})
	}
}
