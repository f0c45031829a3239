// Package inbox holds inboxes, with their channels, working hours and surveys.
package inbox

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Resources lists the resources of this area.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{
		newInboxResource,
		inboxMembership.Resource,
	}
}

// DataSources lists the data sources of this area.
func DataSources() []func() datasource.DataSource { return inboxSources.DataSources() }
