package kommunicate

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"

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
	file := api.FileMeta{
		URL: a.URL.ValueString(), Name: a.Name.ValueString(), ContentType: a.ContentType.ValueString(), Size: a.Size.ValueInt64(),
		BlobKey: a.BlobKey.ValueString(), ThumbnailURL: a.ThumbnailURL.ValueString(),
	}
	if address, err := url.Parse(file.URL); file.Name == "" && err == nil {
		file.Name = path.Base(address.Path)
	}
	if file.ContentType == "" {
		file.ContentType = api.ContentType(file.Name, nil)
	}
	return file, nil
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
	name := a.Name.ValueString()
	if name == "" {
		name = filepath.Base(source)
	}
	kind := a.ContentType.ValueString()
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
