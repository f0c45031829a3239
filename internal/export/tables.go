package export

import (
	"slices"
	"strings"
)

// target is an attribute that other objects name, such as the id of a team.
type target struct{ kind, attribute string }

// references are the attributes that name another object: alone, or in a list or a set.
var references = map[string]target{
	"chatlake_account_settings.auto_resolve_label":                   {"chatlake_label", "title"},
	"chatlake_account_settings.conversation_required_attributes":     {"chatlake_custom_attribute_definition", "attribute_key"},
	"chatlake_agent.custom_role_id":                                  {"chatlake_custom_role", "id"},
	"chatlake_agent_capacity_policy.exclusion_rules.excluded_labels": {"chatlake_label", "title"},
	"chatlake_agent_capacity_policy.inbox_limits.inbox_id":           {"chatlake_inbox", "id"},
	"chatlake_agent_capacity_policy.user_ids":                        {"chatlake_agent", "id"},
	"chatlake_article.associated_article_id":                         {"chatlake_article", "id"},
	"chatlake_article.author_id":                                     {"chatlake_agent", "id"},
	"chatlake_article.category_id":                                   {"chatlake_category", "id"},
	"chatlake_article.portal_slug":                                   {"chatlake_portal", "slug"},
	"chatlake_campaign.audience.id":                                  {"chatlake_label", "id"},
	"chatlake_campaign.inbox_id":                                     {"chatlake_inbox", "id"},
	"chatlake_campaign.sender_id":                                    {"chatlake_agent", "id"},
	"chatlake_captain_document.assistant_id":                         {"chatlake_captain_assistant", "id"},
	"chatlake_captain_inbox.assistant_id":                            {"chatlake_captain_assistant", "id"},
	"chatlake_captain_inbox.inbox_id":                                {"chatlake_inbox", "id"},
	"chatlake_captain_response.assistant_id":                         {"chatlake_captain_assistant", "id"},
	"chatlake_captain_scenario.assistant_id":                         {"chatlake_captain_assistant", "id"},
	"chatlake_category.associated_category_id":                       {"chatlake_category", "id"},
	"chatlake_category.parent_category_id":                           {"chatlake_category", "id"},
	"chatlake_category.portal_slug":                                  {"chatlake_portal", "slug"},
	"chatlake_category.related_category_ids":                         {"chatlake_category", "id"},
	"chatlake_contact.company_id":                                    {"chatlake_company", "id"},
	"chatlake_contact.inbox_id":                                      {"chatlake_inbox", "id"},
	"chatlake_contact.labels":                                        {"chatlake_label", "title"},
	"chatlake_contact_inbox.contact_id":                              {"chatlake_contact", "id"},
	"chatlake_contact_inbox.inbox_id":                                {"chatlake_inbox", "id"},
	"chatlake_contact_note.contact_id":                               {"chatlake_contact", "id"},
	"chatlake_conversation.contact_id":                               {"chatlake_contact", "id"},
	"chatlake_conversation.inbox_id":                                 {"chatlake_inbox", "id"},
	"chatlake_conversation.labels":                                   {"chatlake_label", "title"},
	"chatlake_conversation.sla_policy_id":                            {"chatlake_sla_policy", "id"},
	"chatlake_conversation.team_id":                                  {"chatlake_team", "id"},
	"chatlake_inbox.agent_bot_id":                                    {"chatlake_agent_bot", "id"},
	"chatlake_inbox.assignment_policy_id":                            {"chatlake_assignment_policy", "id"},
	"chatlake_inbox.csat_config.survey_rules.values":                 {"chatlake_label", "title"},
	"chatlake_inbox.member_ids":                                      {"chatlake_agent", "id"},
	"chatlake_inbox.portal_id":                                       {"chatlake_portal", "id"},
	"chatlake_integration_hook.inbox_id":                             {"chatlake_inbox", "id"},
	"chatlake_message.conversation_id":                               {"chatlake_conversation", "id"},
	"chatlake_platform_account_user.account_id":                      {"chatlake_platform_account", "id"},
	"chatlake_platform_agent_bot.account_id":                         {"chatlake_platform_account", "id"},
	"chatlake_portal.inbox_id":                                       {"chatlake_inbox", "id"},
	"chatlake_saml_settings.role_mappings":                           {"chatlake_custom_role", "id"},
	"chatlake_team.member_ids":                                       {"chatlake_agent", "id"},
	"chatlake_webhook.inbox_id":                                      {"chatlake_inbox", "id"},
	"kommunicate_conversation.group_member_list":                     {"kommunicate_user", "user_id"},
	"kommunicate_message.from_user_name":                             {"kommunicate_user", "user_id"},
	"kommunicate_message.group_id":                                   {"kommunicate_conversation", "group_id"},
}

