package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

var _ datasource.DataSourceWithConfigure = (*accountSettingsDataSource)(nil)

func newAccountSettingsDataSource() datasource.DataSource { return &accountSettingsDataSource{} }

type accountSettingsDataSource struct{ account.DataSource }

func (d *accountSettingsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_account_settings"
}

func (d *accountSettingsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The settings of the account that the provider is configured for.",
		Attributes: map[string]schema.Attribute{
			"id":                          attribute.Found("The account's id."),
			"name":                        attribute.Found("What the account is called."),
			"locale":                      attribute.Found("The account's language."),
			"domain":                      attribute.Found("The domain of the account's mail."),
			"support_email":               attribute.Found("The address that mail comes from; the installation's, where the account has none."),
			"auto_resolve_after":          attribute.FoundNumber("After how many minutes without a message a conversation is resolved; null is never."),
			"auto_resolve_message":        attribute.Found("What customers are told then."),
			"auto_resolve_ignore_waiting": attribute.FoundFlag("Whether conversations that wait for an agent are left alone."),
			"auto_resolve_label":          attribute.Found("The label that such conversations get."),
			"audio_transcriptions":        attribute.FoundFlag("Whether voice messages are written down."),
			"industry":                    attribute.Found("The business's industry."),
			"company_size":                attribute.Found("The business's size."),
			"timezone":                    attribute.Found("The business's time zone."),
			"referral_source":             attribute.Found("How the business heard of the platform."),
			"user_role":                   attribute.Found("The role of the person who set the account up. The platform never returns it, so it is null."),
			"website":                     attribute.Found("The business's site."),

			"conversation_required_attributes": attribute.FoundTexts("The keys of custom attributes that a conversation needs before agents resolve it in the dashboard; null if there are none."),

			"captain_models":   schema.DynamicAttribute{MarkdownDescription: "The language models that were chosen for parts of Captain, an object; null if none was. Other parts have the server's default.", Computed: true},
			"captain_features": schema.DynamicAttribute{MarkdownDescription: "The parts of Captain that were switched on or off, an object; null if none was. Other parts are off.", Computed: true},
		},
	}
}

func (d *accountSettingsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.Account(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read account "+d.Client.AccountID, err)
		return
	}

	var account accountSettingsModel
	account.fromAPI(found, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, account)...)
}
