package account

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Keyless is an object without a key that could not be created. If the answer was lost, the object may be there all the
// same: the server answers 500 also after it has stored something. Nothing tells it from others like it for certain, so a
// person decides.
type Keyless[T api.Identified] struct {
	Type string
	// Within stands before an object's id in what an import takes, such as "42/".
	Within string
	// All lists the objects.
	All func(ctx context.Context) ([]T, error)
	// IsPlanned reports whether an object has everything that the create sent.
	IsPlanned func(object T) bool
	// Since lists the objects that a create may have made that was sent at that time. It takes the place of All and IsPlanned.
	Since func(ctx context.Context, begun time.Time) ([]T, error)
	// Begun is when the create was sent, for Since.
	Begun time.Time
	// IsCertain is true if an object that is found can only be of this create.
	IsCertain bool
}

// EndCreate ends a create that has failed. It names the objects that may be the new one. If there is none yet, the server may
// still be at work: the state keeps what was planned, without an id, and the next plan looks again.
func (k Keyless[T]) EndCreate(ctx context.Context, cause error, req resource.CreateRequest, resp *resource.CreateResponse) {
	if !transport.IsLost(cause) {
		return
	}

	ids, _ := k.like(ctx, k.Begun) // The error of the create says that somebody has to look.
	if len(ids) > 0 {
		k.addCandidates(ids, &resp.Diagnostics)
		return
	}

	k.remember(ctx, lost{Begun: k.Begun}, req, resp)
}

// EndCreateSince ends a create that has failed and whose object was looked for with Since and not found. Source is the
// source_id that was sent.
func (k Keyless[T]) EndCreateSince(ctx context.Context, cause error, source types.String, req resource.CreateRequest, resp *resource.CreateResponse) {
	if !transport.IsLost(cause) || source.ValueString() == "" {
		return
	}

	k.remember(ctx, lost{Begun: k.Begun}, req, resp)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("source_id"), source)...)
}

// lostCreate is the key in the private state under which a lost answer to a create is noted.
const lostCreate = "lost_create"

// lost is the note under lostCreate.
type lost struct {
	// Begun is when the create was sent.
	Begun time.Time `json:"begun,omitzero"`
	// Unknown are the attributes that the plan left to the platform. The state has null for them.
	Unknown []string `json:"unknown"`
}

// remember keeps in the state what a create was to make whose answer was lost.
func (k Keyless[T]) remember(ctx context.Context, note lost, req resource.CreateRequest, resp *resource.CreateResponse) {
	var attributes map[string]tftypes.Value

	err := req.Plan.Raw.As(&attributes)

	for name, value := range attributes {
		if !value.IsKnown() {
			note.Unknown = append(note.Unknown, name)
		}
	}

	text, problem := json.Marshal(note)
	if err != nil || problem != nil || resp.Private == nil {
		return
	}

	resp.State.Raw = req.Plan.Raw
	planned.FillUnknown(tfsdk.State{}, &resp.State)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, lostCreate, text)...)

	found := "If there is one, the plan names it."
	if k.IsCertain {
		found = "If it is there, the apply replaces it, unless you run `terraform untaint` with the address of the resource (such as " + k.Type + ".example)."
	}

	resp.Diagnostics.AddWarning("The "+noun.Of(k.Type)+" may still come", "The platform has none yet that is as planned, or cannot tell, and may still be at work. "+
		"Terraform keeps the resource as tainted, and the next plan looks again: if there is none, the apply creates it. "+found)
}

