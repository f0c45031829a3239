package captain

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

const (
	// largestPDF is the size of the largest file. Unverified: the server's own limit.
	largestPDF = 10 * localfile.MiB
	// clockSkew is how much the server's clock may be behind.
	clockSkew = time.Minute
	// sentKey is where the private state notes what was sent.
	sentKey = "pdf_file"
)

// pdfFile refuses what is no PDF file. A file that is missing may be written by the run.
type pdfFile struct{}

// Description says what is accepted.
func (pdfFile) Description(context.Context) string {
	return "must be the path of a PDF file of at most 10 MiB"
}

// MarkdownDescription is Description.
func (v pdfFile) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString reads the file.
func (pdfFile) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfvalue.IsSet(req.ConfigValue) {
		return
	}

	_, _, err := openPDF(req.ConfigValue.ValueString())
	if err != nil && !localfile.IsMissing(err) {
		addNoPDF(&resp.Diagnostics, req.Path, err)
	}
}

func addNoPDF(diags *diag.Diagnostics, at path.Path, err error) {
	diags.AddAttributeError(at, "Unable to read the PDF file", fmt.Sprintf("The file %s. Nothing was sent. Give the path of a PDF file of at most 10 MiB.", err))
}

// openPDF reads a file, and returns its hash. The server looks only at the type that a form declares: it takes anything.
func openPDF(name string) (api.File, string, error) {
	content, hash, err := localfile.Read(name, largestPDF)
	if err != nil {
		return api.File{}, "", err
	}

	if !bytes.HasPrefix(content, []byte("%PDF-")) {
		return api.File{}, "", fmt.Errorf("%q is no PDF file: it does not begin with %%PDF-", name)
	}

	return api.File{Name: filepath.Base(name), ContentType: "application/pdf", Content: content}, hash, nil
}

// sentPDF is the file that a document holds, as the private state notes it.
type sentPDF struct {
	Name string `json:"name"`
	Hash string `json:"hash"`
}

// loadSentPDF returns what is noted, and whether anything is: nothing tells what an imported document holds.
func loadSentPDF(ctx context.Context, private ownership.Reader, diags *diag.Diagnostics) (sentPDF, bool) {
	raw, problems := private.GetKey(ctx, sentKey)
	diags.Append(problems...)

	var sent sentPDF

	err := json.Unmarshal(raw, &sent)

	return sent, err == nil
}

func (s sentPDF) note(ctx context.Context, private ownership.Writer) diag.Diagnostics {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil // Texts can always be encoded.
	}

	return private.SetKey(ctx, sentKey, raw)
}

// replacesFile wants a new document for a file with another content than the one that was sent. What an imported document holds is
// not known.
func replacesFile(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	if req.StateValue.ValueString() == "" {
		return
	}

	sent, isNoted := loadSentPDF(ctx, req.Private, &resp.Diagnostics)
	hash, err := localfile.Hash(req.PlanValue.ValueString(), largestPDF)

	resp.RequiresReplace = !isNoted || err != nil || hash != sent.Hash
}

// followPDF returns what the state is to have after a read. A document keeps its file, so only the file of this machine is compared.
// One that cannot be read was sent before, and one that has its content again is the one that was sent.
func followPDF(ctx context.Context, name types.String, private ownership.Reader, diags *diag.Diagnostics) types.String {
	sent, isNoted := loadSentPDF(ctx, private, diags)
	if name.ValueString() == "" || !isNoted {
		return name
	}

	hash, err := localfile.Hash(sent.Name, largestPDF)

	switch {
	case err != nil:
		return name
	case hash != sent.Hash:
		return types.StringValue(account.AnotherFile)
	default:
		return types.StringValue(sent.Name)
	}
}
