# Tests of the module, run with `terraform test`. The provider takes its address and credentials from the environment:
# pipeline.sh test starts the provider's own simulator and points them at it, so no account is needed. Copy this file to
# test a module of your own.

variables {
  labels           = { vip = "Customers with a contract" }
  canned_responses = { hours = "We are there from 9 to 17." }
  teams            = { refunds = "Gives money back" }
  brands           = { hats = "Hats" }
}

run "everything_is_made" {
  assert {
    condition     = chatlake_label.this["vip"].title == "vip"
    error_message = "The label is not there."
  }

  assert {
    condition     = output.team_ids["refunds"] != "" && output.inbox_ids["hats"] != ""
    error_message = "The outputs lack an id."
  }
}

# Runs share a state: this one changes what the first one made.
run "a_text_changes" {
  variables {
    canned_responses = { hours = "We are there from 8 to 18." }
  }

  assert {
    condition     = chatlake_canned_response.this["hours"].content == "We are there from 8 to 18."
    error_message = "The canned response has the old text."
  }
}

run "a_title_that_the_platform_would_not_take" {
  command = plan

  variables {
    labels = { "Very Important" = "" }
  }

  expect_failures = [var.labels]
}