// RecoverRead gives a state whose create was lost the id of its object, if the object is there by now. If another create may
// have made what is there, a person decides. Without any, the object is gone.
func RecoverRead[M any, T api.Identified](ctx context.Context, req *resource.ReadRequest, resp *resource.ReadResponse, like func(M) Keyless[T]) {
	k, ids := findLost(ctx, req.Private, req.State, &resp.Diagnostics, like)

	switch {
	case len(ids) == 1 && k.IsCertain:
		resp.Diagnostics.Append(req.State.SetAttribute(ctx, path.Root("id"), ids[0].String())...)
		resp.State.Raw = req.State.Raw
	case len(ids) > 0:
		resp.Diagnostics.AddError("The "+noun.Of(k.Type)+" may exist already", "The answer to its create was lost. "+k.candidates(ids,
			"Run `terraform state rm` with the address of the resource; then import it, or apply to have a second one made"))
	}
}

// RecoverDelete is RecoverRead for a destroy without a refresh.
func RecoverDelete[M any, T api.Identified](ctx context.Context, req *resource.DeleteRequest, resp *resource.DeleteResponse, like func(M) Keyless[T]) {
	k, ids := findLost(ctx, req.Private, req.State, &resp.Diagnostics, like)

	switch {
	case len(ids) == 1 && k.IsCertain:
		resp.Diagnostics.Append(req.State.SetAttribute(ctx, path.Root("id"), ids[0].String())...)
	case len(ids) > 0:
		k.addCandidates(ids, &resp.Diagnostics)
	}
}

// private is the private state of a request.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// findLost returns what is as planned, for a state whose create was lost.
func findLost[M any, T api.Identified](ctx context.Context, private private, state tfsdk.State, diags *diag.Diagnostics, like func(M) Keyless[T]) (k Keyless[T], ids []api.ID) {
	text, problems := private.GetKey(ctx, lostCreate)
	diags.Append(problems...)

	var (
		note       lost
		attributes map[string]tftypes.Value
	)

	isLost := len(text) > 0 && json.Unmarshal(text, &note) == nil && state.Raw.As(&attributes) == nil && attributes["id"].IsNull()
	if !isLost {
		return k, nil
	}

	attributes = maps.Clone(attributes) // They are the state's own.

	for _, name := range note.Unknown {
		if attributes[name].IsNull() {
			attributes[name] = tftypes.NewValue(attributes[name].Type(), tftypes.UnknownValue)
		}
	}

	var plan M

	state.Raw = tftypes.NewValue(state.Raw.Type(), attributes)
	diags.Append(state.Get(ctx, &plan)...)
	if diags.HasError() {
		return k, nil
	}

	k = like(plan)

	ids, err := k.like(ctx, note.Begun)
	if !transport.IsNotFound(err) { // What it is part of may be gone.
		apidiag.Add(diags, "look for the "+noun.Of(k.Type)+" whose create was lost", err)
	}

	return k, ids
}

// like returns the ids of the objects that are as planned.
func (k Keyless[T]) like(ctx context.Context, begun time.Time) ([]api.ID, error) {
	all := k.All
	if k.Since != nil {
		all = func(ctx context.Context) ([]T, error) { return k.Since(ctx, begun) }
	}

	objects, err := all(ctx)
	if err != nil {
		return nil, err
	}

	var ids []api.ID

	for _, object := range objects {
		if k.Since != nil || k.IsPlanned(object) {
			ids = append(ids, api.IDOf(object))
		}
	}

	return ids, nil
}

// addCandidates names objects that may be the new one.
func (k Keyless[T]) addCandidates(found []api.ID, diags *diag.Diagnostics) {
	diags.AddWarning("The "+noun.Of(k.Type)+" may exist already", k.candidates(found, "Import it before you apply again, or a second one is made"))
}

// candidates says what is as planned, and what to do, with an import block.
func (k Keyless[T]) candidates(found []api.ID, todo string) string {
	ids := make([]string, len(found))
	for i, id := range found {
		ids[i] = k.Within + id.String()
	}

	return fmt.Sprintf("What is just as planned has the id: %s. If it was not there before, it is the new one. %s:\n\n"+
		"import {\n  to = %s.example # Put the address of this resource here.\n  id = %q\n}", strings.Join(ids, ", "), todo, k.Type, ids[len(ids)-1])
}
