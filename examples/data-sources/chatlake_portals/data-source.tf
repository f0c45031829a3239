data "chatlake_portals" "all" {
  provider = chat
}

output "portal_slugs" {
  value = data.chatlake_portals.all.portals[*].slug
}
