# All macros.
list "chatlake_macro" "all" {
  provider = chat
}
