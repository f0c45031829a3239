data "chatlake_dashboard_apps" "all" {
  provider = chat
}

output "app_titles" {
  value = data.chatlake_dashboard_apps.all.dashboard_apps[*].title
}
