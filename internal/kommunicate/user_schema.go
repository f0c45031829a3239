package kommunicate

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
)

const (
	userAbandon    = "abandon"
	userDeactivate = "deactivate"
)

func (r *userResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An end user of a Kommunicate application: a person who chats with agents and bots. See [Update User Details](https://docs.kommunicate.io/docs/api-detail#update-user-details).\n\n" +
			"Agents are managed in Kommunicate's dashboard; the platform refuses to change them through its API.\n\n" +
			"`terraform query` and an export find the end users of the application by the call of the vendor's apps that lists users, which no page documents. Where the platform refuses it, import those whose ids you know, such as the members of the conversations that the data source `kommunicate_conversations` returns.\n\n" +
			"Destroying the resource leaves the user on the platform by default, because its messages are part of conversations. `on_destroy = \"deactivate\"` ends its access. " +
			"**The call that deactivates may also delete the user's profile for good**: the vendor's pages describe it in both ways. The provider reads the user afterwards and warns if it is gone; once a run has seen that users are kept, it takes that for true of the next ones. A user who is only deactivated is active again when the resource is created again.\n\n" +
			"Unverified: no page of the Platform API documents creating and deactivating users; the provider uses the calls of the chat backend. With `application_id` in the provider block it registers users, as the vendor's apps do, which needs one request; agents, and users whose id is an e-mail address, are looked up first. Ids with a `+` may not work in updates, because the platform may read the character differently in the header that names the user.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.JoinedID("User id, the same as `user_id`.", "user_id"),
			"user_id": schema.StringAttribute{
				MarkdownDescription: "Id of the user, chosen by you and unique in the application: letters, digits and any of `_+#@.?|=;-`. An e-mail address is possible. Changing it creates another user: no call renames one.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{userIDValidator()},
			},
			"display_name": schema.StringAttribute{
				MarkdownDescription: "Name that agents see. Without it, or with `\"\"`, the platform's name is followed: the user id, until it is changed elsewhere.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"image_link": schema.StringAttribute{
				MarkdownDescription: "Address of the profile image. Without it, the platform's is followed; `\"\"` removes it.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				Validators:    attribute.OrEmpty(attribute.URL()),
			},
			"email": schema.StringAttribute{
				MarkdownDescription: "E-mail address. Removing the attribute, or `\"\"`, clears it on the platform if it was configured; one that an import found stays.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{ownership.Plan(), attribute.KeepSpelling()},
				Validators:    attribute.OrEmpty(attribute.Email()),
			},
			"phone_number": schema.StringAttribute{
				MarkdownDescription: "Phone number in E.164 form, such as `+14155550123`. Removing the attribute, or `\"\"`, clears it on the platform if it was configured; one that an import found stays.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{ownership.Plan(), attribute.KeepSpelling()},
				Validators:    attribute.OrEmpty(attribute.E164()),
			},
			"metadata": schema.MapAttribute{
				MarkdownDescription: "What agents see beside the user, as text. Only the keys that are set here are managed; others are left alone. The platform cannot remove a key: one that is removed here stays there, and a warning says so.",
				Optional:            true, Computed: true, ElementType: types.StringType,
				PlanModifiers: []planmodifier.Map{ownership.Plan()},
				Validators:    []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(attribute.NotEmpty())},
			},
			"password_wo": schema.StringAttribute{
				MarkdownDescription: "Password that the user is created with. It is never stored in the state, and has no effect on a user that exists.",
				Optional:            true, Sensitive: true, WriteOnly: true,
			},
			"password_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Any number that stands for the password. A change sends nothing, and a warning says so: the call that sets a password later takes it in an address, which proxies log.",
				Optional:            true,
			},
			"adopt_existing": attribute.AdoptExisting("`user_id`", true),
			"on_destroy":     attribute.OnDestroy("What destroying does: `abandon` leaves the user as it is, `deactivate` ends its access and keeps its messages.", userAbandon, userDeactivate),
			"deactivated": schema.BoolAttribute{
				MarkdownDescription: "Whether the user's access was ended. Such a user still exists.",
				Computed:            true,
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"role_type": schema.Int64Attribute{
				MarkdownDescription: "The backend's role type: 3 is a user, 1 a bot, 8 an agent.",
				Computed:            true,
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
			"created_at": attribute.Timestamp("When the user was created."),
		},
	}
}

// IdentitySchema describes the identity.
func (r *userResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"user_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the user."},
	}}
}

// userIDForm is the expression of the vendor's SDKs for a user id.
var userIDForm = regexp.MustCompile(`^[a-zA-Z0-9_+#@.?|=;-]+$`)

// userIDValidator accepts the user ids that the vendor's SDKs accept.
func userIDValidator() validator.String {
	return stringvalidator.RegexMatches(userIDForm, "must be a user id: letters, digits and any of _+#@.?|=;- , without spaces")
}
