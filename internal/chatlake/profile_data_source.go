package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ datasource.DataSourceWithConfigure = (*profileDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*serverDataSource)(nil)
)

func newProfileDataSource() datasource.DataSource { return &profileDataSource{} }

func newServerDataSource() datasource.DataSource { return &serverDataSource{} }

type profileDataSource struct{ configuredDataSource }

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
			"id":             foundText("The user's id."),
			"name":           foundText("The user's name."),
			"display_name":   foundText("The name that customers see, if it is another."),
			"available_name": foundText("The name that customers see."),
			"email":          foundText("The address the user signs in with."),
			"avatar_url":     foundText("The address of the user's picture."),
			"confirmed":      foundFlag("Whether the user has confirmed the address."),
			"role":           foundText("What the user may do in the configured account: `agent` or `administrator`."),
			"accounts": foundList("The accounts that the user is in.", map[string]schema.Attribute{
				"id":                  foundText("The account's id."),
				"name":                foundText("The account's name."),
				"status":              foundText("Whether the account is `active` or `suspended`."),
				"role":                foundText("What the user may do there."),
				"availability":        foundText("How the user is set to be shown: `online`, `offline` or `busy`."),
				"availability_status": foundText("How the user is shown right now."),
				"auto_offline":        foundFlag("Whether the user is shown as offline while not connected."),
				"custom_role_id":      foundText("The id of the user's custom role, on servers that have them."),
			}),
		},
	}
}

func (d *profileDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.client.Profile(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the profile", err)
		return
	}

	profile := profileModel{
		ID: types.StringValue(found.ID.String()), Name: tfvalue.StringOrNull(found.Name), DisplayName: tfvalue.StringOrNull(found.DisplayName),
		AvailableName: tfvalue.StringOrNull(found.AvailableName), Email: tfvalue.StringOrNull(found.Email), AvatarURL: tfvalue.StringOrNull(found.AvatarURL),
		Confirmed: types.BoolValue(found.Confirmed), Accounts: make([]profileAccountModel, len(found.Accounts)),
	}
	for i, account := range found.Accounts {
		profile.Accounts[i] = profileAccountModel{
			ID: types.StringValue(account.ID.String()), Name: tfvalue.StringOrNull(account.Name), Status: tfvalue.StringOrNull(account.Status),
			Role: tfvalue.StringOrNull(account.Role), Availability: tfvalue.StringOrNull(account.Availability),
			AvailabilityStatus: tfvalue.StringOrNull(account.AvailabilityStatus), AutoOffline: types.BoolValue(account.AutoOffline),
			CustomRoleID: idOrNull(account.CustomRoleID),
		}
		if account.ID.String() == d.client.AccountID {
			profile.Role = profile.Accounts[i].Role
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, profile)...)
}

type serverDataSource struct{ configuredDataSource }

func (d *serverDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_server"
}

func (d *serverDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The installation: its version, which says what it can do, and whether its services work. It needs no token that is valid.",
		Attributes: map[string]schema.Attribute{
			"version":        foundText("The server's version, such as `4.15.1`."),
			"queue_services": foundText("Whether background jobs can be queued: `ok` or `failing`."),
			"data_services":  foundText("Whether the database works: `ok` or `failing`."),
		},
	}
}

func (d *serverDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.client.Server(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the server's version", err)
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, struct {
		Version       types.String `tfsdk:"version"`
		QueueServices types.String `tfsdk:"queue_services"`
		DataServices  types.String `tfsdk:"data_services"`
	}{tfvalue.StringOrNull(string(found.Version)), tfvalue.StringOrNull(found.QueueServices), tfvalue.StringOrNull(found.DataServices)})...)
}
