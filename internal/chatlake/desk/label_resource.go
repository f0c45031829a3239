package desk

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*labelResource)(nil)
	_ resource.ResourceWithIdentity    = (*labelResource)(nil)
	_ resource.ResourceWithImportState = (*labelResource)(nil)
)

func newLabelResource() resource.Resource { return &labelResource{account.WithID("chatlake_label")} }

type labelResource struct{ account.ResourceWithID }

func (r *labelResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A label of the account. Contacts and conversations carry it by its title. " +
			"Destroy deletes it, and the platform takes it off contacts and conversations some time later; a server before 4.14.0 leaves it on them. " +
			"If the label is created again at once, as by a replacement, the platform takes the new one off them, too. A new title reaches them some time later.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/labels/create-a-label).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The label's id."),
			"title": schema.StringAttribute{
				MarkdownDescription: "The title, which is the key of the label in the account: lower-case letters, digits, `_` and `-`, at least two, the first a letter or digit.",
				Required:            true,
				Validators:          []validator.String{attribute.LowerCase(), stringvalidator.RegexMatches(labelTitle, labelTitleRule), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":     account.ManagedText("What the label is for.", account.MaxText),
			"color":           attribute.FollowedFrom("#1f93ff", "The label's colour, such as `#1f93ff`. The platform's default is that one.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"show_on_sidebar": account.ManagedFlag("Whether the label is in the agents' side bar. The platform leaves it open by default."),
			"adopt_existing":  attribute.AdoptExisting("title", false),
		},
	}
}

var labelTitle = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]+$`)

const labelTitleRule = "must be at least two letters, digits, underscores or hyphens, the first a letter or digit"

// key returns the title, by which people know labels.
func (r *labelResource) key() account.Key[api.Label] {
	return account.Key[api.Label]{
		Name: "title", Example: "vip", Of: func(label api.Label) string { return label.Title }, All: r.Client.Labels,
	}
}

// Create creates the label, or adopts the one that has its title.
func (r *labelResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan labelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, ok := account.Creation[api.Label, api.LabelRequest]{
		Key: r.key(), Value: plan.Title.ValueString(), Allowed: plan.AdoptExisting,
		Request: plan.changeFrom(labelData{}), Create: r.Client.CreateLabel,
		ChangeOf: plan.changeOf, Update: r.Client.UpdateLabel,
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// Read refreshes the state.
func (r *labelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state labelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Label(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *labelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state labelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.labelData)
	if change != (api.LabelRequest{}) {
		updated, err := r.Client.UpdateLabel(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.key().AddUpdate(ctx, "chatlake_label", state.ID, plan.Title.ValueString(), err, &resp.Diagnostics)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the label, unless another resource has adopted it in this run.
func (r *labelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state labelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteLabel(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.Title.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, title: and a title, or an identity.
func (r *labelResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
