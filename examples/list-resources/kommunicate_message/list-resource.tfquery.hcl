list "kommunicate_message" "order" {
  provider = chat

  include_resource = true

  config {
    group_id = "131000417"
  }
}
