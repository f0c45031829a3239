# All inboxes, with everything that an import reads.
list "chatlake_inbox" "all" {
  provider = chat

  include_resource = true
}
