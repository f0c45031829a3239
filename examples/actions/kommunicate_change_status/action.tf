# terraform apply -invoke=action.kommunicate_change_status.close
action "kommunicate_change_status" "close" {
  provider = chat

  config {
    group_id = "131000417"
    status   = "closed"
  }
}
