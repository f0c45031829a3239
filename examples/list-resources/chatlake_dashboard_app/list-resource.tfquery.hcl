# All dashboard apps.
list "chatlake_dashboard_app" "all" {
  provider = chat
}
