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
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*portalResource)(nil)
	_ resource.ResourceWithIdentity       = (*portalResource)(nil)
	_ resource.ResourceWithImportState    = (*portalResource)(nil)
	_ resource.ResourceWithValidateConfig = (*portalResource)(nil)
)

// logo is the picture of a help center.
const logo account.Picture = "logo"

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
				MarkdownDescription: "What addresses name the portal by, and its key in the whole installation, other accounts included: letters, digits, `-` and `_`. Another one renames the portal; its categories and articles stay.", Required: true,
				Validators: []validator.String{stringvalidator.RegexMatches(portalSlug, "must be letters, digits, hyphens and underscores"), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "What the portal is called.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"color":          attribute.Followed("The portal's colour, `#rgb` or `#rrggbb`. The platform's default is `#1f93ff`.", stringvalidator.RegexMatches(hexColor, "must be #rgb or #rrggbb")),
			"custom_domain":  account.ManagedText("A domain of your own, such as `help.example.com`. No other portal of the installation may have it.", account.MaxString, stringvalidator.RegexMatches(hostName, "must be a domain such as help.example.com, without https://")),
			"header_text":    account.ManagedText("What the portal's first page says.", account.MaxText),
			"homepage_link":  account.ManagedText("Where the portal's logo leads to.", account.MaxString, attribute.URL()),
			"logo":           logo.Attribute("The portal's logo."),
			"page_title":     account.ManagedText("What browsers show as the title.", account.MaxString),
			"archived":       attribute.FollowedFlagFrom(false, "Whether the portal is archived. The platform's default is `false`."),
			"default_locale": locale("The portal's language. By default `en`, or, if `allowed_locales` lacks that, the first of them in alphabetical order."),
			"allowed_locales": schema.SetAttribute{
				MarkdownDescription: "The languages that categories and articles may have. By default, the portal's language alone.", ElementType: types.StringType, Optional: true, Computed: true,
				Validators:    []validator.Set{setvalidator.NoNullValues(), locales},
				PlanModifiers: []planmodifier.Set{attribute.Follow()},
			},
			"draft_locales": account.Managed(schema.SetAttribute{
				MarkdownDescription: "Those of `allowed_locales` that are not shown yet. The portal's language cannot be one of them.", ElementType: types.StringType, Optional: true,
				Validators: []validator.Set{setvalidator.NoNullValues(), locales},
			}),
			"layout": attribute.Followed("How the portal looks: `classic`, the platform's default, or `documentation`.", attribute.Known("classic", "documentation")),
			"social_profiles": account.Managed(schema.MapAttribute{
				MarkdownDescription: "The business elsewhere, by network: " + attribute.Choices(socialNetworks...) + ". What is not in it is removed.", ElementType: types.StringType, Optional: true,
				Validators: []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(stringvalidator.OneOf(socialNetworks...)), mapvalidator.ValueStringsAre(attribute.NotEmpty())},
			}),
			"locale_translations": account.Managed(account.JSONObjectAttribute("The portal's texts in its languages: an object by language, each with any of " + attribute.Choices(translatedTexts...) + ". What is not in it is removed.")),
			"inbox_id": account.Managed(schema.StringAttribute{
				MarkdownDescription: "The id of the web widget that the portal's pages show.", Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID()),
			}),
			"adopt_existing": attribute.AdoptExisting("slug", false),
		},
	}
}

// membersOf returns the members of an object or a map, also of one whose type the schema leaves open.
func membersOf(value attr.Value) (map[string]attr.Value, bool) {
	inner, ok := tfvalue.Unwrap(value)
	if !ok {
		return nil, false
	}

	return tfvalue.Members(inner)
}

// socialNetworks and translatedTexts are the keys that the server keeps. It drops others without a word.
var (
	socialNetworks  = []string{"facebook", "github", "instagram", "linkedin", "tiktok", "whatsapp", "x", "youtube"}
	translatedTexts = []string{"header_text", "name", "page_title"}
)

// ValidateConfig refuses drafts that the server forgets or refuses, and texts that it drops.
func (r *portalResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config portalModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	// A portal that exists may have another language than a new one.
	validateDrafts(config, config.DefaultLocale.ValueString(), !tfvalue.IsEmpty(config.AllowedLocales), &resp.Diagnostics)
	validateTranslations(config, &resp.Diagnostics)
}

// validateDrafts refuses drafts that cannot be. Whether the portal's language and the allowed ones are known decides what can be said;
// "" is a language that is not known.
func validateDrafts(config portalModel, language string, isAllowedKnown bool, diags *diag.Diagnostics) {
	if hasUnknown(config.AllowedLocales) || config.DefaultLocale.IsUnknown() {
		return
	}

	_, allowed := config.languages(portalModel{})

	for _, draft := range account.Texts(config.DraftLocales) {
		switch {
		case draft == language:
			diags.AddAttributeError(path.Root("draft_locales"), "The portal's language is a draft",
				"The portal's language cannot be one of draft_locales. Take it out, or choose another default_locale.")
		case isAllowedKnown && !slices.Contains(allowed, draft):
			diags.AddAttributeError(path.Root("draft_locales"), "Draft of a language that is not allowed",
				"Every language of draft_locales has to be one of allowed_locales, too.")
		}
	}
}

