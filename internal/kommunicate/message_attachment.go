package kommunicate

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	frameworkpath "github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// maxFileSize is the largest file that the vendor's SDKs upload.
const maxFileSize = 25 * localfile.MiB

// checkSource refuses a local file that can never be sent. One that is missing may be written by the run. The file is read
// for it: some files below /proc show what they are only then.
func checkSource(attachment types.Object) diag.Diagnostics {
	var diags diag.Diagnostics

	source, ok := attachment.Attributes()["source"].(types.String)
	if !ok || source.ValueString() == "" {
		return nil
	}

	_, err := localfile.Hash(source.ValueString(), maxFileSize)
	if err != nil && !localfile.IsMissing(err) {
		addUnreadable(&diags, err)
	}

	return diags
}

// addUnreadable reports a file that cannot be sent.
func addUnreadable(diags *diag.Diagnostics, err error) {
	diags.AddAttributeError(frameworkpath.Root("attachment").AtName("source"), "Unable to read the attachment", fmt.Sprintf("The file %s. Nothing was sent. Give the path of a regular file.", err))
}

// hashKey is the place of the hash of the uploaded file in the private state.
const hashKey = "attachment"

// storeHash notes the content that was uploaded, so that the same content under another path is no change.
func storeHash(ctx context.Context, private ownership.Writer, hash string) diag.Diagnostics {
	return private.SetKey(ctx, hashKey, []byte(`"`+hash+`"`))
}

// replaceOtherFile sends a new message if the path changes and the content does too.
func replaceOtherFile() planmodifier.String {
	return stringplanmodifier.RequiresReplaceIf(
		func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			stored, diags := req.Private.GetKey(ctx, hashKey)
			resp.Diagnostics.Append(diags...)
			resp.RequiresReplace = !tfvalue.Same(req.PlanValue, req.StateValue)

			if req.PlanValue.ValueString() != "" && req.StateValue.ValueString() != "" && len(stored) > 0 {
				resp.RequiresReplace = isOtherFile(req.PlanValue, stored)
			}
		}, sendsAgain, sendsAgain)
}

// isOtherFile reports whether the file does not hold what was uploaded.
func isOtherFile(source types.String, stored []byte) bool {
	hash, err := localfile.Hash(source.ValueString(), maxFileSize)
	return err != nil || string(stored) != `"`+hash+`"`
}

// messageRead notes the messages that this run has sent or read.
const messageRead = messageType + " read"

// checkLate refuses another content under another path if the run has not read the message before. Then the plan was made by
// an earlier run, which saw the same content, and this is its apply: Terraform plans a second time there, and takes another
// action for a bug in the provider. With -refresh=false it may also be a plan.
func (r *messageResource) checkLate(ctx context.Context, req resource.ModifyPlanRequest) diag.Diagnostics {
	at := frameworkpath.Root("attachment").AtName("source")

	var id, before, after types.String

	diags := req.State.GetAttribute(ctx, frameworkpath.Root("id"), &id)
	diags.Append(req.State.GetAttribute(ctx, at, &before)...)
	diags.Append(req.Plan.GetAttribute(ctx, at, &after)...)

	stored, problems := req.Private.GetKey(ctx, hashKey)
	diags.Append(problems...)

	isOtherPath := before.ValueString() != "" && after.ValueString() != "" && !after.Equal(before)
	if diags.HasError() || !isOtherPath || len(stored) == 0 || r.claims.IsNoted(messageRead, id.ValueString()) || !isOtherFile(after, stored) {
		return diags
	}

	diags.AddAttributeError(at, localfile.ChangedSummary, localfile.ChangedDetail(after.ValueString(), "message "+id.ValueString()))

	return diags
}

// describe returns the attachment with its defaults, as far as they are known without reading the file.
func (a attachmentModel) describe() api.FileMeta {
	meta := api.FileMeta{
		URL: a.URL.ValueString(), Name: a.Name.ValueString(), ContentType: a.ContentType.ValueString(), Size: a.Size.ValueInt64(),
		BlobKey: a.BlobKey.ValueString(), ThumbnailURL: a.ThumbnailURL.ValueString(),
	}
	if meta.Name == "" && a.Source.ValueString() != "" {
		meta.Name = filepath.Base(a.Source.ValueString())
	}

	if address, err := url.Parse(meta.URL); meta.Name == "" && meta.URL != "" && err == nil {
		meta.Name = path.Base(address.Path)
	}

	if meta.ContentType == "" {
		meta.ContentType = api.ContentType(meta.Name, nil)
	}

	if meta.ThumbnailURL == "" && strings.HasPrefix(meta.ContentType, "image/") {
		meta.ThumbnailURL = meta.URL
	}

	return meta
}

const describesDifferently = "Sends a new message if the file is described differently."

// replaceDescribed sends a new message if the file is described differently. To configure the default, as after an import,
// is no change.
func replaceDescribed(of func(api.FileMeta) string) planmodifier.String {
	return stringplanmodifier.RequiresReplaceIf(
		func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			var before, after *attachmentModel
			resp.Diagnostics.Append(req.State.GetAttribute(ctx, req.Path.ParentPath(), &before)...)
			resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, req.Path.ParentPath(), &after)...)
			resp.RequiresReplace = req.PlanValue.IsUnknown() || before == nil || after == nil || of(before.describe()) != of(after.describe())
		}, describesDifferently, describesDifferently)
}

// upload stores the file and returns its description. What the answer leaves out is known here.
func (r *messageResource) upload(ctx context.Context, a attachmentModel, content []byte, sender string) (api.FileMeta, error) {
	name, kind := a.describe().Name, a.ContentType.ValueString()
	if kind == "" {
		kind = api.ContentType(name, content)
	}

	meta, err := r.client.Upload(ctx, sender, name, kind, content)
	if err != nil {
		return meta, err
	}

	if meta.Name == "" {
		meta.Name = name
	}

	if meta.ContentType == "" {
		meta.ContentType = kind
	}

	if meta.Size == 0 {
		meta.Size = int64(len(content))
	}

	return meta, nil
}

// effectiveContentType returns the content type that is sent. A message with an attachment is one of its own type.
func effectiveContentType(configured types.String, isAttached bool) string {
	switch {
	case isAttached:
		return contentAttachment
	case configured.ValueString() == "":
		return contentDefault
	}

	return configured.ValueString()
}
