package captain

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// documentModel is a document in a configuration and in state.
type documentModel struct {
	documentData

	PDFFile       types.String   `tfsdk:"pdf_file"`
	AdoptExisting types.Bool     `tfsdk:"adopt_existing"`
	Timeouts      timeouts.Value `tfsdk:"timeouts"`
}

// documentFound is what data sources tell of a document, which may be a file.
type documentFound struct {
	documentData

	PDFDocument types.Bool `tfsdk:"pdf_document"`
}

// documentData is what both have.
type documentData struct {
	ID           types.String `tfsdk:"id"`
	AssistantID  types.String `tfsdk:"assistant_id"`
	ExternalLink types.String `tfsdk:"external_link"`
	Name         types.String `tfsdk:"name"`
	Status       types.String `tfsdk:"status"`
	SyncStatus   types.String `tfsdk:"sync_status"`
	SyncError    types.String `tfsdk:"last_sync_error_code"`
}

// fromAPI takes everything from the platform's answer. There is nothing that only a configuration has.
func (m *documentData) fromAPI(found api.CaptainDocument) {
	m.ID = types.StringValue(found.ID.String())
	m.AssistantID = types.StringValue(found.Assistant.ID.String())
	m.ExternalLink = types.StringValue(found.ExternalLink)
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Status = types.StringValue(found.Status)
	m.SyncStatus = tfvalue.StringOrNull(found.SyncStatus)
	m.SyncError = tfvalue.StringOrNull(found.SyncError)
}

// fill is fromAPI for a configuration, which has no link for a file: the server makes it.
func (m *documentModel) fill(found api.CaptainDocument) {
	m.fromAPI(found)

	if found.IsFile {
		m.ExternalLink = types.StringNull()
	}
}

// request returns what creates the document.
func (m *documentData) request() api.CaptainDocumentRequest {
	return api.CaptainDocumentRequest{ExternalLink: m.ExternalLink.ValueString(), AssistantID: api.ParseID(m.AssistantID.ValueString())}
}

// documentKind is chatlake_captain_document, with its data sources and its list.
func documentKind() account.Kind {
	return account.Kind{Resource: newDocumentResource, DataSources: documentSources.DataSources(), List: documentList.New}
}

const documentsOfAssistant = "The id of an assistant: only what is its own."

// What is told of a document, in the resource and in the data sources.
const (
	documentName       = "What the document is called: the title of the page, once the server has read it; null if there is none."
	documentStatus     = "`in_progress` until the server has read the page or the file, then `available`, also if it could not read it."
	documentSyncStatus = "How the last reading went: `synced` or `failed`; null before it, and on servers before 4.15.0."
	documentSyncError  = "Why the last reading failed, such as `fetch_failed`; null if it did not."
)

var documentSources = lookup.Sources[api.Client, api.CaptainDocument, documentFound]{
	Type: "chatlake_captain_document", Plural: "chatlake_captain_documents", ListName: "captain_documents",
	Description:       "A document that an assistant has read, by id or `external_link`.",
	PluralDescription: "All documents of the account, or of one assistant: pages and files, also pages that the server found by links.",
	ListDescription:   "The documents.",
	Attributes: map[string]schema.Attribute{
		"id":                   attribute.Found("The document's id."),
		"assistant_id":         attribute.Found("The assistant's id."),
		"external_link":        attribute.Found("The address of the page, or a name that the server made for a file."),
		"name":                 attribute.Found(documentName),
		"status":               attribute.Found(documentStatus),
		"sync_status":          attribute.Found(documentSyncStatus),
		"last_sync_error_code": attribute.Found(documentSyncError),
		"pdf_document":         attribute.FoundFlag("Whether it is a file that somebody uploaded."),
	},
	Keys: []lookup.Key[api.CaptainDocument]{
		{
			Name: "id", Attribute: attribute.Lookup("The document's id. Exactly one of `id` and `external_link` is needed.", attribute.IntegerID()),
			Of: func(found api.CaptainDocument) string { return found.ID.String() },
		},
		{
			Name: "external_link", Attribute: attribute.Lookup("The address of the page. Several assistants may have the same one.", attribute.NotEmpty()),
			Of: func(found api.CaptainDocument) string { return found.ExternalLink },
		},
	},
	ListFilters: []lookup.Key[api.CaptainDocument]{
		{
			Name: "assistant_id", Attribute: schema.StringAttribute{MarkdownDescription: documentsOfAssistant, Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())},
			Of: func(found api.CaptainDocument) string { return found.Assistant.ID.String() },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CaptainDocument, error) {
		return client.CaptainDocuments().All(ctx)
	},
	Model: func(found api.CaptainDocument, _ string) documentFound {
		m := documentFound{PDFDocument: types.BoolValue(found.IsFile)}
		m.fromAPI(found)

		return m
	},
}

var documentList = account.Listing[api.CaptainDocument, documentModel]{
	Type: "chatlake_captain_document", Noun: "Captain documents",
	Description: "The pages that assistants have read, of the account or of one assistant, also those that the server found by links. Files are left out: nothing tells what they hold, so no configuration can be written for them.",
	Arguments:   map[string]listschema.Attribute{"assistant_id": lookup.Filter(documentsOfAssistant, attribute.IntegerID())},
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.CaptainDocument, error] {
		assistant := given.Text("assistant_id")

		return lookup.Only(client.CaptainDocuments().Each(ctx), func(found api.CaptainDocument) bool {
			return !found.IsFile && (assistant == "" || found.Assistant.ID.String() == assistant)
		})
	},
	Name: func(found api.CaptainDocument) string { return found.ExternalLink },
	Fill: func(_ context.Context, _ *api.Client, m *documentModel, found api.CaptainDocument, _ *diag.Diagnostics) {
		m.fill(found)
	},
}
