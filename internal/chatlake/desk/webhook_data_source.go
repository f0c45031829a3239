package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*webhookDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*webhooksDataSource)(nil)
)

func newWebhookDataSource() datasource.DataSource { return &webhookDataSource{} }

func newWebhooksDataSource() datasource.DataSource { return &webhooksDataSource{} }

type webhookDataSource struct{ account.DataSource }

func (d *webhookDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_webhook"
}

func webhookDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":            attribute.Found("The webhook's id."),
		"url":           attribute.Found("The address that is posted to."),
		"name":          attribute.Found("What the webhook is called."),
		"subscriptions": attribute.FoundIDs("What is posted."),
		"inbox_id":      attribute.Found("The id of the inbox that is noted with the webhook."),
		"secret":        attribute.FoundSecret("The key that signs what is posted."),
	}
}

func (d *webhookDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := webhookDataAttributes()
	attributes["id"] = attribute.Lookup("The webhook's id. Exactly one of `id` and `url` is needed.", attribute.IntegerID())
	attributes["url"] = attribute.Lookup("The address that is posted to.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "A webhook, by id or `url`.", Attributes: attributes}
}

func (d *webhookDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("url"))}
}

func (d *webhookDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config webhookData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.Webhooks(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read webhooks", err)
		return
	}

	for _, one := range all {
		if one.ID.String() == config.ID.ValueString() || one.URL == config.URL.ValueString() {
			config.fromAPI(one, true)
			resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

			return
		}
	}

	apidiag.NotFound(&resp.Diagnostics, "Webhook "+config.ID.ValueString()+config.URL.ValueString())
}

type webhooksDataSource struct{ account.DataSource }

func (d *webhooksDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_webhooks"
}

func (d *webhooksDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All webhooks of the account.",
		Attributes:          map[string]schema.Attribute{"webhooks": attribute.FoundList("The webhooks.", webhookDataAttributes())},
	}
}

func (d *webhooksDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.Webhooks(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read webhooks", err)
		return
	}

	all := struct {
		Webhooks []webhookData `tfsdk:"webhooks"`
	}{make([]webhookData, len(found))}
	for i, one := range found {
		all.Webhooks[i].fromAPI(one, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
