package enterprise

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*companyResource)(nil)
	_ resource.ResourceWithIdentity    = (*companyResource)(nil)
	_ resource.ResourceWithImportState = (*companyResource)(nil)
)

const (
	maxCompanyName        = 100
	maxCompanyDescription = 1000
)

// hostName is what the server takes for a domain: a host name with a dot, as it is written in ASCII.
var hostName = regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)+$`)

func newCompanyResource() resource.Resource {
	return &companyResource{account.WithID("chatlake_company")}
}

type companyResource struct{ account.ResourceWithID }

func (r *companyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What contacts work for. A contact gets one with its `company_id`. The server makes companies too: a contact who gets a first e-mail address at a business domain " +
			"gets the company of that domain, which is made if there is none; `adopt_existing` takes over such a one. " +
			"Destroy deletes the company and needs an administrator's token: its contacts stay, without a company, and keep its name. " +
			"Its additional attributes are never shown by the platform, so they are not managed. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The company's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the company is called, at most 100 characters. Several may have the same name. Contacts keep the name that the company had when they got it.", Required: true,
				Validators: []validator.String{attribute.NotBlank(), stringvalidator.UTF8LengthAtMost(maxCompanyName)},
			},
			"domain": account.ManagedText("The domain of the company's addresses, such as `example.com`: one company of the account may have it. Case counts: the server looks for the domain of an address in lower case.",
				account.MaxString, stringvalidator.RegexMatches(hostName, "must be a host name with a dot such as example.com, without a scheme and a path")),
			"description": account.ManagedText("What is to be known about the company, at most 1,000 characters.", maxCompanyDescription),
			"custom_attributes": account.ManagedObject(
				"Custom attributes, an object of any values, on servers from 4.14.0 on. Only the configured keys are managed; a key that is removed here is removed from the company.",
				account.BoundedJSONObject()),
			"avatar":         account.Avatar.Attribute("The company's picture."),
			"adopt_existing": attribute.AdoptExisting("`domain`", false),
		},
	}
}

// key returns the domain, which no two companies share. Not all have one.
func (r *companyResource) key() account.Key[api.Company] {
	return account.Key[api.Company]{
		Name: "domain", Example: "example.com", Of: func(found api.Company) string { return found.Domain }, All: r.Client.Companies().All,
	}
}

// Create creates the company, or adopts the one that has its domain.
func (r *companyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan companyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	change, diags := plan.changeFrom(companyData{}, ownership.Managed{})
	resp.Diagnostics.Append(diags...)
	picture := account.Avatar.Open(ctx, types.StringNull(), plan.Avatar, nil, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	end := func(failed error) { r.like(plan).EndCreate(ctx, failed, req, resp) }

	created, ok := r.create(ctx, plan, change.request, end, &resp.Diagnostics)
	if !ok {
		return
	}

	plan.fromAPI(created, true)
	plan.Avatar = account.Avatar.SendNew(ctx, "chatlake_company", plan.ID, plan.Avatar, picture, resp.Private, &resp.Diagnostics, r.sendAvatar(created.ID))
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID, "custom_attributes")
}

// sendAvatar returns the call that puts a picture on a company.
func (r *companyResource) sendAvatar(id api.ID) account.SendPicture {
	return func(ctx context.Context, file api.File) (string, error) {
		updated, err := r.Client.Companies().SetAvatar(ctx, id, file)
		return updated.AvatarURL, err
	}
}

// create makes the company, or finds the one that has its domain. It reports false if it has added an error, and calls end with one
// that leaves a company without a domain behind, perhaps.
func (r *companyResource) create(ctx context.Context, plan companyModel, request api.CompanyRequest, end func(failed error), diags *diag.Diagnostics) (api.Company, bool) {
	companies := r.Client.Companies()

	if plan.Domain.ValueString() != "" {
		return account.Creation[api.Company, api.CompanyRequest]{
			Key: r.key(), Value: plan.Domain.ValueString(), Allowed: plan.AdoptExisting,
			Request: request, Create: companies.Create,
			ChangeOf: plan.changeOf, Update: companies.Update,
		}.Run(ctx, &r.Resource, diags)
	}

	created, err := companies.Create(ctx, request)
	if err != nil {
		apidiag.Add(diags, "create company", err)
		end(err)
	}

	return created, err == nil
}

// like finds companies that are as planned.
func (r *companyResource) like(plan companyModel) account.Keyless[api.Company] {
	return account.Keyless[api.Company]{Type: "chatlake_company", All: r.Client.Companies().All, IsPlanned: func(found api.Company) bool {
		return plan.changeOf(found) == (api.CompanyRequest{})
	}}
}

// Read refreshes the state.
func (r *companyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state companyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.Companies().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	state.Avatar = account.Avatar.Follow(ctx, state.Avatar, found.AvatarURL, req.Private, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed, and removes custom attributes by a call of its own.
func (r *companyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state companyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	picture := account.Avatar.Open(ctx, state.Avatar, plan.Avatar, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	r.update(ctx, &plan, &state, managed, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	id := api.ParseID(state.ID.ValueString())
	if !account.Avatar.Send(ctx, "company "+id.String(), picture, resp.Private, &resp.Diagnostics, r.sendAvatar(id)) {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID, "custom_attributes")
}

// update makes state into plan, and fills in what the server answered.
func (r *companyResource) update(ctx context.Context, plan, state *companyModel, managed ownership.Managed, diags *diag.Diagnostics) {
	change, problems := plan.changeFrom(state.companyData, managed)
	diags.Append(problems...)
	if diags.HasError() {
		return
	}

	id, companies := api.ParseID(state.ID.ValueString()), r.Client.Companies()

	if change.request != (api.CompanyRequest{}) {
		updated, err := companies.Update(ctx, id, change.request)
		if err != nil {
			r.key().AddUpdate(ctx, "chatlake_company", state.ID, plan.Domain.ValueString(), err, diags)
			return
		}

		plan.fromAPI(updated, true)
	}

	if len(change.removed) > 0 {
		updated, err := companies.DestroyAttributes(ctx, id, change.removed)
		if err != nil {
			apidiag.Add(diags, "remove custom attributes of company "+id.String(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	plan.CustomAttributes = account.WithoutKeys(plan.CustomAttributes, change.others)
}

// Delete deletes the company, unless another resource has adopted it in this run.
func (r *companyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state companyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.Companies().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.Domain.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, the domain with its value, or an identity.
func (r *companyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
