package kommunicate_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

func TestAccUser_faults(t *testing.T) {
	w := acctest.New(t)
	config := w.Config(`resource "kommunicate_user" "test" {
  user_id  = "ana@shop.example" # Is looked up and created, not registered.
  metadata = { plan = "gold" }
}`)
	w.Faults.Add(
		sandbox.Fault{Name: "lost create", Path: "/rest/ws/user/v2/create", After: true, Cut: sandbox.CutReset},
		sandbox.Fault{Name: "page", Path: "/rest/ws/user/v2/detail", Times: 1, Status: 503, Body: "<html>busy</html>", Header: map[string]string{"Content-Type": "text/html"}},
	)
	w.Test(t, resource.TestStep{Config: config}, resource.TestStep{
		PreConfig: func() {
			w.Faults.Add(sandbox.Fault{Name: "bad key", Path: "/rest/ws/user/v2/detail", Times: -1, Status: 401, Body: `{"message":"Unauthorized"}`})
		},
		Config:      config,
		ExpectError: regexp.MustCompile(`(?s)Kommunicate refused the credential.*api_key`),
	}, resource.TestStep{
		PreConfig: func() {
			w.Faults.Clear()
			w.Faults.Add(sandbox.Fault{Name: "null", Path: "/rest/ws/user/v2/detail", Times: -1, Status: 200, Body: `{"status":"success","response":null}`})
		},
		Config:      config,
		ExpectError: regexp.MustCompile(`(?s)Unable to read user ana@shop.example.*null`),
	}, resource.TestStep{
		PreConfig:        w.Faults.Clear,
		Config:           config,
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionNoop),
	})

	n := w.Journal.Count("POST /rest/ws/user/v2/create")
	if n != 1 {
		t.Errorf("%d creates, want one whose answer was lost", n)
	}
}

func TestAccUser_halfDone(t *testing.T) {
	w := acctest.New(t)
	config := w.Config(`resource "kommunicate_user" "test" {
  user_id      = "customer-42"
  phone_number = "+14155550123"
  metadata     = { a_key_that_is_too_long_to_register = "x" }
}`)
	w.Faults.Add(sandbox.Fault{
		Name: "refused", Path: "/rest/ws/user/update", Status: 200,
		Body: `{"status":"error","errorResponse":[{"errorCode":"SIM-X","description":"no","displayMessage":"no"}]}`,
	})
	w.Test(t, resource.TestStep{
		Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to complete user customer-42.*SIM-X: no`),
	}, resource.TestStep{
		Config: config, ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionReplace),
		Check: holds(w, "customer-42", func(u kommunicate.UserView) error {
			if u.PhoneNumber != "+14155550123" {
				return fmt.Errorf("%+v", u)
			}

			return nil
		}),
	})
}

func TestAccUserDataSources(t *testing.T) {
	w := acctest.New(t)
	w.Test(t, resource.TestStep{
		Config: w.Config(`
resource "kommunicate_user" "test" {
  user_id  = "customer-42"
  email    = "ana@example.com"
  metadata = { plan = "gold" }
}
data "kommunicate_user" "test" { user_id = kommunicate_user.test.user_id }
data "kommunicate_user" "agent" { user_id = "` + kommunicate.AgentOneID + `" }
data "kommunicate_users" "test" {
  user_ids = [kommunicate_user.test.user_id, "` + kommunicate.AgentOneID + `", "nobody"]
}
`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("data.kommunicate_user.test", "email", text("ana@example.com")),
			expect("data.kommunicate_user.test", "unread_count", knownvalue.Int64Exact(0)),
			expect("data.kommunicate_user.test", "last_seen_at", knownvalue.NotNull()),
			expect("data.kommunicate_user.test", "metadata", knownvalue.MapExact(map[string]knownvalue.Check{"plan": text("gold")})),
			expect("data.kommunicate_user.agent", "role_type", knownvalue.Int64Exact(8)),
			expect("data.kommunicate_user.agent", "connected", knownvalue.Bool(true)),
			expect("data.kommunicate_users.test", "users", knownvalue.ListSizeExact(2)),
		},
	}, resource.TestStep{
		Config:      w.Config(`data "kommunicate_user" "test" { user_id = "nobody" }`),
		ExpectError: regexp.MustCompile("User nobody does not exist"),
	})
}