// ModifyPlan plans the languages of a new portal, which the provider chooses if they are not configured. The language of any portal
// cannot be a draft.
func (r *portalResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Resource.ModifyPlan(ctx, req, resp)

	if req.Plan.Raw.IsNull() {
		return
	}

	var plan, config portalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !req.State.Raw.IsNull() {
		var state portalModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)

		if !plan.DraftLocales.Equal(state.DraftLocales) || !plan.DefaultLocale.Equal(state.DefaultLocale) {
			validateDrafts(config, plan.DefaultLocale.ValueString(), false, &resp.Diagnostics)
		}

		return
	}

	if resp.Diagnostics.HasError() || attribute.MayAdopt(ctx, req.Config) || hasUnknown(config.AllowedLocales) || config.DefaultLocale.IsUnknown() {
		return
	}

	language, allowed := config.languages(portalModel{})
	validateDrafts(config, language, true, &resp.Diagnostics)

	if plan.DefaultLocale.IsUnknown() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("default_locale"), language)...)
	}

	if plan.AllowedLocales.IsUnknown() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("allowed_locales"), allowed)...)
	}
}

func hasUnknown(set types.Set) bool {
	return set.IsUnknown() || slices.ContainsFunc(set.Elements(), attr.Value.IsUnknown)
}

func validateTranslations(config portalModel, diags *diag.Diagnostics) {
	languages, ok := membersOf(config.LocaleTranslations)
	if !ok {
		return
	}

	for _, value := range languages {
		texts, ok := membersOf(value)
		if !ok && !value.IsUnknown() {
			diags.AddAttributeError(path.Root("locale_translations"), "Not the texts of a language",
				fmt.Sprintf("The value of each language must be an object with any of %s.", strings.Join(translatedTexts, ", ")))
		}

		for name := range texts {
			if !slices.Contains(translatedTexts, name) {
				diags.AddAttributeError(path.Root("locale_translations"), "A text that the platform drops",
					fmt.Sprintf("The texts of a language may be %s, and no others.", strings.Join(translatedTexts, ", ")))
			}
		}
	}
}

