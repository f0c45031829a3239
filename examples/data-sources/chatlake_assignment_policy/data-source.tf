resource "chatlake_assignment_policy" "fair" {
  provider = chat

  name = "Fair"
}

data "chatlake_assignment_policy" "fair" {
  provider = chat

  name = chatlake_assignment_policy.fair.name
}
