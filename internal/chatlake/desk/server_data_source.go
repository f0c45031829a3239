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

var _ datasource.DataSourceWithConfigure = (*serverDataSource)(nil)

func newServerDataSource() datasource.DataSource { return &serverDataSource{} }

type serverDataSource struct{ account.DataSource }

func (d *serverDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_server"
}

func (d *serverDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The installation: its version, which says what it can do, and whether its services work. It needs no token that is valid.",
		Attributes: map[string]schema.Attribute{
			"version":        attribute.Found("The server's version, such as `4.15.1`."),
			"queue_services": attribute.Found("Whether background jobs can be queued: `ok` or `failing`."),
			"data_services":  attribute.Found("Whether the database works: `ok` or `failing`. A healthy server can say `failing` once, after idle time: it connects late."),
		},
	}
}

func (d *serverDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.Server(ctx)
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
