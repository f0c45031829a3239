// Package help holds the objects of the help center: portals, categories and articles.
package help

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Resources lists the resources of this area.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{
		newPortalResource,
		newCategoryResource,
		newArticleResource,
	}
}

// DataSources lists the data sources of this area.
func DataSources() []func() datasource.DataSource {
	return slices.Concat(portalSources.DataSources(), categorySources.DataSources(), articleSources.DataSources())
}
