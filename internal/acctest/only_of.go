package acctest

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// fullServer is what the provider's server can do.
type fullServer interface {
	tfprotov6.ProviderServerWithListResource
	tfprotov6.ProviderServerWithActions
}

// onePlatform tells Terraform the types of one platform alone. Terraform reads all schemas of a provider at each of its commands,
// of which a test runs dozens.
type onePlatform struct {
	fullServer

	prefix string
}

// onlyOf returns the server with the types of a platform.
func onlyOf(s tfprotov6.ProviderServer, platform string) tfprotov6.ProviderServer {
	full, ok := s.(fullServer)
	if !ok {
		return s
	}

	return &onePlatform{full, platform + "_"}
}

// GetProviderSchema leaves out what is not the platform's.
func (p *onePlatform) GetProviderSchema(ctx context.Context, req *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	all, err := p.fullServer.GetProviderSchema(ctx, req)
	if err != nil {
		return nil, err
	}

	only := *all
	only.ResourceSchemas = startingWith(all.ResourceSchemas, p.prefix)
	only.DataSourceSchemas = startingWith(all.DataSourceSchemas, p.prefix)
	only.EphemeralResourceSchemas = startingWith(all.EphemeralResourceSchemas, p.prefix)
	only.ListResourceSchemas = startingWith(all.ListResourceSchemas, p.prefix)
	only.ActionSchemas = startingWith(all.ActionSchemas, p.prefix)

	return &only, nil
}

// GetResourceIdentitySchemas leaves out what is not the platform's.
func (p *onePlatform) GetResourceIdentitySchemas(
	ctx context.Context, req *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	all, err := p.fullServer.GetResourceIdentitySchemas(ctx, req)
	if err != nil {
		return nil, err
	}

	only := *all
	only.IdentitySchemas = startingWith(all.IdentitySchemas, p.prefix)

	return &only, nil
}

// startingWith returns the entries of which the name begins with a prefix.
func startingWith[V any](all map[string]V, prefix string) map[string]V {
	only := maps.Clone(all)
	maps.DeleteFunc(only, func(name string, _ V) bool { return !strings.HasPrefix(name, prefix) })

	return only
}
