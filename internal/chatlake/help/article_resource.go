package help

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
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
	_ resource.ResourceWithConfigure      = (*articleResource)(nil)
	_ resource.ResourceWithIdentity       = (*articleResource)(nil)
	_ resource.ResourceWithImportState    = (*articleResource)(nil)
	_ resource.ResourceWithValidateConfig = (*articleResource)(nil)
)

func newArticleResource() resource.Resource {
	return &articleResource{portalPartResource{account.Of("chatlake_article")}}
}

type articleResource struct{ portalPartResource }

var articleStatuses = []string{"draft", "published", "archived"}

func (r *articleResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	id := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())}
	}
	author := id("The id of the user who wrote it. The platform wants one.")
	author.Optional, author.Required = false, true
	resp.Schema = schema.Schema{
		MarkdownDescription: "A page of a help center. It needs an administrator's token. Destroy deletes it.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/help-center/add-a-new-article).",
		Attributes: map[string]schema.Attribute{
			"id":          attribute.ID("The article's id."),
			"portal_slug": portalSlugAttribute(),
			"title": schema.StringAttribute{
				MarkdownDescription: "The title.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"author_id": author,
			"slug": attribute.Followed("What addresses name the article by: unique in the whole installation, which the platform finds out by crashing. It makes one up of the time and the title.",
				stringvalidator.RegexMatches(portalSlug, "must be letters, digits, hyphens and underscores"), stringvalidator.NoneOf("search", "articles", "categories"), stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"content":     account.ManagedText("The article, in Markdown. One that is `published` needs it.", account.MaxText),
			"description": account.ManagedText("What the article is about.", account.MaxText),
			"status":      attribute.FollowedFrom(articleStatuses[0], "Who sees the article: "+attribute.Choices(articleStatuses...)+". The platform's default is the first.", stringvalidator.OneOf(articleStatuses...)),
			"category_id": account.Managed(id("The id of the category that it is in. It decides the language.")),
			"locale": schema.StringAttribute{
				MarkdownDescription: "The article's language, if it is in no category; by default the portal's. The platform does not tell it, so a change made elsewhere is not found. Taken out of the configuration, it stays.",
				Optional:            true,
				Validators:          attribute.OrEmpty(stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR"), attribute.NotWith(path.MatchRoot("category_id"))),
			},
			"position": schema.Int64Attribute{
				MarkdownDescription: "Where the article is among the others: lower ones come first. The platform puts it last, also in another category. People may move it.", Optional: true, Computed: true,
				Validators:    []validator.Int64{int64validator.Between(0, account.MaxInteger)},
				PlanModifiers: []planmodifier.Int64{unlessMoved{int64planmodifier.UseStateForUnknown()}},
			},
			"associated_article_id": id("The id of the article that this one is a translation of. The platform does not tell it, so a change made elsewhere is not found."),
			"meta": account.Managed(schema.SingleNestedAttribute{
				MarkdownDescription: "What search engines are told.", Optional: true,
				Attributes: map[string]schema.Attribute{
					"title":       attribute.OptionalText("The title.", account.MaxString),
					"description": attribute.OptionalText("The description.", account.MaxText),
					"tags": schema.ListAttribute{
						MarkdownDescription: "Key words.", ElementType: types.StringType, Optional: true,
						Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(attribute.NotEmpty())},
					},
				},
			}),
			"adopt_existing": attribute.AdoptExisting("`slug` in this portal", false),
		},
	}
}

// unlessMoved keeps a position, but not for an article that goes to another category, where the platform puts it last.
type unlessMoved struct{ planmodifier.Int64 }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (unlessMoved) ActsOnChangesOnly() {}

// PlanModifyInt64 looks whether the category changes.
func (m unlessMoved) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	// The plan does not know yet what an attribute will be that the configuration leaves out.
	var config, state types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("category_id"), &config)...)

	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("category_id"), &state)...)
	}

	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)

	isFollowed := config.IsNull() && !managed.Has("category_id")
	if isFollowed || config.ValueString() == state.ValueString() && !config.IsUnknown() {
		m.Int64.PlanModifyInt64(ctx, req, resp)
	}
}

// ValidateConfig wants a text in what is published.
func (r *articleResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config articleModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !resp.Diagnostics.HasError() && config.Status.ValueString() == "published" && config.Content.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("content"), "Content missing", "An article that is published needs content.")
	}
}

// Create creates the article.
func (r *articleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan articleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if !r.Claim(plan.key(), &resp.Diagnostics) {
		return
	}

	created, err := r.Client.CreateArticle(ctx, plan.PortalSlug.ValueString(), plan.createRequest())
	if err != nil {
		var adopted bool

		created, adopted = r.adoption(plan).Resolve(ctx, err, &resp.Diagnostics)
		r.EndAdoption(adopted, plan.key(), plan.AdoptExisting, created.ID)

		if !adopted {
			if plan.Slug.ValueString() == "" {
				r.like(plan).EndCreate(ctx, err, req, resp)
			}

			return
		}
	}

	wanted := plan
	plan.fromAPI(created, false)
	warnOfCategory(created, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...) // Known before the second request.
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)

	resp.Diagnostics.Append(r.finish(ctx, &plan, wanted)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepCreate(req, resp, "article")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
}

