data "chatlake_macros" "all" {
  provider = chat
}

output "macro_names" {
  value = data.chatlake_macros.all.macros[*].name
}
