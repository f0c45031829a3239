package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// A described resource is a type with the schema that the provider itself works with, which knows more than Terraform
// is told: defaults, and what replaces an object.
type described struct {
	name   string
	schema schema.Schema
}

// resources returns all resources, sorted by name.
func resources(ctx context.Context) []described {
	var found []described

	for _, build := range provider.New("docs")().Resources(ctx) {
		var (
			metadata resource.MetadataResponse
			response resource.SchemaResponse
		)

		r := build()
		r.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: providerName}, &metadata)
		r.Schema(ctx, resource.SchemaRequest{}, &response)
		found = append(found, described{metadata.TypeName, response.Schema})
	}

	slices.SortFunc(found, func(a, b described) int { return strings.Compare(a.name, b.name) })

	return found
}

// tables returns the generated tables, by the name that a guide asks for them with: <!-- generated: NAME -->.
func tables() map[string]string {
	return map[string]string{
		"releases": releaseTable(release.Policy()),
		"hooks":    hookTable(server.New(sandbox.Options{}).Platforms()),
	}
}

var placeholder = regexp.MustCompile(`(?m)^<!-- generated: ([a-z-]+) -->$`)

// fill puts the tables into the guides.
func fill(dir string, tables map[string]string) error {
	names, err := files(dir)
	if err != nil {
		return err
	}

	for _, name := range names {
		path := filepath.Join(dir, name)

		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}

		var unknown error

		filled := placeholder.ReplaceAllStringFunc(string(text), func(match string) string {
			table, ok := tables[placeholder.FindStringSubmatch(match)[1]]
			if !ok {
				unknown = fmt.Errorf("%s: nothing is generated for %s", name, match)
			}

			return strings.TrimSuffix(table, "\n")
		})
		if unknown != nil {
			return unknown
		}

		if err := os.WriteFile(path, []byte(filled), 0o600); err != nil {
			return err
		}
	}

	return nil
}

// hookTable lists what others than the API's caller can do on the simulated platforms.
func hookTable(platforms []sandbox.Platform) string {
	var b strings.Builder

	b.WriteString("| Platform | Hooks |\n| --- | --- |\n")

	for _, p := range platforms {
		fmt.Fprintf(&b, "| `%s` | `%s` |\n", p.Name(), strings.Join(slices.Sorted(maps.Keys(p.Hooks())), "`, `"))
	}

	return b.String()
}

// releaseTable lists what is promised for which releases of Chatwoot.
func releaseTable(policy []release.Support) string {
	var b strings.Builder

	b.WriteString("| Releases | What holds | Tested |\n| --- | --- | --- |\n")

	for i, support := range policy {
		releases := fmt.Sprintf("%s and newer", support.From)
		if i > 0 {
			releases = fmt.Sprintf("from %s, before %s", support.From, policy[i-1].From)
		}

		if i == len(policy)-1 {
			releases = fmt.Sprintf("before %s", policy[i-1].From)
		}

		tested := "no"
		if support.Tested {
			tested = "yes"
		}

		fmt.Fprintf(&b, "| %s | %s | %s |\n", releases, support.Promise, tested)
	}

	return b.String()
}

// destroys finds the sentence that says what destroy does.
var destroys = regexp.MustCompile(`\b[Dd]estroy\b`)

// saysWhatDestroyDoes reports whether the page of a resource does: its description, or an argument that decides it.
func saysWhatDestroyDoes(r described) bool {
	return r.schema.Attributes["on_destroy"] != nil || destroys.MatchString(r.schema.MarkdownDescription)
}

// settings are arguments that say how the provider works. The platform knows nothing of them, so there is nothing to
// clear: without them the provider's default counts.
var settings = []string{
	"acting_user_id", "adopt_existing", "on_destroy", "outcome", "recreate_when_closed", "send_notify_message", "skip_routing",
	"switch_assignee", "take_over_from_bot", "timeouts", "triggers", "unique",
}

// stays are arguments whose value stays on the platform: it has no way to take it back, or the value is of people who work
// there.
var stays = map[string][]string{
	"chatlake_agent":        {"availability"},
	"chatlake_agent_bot":    {"avatar_url"},
	"chatlake_article":      {"locale"},
	"chatlake_category":     {"related_category_ids"},
	"chatlake_contact":      {"additional_attributes"},
	"chatlake_conversation": {"additional_attributes"},
	"chatlake_inbox":        {"member_ids", "working_hours"},
	"chatlake_message":      {"source_id"},
	"chatlake_team":         {"member_ids"},
	"imichat_chat":          {"initial_messages", "route_params", "subject", "thread_id"},
	"imichat_user":          {"email_id", "first_name", "job_description", "last_name", "login_using_email", "privileges", "skill_attributes"},
	"kommunicate_user":      {"metadata"},

	"kommunicate_conversation_member": {"role"},
}

// events are types of which each change of an argument is another object: a message that was sent stays as it was.
var events = []string{"chatlake_message", "imichat_message", "kommunicate_message"}

