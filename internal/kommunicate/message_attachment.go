package kommunicate

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// largestFile is what the vendor's SDKs upload.
const largestFile = 25 << 20

// fileMeta describes the attachment: as configured, or as the platform does after uploading the file.
func (r *messageResource) fileMeta(ctx context.Context, a attachmentModel, sender string) (api.FileMeta, error) {
	if tfvalue.IsSet(a.Source) {
		return r.upload(ctx, a, sender)
	}

	return a.described(), nil
}

// described is the attachment with what is left out filled in, as far as it can be without reading the file.
func (a attachmentModel) described() api.FileMeta {
	file := api.FileMeta{
		URL: a.URL.ValueString(), Name: a.Name.ValueString(), ContentType: a.ContentType.ValueString(), Size: a.Size.ValueInt64(),
		BlobKey: a.BlobKey.ValueString(), ThumbnailURL: a.ThumbnailURL.ValueString(),
	}
	if file.Name == "" {
		file.Name = filepath.Base(a.Source.ValueString())
	}

	if address, err := url.Parse(file.URL); a.Name.IsNull() && file.URL != "" && err == nil {
		file.Name = path.Base(address.Path)
	}

	if file.ContentType == "" {
		file.ContentType = api.ContentType(file.Name, nil)
	}

	if file.ThumbnailURL == "" && strings.HasPrefix(file.ContentType, "image/") {
		file.ThumbnailURL = file.URL
	}

	return file
}

// describedOtherwise sends a new message if the file would be described otherwise: to say what is the default anyway, as
// after an import, is no change.
func describedOtherwise(of func(api.FileMeta) string) planmodifier.String {
	return stringplanmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		var before, after *attachmentModel
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, req.Path.ParentPath(), &before)...)
		resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, req.Path.ParentPath(), &after)...)
		resp.RequiresReplace = req.PlanValue.IsUnknown() || before == nil || after == nil || of(before.described()) != of(after.described())
	}, "Sends a new message if the file is described otherwise.", "Sends a new message if the file is described otherwise.")
}

func (r *messageResource) upload(ctx context.Context, a attachmentModel, sender string) (api.FileMeta, error) {
	source := a.Source.ValueString()

	info, err := os.Stat(source)
	switch {
	case err != nil:
		return api.FileMeta{}, err
	case !info.Mode().IsRegular():
		return api.FileMeta{}, fmt.Errorf("%s is not a file", source)
	case info.Size() > largestFile:
		return api.FileMeta{}, fmt.Errorf("%s has %d bytes, and %d are possible", source, info.Size(), int64(largestFile))
	}

	content, err := os.ReadFile(source)
	if err != nil {
		return api.FileMeta{}, err
	}

	name, kind := a.described().Name, a.ContentType.ValueString()
	if kind == "" {
		kind = api.ContentType(name, content)
	}

	file, err := r.client.Upload(ctx, sender, name, kind, content)
	if err != nil {
		return file, err
	}
	// What the answer leaves out is known here.
	if file.Name == "" {
		file.Name = name
	}

	if file.ContentType == "" {
		file.ContentType = kind
	}

	if file.Size == 0 {
		file.Size = int64(len(content))
	}

	return file, nil
}

// effectiveContentType is what is sent: an attachment is one without saying so.
func effectiveContentType(configured types.String, attached bool) string {
	switch {
	case attached:
		return contentAttachment
	case configured.IsNull():
		return contentDefault
	}

	return configured.ValueString()
}
