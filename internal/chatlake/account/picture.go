package account

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// Picture is the name of an argument that is the path of a picture on this machine, such as "avatar".
//
// The platform does not tell what a picture shows, only an address, which is another one after each upload. So the private
// state has the hash of what was sent, and the address that it got. The state has the path while the platform has what the
// file holds, and anotherPicture as soon as a refresh finds that it does not: the file holds something else by now, or
// somebody has put another picture there. Only that decides about a change, so a plan says the same when Terraform makes it
// a second time, in the apply.
type Picture string

// Avatar is the picture of an inbox, a contact, a bot, a company or the token's user.
const Avatar Picture = "avatar"

// anotherPicture takes the place of the path while the platform has another picture than the file.
const anotherPicture = "(another picture)"

// largestPicture is the size of the largest picture that servers take.
const largestPicture = 15 * localfile.MiB

// Attribute is the argument. It cannot be given together with the others.
func (p Picture) Attribute(description string, others ...path.Expression) schema.StringAttribute {
	validators := attribute.OrEmpty(pictureFile{})
	if len(others) > 0 {
		validators = append(validators, attribute.NotWith(others...))
	}

	return schema.StringAttribute{
		MarkdownDescription: description + " A file of this machine: JPEG, PNG, GIF or WebP, of at most 15 MiB. What it holds decides, and not its name: " +
			"where a refresh finds that the file holds something else than was sent, or that somebody has put another picture there, it leaves `" + anotherPicture + "` in the state, " +
			"and the next apply sends the file. The same content under another path sends nothing. An argument that is taken out takes the picture off. " +
			"After an import, the file is sent once. With `-refresh=false`, changes of the file are not planned.",
		Optional:   true,
		Validators: validators,
	}
}

// Address is the attribute with the address of the picture, which is another one after each upload.
func (p Picture) Address(description string) schema.StringAttribute {
	a := attribute.Stable(description)
	a.PlanModifiers = append(a.PlanModifiers, addressOf(p))

	return a
}

type addressOf Picture

// Description says what the modifier does.
func (addressOf) Description(context.Context) string { return "Unknown when the picture changes." }

// MarkdownDescription is Description.
func (a addressOf) MarkdownDescription(ctx context.Context) string { return a.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (addressOf) ActsOnChangesOnly() {}

// PlanModifyString compares the pictures of plan and state.
func (a addressOf) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() {
		return
	}

	var before, after types.String

	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root(string(a)), &before)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root(string(a)), &after)...)

	if after.IsUnknown() || after.ValueString() != before.ValueString() {
		resp.PlanValue = types.StringUnknown()
	}
}

// pictureFile refuses what is no picture that the platform takes. A file that is missing may be written by the run.
type pictureFile struct{}

// Description says what is accepted.
func (pictureFile) Description(context.Context) string {
	return "must be the path of a JPEG, PNG, GIF or WebP file of at most 15 MiB"
}

// MarkdownDescription is Description.
func (v pictureFile) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString reads the file.
func (pictureFile) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfvalue.IsSet(req.ConfigValue) {
		return
	}

	_, err := openPicture(req.ConfigValue.ValueString())
	if err != nil && !localfile.IsMissing(err) {
		addNoPicture(&resp.Diagnostics, req.Path, err)
	}
}

func addNoPicture(diags *diag.Diagnostics, at path.Path, err error) {
	diags.AddAttributeError(at, "Unable to read the picture", fmt.Sprintf("The file %s. Nothing was sent. Give the path of a JPEG, PNG, GIF or WebP file of at most 15 MiB.", err))
}

// NewPicture is a picture that is to be sent.
type NewPicture struct {
	file api.File
	hash string
}

// openPicture reads a file. What it holds decides about its type, and not its name.
func openPicture(name string) (*NewPicture, error) {
	content, hash, err := localfile.Read(name, largestPicture)
	if err != nil {
		return nil, err
	}

	kind, ok := api.PictureType(content)
	if !ok {
		return nil, fmt.Errorf("%q is no picture that the platform takes: its content is %s", name, kind)
	}

	return &NewPicture{api.File{Name: filepath.Base(name), ContentType: kind, Content: content}, hash}, nil
}