// addRemovals writes into the page of each resource what happens when an optional argument leaves the configuration.
func addRemovals(ctx context.Context, dir string, all []described) error {
	for _, r := range all {
		if !saysWhatDestroyDoes(r) {
			return fmt.Errorf("the description of %s does not say what destroy does", r.name)
		}

		path := filepath.Join(dir, r.name+".md")

		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}

		before, after, importable := strings.Cut(string(text), "## Import\n")
		page := before + removalTable(ctx, r)

		if importable {
			page += "## Import\n" + after
		}

		if err := os.WriteFile(path, []byte(strings.TrimRight(page, "\n")+"\n"), 0o600); err != nil {
			return err
		}
	}

	return nil
}

// removalTable is the section of a page about arguments that leave a configuration; empty if there are none.
func removalTable(ctx context.Context, r described) string {
	effects := []string{"is cleared", "is no longer managed", "goes back to the default", "makes a new object", "stays"}
	arguments := map[string][]string{}

	for name, attribute := range r.schema.Attributes {
		effect := removing(ctx, r.name, name, attribute)
		if effect != "" {
			arguments[effect] = append(arguments[effect], "`"+name+"`")
		}
	}

	if len(arguments) == 0 {
		return ""
	}

	var b strings.Builder

	b.WriteString("## Removing an argument\n\nOf an argument that leaves the configuration, the value:\n\n| Effect | Arguments |\n| --- | --- |\n")

	for _, effect := range effects {
		slices.Sort(arguments[effect])

		if len(arguments[effect]) > 0 {
			fmt.Fprintf(&b, "| %s | %s |\n", effect, strings.Join(arguments[effect], ", "))
		}
	}

	b.WriteString("\n[Destroy and drift](../guides/destroy-and-drift.md#removing-an-argument) explains the words.\n\n")

	return b.String()
}

// removing returns the column of an attribute, or nothing for one that cannot be removed.
func removing(ctx context.Context, resource, name string, attribute schema.Attribute) string {
	switch {
	case !attribute.IsOptional(), slices.Contains(settings, name), attribute.IsWriteOnly(), strings.HasSuffix(name, "_wo_version"):
		return ""
	case slices.Contains(stays[resource], name):
		return "stays"
	case hasDefault(attribute):
		return "goes back to the default"
	case name == "metadata" && resource == "kommunicate_message":
		return "is cleared" // It is the one argument of a message that changes in place.
	case slices.Contains(events, resource):
		return "makes a new object"
	case attribute.IsComputed() && !isOwned(ctx, attribute):
		return "is no longer managed"
	case replaces(ctx, attribute):
		return "makes a new object"
	default:
		return "is cleared"
	}
}

func hasDefault(attribute schema.Attribute) bool {
	switch a := attribute.(type) {
	case interface{ StringDefaultValue() defaults.String }:
		return a.StringDefaultValue() != nil
	case interface{ BoolDefaultValue() defaults.Bool }:
		return a.BoolDefaultValue() != nil
	case interface{ Int64DefaultValue() defaults.Int64 }:
		return a.Int64DefaultValue() != nil
	case interface{ SetDefaultValue() defaults.Set }:
		return a.SetDefaultValue() != nil
	default:
		return false
	}
}

// replacing are the words by which a plan modifier says that a change makes a new object.
var replacing = regexp.MustCompile(`destroy and recreate|makes a new|^Replaces|replaces the object`)

func replaces(ctx context.Context, attribute schema.Attribute) bool {
	return slices.ContainsFunc(modifiers(attribute), func(m planmodifier.Describer) bool {
		return replacing.MatchString(m.Description(ctx))
	})
}

// isOwned reports whether an argument that the platform fills in as well is cleared when a configuration that set it no
// longer does.
func isOwned(ctx context.Context, attribute schema.Attribute) bool {
	return slices.ContainsFunc(modifiers(attribute), func(m planmodifier.Describer) bool {
		return strings.HasPrefix(m.Description(ctx), "Clears ")
	})
}

func modifiers(attribute schema.Attribute) []planmodifier.Describer {
	switch a := attribute.(type) {
	case interface{ StringPlanModifiers() []planmodifier.String }:
		return describers(a.StringPlanModifiers())
	case interface{ BoolPlanModifiers() []planmodifier.Bool }:
		return describers(a.BoolPlanModifiers())
	case interface{ Int64PlanModifiers() []planmodifier.Int64 }:
		return describers(a.Int64PlanModifiers())
	case interface{ Float64PlanModifiers() []planmodifier.Float64 }:
		return describers(a.Float64PlanModifiers())
	case interface{ DynamicPlanModifiers() []planmodifier.Dynamic }:
		return describers(a.DynamicPlanModifiers())
	case interface{ MapPlanModifiers() []planmodifier.Map }:
		return describers(a.MapPlanModifiers())
	case interface{ SetPlanModifiers() []planmodifier.Set }:
		return describers(a.SetPlanModifiers())
	case interface{ ListPlanModifiers() []planmodifier.List }:
		return describers(a.ListPlanModifiers())
	case interface{ ObjectPlanModifiers() []planmodifier.Object }:
		return describers(a.ObjectPlanModifiers())
	default:
		return nil
	}
}

func describers[M planmodifier.Describer](modifiers []M) []planmodifier.Describer {
	out := make([]planmodifier.Describer, 0, len(modifiers))
	for _, m := range modifiers {
		out = append(out, m)
	}

	return out
}
