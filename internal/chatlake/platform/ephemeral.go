package platform

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*secretOfUser)(nil)

func newUserToken() ephemeral.EphemeralResource {
	return &secretOfUser{
		typeName: "chatlake_platform_user_token", secret: "access_token", noun: "access token", ask: (*api.Platform).UserToken,
		description: "The access token of a person, by the platform API: for a provider configuration that works in a new account. It does not end, and is the same each time. " +
			"It is in no plan and no state; ephemeral resources need Terraform 1.10 or later. Needs version 4.3.0 of the server.",
		about: "The person's access token, for `chatlake.api_access_token`.",
	}
}

func newLoginLink() ephemeral.EphemeralResource {
	return &secretOfUser{
		typeName: "chatlake_platform_login_link", secret: "url", noun: "login link", ask: (*api.Platform).LoginLink,
		description: "An address that signs a person in without a password, once, by the platform API. Each run makes a new one. " +
			"It is in no plan and no state; ephemeral resources need Terraform 1.10 or later.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/users/get-user-sso-link).",
		about: "The address. It signs in without a password.",
	}
}

// secretOfUser asks for what signs a person in.
type secretOfUser struct {
	typeName, secret, noun, description, about string
	// ask returns the secret.
	ask    func(client *api.Platform, ctx context.Context, user api.ID) (string, error)
	client *api.Platform
}

// Metadata names the type.
func (s *secretOfUser) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = s.typeName
}

// Schema describes it.
func (s *secretOfUser) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: s.description,
		Attributes: map[string]schema.Attribute{
			"user_id": schema.StringAttribute{MarkdownDescription: "The person's id.", Required: true, Validators: []validator.String{attribute.IntegerID()}},
			s.secret:  schema.StringAttribute{MarkdownDescription: s.about, Computed: true, Sensitive: true},
		},
	}
}

// Configure takes the client.
func (s *secretOfUser) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	s.client = clientOf(req.ProviderData, &resp.Diagnostics)
}

// Open asks for the secret.
func (s *secretOfUser) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var user types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("user_id"), &user)...)
	if resp.Diagnostics.HasError() {
		return
	}

	secret, err := s.ask(s.client, ctx, api.ParseID(user.ValueString()))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the "+s.noun+" of user "+user.ValueString(), err)
		return
	}

	resp.Diagnostics.Append(resp.Result.SetAttribute(ctx, path.Root("user_id"), user)...)
	resp.Diagnostics.Append(resp.Result.SetAttribute(ctx, path.Root(s.secret), secret)...)
}
