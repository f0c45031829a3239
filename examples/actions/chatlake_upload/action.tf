# terraform apply -invoke=action.chatlake_upload.offer
action "chatlake_upload" "offer" {
  provider = chat

  config {
    file = "${path.module}/offer.pdf"
  }
}
