package plugin

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// servedType is an attribute's type that is another one to Terraform. Both are written alike: a set as the list of its
// elements.
type servedType interface{ ServedAs() tftypes.Type }

// GetProviderSchema tells Terraform the types that it is to see.
func (r *releasing) GetProviderSchema(ctx context.Context, req *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	resp, err := r.server.GetProviderSchema(ctx, req)
	if err != nil || resp == nil || r.types == nil {
		return resp, err
	}

	for name, schema := range resp.ResourceSchemas {
		declared := r.types.get(ctx, name)
		if declared == nil || schema == nil || schema.Block == nil {
			continue
		}

		for _, attribute := range schema.Block.Attributes {
			declares, ok := declared.schema.Attributes[attribute.Name]
			if !ok {
				continue
			}

			served, ok := declares.GetType().(servedType)
			if ok {
				attribute.Type = served.ServedAs()
			}
		}
	}

	return resp, nil
}
