// Package chatlake lists the resources and data sources of Chatlake. Each product area is a package below this one; account
// holds what the areas share, and api is the platform's client.
package chatlake

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/captain"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/connect"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/desk"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/enterprise"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/help"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/inbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/platform"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/report"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/rules"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/talk"
)

// Resources lists the platform's resources.
func Resources() []func() resource.Resource {
	bound := account.Bind(slices.Concat(talk.Resources(), desk.Resources(), inbox.Resources(), help.Resources(), rules.Resources(),
		enterprise.Kinds().Resources(), connect.Kinds().Resources(), captain.Kinds().Resources()))

	return append(bound, platform.Resources()...)
}

// DataSources lists the platform's data sources.
func DataSources() []func() datasource.DataSource {
	bound := account.BindDataSources(slices.Concat(
		talk.DataSources(), desk.DataSources(), inbox.DataSources(), help.DataSources(), rules.DataSources(), enterprise.Kinds().DataSources(),
		connect.Kinds().DataSources(), captain.Kinds().DataSources(), report.Kinds().DataSources()))

	return append(bound, platform.DataSources()...)
}

// EphemeralResources lists what is asked for in each run, and kept nowhere.
func EphemeralResources() []func() ephemeral.EphemeralResource {
	return platform.EphemeralResources()
}

// ListResources lists what terraform query can list.
func ListResources() []func() list.ListResource {
	return slices.Concat(talk.ListResources(), desk.ListResources(), inbox.ListResources(), help.ListResources(), rules.ListResources(),
		enterprise.Kinds().ListResources(), connect.Kinds().ListResources(), captain.Kinds().ListResources(), platform.ListResources())
}

// Actions lists the platform's actions.
func Actions() []func() action.Action {
	return slices.Concat(talk.Actions(), inbox.Actions(), rules.Actions())
}

// Functions lists the platform's functions.
func Functions() []func() function.Function {
	return []func() function.Function{}
}