// warnOfCategory warns about a category that is not there: the server stores any id without a word.
func warnOfCategory(found api.Article, diags *diag.Diagnostics) {
	if found.Category.ID != 0 && found.Category.Name == "" {
		diags.AddAttributeWarning(path.Root("category_id"), "The category does not exist",
			fmt.Sprintf("The platform took article %s into category %s, which it does not have. Readers find the article in no category.", found.ID, found.Category.ID))
	}
}

// finish sends what a create does not keep, if there is any: the article that this one translates, which the server looks
// for after it has stored the new one, and before 4.8.0 the status.
func (r *articleResource) finish(ctx context.Context, m *articleModel, wanted articleModel) diag.Diagnostics {
	var diags diag.Diagnostics

	request := api.ArticleRequest{AssociatedArticleID: account.IDChange(types.StringNull(), wanted.AssociatedArticleID)}
	if tfvalue.IsSet(wanted.Status) {
		request.Status = account.TextChange(m.Status, wanted.Status)
	}

	if request == (api.ArticleRequest{}) {
		return nil
	}

	updated, err := r.Client.UpdateArticle(ctx, m.PortalSlug.ValueString(), api.ParseID(m.ID.ValueString()), request)
	if err != nil {
		apidiag.Add(&diags, "finish article "+m.ID.ValueString(), err)
		adopt.AddUnfinished(&diags, "chatlake_article", m.ID.ValueString(), "its status or its associated article is not set")

		return diags
	}

	m.fromAPI(updated, false)

	return nil
}

// like finds articles that are as planned. One with a slug is found by it.
func (r *articleResource) like(plan articleModel) account.Keyless[api.Article] {
	portal, adoption := plan.PortalSlug.ValueString(), r.adoption(plan)

	return account.Keyless[api.Article]{
		Type: "chatlake_article", Within: portal + "/",
		All:       func(ctx context.Context) ([]api.Article, error) { return r.Client.Articles(ctx, portal) },
		IsPlanned: adoption.IsPlanned,
	}
}

// adoption says how to find and adopt the article that has the slug. The server crashes over a slug that is taken, which
// looks like an answer that was lost. Nothing else is a key.
func (r *articleResource) adoption(plan articleModel) adopt.Adoption[api.Article] {
	portal, slug := plan.PortalSlug.ValueString(), plan.Slug.ValueString()
	changes := func(found api.Article) []api.ArticleRequest {
		prior := plan
		prior.AssociatedArticleID = types.StringNull() // No answer tells it; Create sends it.
		prior.fromAPI(found, false)

		wanted := plan
		wanted.AssociatedArticleID = types.StringNull()

		return wanted.updates(prior)
	}

	adoption := adopt.Adoption[api.Article]{
		Type: "chatlake_article", Key: "slug", Allowed: plan.AdoptExisting,
		Find: func(ctx context.Context) ([]api.Article, error) {
			if slug == "" {
				return nil, nil
			}

			all, err := r.Client.Articles(ctx, portal)

			return slices.DeleteFunc(all, func(one api.Article) bool { return one.Slug != slug }), err
		},
		ID:        func(found api.Article) string { return portal + "/" + found.ID.String() },
		IsPlanned: func(found api.Article) bool { return len(changes(found)) == 0 },
		Update: func(ctx context.Context, found api.Article) (updated api.Article, err error) {
			updated = found

			for _, request := range changes(found) {
				updated, err = r.Client.UpdateArticle(ctx, portal, found.ID, request)
				if err != nil {
					return updated, err
				}
			}

			return updated, nil
		},
	}

	if slug != "" { // Without one, the server makes up another each time.
		adoption.Create = func(ctx context.Context) (api.Article, error) {
			return r.Client.CreateArticle(ctx, portal, plan.createRequest())
		}
	}

	return adoption
}

// addHolder says which article of the portal has the slug over which the platform failed. Slugs are unique over the
// installation, and those of other portals are not looked through.
func (r *articleResource) addHolder(ctx context.Context, m articleModel, cause error, diags *diag.Diagnostics) {
	portal := m.PortalSlug.ValueString()

	account.Unique[api.Article]{
		Type: "chatlake_article", Key: "slug", Crashes: true, Self: api.ParseID(m.ID.ValueString()), Where: "portal", Within: portal + "/",
		All: func(ctx context.Context) ([]api.Article, error) { return r.Client.Articles(ctx, portal) },
		Has: func(found api.Article) bool { return found.Slug == m.Slug.ValueString() },
	}.AddHolder(ctx, cause, diags)
}

// Read refreshes the state.
func (r *articleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state articleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, state.PortalSlug, state.ID)...) // Also for an article that is gone.

	found, err := r.Client.Article(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read article "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *articleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state articleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	for _, request := range plan.updates(state) {
		updated, err := r.Client.UpdateArticle(ctx, plan.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()), request)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update article "+state.ID.ValueString(), err)
			r.addHolder(ctx, plan, err, &resp.Diagnostics)

			return
		}

		plan.fromAPI(updated, false)

		if !plan.CategoryID.Equal(state.CategoryID) {
			warnOfCategory(updated, &resp.Diagnostics)
		}
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepUpdate(req, resp, "article")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)
}

// Delete deletes the article.
func (r *articleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state articleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteArticle(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.key(), &resp.Diagnostics)
}

// ImportState takes the portal's slug with an id, or with slug: and a slug, or an identity.
func (r *articleResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	slug := func(found api.Article) string { return found.Slug }
	importPart(ctx, &r.Resource, "chatlake_article", r.Client.Articles, slug, req, resp)
}
