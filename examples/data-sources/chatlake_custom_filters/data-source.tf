data "chatlake_custom_filters" "all" {
  provider = chat
}

output "views" {
  value = data.chatlake_custom_filters.all.custom_filters[*].name
}
