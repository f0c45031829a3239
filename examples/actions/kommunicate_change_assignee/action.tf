# terraform apply -invoke=action.kommunicate_change_assignee.hand_over
action "kommunicate_change_assignee" "hand_over" {
  provider = chat

  config {
    group_id           = "131000417"
    assignee           = "agent.one@agents.example"
    take_over_from_bot = true
    switch_assignee    = true # As the vendor's apps do. It is the default.
  }
}
