package rules

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
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
		m.fromAPI(found, true, nil)
	},
}

var macroList = account.Listing[api.Macro, macroModel]{
	Type: "chatlake_macro", Noun: "macros",
	Description: "The macros that the token's user sees: those for all, and the user's own.",
	Objects:     account.Whole((*api.Client).Macros),
	Name:        func(found api.Macro) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *macroModel, found api.Macro, _ *diag.Diagnostics) {
		m.fromAPI(found, nil)
	},
}

// ownFilter is a filter with the user whom it belongs to, which the platform does not tell: it lists those of the token's
// user.
type ownFilter struct {
	api.CustomFilter

	user api.ID
}

var filterList = account.Listing[ownFilter, filterModel]{
	Type: "chatlake_custom_filter", Noun: "custom filters",
	Description: "All custom filters of the token's user.",
	Objects: func(ctx context.Context, client *api.Client, _ lookup.Arguments) iter.Seq2[ownFilter, error] {
		return lookup.Each(func() ([]ownFilter, error) { return ownFilters(ctx, client) })
	},
	Name: func(found ownFilter) string { return found.Name },
	Identity: func(found ownFilter, _ lookup.Arguments) map[string]string {
		return map[string]string{"id": found.ID.String(), "user_id": found.user.String()}
	},
	Fill: func(_ context.Context, _ *api.Client, m *filterModel, found ownFilter, _ *diag.Diagnostics) {
		m.fromAPI(found.CustomFilter, found.user)
	},
}

func ownFilters(ctx context.Context, client *api.Client) ([]ownFilter, error) {
	user, err := client.UserID(ctx)
	if err != nil {
		return nil, err
	}

	all, err := client.CustomFilters(ctx)

	filters := make([]ownFilter, len(all))
	for i, found := range all {
		filters[i] = ownFilter{found, user}
	}

	return filters, err
}
