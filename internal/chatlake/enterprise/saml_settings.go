package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const samlType = "chatlake_saml_settings"

// samlKind is chatlake_saml_settings, with its data source and its list.
func samlKind() account.Kind {
	return account.Kind{
		Resource: newSAMLResource, DataSources: []func() datasource.DataSource{newSAMLDataSource}, List: samlList.New,
	}
}

// samlModel is SAML settings in a configuration and in state.
type samlModel struct {
	ID           types.String `tfsdk:"id"`
	SSOURL       types.String `tfsdk:"sso_url"`
	Certificate  types.String `tfsdk:"certificate"`
	IDPEntityID  types.String `tfsdk:"idp_entity_id"`
	SPEntityID   types.String `tfsdk:"sp_entity_id"`
	RoleMappings types.Map    `tfsdk:"role_mappings"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *samlModel) fromAPI(found api.SAMLSettings, everything bool) {
	m.ID = types.StringValue(found.AccountID.String())
	m.SSOURL = types.StringValue(found.SSOURL)
	m.Certificate = types.StringValue(found.Certificate)
	m.IDPEntityID = types.StringValue(found.IDPEntityID)
	m.SPEntityID = types.StringValue(found.SPEntityID)
	m.RoleMappings = account.Track(everything, m.RoleMappings, roleMap(found.RoleMappings))
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it makes the settings.
func (m *samlModel) changeFrom(prior samlModel) api.SAMLRequest {
	return api.SAMLRequest{
		SSOURL:       account.TextChange(prior.SSOURL, m.SSOURL),
		Certificate:  certificateChange(prior.Certificate, m.Certificate),
		IDPEntityID:  account.TextChange(prior.IDPEntityID, m.IDPEntityID),
		SPEntityID:   account.TextChange(prior.SPEntityID, m.SPEntityID),
		RoleMappings: rolesChange(prior.RoleMappings, m.RoleMappings),
	}
}

// certificateChange is the change of a text of which each byte counts.
func certificateChange(prior, plan types.String) api.Nullable[string] {
	if plan.IsUnknown() || plan.Equal(prior) {
		return api.Nullable[string]{}
	}

	return api.Set(plan.ValueString())
}

// rolesChange returns the field of a request that turns prior into the plan. Nothing is an empty object.
func rolesChange(prior, plan types.Map) api.Nullable[api.SAMLRoles] {
	if plan.IsUnknown() || !account.IsChanged(prior, plan) {
		return api.Nullable[api.SAMLRoles]{}
	}

	roles := api.SAMLRoles{}

	for group, element := range plan.Elements() {
		role, _ := element.(types.String)
		if !role.IsNull() {
			roles[group] = role.ValueString()
		}
	}

	return api.Set(roles)
}

// roleMap returns roles as the map that Terraform holds; without any, it is null.
func roleMap(roles api.SAMLRoles) types.Map {
	if len(roles) == 0 {
		return types.MapNull(types.StringType)
	}

	elements := map[string]attr.Value{}
	for group, role := range roles {
		elements[group] = types.StringValue(role)
	}

	return types.MapValueMust(types.StringType, elements)
}

var _ datasource.DataSourceWithConfigure = (*samlDataSource)(nil)

func newSAMLDataSource() datasource.DataSource { return &samlDataSource{} }

type samlDataSource struct{ account.DataSource }

func (d *samlDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = samlType
}

func (d *samlDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How the members of the account that the provider is configured for sign in with an identity provider. It is an error if the account has no such settings.",
		Attributes: map[string]schema.Attribute{
			"id":            attribute.Found("The account's id."),
			"sso_url":       attribute.Found("Where members are sent to sign in."),
			"certificate":   attribute.Found("The identity provider's certificate, as it was given."),
			"fingerprint":   attribute.Found("The SHA-1 fingerprint of the certificate."),
			"idp_entity_id": attribute.Found("What the identity provider calls itself."),
			"sp_entity_id":  attribute.Found("What the identity provider knows the account by."),
			"role_mappings": schema.MapAttribute{
				MarkdownDescription: "What the groups of the identity provider are in the account: `agent`, `administrator`, or the id of a custom role; null if there are none.",
				Computed:            true, ElementType: types.StringType,
			},
		},
	}
}

func (d *samlDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.SAMLSettings(ctx)
	if transport.IsNotFound(err) {
		resp.Diagnostics.AddError("Account "+d.Client.AccountID+" has no SAML settings", "Its members sign in with passwords. Set them with the resource chatlake_saml_settings, or take this data source out.")
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the SAML settings of account "+d.Client.AccountID, err)
		return
	}

	var data struct {
		samlModel

		Fingerprint types.String `tfsdk:"fingerprint"`
	}
	data.fromAPI(found, true)
	data.Fingerprint = types.StringValue(found.Fingerprint)
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}

var samlList = account.Listing[api.SAMLSettings, samlModel]{
	Type: samlType, Noun: "SAML settings",
	Description: "The SAML settings of the account that the provider is configured for: one object, or none.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.SAMLSettings, error) {
		found, err := client.SAMLSettings(ctx)

		switch {
		case transport.IsNotFound(err):
			return nil, nil
		case err != nil:
			return nil, err
		}

		return []api.SAMLSettings{found}, nil
	}),
	Name: func(found api.SAMLSettings) string { return found.IDPEntityID },
	Fill: func(_ context.Context, _ *api.Client, m *samlModel, found api.SAMLSettings, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
