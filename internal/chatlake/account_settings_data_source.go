package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
)

var _ datasource.DataSourceWithConfigure = (*accountDataSource)(nil)

func newAccountSettingsDataSource() datasource.DataSource { return &accountDataSource{} }

type accountDataSource struct{ configuredDataSource }

func (d *accountDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_account_settings"
}

func (d *accountDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The settings of the account that the provider is configured for.",
		Attributes: map[string]schema.Attribute{
			"id":                          foundText("The account's id."),
			"name":                        foundText("What the account is called."),
			"locale":                      foundText("The account's language."),
			"domain":                      foundText("The domain of the account's mail."),
			"support_email":               foundText("The address that mail comes from; the installation's, where the account has none."),
			"auto_resolve_after":          foundNumber("After how many minutes without a message a conversation is resolved; null is never."),
			"auto_resolve_message":        foundText("What customers are told then."),
			"auto_resolve_ignore_waiting": foundFlag("Whether conversations that wait for an agent are left alone."),
			"auto_resolve_label":          foundText("The label that such conversations get."),
			"audio_transcriptions":        foundFlag("Whether voice messages are written down."),
			"industry":                    foundText("The business's industry."),
			"company_size":                foundText("The business's size."),
			"timezone":                    foundText("The business's time zone."),
			"referral_source":             foundText("How the business heard of the platform."),
			"user_role":                   foundText("What the one who set the account up does."),
			"website":                     foundText("The business's site."),
		},
	}
}

func (d *accountDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.client.Account(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read account "+d.client.AccountID, err)
		return
	}

	var account accountModel
	account.fromAPI(found, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, account)...)
}
