# All canned responses, with everything that an import reads.
list "chatlake_canned_response" "all" {
  provider = chat

  include_resource = true
}
