package account

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Kind is all that an area registers of one type.
type Kind struct {
	// Resource and List are nil for a type that has only data sources.
	Resource    func() resource.Resource
	DataSources []func() datasource.DataSource
	List        func() list.ListResource
}

// Kinds are the types of an area.
type Kinds []Kind

// Resources lists the resources.
func (k Kinds) Resources() []func() resource.Resource {
	var all []func() resource.Resource

	for _, kind := range k {
		if kind.Resource != nil {
			all = append(all, kind.Resource)
		}
	}

	return all
}

// DataSources lists the data sources.
func (k Kinds) DataSources() []func() datasource.DataSource {
	var all []func() datasource.DataSource
	for _, kind := range k {
		all = append(all, kind.DataSources...)
	}

	return all
}

// ListResources lists what terraform query can list.
func (k Kinds) ListResources() []func() list.ListResource {
	var all []func() list.ListResource

	for _, kind := range k {
		if kind.List != nil {
			all = append(all, kind.List)
		}
	}

	return all
}
