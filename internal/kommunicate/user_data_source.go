package kommunicate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure        = (*userDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*userDataSource)(nil)
)

func newUserDataSource() datasource.DataSource { return &userDataSource{} }

type userDataSource struct{ configuredDataSource }

// userDataModel is a user with what changes by itself.
type userDataModel struct {
	ID             types.String `tfsdk:"id"`
	UserID         types.String `tfsdk:"user_id"`
	DisplayName    types.String `tfsdk:"display_name"`
	ImageLink      types.String `tfsdk:"image_link"`
	Email          types.String `tfsdk:"email"`
	PhoneNumber    types.String `tfsdk:"phone_number"`
	Metadata       types.Map    `tfsdk:"metadata"`
	Deactivated    types.Bool   `tfsdk:"deactivated"`
	RoleType       types.Int64  `tfsdk:"role_type"`
	CreatedAt      types.String `tfsdk:"created_at"`
	Connected      types.Bool   `tfsdk:"connected"`
	LastSeenAt     types.String `tfsdk:"last_seen_at"`
	LastLoggedInAt types.String `tfsdk:"last_logged_in_at"`
	LastMessageAt  types.String `tfsdk:"last_message_at"`
	UnreadCount    types.Int64  `tfsdk:"unread_count"`
}

func (m *userDataModel) fromAPI(found api.User) {
	m.ID, m.UserID = types.StringValue(found.UserID), types.StringValue(found.UserID)
	m.DisplayName = tfvalue.StringOrNull(found.Name())
	m.ImageLink = tfvalue.StringOrNull(found.ImageLink)
	m.Email = tfvalue.StringOrNull(found.Email)
	m.PhoneNumber = tfvalue.StringOrNull(found.PhoneNumber)
	m.Metadata = tfvalue.MapOf(found.Metadata)
	m.Deactivated = types.BoolValue(bool(found.Deactivated))
	m.RoleType = types.Int64Value(found.RoleType)
	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)
	m.Connected = types.BoolValue(bool(found.Connected))
	m.LastSeenAt = tfvalue.Milliseconds(found.LastSeenAtTime)
	m.LastLoggedInAt = tfvalue.Milliseconds(found.LastLoggedInAtTime)
	m.LastMessageAt = tfvalue.Milliseconds(found.LastMessageAtTime)
	m.UnreadCount = types.Int64Value(found.UnreadCount)
}

// userAttributes describe a user who was found.
func userAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                schema.StringAttribute{MarkdownDescription: "User id, the same as `user_id`.", Computed: true},
		"user_id":           schema.StringAttribute{MarkdownDescription: "Id of the user.", Computed: true},
		"display_name":      schema.StringAttribute{MarkdownDescription: "Name that people see.", Computed: true},
		"image_link":        schema.StringAttribute{MarkdownDescription: "Address of the profile image.", Computed: true},
		"email":             schema.StringAttribute{MarkdownDescription: "E-mail address.", Computed: true},
		"phone_number":      schema.StringAttribute{MarkdownDescription: "Phone number.", Computed: true},
		"metadata":          schema.MapAttribute{MarkdownDescription: "All metadata of the user, as text.", Computed: true, ElementType: types.StringType},
		"deactivated":       schema.BoolAttribute{MarkdownDescription: "Whether the user's access was ended.", Computed: true},
		"role_type":         schema.Int64Attribute{MarkdownDescription: "The backend's role type: 3 is a user, 1 a bot, 8 an agent.", Computed: true},
		"created_at":        schema.StringAttribute{MarkdownDescription: "When the user was created. RFC 3339, in UTC.", Computed: true},
		"connected":         schema.BoolAttribute{MarkdownDescription: "Whether the user is online.", Computed: true},
		"last_seen_at":      schema.StringAttribute{MarkdownDescription: "When the user was last seen. RFC 3339, in UTC.", Computed: true},
		"last_logged_in_at": schema.StringAttribute{MarkdownDescription: "When the user last logged in. RFC 3339, in UTC.", Computed: true},
		"last_message_at":   schema.StringAttribute{MarkdownDescription: "When the user last sent a message. RFC 3339, in UTC.", Computed: true},
		"unread_count":      schema.Int64Attribute{MarkdownDescription: "How many messages the user has not read, in all conversations.", Computed: true},
	}
}

func (d *userDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "kommunicate_user"
}

func (d *userDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := userAttributes()
	attributes["user_id"] = attribute.Lookup("Id of the user, agent or bot to look up; an agent's is an e-mail address.", userIDValidator())
	attributes["phone_number"] = attribute.Lookup("Phone number of the user in E.164 form. Several users may have the same one, which is an error.", attribute.E164())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A user, agent or bot of a Kommunicate application, by exactly one of `user_id` and `phone_number`, with what changes by itself. See [Get user detail](https://docs.kommunicate.io/docs/api-detail#get-user-detail).\n\n" +
			"Unverified: no page of the Platform API documents looking users up by phone number; the provider uses what the page of the chat backend says of the same call.",
		Attributes: attributes,
	}
}

// ConfigValidators accepts exactly one key.
func (d *userDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{attribute.ExactlyOne("user_id", "phone_number")}
}

// Read looks the user up.
func (d *userDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config userDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id, number := config.UserID, config.PhoneNumber
	if number.ValueString() != "" {
		found, ok := d.findByNumber(ctx, number.ValueString(), &resp.Diagnostics)
		if !ok {
			return
		}

		config.fromAPI(found)
		config.PhoneNumber = number // The platform may spell it without the plus sign.
		resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

		return
	}

	found, err := d.client.UserWithLastMessage(ctx, id.ValueString())
	if transport.IsNotFound(err) {
		apidiag.NotFound(&resp.Diagnostics, "User "+id.ValueString())
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read user "+id.ValueString(), err)
		return
	}

	config.fromAPI(found)
	config.UserID = id // The platform may spell an agent's id in lower case.
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

// findByNumber returns the only user who has the phone number. The number says something about a person, so errors do not
// repeat it.
func (d *userDataSource) findByNumber(ctx context.Context, number string, diags *diag.Diagnostics) (api.User, bool) {
	found, err := d.client.UsersByPhoneNumber(ctx, number)

	switch {
	case err != nil:
		apidiag.Add(diags, "read the user with this phone_number", err)
	case len(found) == 0:
		diags.AddAttributeError(path.Root("phone_number"), "No user has this phone_number", "The platform finds no user with this phone_number. "+
			"Check it, and that the provider is configured for the right application. No page of the Platform API documents this search: if the user exists, look it up by user_id.")
	case len(found) > 1:
		ids := make([]string, len(found))
		for i, u := range found {
			ids[i] = u.UserID
		}

		slices.Sort(ids)
		diags.AddAttributeError(path.Root("phone_number"), "Several users have this phone_number",
			fmt.Sprintf("The platform has %d of them. Set user_id to one of their ids instead: %s.", len(ids), strings.Join(ids, ", ")))
	default:
		return found[0], true
	}

	return api.User{}, false
}
