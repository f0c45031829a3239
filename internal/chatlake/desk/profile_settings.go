package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// profileSettingsModel is the profile of the token's user, in a configuration and in state.
type profileSettingsModel struct {
	profileSettingsData

	Avatar types.String `tfsdk:"avatar"`
}

// profileSettingsData is what the platform has of the profile.
type profileSettingsData struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	DisplayName      types.String `tfsdk:"display_name"`
	MessageSignature types.String `tfsdk:"message_signature"`
	PhoneNumber      types.String `tfsdk:"phone_number"`
	Availability     types.String `tfsdk:"availability"`
	AutoOffline      types.Bool   `tfsdk:"auto_offline"`
	Email            types.String `tfsdk:"email"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *profileSettingsData) fromAPI(found api.Profile, in string, everything bool) {
	own := found.In(in)

	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.DisplayName = account.Track(everything, m.DisplayName, tfvalue.StringOrNull(found.DisplayName))
	m.MessageSignature = account.Track(everything, m.MessageSignature, tfvalue.StringOrNull(found.MessageSignature))
	m.PhoneNumber = account.Track(everything, m.PhoneNumber, tfvalue.StringOrNull(string(found.CustomAttributes.PhoneNumber)))
	m.Availability = tfvalue.StringOrNull(own.Availability)
	m.AutoOffline = types.BoolValue(own.AutoOffline)
	m.Email = tfvalue.StringOrNull(found.Email)
}

// changeFrom returns what turns prior into the plan. A picture is sent apart.
func (m *profileSettingsModel) changeFrom(prior profileSettingsModel) api.ProfileChange {
	change := api.ProfileChange{
		ProfileRequest: api.ProfileRequest{
			Name: account.TextChange(prior.Name, m.Name), DisplayName: account.TextChange(prior.DisplayName, m.DisplayName),
			MessageSignature: account.TextChange(prior.MessageSignature, m.MessageSignature), PhoneNumber: account.TextChange(prior.PhoneNumber, m.PhoneNumber),
		},
		Availability: account.TextChange(prior.Availability, m.Availability), AutoOffline: account.FlagChange(prior.AutoOffline, m.AutoOffline),
	}

	if account.Avatar.IsRemoved(prior.Avatar, m.Avatar) {
		change.Avatar = api.Null[string]()
	}

	return change
}

var profileSettingsList = account.Listing[api.Profile, profileSettingsModel]{
	Type: "chatlake_profile_settings", Noun: "profile settings",
	Description: "The profile of the token's user: one object.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.Profile, error) {
		found, err := client.Profile(ctx)
		if err != nil {
			return nil, err
		}

		return []api.Profile{found}, nil
	}),
	Name: func(api.Profile) string { return "own" }, // A name would give a copy another address than its original.
	Fill: func(_ context.Context, client *api.Client, m *profileSettingsModel, found api.Profile, _ *diag.Diagnostics) {
		m.fromAPI(found, client.AccountID, true)
	},
}

var _ datasource.DataSourceWithConfigure = (*profileSettingsDataSource)(nil)

func newProfileSettingsDataSource() datasource.DataSource { return &profileSettingsDataSource{} }

type profileSettingsDataSource struct{ account.DataSource }

func (d *profileSettingsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_profile_settings"
}

func (d *profileSettingsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dschema.Schema{
		MarkdownDescription: "What the token's user has set in the own profile. The data source `chatlake_profile` tells the user's accounts.",
		Attributes: map[string]dschema.Attribute{
			"id":                attribute.Found("The user's id."),
			"name":              attribute.Found("The user's name."),
			"display_name":      attribute.Found("The name that customers see, if it is another."),
			"message_signature": attribute.Found("What stands below the user's messages."),
			"phone_number":      attribute.Found("The user's phone number."),
			"availability":      attribute.Found("How the user is set to be shown in the account: `online`, `offline` or `busy`."),
			"auto_offline":      attribute.FoundFlag("Whether the user is shown as offline while not connected."),
			"email":             attribute.Found("The address the user signs in with."),
		},
	}
}

func (d *profileSettingsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.Profile(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the profile", err)
		return
	}

	var data profileSettingsData
	data.fromAPI(found, d.Client.AccountID, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