// sentPicture is what the private state has of a picture.
type sentPicture struct {
	Hash  string `json:"hash,omitempty"`
	Place string `json:"place,omitempty"`
}

func (p Picture) sent(ctx context.Context, private ownership.Reader, diags *diag.Diagnostics) sentPicture {
	var sent sentPicture

	raw, problems := private.GetKey(ctx, string(p))
	diags.Append(problems...)

	err := json.Unmarshal(raw, &sent)
	if err != nil {
		return sentPicture{} // None was sent, or another version wrote it: the file is sent again.
	}

	return sent
}

func (p Picture) store(ctx context.Context, private ownership.Writer, sent sentPicture) diag.Diagnostics {
	raw, err := json.Marshal(sent)
	if err != nil {
		return nil // Texts can always be encoded.
	}

	return private.SetKey(ctx, string(p), raw)
}

// IsRemoved reports whether the picture is to be taken off, because the argument left the configuration.
func (Picture) IsRemoved(prior, plan types.String) bool { return tfvalue.Cleared(prior, plan) }

// Open reads the planned picture before anything is sent. It returns nil if there is nothing to send: it is as it was, or the
// same content stands under another path. Private is nil for a new object.
func (p Picture) Open(ctx context.Context, prior, plan types.String, private ownership.Reader, diags *diag.Diagnostics) *NewPicture {
	if plan.ValueString() == "" || plan.Equal(prior) {
		return nil
	}

	picture, err := openPicture(plan.ValueString())
	if err != nil {
		addNoPicture(diags, path.Root(string(p)), err)
		return nil
	}

	// Without a prior value, what was sent once has been taken off since.
	if prior.ValueString() != "" && p.sent(ctx, private, diags).Hash == picture.hash {
		return nil
	}

	return picture
}

// SendPicture is the call that sends a picture. It returns the address that the picture has got.
type SendPicture func(ctx context.Context, file api.File) (address string, err error)

// Send sends a picture that Open has returned, and keeps in mind what was sent. It reports false after an error.
func (p Picture) Send(
	ctx context.Context, object string, picture *NewPicture, private ownership.Writer, diags *diag.Diagnostics,
	send SendPicture,
) bool {
	if picture == nil {
		return true
	}

	address, err := send(ctx, picture.file)
	if err != nil {
		apidiag.Add(diags, fmt.Sprintf("set the %s of %s", p, object), err)
		return false
	}

	diags.Append(p.store(ctx, private, sentPicture{Hash: picture.hash, Place: placeOf(address)})...)

	return true
}

// SendNew is Send for an object of the type that has just been made. It returns what the state is to have.
func (p Picture) SendNew(
	ctx context.Context, typeName string, id, plan types.String, picture *NewPicture, private ownership.Writer, diags *diag.Diagnostics,
	send SendPicture,
) types.String {
	if p.Send(ctx, noun.Of(typeName)+" "+id.ValueString(), picture, private, diags, send) {
		return plan
	}

	adopt.AddUnfinished(diags, typeName, id.ValueString(), "the step above failed")

	return types.StringNull()
}

// Forget notes that the platform has no picture of ours.
func (p Picture) Forget(ctx context.Context, private ownership.Writer) diag.Diagnostics {
	return p.store(ctx, private, sentPicture{})
}

// Follow returns what the state is to have after a read that found a picture at an address.
func (p Picture) Follow(ctx context.Context, name types.String, address string, from ownership.Reader, to ownership.Writer, diags *diag.Diagnostics) types.String {
	if name.ValueString() == "" {
		return name
	}

	sent := p.sent(ctx, from, diags)
	if sent.Hash == "" {
		return name
	}

	if placeOf(address) != sent.Place {
		diags.Append(p.Forget(ctx, to)...)
		return types.StringValue(anotherPicture)
	}

	hash, err := localfile.Hash(name.ValueString(), largestPicture)
	if err == nil && hash != sent.Hash {
		return types.StringValue(anotherPicture)
	}

	return name // A file that cannot be read was sent all the same.
}

// placeOf returns an address without its host: a server that has moved shows the same pictures. One that makes other addresses
// since it was updated gets them once more.
func placeOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}

	return parsed.RequestURI()
}
