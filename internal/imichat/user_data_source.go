package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure        = (*userDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*userDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*usersDataSource)(nil)
)

// userRow is a user as the list has it.
type userRow struct {
	ID             types.String `tfsdk:"id"`
	LoginID        types.String `tfsdk:"login_id"`
	EmailID        types.String `tfsdk:"email_id"`
	FirstName      types.String `tfsdk:"first_name"`
	LastName       types.String `tfsdk:"last_name"`
	Status         types.String `tfsdk:"status"`
	AcceptingChats types.Bool   `tfsdk:"accepting_chats"`
	ActiveChats    types.Int64  `tfsdk:"active_chats"`
	CreatedAt      types.String `tfsdk:"created_at"`
	UpdatedAt      types.String `tfsdk:"updated_at"`
}

type userDataModel struct {
	userRow

	TeamID          types.String `tfsdk:"team_id"`
	LoggedIn        types.Bool   `tfsdk:"logged_in"`
	JobDescription  types.String `tfsdk:"job_description"`
	LoginUsingEmail types.Bool   `tfsdk:"login_using_email"`
	RoleType        types.String `tfsdk:"role_type"`
	SkillAttributes types.Map    `tfsdk:"skill_attributes"`
}

func userRowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              attribute.Found("Id of the user."),
		"login_id":        attribute.Found("What the user logs in with."),
		"email_id":        attribute.Found("E-mail address."),
		"first_name":      attribute.Found("First name."),
		"last_name":       attribute.Found("Last name."),
		"status":          attribute.Found("`active` or `inactive`."),
		"accepting_chats": attribute.FoundFlag("Whether the user takes chats at the moment."),
		"active_chats":    attribute.FoundNumber("How many chats the user has at the moment."),
		"created_at":      attribute.Found("When the user was created. RFC 3339, in UTC."),
		"updated_at":      attribute.Found("When the user was last updated. RFC 3339, in UTC."),
	}
}

func teamOfUsers() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Id of the team whose users are searched. Default: the provider's `team_id`; one of the two is needed.",
		Optional:            true,
		Validators:          attribute.OrEmpty(attribute.IntegerID()),
	}
}

func newUserDataSource() datasource.DataSource { return &userDataSource{} }

type userDataSource struct{ tenantDataSource }

func (d *userDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "imichat_user"
}

// ConfigValidators accepts exactly one key.
func (d *userDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{attribute.ExactlyOne("id", "login_id")}
}

func (d *userDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := userRowAttributes()
	attributes["id"] = schema.StringAttribute{MarkdownDescription: "Id of the user, a whole number.", Optional: true, Computed: true, Validators: attribute.OrEmpty(attribute.IntegerID())}
	attributes["login_id"] = schema.StringAttribute{
		MarkdownDescription: "What the user logs in with. If the platform does not find a user by it (no page says), the users of the team are listed, ten per request.",
		Optional:            true, Computed: true,
	}
	attributes["team_id"] = teamOfUsers()
	attributes["logged_in"] = attribute.FoundFlag("Whether the user is logged in at the moment.")
	attributes["job_description"] = attribute.Found("What the user does.")
	attributes["login_using_email"] = attribute.FoundFlag("Whether the user logs in with the e-mail address.")
	attributes["role_type"] = attribute.Found("`Customer Care` or `Administrative`.")
	attributes["skill_attributes"] = schema.MapAttribute{MarkdownDescription: "Attributes by which chats are routed to the user.", Computed: true, ElementType: types.StringType}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A [user](https://docs.imi.chat/reference/get-individual-user) by `id`, or by `login_id` within a team.",
		Attributes:          attributes,
	}
}

func (d *userDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config userDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(d.client, &resp.Diagnostics)

	team := teamOrDefault(config.TeamID, d.client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	var (
		user *api.User
		err  error
	)
	if config.ID.ValueString() != "" {
		user, err = d.client.User(ctx, team, config.ID.ValueString())
	} else {
		user, err = d.client.UserByLogin(ctx, team, config.LoginID.ValueString())
	}

	switch {
	case transport.IsNotFound(err), err == nil && user == nil:
		name := "User " + config.ID.ValueString()
		if config.ID.ValueString() == "" {
			name = "The user with this login_id"
		}

		apidiag.NotFound(&resp.Diagnostics, name)

		return
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read user", err)
		return
	}

	config.userRow = userRowFromAPI(user)
	config.LoggedIn, config.LoginUsingEmail = types.BoolValue(user.LoggedIn), types.BoolValue(user.LoginUsingEmail)
	config.JobDescription, config.RoleType = tfvalue.StringOrNull(user.JobDescription), tfvalue.StringOrNull(user.RoleType)
	config.SkillAttributes = mapOrNull(user.SkillAttributes)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// teamOrDefault returns the team that a call about users names. The platform refuses them without one.
func teamOrDefault(team types.String, client *api.Client, diags *diag.Diagnostics) string {
	if team.ValueString() != "" {
		return team.ValueString()
	}

	if client.TeamID == "" {
		diags.AddAttributeError(path.Root("team_id"), "Missing team",
			"Users are those of a team. Set team_id here, imichat.team_id in the provider block, or the environment variable IMICHAT_TEAM_ID.")
	}

	return client.TeamID
}

func userRowFromAPI(user *api.User) userRow {
	return userRow{
		ID: types.StringValue(user.ID), LoginID: tfvalue.StringOrNull(user.LoginID), EmailID: tfvalue.StringOrNull(user.EmailID),
		FirstName: tfvalue.StringOrNull(user.FirstName), LastName: tfvalue.StringOrNull(user.LastName), Status: tfvalue.StringOrNull(user.Status),
		AcceptingChats: types.BoolValue(user.AcceptingChats), ActiveChats: types.Int64Value(user.ActiveChats),
		CreatedAt: tfvalue.Timestamp(user.CreatedAt), UpdatedAt: tfvalue.Timestamp(user.UpdatedAt),
	}
}

func newUsersDataSource() datasource.DataSource { return &usersDataSource{} }

type usersDataSource struct{ tenantDataSource }

type usersModel struct {
	TeamID types.String `tfsdk:"team_id"`
	Status types.String `tfsdk:"status"`
	Users  []userRow    `tfsdk:"users"`
}

func (d *usersDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "imichat_users"
}

func (d *usersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The [users](https://docs.imi.chat/reference/users-search) of a team, ten per request. How the platform's search is told what to find is not documented, so all are read and the filter is applied here.",
		Attributes: map[string]schema.Attribute{
			"team_id": teamOfUsers(),
			"status": schema.StringAttribute{
				MarkdownDescription: "Only users with this status: `active` or `inactive`.",
				Optional:            true, Validators: attribute.OrEmpty(stringvalidator.OneOf("active", "inactive")),
			},
			"users": schema.ListNestedAttribute{
				MarkdownDescription: "The users, in the platform's order.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: userRowAttributes()},
			},
		},
	}
}

func (d *usersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config usersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(d.client, &resp.Diagnostics)

	team := teamOrDefault(config.TeamID, d.client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	users, err := d.client.Users(ctx, team, func(user api.User) bool {
		return config.Status.ValueString() == "" || user.Status == config.Status.ValueString()
	})
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "list users", err)
		return
	}

	config.Users = []userRow{}
	for _, user := range users {
		config.Users = append(config.Users, userRowFromAPI(&user))
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
