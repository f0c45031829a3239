package desk

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
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
		MarkdownDescription: "A label of the account, as contacts and conversations carry it by title. " +
			"Destroy deletes it, and the platform takes it off contacts and conversations some time later. A new title reaches them some time later as well.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/labels/create-a-label).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The label's id."),
			"title": schema.StringAttribute{
				MarkdownDescription: "What the label is called, and its key in the account: lower-case letters, digits, `_` and `-`, at least two, the first a letter or digit.",
				Required:            true,
				Validators:          []validator.String{attribute.LowerCase(), stringvalidator.RegexMatches(labelTitle, labelTitleRule), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":     attribute.OptionalText("What the label is for.", account.MaxText),
			"color":           attribute.Followed("The label's colour, such as `#1f93ff`. The platform's default is that one.", stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"show_on_sidebar": schema.BoolAttribute{MarkdownDescription: "Whether the label is in the agents' side bar. The platform leaves it open by default.", Optional: true},
			"adopt_existing":  attribute.AdoptExisting("title", false),
		},
	}
}

// Unverified: which letters beyond ASCII the server takes; what it refuses it says.
var labelTitle = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]+$`)

const labelTitleRule = "must be at least two letters, digits, underscores or hyphens, the first a letter or digit"

func (r *labelResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan labelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateLabel(ctx, plan.request(labelData{}))
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// adopt makes the label that holds the title into the planned one, if it may.
func (r *labelResource) adopt(ctx context.Context, plan labelModel, cause error, diags *diag.Diagnostics) (api.Label, bool) {
	h := account.Holder{Kind: "chatlake_label", Key: "title", Value: plan.Title.ValueString()}

	var found api.Label

	if account.KeyMayBeTaken(cause, "title") {
		labels, _ := r.Client.Labels(ctx) // Without the list, the first failure stands.
		for _, label := range labels {
			if label.Title == h.Value {
				found, h.ID = label, label.ID
			}
		}
	}

	prior := plan.labelData
	prior.fromAPI(found, false)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create label "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateLabel(ctx, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update label %s", found.ID), err)

	return updated, err == nil
}

func (r *labelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state labelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Label(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read label "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Title.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *labelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state labelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state.labelData)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateLabel(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update label "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *labelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state labelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteLabel(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete label "+state.ID.ValueString(), err)
	}
}
