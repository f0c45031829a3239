package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

func roles() []string { return []string{"Team Manager", "Team Agent", "Team Analyst"} }

func (r *userResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	optional := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description + " Removed, it is no longer managed and stays as it is.",
			Optional:            true, Computed: true,
			PlanModifiers: []planmodifier.String{followPlatform(false)},
			Validators:    attribute.OrEmpty(validators...),
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A [customer-care user](https://docs.imi.chat/reference/create-user). The API makes no administrative ones.\n\n" +
			"The API documents no call that **changes** a user: another value in the configuration is an error that says so, and an attribute that is removed is no longer managed. No call deletes or deactivates a user: " +
			"**destroy** only forgets the user, with a warning. Applying again after that adopts the user, if it is still what the configuration describes.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("Id of the user, which the platform gives it."),
			"login_id": schema.StringAttribute{
				MarkdownDescription: "What the user logs in with. It is what chats name as their `assignee`.",
				Required:            true,
				Validators:          []validator.String{noBlanks()},
			},
			"email_id":   optional("E-mail address of the user.", attribute.Email()),
			"first_name": optional("First name of the user."),
			"last_name":  optional("Last name of the user."),
			"password_wo": schema.StringAttribute{
				MarkdownDescription: "Password of the new user. It is only sent when the user is made, and never stored; it needs Terraform 1.11 or later.",
				Optional:            true,
				Sensitive:           true,
				WriteOnly:           true,
				Validators:          []validator.String{attribute.Needs(path.MatchRoot("password_wo_version"))},
			},
			"password_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Any number, to note which password was meant. The platform takes a password only when it makes the user, so a change sends nothing, and a warning says so.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AtLeast(1), attribute.Needs(path.MatchRoot("password_wo"))},
			},
			"job_description": optional("What the user does."),
			"login_using_email": schema.BoolAttribute{
				MarkdownDescription: "Whether the user logs in with the e-mail address. The platform decides if it is left out.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"privileges": schema.SetNestedAttribute{
				MarkdownDescription: "The user's roles in teams. The platform does not return them. Removed, they are no longer managed and stay as they are.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.Set{followPlatform(false)},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"teamid": schema.StringAttribute{MarkdownDescription: "Id of the team, a whole number.", Required: true, Validators: []validator.String{attribute.IntegerID()}},
					"role":   schema.StringAttribute{MarkdownDescription: "One of " + attribute.Choices(roles()...) + ".", Required: true, Validators: []validator.String{attribute.NotEmpty(), attribute.Known(roles()...)}},
				}},
			},
			"skill_attributes": schema.MapAttribute{
				MarkdownDescription: "Attributes by which chats are routed to the user. Only the keys that are set here count. Removed, they are no longer managed and stay as they are.",
				Optional:            true,
				Computed:            true,
				ElementType:         types.StringType,
				PlanModifiers:       []planmodifier.Map{followPlatform(false)},
				Validators:          []validator.Map{mapvalidator.NoNullValues()},
			},
			"adopt_existing": schema.BoolAttribute{
				MarkdownDescription: "Whether a user that already has the same `login_id` is looked for before one is made, and adopted. It must have the configured values, for they cannot be changed. " +
					"Default `false`: one is made, and if the platform refuses the login id, an equal user is adopted, and another one is an error that prints the `import` block to paste.",
				Optional: true,
			},
			"status":     attribute.Stable("`active` or `inactive`."),
			"role_type":  attribute.Stable("`Customer Care` or `Administrative`."),
			"created_at": attribute.Timestamp("When the user was created."),
		},
	}
}
