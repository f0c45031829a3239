package connect

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// settingsCheck refuses settings that do not fit an app. The server would say no more than that they are invalid.
type settingsCheck struct {
	app api.IntegrationApp
	// kinds are the settings that the app has, with their types; nil if it takes any.
	kinds    map[string]string
	required []string
}

func newSettingsCheck(app api.IntegrationApp) settingsCheck {
	check := settingsCheck{app: app}

	properties, ok := app.Schema["properties"].(map[string]any)
	if !ok {
		return check
	}

	check.kinds = map[string]string{}

	for name, property := range properties {
		described, _ := property.(map[string]any)
		check.kinds[name], _ = described["type"].(string)
	}

	required, _ := app.Schema["required"].([]any)
	for _, name := range required {
		text, ok := name.(string)
		if ok {
			check.required = append(check.required, text)
		}
	}

	return check
}

// run checks the settings as far as they are known. Each has one place: what the server shows is compared, and what it hides is not in
// the state.
func (c settingsCheck) run(plan integrationHookModel, diags *diag.Diagnostics) {
	shown, shownKnown := given(plan.Settings)
	secret, secretKnown := given(plan.SettingsWO)

	for _, name := range slices.Sorted(maps.Keys(shown)) {
		if !slices.Contains(c.app.Visible, name) && c.has(name) {
			c.refuse(diags, "settings", name, "hides it: set it in settings_wo, with a settings_wo_version")
		}

		c.checkOne(diags, "settings", name, shown[name])
	}

	for _, name := range slices.Sorted(maps.Keys(secret)) {
		if slices.Contains(c.app.Visible, name) {
			c.refuse(diags, "settings_wo", name, "shows it: set it in settings, where changes made elsewhere are found")
		}

		c.checkOne(diags, "settings_wo", name, secret[name])
	}

	if !shownKnown || !secretKnown {
		return
	}

	for _, name := range c.required {
		if shown[name] == nil && secret[name] == nil {
			c.addMissing(diags, name)
		}
	}
}

// has reports whether the app has a setting.
func (c settingsCheck) has(name string) bool { return c.kinds == nil || c.kinds[name] != "" }

func (c settingsCheck) checkOne(diags *diag.Diagnostics, where, name string, value attr.Value) {
	kind := kindOf(value)

	switch {
	case !c.has(name):
		diags.AddAttributeError(path.Root(where), "Unknown setting", fmt.Sprintf(
			"The app %s has no setting %q. It has %s.", c.app.ID, name, attribute.Choices(slices.Sorted(maps.Keys(c.kinds))...)))
	case c.kinds != nil && kind != "" && kind != c.kinds[name]:
		diags.AddAttributeError(path.Root(where), "Wrong type of setting", fmt.Sprintf(
			"The setting %s of the app %s has to be of the type %s; this is %s.", name, c.app.ID, c.kinds[name], tfvalue.Kind(value)))
	}
}

func (c settingsCheck) refuse(diags *diag.Diagnostics, where, name, why string) {
	diags.AddAttributeError(path.Root(where), "The setting "+name+" belongs elsewhere", fmt.Sprintf("Of the app %s, the server %s.", c.app.ID, why))
}

// addMissing names a setting that the app needs, where it belongs.
func (c settingsCheck) addMissing(diags *diag.Diagnostics, name string) {
	where, advice := "settings", ""
	if !slices.Contains(c.app.Visible, name) {
		where = "settings_wo"
		advice = " The platform replaces settings whole, so it is needed for each change of them, and the server does not tell it."
	}

	diags.AddAttributeError(path.Root(where), "Missing setting", fmt.Sprintf("The app %s needs %s, with the type %s.%s", c.app.ID, name, c.kinds[name], advice))
}

// given returns the members of an object that are set, and reports whether it is known which these are. An unknown value counts as set.
func given(object types.Dynamic) (map[string]attr.Value, bool) {
	if object.IsUnknown() || object.IsUnderlyingValueUnknown() {
		return nil, false
	}

	members := map[string]attr.Value{}
	value, _ := tfvalue.Unwrap(object)

	all, _ := tfvalue.Members(value)
	for name, value := range all {
		if !value.IsNull() {
			members[name] = value
		}
	}

	return members, true
}

// kindOf returns the type of a value as a JSON schema has it; "" for one that is not known.
func kindOf(value attr.Value) string {
	value, ok := tfvalue.Unwrap(value)
	if !ok {
		return ""
	}

	switch value.(type) {
	case types.String:
		return "string"
	case types.Bool:
		return "boolean"
	case types.Number:
		return "integer"
	case types.Object, types.Map:
		return "object"
	default:
		return "array"
	}
}
