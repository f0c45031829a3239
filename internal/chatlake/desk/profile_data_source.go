package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var _ datasource.DataSourceWithConfigure = (*profileDataSource)(nil)

func newProfileDataSource() datasource.DataSource { return &profileDataSource{} }

type profileDataSource struct{ account.DataSource }

// profileModel is the token's user.
type profileModel struct {
	ID            types.String          `tfsdk:"id"`
	Name          types.String          `tfsdk:"name"`
	DisplayName   types.String          `tfsdk:"display_name"`
	AvailableName types.String          `tfsdk:"available_name"`
	Email         types.String          `tfsdk:"email"`
	AvatarURL     types.String          `tfsdk:"avatar_url"`
	Confirmed     types.Bool            `tfsdk:"confirmed"`
	Role          types.String          `tfsdk:"role"`
	Accounts      []profileAccountModel `tfsdk:"accounts"`
}

// profileAccountModel is what the user is in one account.
type profileAccountModel struct {
	ID                 types.String `tfsdk:"id"`
	Name               types.String `tfsdk:"name"`
	Status             types.String `tfsdk:"status"`
	Role               types.String `tfsdk:"role"`
	Availability       types.String `tfsdk:"availability"`
	AvailabilityStatus types.String `tfsdk:"availability_status"`
	AutoOffline        types.Bool   `tfsdk:"auto_offline"`
	CustomRoleID       types.String `tfsdk:"custom_role_id"`
}

func (d *profileDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_profile"
}

func (d *profileDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The user whom the access token belongs to. Its secrets are left out.",
		Attributes: map[string]schema.Attribute{
			"id":             attribute.Found("The user's id."),
			"name":           attribute.Found("The user's name."),
			"display_name":   attribute.Found("The name that customers see, if it is another."),
			"available_name": attribute.Found("The name that customers see."),
			"email":          attribute.Found("The address the user signs in with."),
			"avatar_url":     attribute.Found("The address of the user's picture."),
			"confirmed":      attribute.FoundFlag("Whether the user has confirmed the address."),
			"role":           attribute.Found("What the user may do in the configured account: `agent` or `administrator`."),
			"accounts": attribute.FoundList("The accounts that the user is in.", map[string]schema.Attribute{
				"id":                  attribute.Found("The account's id."),
				"name":                attribute.Found("The account's name."),
				"status":              attribute.Found("Whether the account is `active` or `suspended`."),
				"role":                attribute.Found("What the user may do there."),
				"availability":        attribute.Found("How the user is set to be shown: `online`, `offline` or `busy`."),
				"availability_status": attribute.Found("How the user is shown right now."),
				"auto_offline":        attribute.FoundFlag("Whether the user is shown as offline while not connected."),
				"custom_role_id":      attribute.Found("The id of the user's custom role, on servers that have them."),
			}),
		},
	}
}

func (d *profileDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.Profile(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the profile", err)
		return
	}

	profile := profileModel{
		ID: types.StringValue(found.ID.String()), Name: tfvalue.StringOrNull(found.Name), DisplayName: tfvalue.StringOrNull(found.DisplayName),
		AvailableName: tfvalue.StringOrNull(found.AvailableName), Email: tfvalue.StringOrNull(found.Email), AvatarURL: tfvalue.StringOrNull(found.AvatarURL),
		Confirmed: types.BoolValue(found.Confirmed), Accounts: make([]profileAccountModel, len(found.Accounts)),
	}
	for i, one := range found.Accounts {
		profile.Accounts[i] = profileAccountModel{
			ID: types.StringValue(one.ID.String()), Name: tfvalue.StringOrNull(one.Name), Status: tfvalue.StringOrNull(one.Status),
			Role: tfvalue.StringOrNull(one.Role), Availability: tfvalue.StringOrNull(one.Availability),
			AvailabilityStatus: tfvalue.StringOrNull(one.AvailabilityStatus), AutoOffline: types.BoolValue(one.AutoOffline),
			CustomRoleID: account.IDOrNull(one.CustomRoleID),
		}
		if one.ID.String() == d.Client.AccountID {
			profile.Role = profile.Accounts[i].Role
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, profile)...)
}
