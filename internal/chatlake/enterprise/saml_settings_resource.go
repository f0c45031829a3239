package enterprise

import (
	"context"
	"encoding/pem"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*samlResource)(nil)
	_ resource.ResourceWithIdentity    = (*samlResource)(nil)
	_ resource.ResourceWithImportState = (*samlResource)(nil)
)

func newSAMLResource() resource.Resource {
	return &samlResource{account.WithID(samlType)}
}

type samlResource struct{ account.ResourceWithID }

// roleOrID is what a group may be.
var roleOrID = regexp.MustCompile(`^(agent|administrator|[1-9][0-9]{0,17})$`)

func (r *samlResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How the members of the account that the provider is configured for sign in with an identity provider (SAML). An account has such settings once, or not at all; those that are there already have to be imported.\n\n" +
			"**It changes how all members of the account sign in**, administrators too, and those that are added later: the platform sets each of them to the identity provider, a moment later. Destroy deletes the settings, and sets all members back to passwords. " +
			"Access tokens, such as that of this provider, go on working.\n\n" +
			"It needs an administrator's token, and is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The account's id."),
			"sso_url": schema.StringAttribute{
				MarkdownDescription: "Where members are sent to sign in.", Required: true,
				Validators: []validator.String{attribute.URL(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"certificate": schema.StringAttribute{
				MarkdownDescription: "The identity provider's certificate in PEM form, such as `file(\"idp.pem\")`. It is public, and read back byte for byte.", Required: true,
				Validators: []validator.String{pemCertificate{}},
			},
			"idp_entity_id": schema.StringAttribute{
				MarkdownDescription: "What the identity provider calls itself.", Required: true,
				Validators: []validator.String{attribute.NotBlank(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"sp_entity_id": attribute.Followed("What the identity provider knows the account by. The platform's default is made of its own address and the account's id. Taken out, it stays as it is.",
				attribute.NotBlank(), stringvalidator.UTF8LengthAtMost(account.MaxString)),
			"role_mappings": account.Managed(schema.MapAttribute{
				MarkdownDescription: "What the groups of the identity provider are in the account, all of them: `agent`, `administrator`, or the id of a custom role (`chatlake_custom_role`).",
				ElementType:         types.StringType, Optional: true,
				Validators: []validator.Map{
					mapvalidator.NoNullValues(), mapvalidator.ValueStringsAre(stringvalidator.RegexMatches(roleOrID, "must be agent, administrator, or the id of a custom role")),
				},
				PlanModifiers: []planmodifier.Map{attribute.KeepSpelling()},
			}),
		},
	}
}

// pemCertificate accepts a certificate in PEM form. What it says is left to the server.
type pemCertificate struct{}

// Description says what is accepted.
func (pemCertificate) Description(context.Context) string {
	return "must be a certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----"
}

// MarkdownDescription is Description.
func (v pemCertificate) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString refuses what has no certificate in it.
func (v pemCertificate) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	block, _ := pem.Decode([]byte(req.ConfigValue.ValueString()))
	if block == nil || !strings.HasSuffix(block.Type, "CERTIFICATE") {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a certificate", "The value "+v.Description(ctx)+".")
	}
}

// ModifyPlan plans the id, which is that of the account.
func (r *samlResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Resource.ModifyPlan(ctx, req, resp)

	if r.Client != nil && r.Client.AccountID != "" && req.State.Raw.IsNull() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), r.Client.AccountID)...)
	}
}

// Create makes the settings. Those that are there are not overwritten, unless they are just as planned: then an earlier create has
// made them.
func (r *samlResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan samlModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.ClaimSettings(&resp.Diagnostics) {
		return
	}

	created, ok := r.create(ctx, plan, &resp.Diagnostics)
	if !ok {
		r.ReleaseSettings()
		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// create makes the settings, and reports false if it has added an error.
func (r *samlResource) create(ctx context.Context, plan samlModel, diags *diag.Diagnostics) (api.SAMLSettings, bool) {
	found, err := r.Client.SAMLSettings(ctx)

	switch {
	case transport.IsNotFound(err):
		found, err = r.Client.SetSAMLSettings(ctx, plan.changeFrom(samlModel{}))
	case err == nil && !plan.isPlanned(found):
		diags.AddError("The account has SAML settings already", fmt.Sprintf(
			"Account %s has other SAML settings than planned. Nothing was changed. If these are the ones that are meant, import them and apply again:\n\n"+
				"import {\n  to = %s.example # The address of this resource.\n  id = %[1]q\n}", r.Client.AccountID, samlType))

		return found, false
	}

	apidiag.Add(diags, "create SAML settings", err)

	return found, err == nil
}

// isPlanned reports whether settings have everything that a create sends.
func (m *samlModel) isPlanned(found api.SAMLSettings) bool {
	prior := *m
	prior.fromAPI(found, false)

	return m.changeFrom(prior) == (api.SAMLRequest{})
}

// Read refreshes the state.
func (r *samlResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state samlModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() || !r.IsOfAccount(state.ID, &resp.Diagnostics) {
		return
	}

	found, err := r.Client.SAMLSettings(ctx)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *samlResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state samlModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.IsOfAccount(state.ID, &resp.Diagnostics) {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.SAMLRequest{}) {
		updated, err := r.Client.SetSAMLSettings(ctx, change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update SAML settings "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the settings.
func (r *samlResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state samlModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.IsOfAccount(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteSAMLSettings(ctx)
	r.EndDelete(err, state.ID, r.Client.AccountID, &resp.Diagnostics)
}
