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

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
)

const userAddress = "kommunicate_user.test"

func TestAccUser_basic(t *testing.T) {
	w := acctest.New(t)
	config := w.Config(`resource "kommunicate_user" "test" { user_id = "customer-42" }`)
	steps := []resource.TestStep{{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			expect(userAddress, "id", text("customer-42")),
			expect(userAddress, "display_name", text("customer-42")),
			expect(userAddress, "email", knownvalue.Null()),
			expect(userAddress, "role_type", knownvalue.Int64Exact(3)),
			expect(userAddress, "deactivated", knownvalue.Bool(false)),
			expect(userAddress, "created_at", knownvalue.NotNull()),
			expect(userAddress, "on_destroy", knownvalue.Null()),
		},
		Check: func(*terraform.State) error {
			n := w.Journal.Count("POST /rest/ws/user/update")
			if n != 0 {
				return fmt.Errorf("%d updates of a user that needs none", n)
			}

			return nil
		},
	}, {
		ResourceName: userAddress, ImportState: true, ImportStateId: "customer-42", ImportStateVerify: true,
	}}
	steps = append(steps, resource.TestStep{
		// Gone behind our back: softly first, as the platform deletes.
		PreConfig:        func() { act(t, w, "delete_user", map[string]any{"userId": "customer-42"}) },
		Config:           config,
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionCreate),
	}, resource.TestStep{
		PreConfig:        func() { act(t, w, "purge_user", map[string]any{"userId": "customer-42"}) },
		Config:           config,
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionCreate),
	}, resource.TestStep{
		// A deactivated user is not gone.
		PreConfig:        func() { act(t, w, "deactivate_user", map[string]any{"userId": "customer-42"}) },
		Config:           config,
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{
			expect(userAddress, "deactivated", knownvalue.Bool(true)),
		},
	}, resource.TestStep{
		Config:           w.Config(`resource "kommunicate_user" "test" { user_id = "customer-43" }`),
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionReplace),
	})
	w.Test(t, steps...)

	if u, ok := w.Kommunicate.User("customer-43"); !ok || u.Deactivated || u.Deleted {
		t.Errorf("destroying abandons: %+v %v", u, ok)
	}
}

