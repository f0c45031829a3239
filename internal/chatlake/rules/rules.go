// Package rules holds what the platform does by itself: automation rules, macros and custom filters.
package rules

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Resources lists the resources of this area.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{
		newAutomationRuleResource,
		newMacroResource,
		newCustomFilterResource,
	}
}

// DataSources lists the data sources of this area.
func DataSources() []func() datasource.DataSource {
	return slices.Concat(automationRuleSources.DataSources(), macroSources.DataSources(), customFilterSources.DataSources())
}
