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

// notificationSettingsModel is what the token's user is told of, in a configuration and in state.
type notificationSettingsModel struct {
	ID    types.String `tfsdk:"id"`
	Email types.Set    `tfsdk:"selected_email_flags"`
	Push  types.Set    `tfsdk:"selected_push_flags"`
}

// fromAPI takes everything from the platform's answer, or of the lists only those that are managed.
func (m *notificationSettingsModel) fromAPI(found api.NotificationSettings, everything bool) {
	m.ID = types.StringValue(found.UserID.String())
	m.Email = account.Track(everything, m.Email, tfvalue.StringSet(found.SelectedEmail))
	m.Push = account.Track(everything, m.Push, tfvalue.StringSet(found.SelectedPush))
}

// changeFrom returns what turns prior into the plan.
func (m *notificationSettingsModel) changeFrom(prior notificationSettingsModel) api.NotificationSettingsChange {
	return api.NotificationSettingsChange{Email: account.TextsChange(prior.Email, m.Email), Push: account.TextsChange(prior.Push, m.Push)}
}

var notificationSettingsList = account.Listing[api.NotificationSettings, notificationSettingsModel]{
	Type: "chatlake_notification_settings", Noun: "notification settings",
	Description: "The notification settings of the token's user in the account: one object.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.NotificationSettings, error) {
		found, err := client.NotificationSettings(ctx)
		if err != nil {
			return nil, err
		}

		return []api.NotificationSettings{found}, nil
	}),
	Name: func(api.NotificationSettings) string { return "own" }, // An id would give a copy another address than its original.
	Fill: func(_ context.Context, _ *api.Client, m *notificationSettingsModel, found api.NotificationSettings, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

var _ datasource.DataSourceWithConfigure = (*notificationSettingsDataSource)(nil)

func newNotificationSettingsDataSource() datasource.DataSource {
	return &notificationSettingsDataSource{}
}

type notificationSettingsDataSource struct{ account.DataSource }

// notificationSettingsData also has what can be chosen.
type notificationSettingsData struct {
	notificationSettingsModel

	AllEmail types.List `tfsdk:"all_email_flags"`
	AllPush  types.List `tfsdk:"all_push_flags"`
}

func (d *notificationSettingsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_notification_settings"
}

func (d *notificationSettingsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dschema.Schema{
		MarkdownDescription: "What the token's user is told of in the account.",
		Attributes: map[string]dschema.Attribute{
			"id":                   attribute.Found("The user's id."),
			"selected_email_flags": attribute.FoundIDs("What the user gets a mail about."),
			"selected_push_flags":  attribute.FoundIDs("What the user gets a push message about."),
			"all_email_flags":      attribute.FoundTexts("All that the server can send a mail about."),
			"all_push_flags":       attribute.FoundTexts("All that the server can send a push message about."),
		},
	}
}

func (d *notificationSettingsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.NotificationSettings(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the notification settings", err)
		return
	}

	data := notificationSettingsData{AllEmail: account.TextListOrNull(found.AllEmail), AllPush: account.TextListOrNull(found.AllPush)}
	data.fromAPI(found, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
