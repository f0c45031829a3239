package help

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*portalResource)(nil)
	_ resource.ResourceWithIdentity       = (*portalResource)(nil)
	_ resource.ResourceWithImportState    = (*portalResource)(nil)
	_ resource.ResourceWithValidateConfig = (*portalResource)(nil)
)

func newPortalResource() resource.Resource { return &portalResource{account.WithID("chatlake_portal")} }

type portalResource struct{ account.ResourceWithID }

func (r *portalResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	locale := func(description string, validators ...validator.String) schema.StringAttribute {
		return attribute.Followed(description, append(validators, stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR"))...)
	}
	locales := setvalidator.ValueStringsAre(stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR"))
	resp.Schema = schema.Schema{
		MarkdownDescription: "A help center. It needs an administrator's token. **Destroy deletes it**, and the platform deletes its categories and articles some time later.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/help-center/add-a-new-portal).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The portal's id."),
			"slug": schema.StringAttribute{
				MarkdownDescription: "What addresses name the portal by, and its key in the whole installation: letters, digits, `-` and `_`. Another one is another portal.", Required: true,
				Validators:    []validator.String{stringvalidator.RegexMatches(portalSlug, "must be letters, digits, hyphens and underscores"), stringvalidator.UTF8LengthAtMost(account.MaxString)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "What the portal is called.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"color":          attribute.Followed("The portal's colour, `#rgb` or `#rrggbb`. The platform's default is `#1f93ff`.", stringvalidator.RegexMatches(hexColor, "must be #rgb or #rrggbb")),
			"custom_domain":  attribute.OptionalText("A domain of your own, such as `help.example.com`. No other portal of the installation may have it.", account.MaxString, stringvalidator.RegexMatches(hostName, "must be a domain such as help.example.com, without https://")),
			"header_text":    attribute.OptionalText("What the portal's first page says.", account.MaxString),
			"homepage_link":  attribute.OptionalText("Where the portal's logo leads to.", account.MaxString, attribute.URL()),
			"page_title":     attribute.OptionalText("What browsers show as the title.", account.MaxString),
			"archived":       attribute.FollowedFlag("Whether the portal is archived. The platform's default is `false`."),
			"default_locale": locale("The portal's language. The platform's default is `en`."),
			"allowed_locales": schema.SetAttribute{
				MarkdownDescription: "The languages that categories and articles may have. The platform's default is the portal's language.", ElementType: types.StringType, Optional: true, Computed: true,
				Validators:    []validator.Set{setvalidator.SizeAtLeast(1), locales},
				PlanModifiers: []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
			},
			"draft_locales": schema.SetAttribute{
				MarkdownDescription: "Those of `allowed_locales` that are not shown yet.", ElementType: types.StringType, Optional: true,
				Validators: []validator.Set{setvalidator.SizeAtLeast(1), locales},
			},
			"layout": attribute.Followed("How the portal looks: `classic`, the platform's default, or `documentation`.", stringvalidator.OneOf("classic", "documentation")),
			"social_profiles": schema.MapAttribute{
				MarkdownDescription: "Links to the business elsewhere, by network. What is not in it is removed.", ElementType: types.StringType, Optional: true,
				Validators: []validator.Map{mapvalidator.SizeAtLeast(1), mapvalidator.ValueStringsAre(attribute.NotEmpty())},
			},
			"locale_translations": account.JSONObjectAttribute("The portal's texts in its languages, an object. What is not in it is removed."),
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The id of the web widget that the portal's pages show.", Optional: true, Validators: []validator.String{attribute.IntegerID()},
			},
			"adopt_existing": attribute.AdoptExisting("slug", false),
		},
	}
}

// ValidateConfig wants drafts among the languages: the platform would forget the others without a word.
func (r *portalResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config portalModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !tfvalue.IsSet(config.AllowedLocales) || !tfvalue.IsSet(config.DraftLocales) {
		return
	}

	allowed := config.AllowedLocales.Elements()
	if slices.ContainsFunc(allowed, attr.Value.IsUnknown) {
		return
	}

	for _, draft := range config.DraftLocales.Elements() {
		if !draft.IsUnknown() && !slices.ContainsFunc(allowed, draft.Equal) {
			resp.Diagnostics.AddAttributeError(path.Root("draft_locales"), "Draft of a language that is not allowed",
				fmt.Sprintf("%s is not one of allowed_locales, so it cannot be a draft.", draft))
		}
	}
}

var (
	portalSlug = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$`)
	hexColor   = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	hostName   = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

func (r *portalResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan portalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreatePortal(ctx, plan.request(portalModel{}))
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// adopt makes the portal that holds the slug into the planned one, if it may.
func (r *portalResource) adopt(ctx context.Context, plan portalModel, cause error, diags *diag.Diagnostics) (api.Portal, bool) {
	h := account.Holder{Kind: "chatlake_portal", Key: "slug", Value: plan.Slug.ValueString()}

	var found api.Portal

	if account.KeyMayBeTaken(cause, "slug") {
		all, _ := r.Client.Portals(ctx) // Without the list, the first failure stands.
		for _, one := range all {
			if one.Slug == h.Value {
				found, h.ID = one, one.ID
			}
		}
	}

	prior := plan
	prior.fromAPI(found, false)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create portal "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdatePortal(ctx, found.Slug, fields)
	apidiag.Add(diags, fmt.Sprintf("update portal %s", found.ID), err)

	return updated, err == nil
}

func (r *portalResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state portalModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Portal(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read portal "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Name.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *portalResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state portalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state)
	if len(fields) > 0 {
		updated, err := r.Client.UpdatePortal(ctx, state.Slug.ValueString(), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update portal "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *portalResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state portalModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeletePortal(ctx, api.ParseID(state.ID.ValueString()), state.Slug.ValueString()); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete portal "+state.ID.ValueString(), err)
	}
}

// ImportState takes an id, an identity, or slug: and a slug.
func (r *portalResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if slug, ok := strings.CutPrefix(req.ID, "slug:"); ok {
		portals, err := r.Client.Portals(ctx)
		apidiag.Add(&resp.Diagnostics, "read portals", err)

		req.ID = ""

		for _, portal := range portals {
			if portal.Slug == slug {
				req.ID = portal.ID.String()
			}
		}

		if req.ID == "" {
			apidiag.NotFound(&resp.Diagnostics, "Portal "+slug)
			return
		}
	}

	r.ResourceWithID.ImportState(ctx, req, resp)
}
