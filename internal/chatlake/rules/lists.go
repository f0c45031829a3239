package rules

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// ListResources lists what terraform query can list of this area.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{ruleList.New, macroList.New, filterList.New}
}

var ruleList = account.Listing[api.AutomationRule, ruleModel]{
	Type: "chatlake_automation_rule", Noun: "automation rules",
	Description: "All automation rules of the account.",
	Objects:     account.Whole((*api.Client).AutomationRules),
	Name:        func(found api.AutomationRule) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *ruleModel, found api.AutomationRule, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

var macroList = account.Listing[api.Macro, macroModel]{
	Type: "chatlake_macro", Noun: "macros",
	Description: "The macros that the token's user sees: those for all, and the user's own.",
	Objects:     account.Whole((*api.Client).Macros),
	Name:        func(found api.Macro) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *macroModel, found api.Macro, _ *diag.Diagnostics) {
		m.fromAPI(found)
	},
}

var filterList = account.Listing[api.CustomFilter, filterModel]{
	Type: "chatlake_custom_filter", Noun: "custom filters",
	Description: "All custom filters of the token's user.",
	Objects:     account.Whole((*api.Client).CustomFilters),
	Name:        func(found api.CustomFilter) string { return found.Name },
	Fill: func(ctx context.Context, client *api.Client, m *filterModel, found api.CustomFilter, diags *diag.Diagnostics) {
		user, err := client.UserID(ctx)
		apidiag.Add(diags, "find out whose token it is", err)
		m.fromAPI(found, user)
	},
}
