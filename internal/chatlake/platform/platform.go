// Package platform holds what is above the accounts of a Chatlake server: accounts, the people of the installation, who is in
// which account, and bots of the installation. The token of a platform app reaches it, and none of an account's user does.
package platform

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Resources lists the resources of this area. They are of no account: what is bound to one does not hold for them.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{newAccountResource, newUserResource, newAccountUserResource, newAgentBotResource}
}

// DataSources lists the data sources of this area.
func DataSources() []func() datasource.DataSource {
	return slices.Concat(accountSources.DataSources(), userSources.DataSources(), accountUserSources.DataSources(), agentBotSources.DataSources())
}

// ListResources lists what terraform query can list. The platform API has no list of people.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{accountList.New, accountUserList.New, agentBotList.New}
}

// EphemeralResources lists what is asked for in each run, and kept nowhere.
func EphemeralResources() []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{newUserToken, newLoginLink}
}

// clientOf takes the client of the platform API from the provider's data.
func clientOf(data any, diags *diag.Diagnostics) *api.Platform {
	client := account.ClientOf(data, diags)
	if client == nil {
		return nil
	}

	return client.Platform
}

// aboveAccounts is embedded by every resource of this area.
type aboveAccounts struct {
	client *api.Platform
	claims *ownership.Claims
	form   importid.Form
}

// of returns what a resource of the type embeds. Its parts are what identifies an object; "id" unless some are given.
func of(typeName string, parts ...string) aboveAccounts {
	if len(parts) == 0 {
		parts = []string{"id"}
	}

	form := importid.Form{Type: typeName}
	for i, part := range parts {
		form.Parts = append(form.Parts, importid.Part{Name: part, Form: importid.Integer, Example: []string{"42", "7"}[i]})
	}

	return aboveAccounts{form: form}
}

// Metadata names the type.
func (r *aboveAccounts) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.form.Type
}

// Configure takes the client.
func (r *aboveAccounts) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.client = clientOf(req.ProviderData, &resp.Diagnostics)
	r.claims = ownership.ClaimsOf(req.ProviderData)
}

// IdentitySchema is what an import needs.
func (r *aboveAccounts) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	descriptions := map[string]string{"id": "The object's id.", "account_id": "The account's id.", "user_id": "The user's id."}
	resp.IdentitySchema.Attributes = map[string]identityschema.Attribute{}

	for _, part := range r.form.Parts {
		resp.IdentitySchema.Attributes[part.Name] = identityschema.StringAttribute{RequiredForImport: true, Description: descriptions[part.Name]}
	}
}

// ImportState takes an import id or an identity. Read does the rest.
func (r *aboveAccounts) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	text := req.ID

	if text == "" && req.Identity != nil {
		var texts []string

		for _, part := range r.form.Parts {
			var value types.String

			resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(part.Name), &value)...)
			texts = append(texts, value.ValueString())
		}

		text = strings.Join(texts, "/")
	}

	id, ok := r.form.Parse(text, &resp.Diagnostics)
	if !ok {
		return
	}

	for _, name := range slices.Sorted(maps.Keys(id.Parts)) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), id.Parts[name])...)
	}

	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, id.Parts)...)
	resp.Diagnostics.Append(ownership.MarkImported(ctx, resp.Private)...)
}

// identify stores the identity if Terraform asks for one; older versions do not.
func (r *aboveAccounts) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, parts map[string]string) diag.Diagnostics {
	var diags diag.Diagnostics

	if identity == nil {
		return diags
	}

	for _, part := range r.form.Parts {
		diags.Append(identity.SetAttribute(ctx, path.Root(part.Name), parts[part.Name])...)
	}

	return diags
}

// parts returns what identifies the object of a state.
func (r *aboveAccounts) parts(ctx context.Context, state tfsdk.State, diags *diag.Diagnostics) map[string]string {
	parts := map[string]string{}

	for _, part := range r.form.Parts {
		var value types.String

		diags.Append(state.GetAttribute(ctx, path.Root(part.Name), &value)...)
		parts[part.Name] = value.ValueString()
	}

	return parts
}

// keepCreate stores what a new object has besides its attributes. Call it after the last State.Set.
func (r *aboveAccounts) keepCreate(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse, keyed ...string) {
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.parts(ctx, resp.State, &resp.Diagnostics))...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, keyed...)...)
	planned.KeepCreate(req, resp, noun.Of(r.form.Type))
}

// keepUpdate is keepCreate for Update.
func (r *aboveAccounts) keepUpdate(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse, keyed ...string) {
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.parts(ctx, resp.State, &resp.Diagnostics))...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, keyed...)...)
	planned.KeepUpdate(req, resp, noun.Of(r.form.Type))
}

// startRead stores the identity before a read, and reports whether the object has just been imported.
func (r *aboveAccounts) startRead(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) (imported bool) {
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, r.parts(ctx, req.State, &resp.Diagnostics))...)

	return imported
}

// isFound reports whether a read has found its object. One that is gone leaves the state; any other failure is an error.
func (r *aboveAccounts) isFound(ctx context.Context, err error, id string, resp *resource.ReadResponse) bool {
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return false
	}

	apidiag.Add(&resp.Diagnostics, "read "+noun.Of(r.form.Type)+" "+id, err)

	return err == nil
}

// storeFound stores what a read has found. What means the same as before keeps its spelling, unless the object has just been
// imported.
func storeFound[M any](ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse, before, found M, imported bool) {
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, found)...)

	if !imported {
		planned.KeepSpelling(req.State, &resp.State)
	}
}

// addError reports what failed on which object. A new one has no id.
func (r *aboveAccounts) addError(diags *diag.Diagnostics, verb, id string, err error) {
	apidiag.Add(diags, strings.TrimSpace(verb+" "+noun.Of(r.form.Type)+" "+id), err)
}

// endDelete reports a delete that failed. An object that was gone already is deleted.
func (r *aboveAccounts) endDelete(diags *diag.Diagnostics, id string, err error) {
	if err != nil && !transport.IsNotFound(err) {
		r.addError(diags, "delete", id, err)
	}
}

// identityOf identifies a listed object by its id.
func identityOf[T api.Identified](_ *api.Platform, found T, _ lookup.Arguments) map[string]string {
	return map[string]string{"id": api.IDOf(found).String()}
}
