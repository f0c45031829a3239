package kommunicate_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

// act runs a hook: something that happens behind the provider's back.
func act(t *testing.T, w *acctest.World, hook string, body map[string]any) {
	t.Helper()

	if _, err := sandbox.Act(w.Kommunicate, hook, body); err != nil {
		t.Fatalf("%s: %v", hook, err)
	}
}

// expect is a check of one attribute in the state.
func expect(address, attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), want)
}

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

// planned expects the action for the resource before it is applied.
func planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// holds is a check of what the platform holds of a user.
func holds(w *acctest.World, id string, check func(kommunicate.UserView) error) resource.TestCheckFunc {
	return func(*terraform.State) error {
		u, ok := w.Kommunicate.User(id)
		if !ok {
			return fmt.Errorf("the platform has no user %s", id)
		}

		return check(u)
	}
}

// refused is a step whose configuration the plan refuses; words may be wrapped.
func refused(config, message string) resource.TestStep {
	words := strings.Fields(message)
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}

	return resource.TestStep{Config: config, PlanOnly: true, ExpectError: regexp.MustCompile(strings.Join(words, `[\s│]+`))}
}
