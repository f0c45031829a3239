package captain

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*documentResource)(nil)
	_ resource.ResourceWithIdentity    = (*documentResource)(nil)
	_ resource.ResourceWithImportState = (*documentResource)(nil)

	_ resource.ResourceWithValidateConfig = (*documentResource)(nil)
)

const anotherDocument = "A file with another content needs a new document."

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
		MarkdownDescription: "A page of the web, or a PDF file, that an assistant knows. The server reads it in the background: create waits for that, and warns if the page could not be read, or not within its time. " +
			"Pages that it links to may become documents of their own; those are not managed, and the account may have a limited number of documents. " +
			"Nothing about a document can be changed, so each change replaces it. Destroy deletes this document alone. " +
			"A file is read later, and create does not wait for it: `status` stays `in_progress` until then. Nothing tells what a file holds: that of an imported document is taken to be the one that `pdf_file` names. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The document's id."),
			"assistant_id": schema.StringAttribute{
				MarkdownDescription: "The id of the assistant, which has to be of the same account. Another one needs a new document.", Required: true,
				Validators:    []validator.String{attribute.IntegerID()},
				PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"external_link": schema.StringAttribute{
				MarkdownDescription: "The address of the page, without a slash at its end. An assistant has a page once; other assistants may have it, too. Exactly one of `external_link` and `pdf_file` is needed.", Optional: true,
				Validators:    []validator.String{attribute.URL(), withoutSlash, isNoPDF, stringvalidator.UTF8LengthAtMost(account.MaxText)},
				PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
			},
			"pdf_file": schema.StringAttribute{
				MarkdownDescription: "A PDF file of this machine, of at most 10 MiB. Where a refresh finds that it holds something else than was sent, it leaves `" + account.AnotherFile + "` in the state, " +
					"and the next apply replaces the document. Another path with the same content is followed in place. With `-refresh=false`, changes of the file are not planned.", Optional: true,
				Validators:    attribute.OrEmpty(pdfFile{}, attribute.NotWith(path.MatchRoot("external_link"))),
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIf(replacesFile, anotherDocument, anotherDocument)},
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

// ValidateConfig wants a page or a file.
func (r *documentResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config documentModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if config.ExternalLink.IsNull() && !config.PDFFile.IsUnknown() && config.PDFFile.ValueString() == "" {
		resp.Diagnostics.AddAttributeError(path.Root("external_link"), "Nothing to read", "A document needs external_link, the address of a page, or pdf_file, the path of a PDF file of this machine.")
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

// createFile makes a document of a file. The server reads it later.
func (r *documentResource) createFile(ctx context.Context, plan documentModel, req resource.CreateRequest, resp *resource.CreateResponse) {
	file, hash, err := openPDF(plan.PDFFile.ValueString())
	if err != nil {
		addNoPDF(&resp.Diagnostics, path.Root("pdf_file"), err)
		return
	}

	lost := r.like(plan)
	lost.Begun = time.Now().Add(-clockSkew)

	created, err := r.Client.CreateCaptainFile(ctx, plan.request().AssistantID, file)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create Captain document", err)
		lost.EndCreate(ctx, err, req, resp)

		return
	}

	plan.fill(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(sentPDF{plan.PDFFile.ValueString(), hash}.note(ctx, resp.Private)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds files of the name of the planned one, which were uploaded when its create was sent or later.
func (r *documentResource) like(plan documentModel) account.Keyless[api.CaptainDocument] {
	assistant, name := plan.request().AssistantID, filepath.Base(plan.PDFFile.ValueString())

	return account.Keyless[api.CaptainDocument]{
		Type: "chatlake_captain_document",
		Since: func(ctx context.Context, begun time.Time) ([]api.CaptainDocument, error) {
			all, err := r.Client.CaptainDocuments().All(ctx)

			return slices.DeleteFunc(slices.Clone(all), func(found api.CaptainDocument) bool { return !found.IsFileOf(assistant, name, begun) }), err
		},
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

	if plan.PDFFile.ValueString() != "" {
		r.createFile(ctx, plan, req, resp)
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

	plan.fill(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)

	plan.fill(r.await(ctx, created, timeout, &resp.Diagnostics))
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
	account.RecoverRead(ctx, &req, resp, r.like)

	var state documentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, _ := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CaptainDocuments().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fill(found)
	state.PDFFile = followPDF(ctx, state.PDFFile, req.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends nothing: only adopt_existing and timeouts change in place, and an imported document is told which file it holds.
func (r *documentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state documentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if plan.PDFFile.ValueString() != "" && !plan.PDFFile.Equal(state.PDFFile) {
		r.follow(ctx, plan.PDFFile.ValueString(), req.Private, resp)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// follow notes another path of the file that a document holds.
func (r *documentResource) follow(ctx context.Context, name string, private ownership.Reader, resp *resource.UpdateResponse) {
	_, hash, err := openPDF(name)
	if err != nil {
		addNoPDF(&resp.Diagnostics, path.Root("pdf_file"), err)
		return
	}

	sent, isNoted := loadSentPDF(ctx, private, &resp.Diagnostics)
	if isNoted && sent.Hash != hash {
		resp.Diagnostics.AddAttributeError(path.Root("pdf_file"), localfile.ChangedSummary, localfile.ChangedDetail(name, "the document"))
		return
	}

	resp.Diagnostics.Append(sentPDF{name, hash}.note(ctx, resp.Private)...)
}

// Delete deletes the document, unless another resource has adopted it in this run.
func (r *documentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

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
