package chatlaketest

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// With returns a configuration with more attributes.
func With(config, more acctest.Values) acctest.Values {
	both := acctest.Values{}
	maps.Copy(both, config)
	maps.Copy(both, more)

	return both
}

// Without returns an object as a version of the provider that did not have the attribute stored it.
func Without(o acctest.Object, attribute string) acctest.Object {
	var attributes map[string]tftypes.Value
	if o.State.As(&attributes) != nil {
		return o
	}

	attributes = maps.Clone(attributes)
	attributes[attribute] = tftypes.NewValue(attributes[attribute].Type(), nil)
	o.State = tftypes.NewValue(o.State.Type(), attributes)

	return o
}

// DataText returns a text attribute of a data source.
func DataText(found tftypes.Value, attribute string) string {
	var (
		attributes map[string]tftypes.Value
		text       string
	)
	if found.As(&attributes) == nil && attributes[attribute].IsKnown() {
		_ = attributes[attribute].As(&text)
	}

	return text
}

// ExpectStages applies configurations one after the other. It expects an empty plan after each, and an import that finds
// the same.
func ExpectStages(t *testing.T, w *acctest.World, kind string, importedBy func(acctest.Object) string, configs ...acctest.Values) acctest.Object {
	t.Helper()

	object := acctest.Object{Type: kind}

	for i, config := range configs {
		var diags acctest.Diagnostics

		p := w.Protocol(t, nil)

		object, diags = p.Apply(t.Context(), object, config)
		if len(diags.Errors()) > 0 || p.Changes(t.Context(), object, config) {
			t.Fatalf("%s: applied %v: %v\n%s", kind, config, object.State, diags)
		}

		read, diags := p.Read(t.Context(), object)
		if len(diags) > 0 || !read.State.Equal(object.State) {
			t.Errorf("%s: read %v, want %v\n%s", kind, read.State, object.State, diags)
		}

		imported, diags := p.Import(t.Context(), kind, importedBy(object))
		if len(diags) > 0 || i == 0 && p.Changes(t.Context(), imported, config) {
			t.Errorf("%s: imported %v, configured %v\n%s", kind, imported.State, config, diags)
		}
	}

	return object
}

// AccountPath is the path of an account, as the journal has it.
const AccountPath = "/api/v1/accounts/{account}"

// ExpectAction expects what the plan does to a resource.
func ExpectAction(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// ExpectNoChanges expects an empty plan.
func ExpectNoChanges() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

// Has expects an attribute of the state.
func Has(address, attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value)
}

// Text expects a text.
func Text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

// RememberID stores the id of a resource.
func RememberID(address string, id *string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		found, ok := s.RootModule().Resources[address]
		if !ok {
			return fmt.Errorf("%s is not in state", address)
		}

		*id = found.Primary.ID

		return nil
	}
}

// Number returns an id as the hooks of the sandbox take it.
func Number(t *testing.T, id string) int64 {
	t.Helper()

	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		t.Fatal(err)
	}

	return n
}

// Object is the body of a request or of a hook.
type Object = map[string]any

// Act calls a hook of the sandbox, as somebody else would. The journal does not show it.
func Act(t *testing.T, w *acctest.World, hook string, body Object) any {
	t.Helper()

	if w.IsReal() {
		t.Skipf("it needs the hook %s of the simulator", hook)
	}

	result, err := sandbox.Act(w.Chatlake, hook, body)
	if err != nil {
		t.Fatalf("%s: %v", hook, err)
	}

	return result
}

// Ask sends a request to the account, as somebody else would. The journal does not show it.
func Ask(t *testing.T, w *acctest.World, method, path string, body Object) Object {
	t.Helper()

	if w.IsReal() {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}

		answer, _ := w.Request(t, method, path, string(text)).(map[string]any)

		return answer
	}

	sent := Object{"method": method, "path": path}
	if body != nil {
		sent["body"] = body
	}

	result := Act(t, w, "act", sent)

	raw, ok := result.(json.RawMessage)
	if !ok {
		return nil
	}

	var answer Object
	if err := json.Unmarshal(raw, &answer); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}

	return answer
}

// Create creates an object, and stops the test if that fails.
func Create(t *testing.T, p *acctest.Protocol, kind string, config acctest.Values) acctest.Object {
	t.Helper()

	o, diags := p.Create(t.Context(), kind, config)
	if len(diags.Errors()) > 0 {
		t.Fatalf("%s %v: %s", kind, config, diags)
	}

	return o
}

// ExpectStable refreshes an object, and expects an empty plan.
func ExpectStable(t *testing.T, p *acctest.Protocol, o acctest.Object, config acctest.Values) acctest.Object {
	t.Helper()

	read, diags := p.Read(t.Context(), o)
	if len(diags) > 0 || p.Changes(t.Context(), read, config) {
		t.Errorf("%v became %v, and a plan follows: %s", o.State, read.State, diags)
	}

	return read
}

// ContactID returns the id in the answer to a create of a contact.
func ContactID(answer Object) string {
	payload, _ := answer["payload"].(Object)
	contact, _ := payload["contact"].(Object)

	return fmt.Sprint(contact["id"])
}
