package captain

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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
)

var (
	_ resource.ResourceWithConfigure   = (*documentResource)(nil)
	_ resource.ResourceWithIdentity    = (*documentResource)(nil)
	_ resource.ResourceWithImportState = (*documentResource)(nil)
)

// readingTimeout is how long create waits for the server to read a page unless the configuration says otherwise.
const readingTimeout = 2 * time.Minute

func newDocumentResource() resource.Resource {
	return &documentResource{account.WithID("chatlake_captain_document")}
}

type documentResource struct{ account.ResourceWithID }

// The server cuts a slash off the end of a link, and refuses a link to a PDF without the file.
var (
	withoutSlash = stringvalidator.RegexMatches(regexp.MustCompile(`[^/]$`), "must not end in a slash, which the server cuts off")
	isNoPDF      = stringvalidator.RegexMatches(regexp.MustCompile(`(^|[^f]|[^d]f|[^p]df|[^.]pdf)$`), "must not end in .pdf: the server takes such a document only as an uploaded file")
)

func (r *documentResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A page of the web that an assistant knows. The server reads it in the background: create waits for that, and warns if the page could not be read, or not within its time. " +
			"Pages that it links to may become documents of their own; those are not managed, and the account may have a limited number of documents. " +
			"Nothing about a document can be changed, so each change replaces it. Destroy deletes this document alone. Files are not supported. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The document's id."),
			"assistant_id": schema.StringAttribute{
				MarkdownDescription: "The id of the assistant, which has to be of the same account. Another one needs a new document.", Required: true,
				Validators:    []validator.String{attribute.IntegerID()},
				PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"external_link": schema.StringAttribute{
				MarkdownDescription: "The address of the page, without a slash at its end. An assistant has a page once; other assistants may have it, too.", Required: true,
				Validators:    []validator.String{attribute.URL(), withoutSlash, isNoPDF, stringvalidator.UTF8LengthAtMost(account.MaxText)},
				PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"name":                 attribute.Stable(documentName),
			"status":               attribute.Stable(documentStatus),
			"sync_status":          attribute.Stable(documentSyncStatus),
			"last_sync_error_code": attribute.Stable(documentSyncError),
			"adopt_existing":       attribute.AdoptExisting("assistant and page", false),
			"timeouts": account.CreateTimeoutsWith(ctx, "How long create waits for the server to read the page, such as `30s` or `10m`. Default `2m`. "+
				"When the time is up, a warning says so, and the document stays."),
		},
	}
}

// checkAssistant refuses an assistant that the account does not have.
func (r *documentResource) checkAssistant(ctx context.Context, wanted types.String, diags *diag.Diagnostics) {
	account.Part[api.CaptainAssistant]{
		Attribute: "assistant_id", Noun: "Captain assistant", Prior: types.StringNull(), Wanted: wanted, All: r.Client.CaptainAssistants().All,
	}.Check(ctx, &r.Resource, diags)
}

// key returns the address of the page, which an assistant has once.
func (r *documentResource) key(all func(context.Context) ([]api.CaptainDocument, error)) account.Key[api.CaptainDocument] {
	return account.Key[api.CaptainDocument]{
		Name: "external_link", Example: "https://help.example.com/orders", Of: func(found api.CaptainDocument) string { return found.ExternalLink }, All: all,
	}
}

// Create creates the document, or adopts the one that has its page, and waits until the server has read that.
func (r *documentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan documentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	r.checkAssistant(ctx, plan.AssistantID, &resp.Diagnostics)
	timeout, diags := plan.Timeouts.Create(ctx, readingTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	own := func(ctx context.Context) ([]api.CaptainDocument, error) {
		return r.Client.CaptainDocumentsOf(ctx, plan.request().AssistantID)
	}

	created, ok := account.Creation[api.CaptainDocument, api.CaptainDocumentRequest]{
		Key: r.key(own), Value: plan.ExternalLink.ValueString(), Within: plan.AssistantID.ValueString() + "/", Allowed: plan.AdoptExisting,
		Request: plan.request(), Create: r.Client.CreateCaptainDocument,
		ChangeOf: func(api.CaptainDocument) api.CaptainDocumentRequest { return api.CaptainDocumentRequest{} }, // Nothing can differ.
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)

	plan.fromAPI(r.await(ctx, created, timeout, &resp.Diagnostics))
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// await returns a document that the server has read, and warns about one that it has not: it is there all the same.
func (r *documentResource) await(ctx context.Context, created api.CaptainDocument, timeout time.Duration, diags *diag.Diagnostics) api.CaptainDocument {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	found, err := r.Client.AwaitCaptainDocument(ctx, created)

	switch {
	case err != nil:
		diags.AddWarning(fmt.Sprintf("Unable to look whether Captain document %s is read", created.ID),
			"The document is there, and the next refresh tells what the server has made of it. "+apidiag.Detail(err))
	case found.IsUnread():
		diags.AddWarning(fmt.Sprintf("The page of Captain document %s is not read yet", created.ID), fmt.Sprintf(
			"The server has not read it within %s: its background jobs are slow or do not run. The document is there, and the page comes later. "+
				"If it does not, look at the server's job workers (Sidekiq); timeouts.create is how long to wait.", timeout))
	case found.SyncStatus == "failed":
		diags.AddWarning(fmt.Sprintf("The server could not read the page of Captain document %s", created.ID), fmt.Sprintf(
			"It says %q. The document is there, and the assistant knows nothing of the page. Check that the server reaches the address of external_link, "+
				"and let it read the page again in the dashboard, or replace the resource.", found.SyncError))
	}

	return found
}

// Read refreshes the state.
func (r *documentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state documentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CaptainDocuments().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	if imported && found.IsFile {
		resp.Diagnostics.AddError(fmt.Sprintf("Captain document %s is a file", id), "A chatlake_captain_document is a page of the web. "+
			"Leave a file to the dashboard; the data source chatlake_captain_document reads it.")

		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends nothing: only adopt_existing and timeouts change in place.
func (r *documentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan documentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the document, unless another resource has adopted it in this run.
func (r *documentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state documentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.CaptainDocuments().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.AssistantID.ValueString()+"/"+state.ExternalLink.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, external_link: and the address of a page, or an identity.
func (r *documentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(r.Client.CaptainDocuments().All), req, resp)
}
