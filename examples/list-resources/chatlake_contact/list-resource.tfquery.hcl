# All contacts with the label vip, with everything that an import reads.
list "chatlake_contact" "vip" {
  provider = chat

  include_resource = true

  config {
    labels = ["vip"]
  }
}