func TestAccUser_attributes(t *testing.T) {
	w := acctest.New(t)
	config := func(attributes string) string {
		return w.Config(`resource "kommunicate_user" "test" {
  user_id = "customer-42"
` + attributes + "\n}")
	}
	all := config(`
  display_name = "Ana"
  image_link   = "https://img.example.com/ana.png"
  email        = "ana@example.com"
  phone_number = "+14155550123"
  metadata     = { plan = "gold", since = "2024" }`)
	steps := []resource.TestStep{{
		Config: all,
		Check: holds(w, "customer-42", func(u kommunicate.UserView) error {
			if u.DisplayName != "Ana" || u.Email != "ana@example.com" || u.PhoneNumber != "+14155550123" ||
				u.ImageLink != "https://img.example.com/ana.png" || u.Metadata["plan"] != "gold" {
				return fmt.Errorf("%+v", u)
			}

			return nil
		}),
	}, {
		ResourceName: userAddress, ImportState: true, ImportStateVerify: true,
	}}
	steps = append(steps, resource.TestStep{
		Config: config(`
  display_name = "Anna"
  image_link   = "https://img.example.com/anna.png"
  email        = "anna@example.com"
  phone_number = "+14155550199"
  metadata     = { plan = "silver" }`),
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionUpdate),
		ConfigStateChecks: []statecheck.StateCheck{
			expect(userAddress, "display_name", text("Anna")),
			expect(userAddress, "metadata", knownvalue.MapExact(map[string]knownvalue.Check{"plan": text("silver")})),
		},
		Check: holds(w, "customer-42", func(u kommunicate.UserView) error {
			if u.DisplayName != "Anna" || u.Email != "anna@example.com" || u.Metadata["plan"] != "silver" || u.Metadata["since"] != "2024" {
				return fmt.Errorf("%+v", u)
			}

			return nil
		}),
	}, resource.TestStep{
		// Removed: cleared where it is ours, left where it is merely followed.
		Config:           config(""),
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionUpdate),
		ConfigStateChecks: []statecheck.StateCheck{
			expect(userAddress, "email", knownvalue.Null()),
			expect(userAddress, "phone_number", knownvalue.Null()),
			expect(userAddress, "metadata", knownvalue.Null()),
			expect(userAddress, "display_name", text("Anna")),
		},
		Check: holds(w, "customer-42", func(u kommunicate.UserView) error {
			if u.Email != "" || u.PhoneNumber != "" || u.DisplayName != "Anna" || u.ImageLink == "" {
				return fmt.Errorf("%+v", u)
			}

			return nil
		}),
	}, resource.TestStep{
		// Drift of attributes that are not configured is followed, and settings of the provider send nothing.
		PreConfig: func() {
			act(t, w, "set_user", map[string]any{"userId": "customer-42", "displayName": "Annette", "email": "x@example.com", "metadata": map[string]string{"vip": "yes"}})
			w.Journal.Clear()
		},
		Config: config(`  on_destroy = "deactivate"`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect(userAddress, "display_name", text("Annette")),
			expect(userAddress, "email", knownvalue.Null()),
		},
		Check: func(*terraform.State) error {
			writes := w.Journal.Writes()
			if len(writes) > 0 {
				return fmt.Errorf("a setting of the provider alone was sent: %+v", writes)
			}

			return nil
		},
	}, resource.TestStep{
		Config: config(`
  display_name = "Ana"
  metadata     = { vip = "no" }
  on_destroy   = "deactivate"`),
	}, resource.TestStep{
		// Drift of configured attributes is found.
		PreConfig: func() {
			act(t, w, "set_user", map[string]any{"userId": "customer-42", "displayName": "Eve", "keys": []string{"vip"}})
		},
		Config: config(`
  display_name = "Ana"
  metadata     = { vip = "no" }
  on_destroy   = "deactivate"`),
		ConfigPlanChecks: planned(userAddress, plancheck.ResourceActionUpdate),
		Check: holds(w, "customer-42", func(u kommunicate.UserView) error {
			if u.DisplayName != "Ana" || u.Metadata["vip"] != "no" {
				return fmt.Errorf("%+v", u)
			}

			return nil
		}),
	})
	w.Test(t, steps...)

	if u, ok := w.Kommunicate.User("customer-42"); !ok || !u.Deactivated {
		t.Errorf("not deactivated: %+v %v", u, ok)
	}
}

func TestAccUser_password(t *testing.T) {
	w := acctest.New(t)

	const secret = "correct-horse-battery"

	config := w.Config(`resource "kommunicate_user" "test" {
  user_id             = "customer-42"
  password_wo         = "` + secret + `"
  password_wo_version = 1
}`)
	w.Test(t, resource.TestStep{
		Config: config,
		Check: resource.ComposeTestCheckFunc(
			holds(w, "customer-42", func(u kommunicate.UserView) error {
				if u.Password != secret {
					return fmt.Errorf("the password is %q", u.Password)
				}

				return nil
			}),
			func(s *terraform.State) error {
				if strings.Contains(s.String(), secret) {
					return fmt.Errorf("the state holds the password")
				}

				return nil
			},
		),
		ConfigStateChecks: []statecheck.StateCheck{expect(userAddress, "password_wo", knownvalue.Null())},
	}, resource.TestStep{
		PreConfig: w.Journal.Clear,
		Config: w.Config(`resource "kommunicate_user" "test" {
  user_id             = "customer-42"
  password_wo         = "another"
  password_wo_version = 2
}`),
		Check: func(*terraform.State) error {
			writes := w.Journal.Writes()
			if len(writes) > 0 {
				return fmt.Errorf("sent: %+v", writes)
			}

			return nil
		},
	})
}

