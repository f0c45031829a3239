package help

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
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
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.String{attribute.IntegerID()}}
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
			"content":     attribute.OptionalText("The article, in Markdown. One that is `published` needs it.", account.MaxText),
			"description": attribute.OptionalText("What the article is about.", account.MaxText),
			"status":      attribute.Followed("Who sees the article: "+attribute.Choices(articleStatuses...)+". The platform's default is the first.", stringvalidator.OneOf(articleStatuses...)),
			"category_id": id("The id of the category that it is in. It decides the language."),
			"locale": schema.StringAttribute{
				MarkdownDescription: "The article's language, if it is in no category; by default the portal's. The platform does not tell it, so a change made elsewhere is not found. Another one is another article.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR"), stringvalidator.ConflictsWith(path.MatchRoot("category_id"))},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"position": schema.Int64Attribute{
				MarkdownDescription: "Where the article is among the others: lower ones come first. The platform puts it last, also in another category. People may move it.", Optional: true, Computed: true,
				Validators:    []validator.Int64{int64validator.AtLeast(0)},
				PlanModifiers: []planmodifier.Int64{unlessMoved{int64planmodifier.UseStateForUnknown()}},
			},
			"associated_article_id": id("The id of the article that this one is a translation of. The platform does not tell it, so a change made elsewhere is not found."),
			"meta": schema.SingleNestedAttribute{
				MarkdownDescription: "What search engines are told.", Optional: true,
				Attributes: map[string]schema.Attribute{
					"title":       attribute.OptionalText("The title.", account.MaxString),
					"description": attribute.OptionalText("The description.", account.MaxText),
					"tags": schema.ListAttribute{
						MarkdownDescription: "Key words.", ElementType: types.StringType, Optional: true,
						Validators: []validator.List{listvalidator.SizeAtLeast(1), listvalidator.ValueStringsAre(attribute.NotEmpty())},
					},
				},
			},
			"adopt_existing": attribute.AdoptExisting("`slug` in this portal", false),
		},
	}
}

// unlessMoved keeps a position, but not for an article that goes to another category, where the platform puts it last.
type unlessMoved struct{ planmodifier.Int64 }

// PlanModifyInt64 looks whether the category changes.
func (m unlessMoved) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	var plan, state types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("category_id"), &plan)...)

	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("category_id"), &state)...)
	}

	if plan.Equal(state) {
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

func (r *articleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan articleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateArticle(ctx, plan.PortalSlug.ValueString(), plan.request(articleModel{}))
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
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)
}

// adopt makes the article that has the slug into the planned one, if it may. The server crashes over a slug that is taken,
// so that looks like an answer that was lost.
func (r *articleResource) adopt(ctx context.Context, plan articleModel, cause error, diags *diag.Diagnostics) (api.Article, bool) {
	portal := plan.PortalSlug.ValueString()
	h := account.Holder{Kind: "chatlake_article", Key: "slug", Value: plan.Slug.ValueString(), Within: portal + "/"}

	var found api.Article

	if transport.IsLost(cause) && tfvalue.IsSet(plan.Slug) {
		articles, _ := r.Client.Articles(ctx, portal) // Without the list, the first failure stands.
		for _, article := range articles {
			if article.Slug == h.Value {
				found, h.ID = article, article.ID
			}
		}
	}

	prior := plan
	prior.fromAPI(found, false)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create article "+plan.Title.ValueString(), cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateArticle(ctx, portal, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update article %s", found.ID), err)

	return updated, err == nil
}

func (r *articleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state articleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, state.PortalSlug, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Article(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read article "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Title.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *articleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state articleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateArticle(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update article "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)
}

func (r *articleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state articleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.DeleteArticle(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	if err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete article "+state.ID.ValueString(), err)
	}
}
