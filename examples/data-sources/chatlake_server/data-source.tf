data "chatlake_server" "this" {
  provider = chat
}

output "chatlake_version" {
  value = data.chatlake_server.this.version
}
