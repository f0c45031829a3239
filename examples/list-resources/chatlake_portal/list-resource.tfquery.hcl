# All help centers.
list "chatlake_portal" "all" {
  provider = chat
}