func TestAccUser_adopt(t *testing.T) {
	w := acctest.New(t)
	config := func(attributes string) string {
		return w.Config(`resource "kommunicate_user" "test" {
  user_id      = "customer-42"
  display_name = "Ana"
` + attributes + "\n}")
	}
	w.Test(t, resource.TestStep{
		// Another resource's user.
		Config: w.Config(`resource "kommunicate_user" "first" {
  user_id  = "customer-42"
  metadata = { old = "yes" }
}`) + "\n",
	}, resource.TestStep{
		Config: w.Config(`removed {
  from = kommunicate_user.first
  lifecycle { destroy = false }
}`),
	}, resource.TestStep{
		Config:      config("  adopt_existing = false"),
		ExpectError: regexp.MustCompile(`(?s)user already exists.*to = kommunicate_user\.example.*id = "customer-42"`),
	}, resource.TestStep{
		Config: config(`  on_destroy = "deactivate"`),
		Check: holds(w, "customer-42", func(u kommunicate.UserView) error {
			if u.DisplayName != "Ana" || u.Metadata["old"] != "yes" {
				return fmt.Errorf("%+v", u)
			}

			return nil
		}),
	}, resource.TestStep{
		Config: config(`  on_destroy = "deactivate"`), Destroy: true,
	}, resource.TestStep{
		// What an earlier destroy deactivated is made active again, adopt_existing or not.
		Config:            config("  adopt_existing = false"),
		ConfigStateChecks: []statecheck.StateCheck{expect(userAddress, "deactivated", knownvalue.Bool(false))},
		Check: holds(w, "customer-42", func(u kommunicate.UserView) error {
			if u.Deactivated || u.DisplayName != "Ana" {
				return fmt.Errorf("%+v", u)
			}

			return nil
		}),
	})
}

var userCases = acctest.Cases{
	Type: "kommunicate_user",
	Late: map[string]string{
		"display_name": "A user who is there already keeps the name.",
		"image_link":   "A user who is there already keeps the image.",
	},
	Minimal: values{"user_id": "mira"},
	Stages: []values{
		{
			"display_name": "Mira", "image_link": "https://x.example/m.png", "email": "mira@example.com", "phone_number": "+14155550123",
			"metadata": values{"plan": "gold"},
		},
		{
			"display_name": "Mira B", "image_link": "https://x.example/n.png", "email": "m@example.com", "phone_number": "+14155550199",
			"metadata": values{"plan": "silver"},
		},
	},
	Kept:         map[string]string{"metadata": "The platform cannot remove a key from a user's metadata.", "display_name": "It is followed.", "image_link": "It is followed."},
	Unset:        map[string]string{"password_wo": "TestAccUser_password sets it.", "password_wo_version": "TestAccUser_password sets it."},
	ClearedWarns: "Metadata stays on the platform",
	Skip: map[string]string{
		"adoption": "Users are adopted by default, as the platform does. TestAccUser_adopt tries both.",
	},
	Replaced: values{"user_id": "nora"},
	Local:    values{"on_destroy": "deactivate"},
	Refused: []acctest.Refused{
		{Config: values{"user_id": "two words"}, Want: "must be a user id"},
		{Config: values{"email": "nobody"}, Want: "must be an e-mail address"},
		{Config: values{"phone_number": "0415"}, Want: "must be in E.164 form"},
		{Config: values{"image_link": "ana.png"}, Want: "must be an address"},
		{Config: values{"on_destroy": "delete"}, Want: `value must be one of: \["abandon" "deactivate"\]`},
	},
	Accepted: []values{{"email": ""}, {"phone_number": ""}, {"display_name": ""}, {"image_link": ""}, {"metadata": values{}}},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"renamed": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_user", map[string]any{"userId": o.String("id"), "displayName": "Eve"})
		},
		"another address": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_user", map[string]any{"userId": o.String("id"), "email": "x@example.com"})
		},
		"a key is gone": func(t *testing.T, w *acctest.World, o acctest.Object) {
			act(t, w, "set_user", map[string]any{"userId": o.String("id"), "keys": []string{"plan"}})
		},
	},
	Key:    []string{"user_id"},
	Import: acctest.Import{Missing: "nobody", Malformed: []string{"../x y", "a/b"}, Keys: []string{"user_id"}},
	Stays:  "Destroying leaves the user on the platform.",
	Vanish: func(t *testing.T, w *acctest.World, o acctest.Object) {
		act(t, w, "purge_user", map[string]any{"userId": o.String("id")})
	},
}