var (
	portalSlug = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$`)
	hexColor   = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	hostName   = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// Create creates the portal.
func (r *portalResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config portalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	// A portal that exists may allow more; a new one allows what the configuration says.
	validateDrafts(config, plan.DefaultLocale.ValueString(), !plan.AdoptExisting.ValueBool(), &resp.Diagnostics)
	picture := logo.Open(ctx, types.StringNull(), plan.Logo, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	if !r.Claim(plan.Slug.ValueString(), &resp.Diagnostics) {
		return
	}

	created, err := r.Client.CreatePortal(ctx, plan.createRequest())
	if err != nil {
		var adopted bool

		created, adopted = r.adoption(plan).Resolve(ctx, err, &resp.Diagnostics)
		r.EndAdoption(adopted, plan.Slug.ValueString(), plan.AdoptExisting, created.ID)

		if !adopted {
			return
		}
	}

	plan.fromAPI(created, false)
	plan.Logo = logo.SendNew(ctx, "chatlake_portal", plan.ID, plan.Logo, picture, resp.Private, &resp.Diagnostics, r.sendLogo(created.Slug))
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepCreate(req, resp, "portal")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// sendLogo returns the call that puts a logo on a portal. Its id takes the place of an address.
func (r *portalResource) sendLogo(slug string) account.SendPicture {
	return func(ctx context.Context, file api.File) (string, error) {
		updated, err := r.Client.SetPortalLogo(ctx, slug, file)
		return updated.Logo.ID.String(), err
	}
}

// adoption says how to find and adopt the portal that has the slug.
func (r *portalResource) adoption(plan portalModel) adopt.Adoption[api.Portal] {
	slug := plan.Slug.ValueString()
	change := func(found api.Portal) (api.PortalRequest, bool) {
		prior := plan
		prior.fromAPI(found, false)

		return plan.request(prior)
	}

	return adopt.Adoption[api.Portal]{
		Type: "chatlake_portal", Key: "slug", Allowed: plan.AdoptExisting,
		Find: func(ctx context.Context) ([]api.Portal, error) {
			all, err := r.Client.Portals(ctx)
			return slices.DeleteFunc(slices.Clone(all), func(one api.Portal) bool { return one.Slug != slug }), err
		},
		ID: func(found api.Portal) string { return found.ID.String() },
		IsPlanned: func(found api.Portal) bool {
			_, changes := change(found)
			return !changes
		},
		Update: func(ctx context.Context, found api.Portal) (api.Portal, error) {
			request, _ := change(found)
			return r.Client.UpdatePortal(ctx, found.Slug, request)
		},
		Create: func(ctx context.Context) (api.Portal, error) { return r.Client.CreatePortal(ctx, plan.createRequest()) },
		Hidden: func(ctx context.Context, cause error, diags *diag.Diagnostics) { r.addHolder(ctx, plan, cause, diags) },
	}
}

// addHolder says which portal has the slug or the domain that the platform refused to this one.
func (r *portalResource) addHolder(ctx context.Context, m portalModel, cause error, diags *diag.Diagnostics) {
	for _, key := range []struct {
		name  string
		value types.String
		of    func(api.Portal) string
	}{
		{"slug", m.Slug, func(found api.Portal) string { return found.Slug }},
		{"custom_domain", m.CustomDomain, func(found api.Portal) string { return found.CustomDomain }},
	} {
		account.Unique[api.Portal]{
			Type: "chatlake_portal", Key: key.name, Self: api.ParseID(m.ID.ValueString()), Where: "account", All: r.Client.Portals,
			Has: func(found api.Portal) bool { return key.of(found) == key.value.ValueString() },
		}.AddHolder(ctx, cause, diags)
	}
}

// Read refreshes the state.
func (r *portalResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state portalModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for a portal that is gone.

	found, err := r.find(ctx, state, &resp.Diagnostics)
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read portal "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, imported)
	state.Logo = logo.Follow(ctx, state.Logo, found.Logo.ID.String(), req.Private, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// crash is the status of a server that fails without a reason.
const crash = 500

// find reads the portal. A server before 4.12.0 answers 500 for every list of portals while one of them has lost its
// languages, to an earlier version of this provider or to anybody else. If it is this one, it gets them back.
func (r *portalResource) find(ctx context.Context, state portalModel, diags *diag.Diagnostics) (api.Portal, error) {
	id := api.ParseID(state.ID.ValueString())

	found, err := r.Client.Portal(ctx, id)

	failure := transport.As(err)
	if failure == nil || failure.Status != crash || state.Slug.IsNull() {
		return found, err
	}

	language, languages := state.languages(portalModel{})
	if r.Client.MendPortal(ctx, state.Slug.ValueString(), language, languages) == nil {
		found, err = r.Client.Portal(ctx, id)
	}

	if err == nil {
		diags.AddWarning("The portal "+state.Slug.ValueString()+" was broken, and is mended", fmt.Sprintf(
			"Its configuration had lost its languages, so the server answered 500 for every portal of the account. They are set again: %s, and by default %s.",
			strings.Join(languages, ", "), language))
	} else {
		diags.AddWarning("A portal of the account may be broken", "The server answers 500 for the list of portals. Before release 4.12.0 one portal without languages is enough for that. "+
			"To mend it, send its languages: PATCH /api/v1/accounts/ACCOUNT/portals/SLUG with {\"portal\":{\"config\":{\"default_locale\":\"en\",\"allowed_locales\":[\"en\"]}}}.")
	}

	return found, err
}

// Update sends what changed.
func (r *portalResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state portalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	picture := logo.Open(ctx, state.Logo, plan.Logo, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	request, changes := plan.request(state)
	if changes {
		updated, err := r.Client.UpdatePortal(ctx, state.Slug.ValueString(), request)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update portal "+state.ID.ValueString(), err)
			r.addHolder(ctx, plan, err, &resp.Diagnostics)

			return
		}

		plan.fromAPI(updated, false)
	}

	if !r.changeLogo(ctx, plan, state, picture, resp) {
		plan.Logo = state.Logo
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepUpdate(req, resp, "portal")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// changeLogo takes the logo off, or puts another one there. It reports false after an error: the rest was changed.
func (r *portalResource) changeLogo(ctx context.Context, plan, state portalModel, picture *account.NewPicture, resp *resource.UpdateResponse) bool {
	slug, object := plan.Slug.ValueString(), "portal "+plan.ID.ValueString()

	if logo.IsRemoved(state.Logo, plan.Logo) {
		err := r.Client.DeletePortalLogo(ctx, slug)
		apidiag.Add(&resp.Diagnostics, "take the logo off "+object, err)

		return err == nil
	}

	return logo.Send(ctx, object, picture, resp.Private, &resp.Diagnostics, r.sendLogo(slug))
}

// Delete deletes the portal.
func (r *portalResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state portalModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeletePortal(ctx, api.ParseID(state.ID.ValueString()), state.Slug.ValueString())
	r.EndDelete(err, state.ID, state.Slug.ValueString(), &resp.Diagnostics)
}

// key returns the slug, by which people know help centers.
func (r *portalResource) key() account.Key[api.Portal] {
	return account.Key[api.Portal]{
		Name: "slug", Example: "help", Of: func(found api.Portal) string { return found.Slug }, All: r.Client.Portals,
	}
}

// ImportState takes an id, the slug with its value, or an identity.
func (r *portalResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
