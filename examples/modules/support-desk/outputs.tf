output "agent_ids" {
  description = "Ids of the agents, by e-mail address."
  value       = { for email, agent in chatlake_agent.this : email => agent.id }
}

output "team_ids" {
  description = "Ids of the teams, by name."
  value       = local.ids.assign_team
}

output "inbox_ids" {
  description = "Ids of the inboxes, by their keys."
  value       = { for key, inbox in chatlake_inbox.this : key => inbox.id }
}

output "web_widget_scripts" {
  description = "What to put into the pages of a site, by the keys of the inboxes of type web_widget."
  value       = { for key, inbox in chatlake_inbox.this : key => inbox.web_widget_script if var.inboxes[key].type == "web_widget" }
}

output "article_ids" {
  description = "Ids of the help centre's articles, by path in its folder."
  value       = { for path, article in chatlake_article.this : path => article.id }
}
