# Run with `terraform test`, with the environment of a simulator or of a test account.

variables {
  agents = {
    "ana@example.com" = { name = "Ana Lima" }
    "bo@example.com"  = { name = "Bo Lind", role = "administrator" }
  }
  teams = {
    "first line" = { description = "Answers everybody first", members = ["ana@example.com", "bo@example.com"] }
    refunds      = { members = ["bo@example.com"], allow_auto_assign = false }
  }
  inboxes = {
    app  = { name = "App", webhook_url = "https://example.com/app", members = ["ana@example.com"], greeting = "Hello!" }
    site = { name = "Site", type = "web_widget", website_url = "https://example.com", members = ["bo@example.com"] }
    mail = { name = "Mail", type = "email", email = "support@example.com" }
  }
  labels               = { vip = { description = "Customers with a contract", color = "#f5a623" }, bug = {} }
  canned_responses_csv = "tests/content/canned_responses.csv"
  automation_rules = {
    "Refunds" = {
      event = "message_created"
      conditions = [
        { attribute = "message_type", values = ["incoming"] },
        { attribute = "content", operator = "contains", values = ["refund"] },
      ]
      actions = [{ name = "assign_team", values = ["refunds"] }, { name = "add_label", values = ["vip"] }]
    }
  }
  macros = {
    "Thank and close" = [{ name = "send_message", values = ["Thank you for writing!"] }, { name = "resolve_conversation" }]
  }
  help_center = { slug = "help", name = "Help", folder = "tests/content/help" }
  webhooks    = { "https://example.com/chat" = ["message_created"] }
}

run "the_desk_is_made" {
  assert {
    condition     = length(chatlake_team.this["first line"].member_ids) == 2
    error_message = "The first line lacks members."
  }

  assert {
    condition     = chatlake_canned_response.this["hours"].content == "We are there Monday to Friday, 9 to 17."
    error_message = "The canned response is not that of the CSV file."
  }

  assert {
    condition     = chatlake_automation_rule.this["Refunds"].actions[0].action_params[0] == output.team_ids["refunds"]
    error_message = "The rule does not name the team by its id."
  }

  assert {
    condition     = chatlake_article.this["billing/invoices"].title == "Where are my invoices?" && chatlake_article.this["billing/invoices"].content == "Under *Account*, *Billing*."
    error_message = "The article is not that of the file."
  }

  assert {
    condition     = chatlake_category.this["account"].name == "Account" && length(output.article_ids) == 3
    error_message = "The help centre is not complete."
  }

  assert {
    condition     = length(output.web_widget_scripts) == 1 && strcontains(output.web_widget_scripts["site"], "script")
    error_message = "The site's script is missing."
  }
}

run "nothing_is_needed" {
  variables {
    agents               = {}
    teams                = {}
    inboxes              = {}
    labels               = {}
    canned_responses_csv = null
    automation_rules     = {}
    macros               = {}
    help_center          = null
    webhooks             = {}
  }

  assert {
    condition     = length(output.inbox_ids) == 0 && length(output.article_ids) == 0
    error_message = "Something is left."
  }
}

run "members_have_to_be_agents" {
  command = plan

  variables {
    teams   = { refunds = { members = ["nobody@example.com"] } }
    inboxes = { app = { name = "App", members = ["nobody@example.com"] } }
  }

  expect_failures = [var.teams, var.inboxes]
}

run "values_are_checked" {
  command = plan

  variables {
    agents               = { "Ana" = { name = "Ana" } }
    teams                = {}
    inboxes              = {}
    labels               = { "Very Important" = {} }
    canned_responses_csv = "tests/support_desk.tftest.hcl"
    automation_rules     = {}
    help_center          = { slug = "my help", name = "Help", folder = "tests/content/help" }
    webhooks             = { "example.com" = ["message_created"] }
  }

  expect_failures = [var.agents, var.labels, var.canned_responses_csv, var.help_center, var.webhooks]
}

run "inboxes_and_rules_are_checked" {
  command = plan

  variables {
    inboxes          = { site = { name = "Site", type = "web_widget" } }
    automation_rules = { r = { event = "message_created", join = "XOR", conditions = [], actions = [] } }
  }

  expect_failures = [var.inboxes, var.automation_rules]
}
