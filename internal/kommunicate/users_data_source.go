package kommunicate

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ datasource.DataSourceWithConfigure      = (*usersDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*usersDataSource)(nil)
)

func newUsersDataSource() datasource.DataSource { return &usersDataSource{} }

type usersDataSource struct{ configuredDataSource }

type usersDataModel struct {
	UserIDs     types.Set       `tfsdk:"user_ids"`
	Role        types.String    `tfsdk:"role"`
	Deactivated types.Bool      `tfsdk:"deactivated"`
	MaxResults  types.Int64     `tfsdk:"max_results"`
	Users       []userDataModel `tfsdk:"users"`
}

// roleNames are the vendor's names of the roles that can be listed.
var roleNames = map[string]string{"user": "USER", "bot": "BOT", "admin": "APPLICATION_WEB_ADMIN"}

func (d *usersDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "kommunicate_users"
}

func (d *usersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Users, agents and bots of a Kommunicate application: those with the given ids, or a list. See [Get user detail](https://docs.kommunicate.io/docs/api-detail#get-user-detail).\n\n" +
			"Unverified: no page of the Platform API documents listing users, which the provider does without `user_ids`; it uses the call of the vendor's apps.",
		Attributes: map[string]schema.Attribute{
			"user_ids": schema.SetAttribute{
				MarkdownDescription: "Ids to look up. Unknown ids are left out of `users`. Without them, users are listed.",
				Optional:            true, ElementType: types.StringType,
				Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(userIDValidator())},
			},
			"role": schema.StringAttribute{
				MarkdownDescription: "Lists only users of this role: " + attribute.Choices("user", "bot", "admin") + ". Default: all.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf("", "user", "bot", "admin")},
			},
			"deactivated": schema.BoolAttribute{
				MarkdownDescription: "Lists those whose access was ended instead of the others. Default `false`.",
				Optional:            true,
			},
			"max_results": maxResults(),
			"users": schema.ListNestedAttribute{
				MarkdownDescription: "The users that exist, in the order of their ids.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: userAttributes()},
			},
		},
	}
}

// ValidateConfig refuses filters of a list together with ids.
func (d *usersDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var config usersDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if !config.UserIDs.IsNull() && (config.Role.ValueString() != "" || !config.Deactivated.IsNull()) {
		resp.Diagnostics.AddAttributeError(path.Root("user_ids"), "Ids and filters",
			"role and deactivated choose from a list of users, and user_ids names users. Remove one of the two.")
	}
}

// Read looks the users up, or lists them.
func (d *usersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config usersDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	ids, diags := tfvalue.Strings(ctx, config.UserIDs)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	var err error
	if config.UserIDs.IsNull() {
		config.Users, err = d.list(ctx, config)
	} else {
		config.Users, err = d.lookUp(ctx, ids)
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read users", err)
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

// lookUp returns those of the users that exist.
func (d *usersDataSource) lookUp(ctx context.Context, ids []string) ([]userDataModel, error) {
	found, err := d.client.Users(ctx, ids)
	rows := []userDataModel{}

	slices.Sort(ids)

	for _, id := range ids {
		if u, ok := found[id]; ok {
			var row userDataModel
			row.fromAPI(u)
			row.UserID = types.StringValue(id) // The platform may spell an agent's id in lower case.
			rows = append(rows, row)
		}
	}

	return rows, err
}

// list returns the users of a role.
func (d *usersDataSource) list(ctx context.Context, config usersDataModel) ([]userDataModel, error) {
	filter := api.UserFilter{Role: roleNames[config.Role.ValueString()], Inactive: config.Deactivated.ValueBool()}

	found, err := api.Collect(d.client.ListUsers(ctx, filter), limit(config.MaxResults))
	rows := make([]userDataModel, len(found))

	slices.SortFunc(found, func(a, b api.User) int { return strings.Compare(a.UserID, b.UserID) })

	for i, u := range found {
		rows[i].fromAPI(u)
	}

	return rows, err
}