// steps are the attributes that hold the steps of a rule: what a step names depends on its action_name or attribute_key.
var steps = []string{
	"chatlake_automation_rule.actions", "chatlake_automation_rule.conditions", "chatlake_custom_filter.query", "chatlake_macro.actions",
}

// stepReferences are what the parameters of a step name.
var stepReferences = map[string]target{
	"add_label":          {"chatlake_label", "title"},
	"add_sla":            {"chatlake_sla_policy", "id"},
	"assign_agent":       {"chatlake_agent", "id"},
	"assign_team":        {"chatlake_team", "id"},
	"assignee_id":        {"chatlake_agent", "id"},
	"inbox_id":           {"chatlake_inbox", "id"},
	"labels":             {"chatlake_label", "title"},
	"remove_label":       {"chatlake_label", "title"},
	"send_email_to_team": {"chatlake_team", "id"},
	"team_id":            {"chatlake_team", "id"},
}

// people are the types of people and of what they say, in the order in which they are exported: what others name comes first.
var people = []string{
	"chatlake_contact", "chatlake_contact_inbox", "chatlake_contact_note", "chatlake_conversation", "chatlake_message",
	"kommunicate_user", "kommunicate_conversation", "kommunicate_message", "imichat_user", "imichat_chat", "imichat_message",
}

func isOfPeople(kind string) bool { return slices.Contains(people, kind) }

// own are types of the token's user. Applied with another token, they would change the profile of that user, so they are
// exported only where -only names them.
var own = []string{"chatlake_notification_settings", "chatlake_profile_settings"}

// contained are types that say again what an exported attribute says: the members of a team are in member_ids.
var contained = []string{
	"chatlake_conversation_participant", "chatlake_inbox_member", "chatlake_team_member", "kommunicate_conversation_member",
}

// again are types of the platform API of which those in the provider's account are objects of another type, too.
var again = map[string]string{
	"chatlake_platform_account_user": "chatlake_agent", "chatlake_platform_agent_bot": "chatlake_agent_bot",
}

// isAboveAccounts reports whether the platform API has the type, for which a token of an account is of no use.
func isAboveAccounts(kind string) bool { return strings.HasPrefix(kind, "chatlake_platform_") }

// decided are the attributes that agents, bots and rules change all the time. A configuration that enforces them works against
// those people, so they are left out, and followed.
var decided = map[string][]string{
	"chatlake_agent":           {"availability"},
	"chatlake_conversation":    {"assignee_id", "labels", "priority", "snoozed_until", "status", "team_id"},
	"imichat_chat":             {"assignee", "outcome", "status", "tags"},
	"kommunicate_conversation": {"assignee", "status"},
}

// listArguments are what types are listed with.
var listArguments = map[string]map[string]any{
	"chatlake_contact": {"include_labels": false}, // Else a request for each contact.
}

// unnamed are types whose display names change, or are long texts: their resources are named by the id alone.
var unnamed = []string{
	"chatlake_contact_inbox", "chatlake_contact_note", "chatlake_conversation", "chatlake_message", "imichat_chat", "kommunicate_message",
}
