package kommunicate

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var _ datasource.DataSourceWithConfigure = (*usersDataSource)(nil)

func newUsersDataSource() datasource.DataSource { return &usersDataSource{} }

type usersDataSource struct{ configuredDataSource }

type usersDataModel struct {
	UserIDs types.Set       `tfsdk:"user_ids"`
	Users   []userDataModel `tfsdk:"users"`
}

// Metadata sets the type's name.
func (d *usersDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "kommunicate_users"
}

// Schema describes the attributes.
func (d *usersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Several users, agents or bots of a Kommunicate application at once. See [Get user detail](https://docs.kommunicate.io/docs/api-detail#get-user-detail).",
		Attributes: map[string]schema.Attribute{
			"user_ids": schema.SetAttribute{
				MarkdownDescription: "Ids to look up. Ids that nobody has are left out of `users`.",
				Required:            true, ElementType: types.StringType,
				Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(userIDValidator())},
			},
			"users": schema.ListNestedAttribute{
				MarkdownDescription: "Those that exist, in the order of their ids.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: userAttributes()},
			},
		},
	}
}

// Read looks the users up.
func (d *usersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config usersDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	ids, diags := tfvalue.Strings(ctx, config.UserIDs)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.client.Users(ctx, ids)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read users", err)
		return
	}

	config.Users = []userDataModel{}

	slices.Sort(ids)

	for _, id := range ids {
		if u, ok := found[id]; ok {
			var row userDataModel
			row.fromAPI(u)
			row.UserID = types.StringValue(id) // The platform may spell an agent's id in lower case.
			config.Users = append(config.Users, row)
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
