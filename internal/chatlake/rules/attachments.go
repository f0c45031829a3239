package rules

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

const (
	sendAttachment = "send_attachment"
	// attachmentsKey is where the private state has the files that were sent.
	attachmentsKey = "attachments"
)

// fileDescription is what the pages say about the files of actions.
const fileDescription = " An action `send_attachment` names a file of this machine, of any type and at most 100 MiB, as in `{ action_name = \"send_attachment\", file = \"${path.module}/prices.pdf\" }`: " +
	"it is uploaded when its content changes, and not when its path or another part changes. Where a refresh finds that the file holds something else than was sent, it leaves `" + account.AnotherFile + "` in the state, " +
	"and the next apply sends it; where somebody has put another file there, the state has `action_params` with its number. An import finds such a number, and the file of a configuration is sent once then. " +
	"With `-refresh=false`, changes of the file are not planned. The platform takes 60 uploads an hour. In place of a file, `action_params` takes the id that the action `chatlake_upload` says."

// sentFile is a file that an action has named and that the platform has.
type sentFile struct {
	Name string `json:"name"`
	Hash string `json:"hash,omitempty"`
	// ID is the number that the platform shows in the action. It ends with the rule or the macro.
	ID string `json:"id"`
}

// sentFiles are those of a rule or a macro.
type sentFiles []sentFile

// loadFiles returns what the private state has. What another version wrote is none: the files are sent again.
func loadFiles(ctx context.Context, private ownership.Reader, diags *diag.Diagnostics) sentFiles {
	raw, problems := private.GetKey(ctx, attachmentsKey)
	diags.Append(problems...)

	var files sentFiles
	if json.Unmarshal(raw, &files) != nil {
		return nil
	}

	return files
}

// store notes the files, where there were others before.
func (f sentFiles) store(ctx context.Context, private ownership.Writer, before sentFiles) diag.Diagnostics {
	raw, err := json.Marshal(f)
	if err != nil || slices.Equal(f, before) {
		return nil // Texts can always be encoded.
	}

	return private.SetKey(ctx, attachmentsKey, raw)
}

// in returns the files that an object still has. An id that it does not show may have ended.
func (f sentFiles) in(found api.Steps) sentFiles {
	return slices.DeleteFunc(slices.Clone(f), func(one sentFile) bool {
		return !slices.ContainsFunc(found, func(step any) bool { return attachmentID(step) == one.ID })
	})
}

// checked names those files account.AnotherFile that hold something else by now. A file that cannot be read was sent all the same.
func (f sentFiles) checked() sentFiles {
	checked := slices.Clone(f)

	for i, one := range checked {
		hash, err := localfile.Hash(one.Name, account.LargestFile)
		if err == nil && hash != one.Hash {
			checked[i].Name = account.AnotherFile
		}
	}

	return checked
}

// name returns steps with the paths of files in the place of the ids that the platform shows.
func (f sentFiles) name(found api.Steps) api.Steps {
	named := slices.Clone(found)

	for i, step := range named {
		id := attachmentID(step)

		at := slices.IndexFunc(f, func(one sentFile) bool { return one.ID == id })
		if at >= 0 {
			named[i] = map[string]any{"action_name": sendAttachment, "file": f[at].Name}
		}
	}

	return named
}

// likeFiles are the files that an object has where a plan names some, if they have the names of the plan's. Their content is not known.
func likeFiles(plan types.Dynamic, found api.Steps, attached []api.AttachedFile) sentFiles {
	var like sentFiles

	for i, step := range normalizedSteps(tfvalue.JSON(plan)) {
		if i >= len(found) {
			break
		}

		one := sentFile{Name: fileOf(step), ID: attachmentID(found[i])}

		isNamed := slices.ContainsFunc(attached, func(file api.AttachedFile) bool {
			return file.BlobID.String() == one.ID && file.Filename == filepath.Base(one.Name)
		})
		if one.Name != "" && isNamed {
			like = append(like, one)
		}
	}

	return like
}

// attachmentID returns the id in an action send_attachment as the platform shows it, or "".
func attachmentID(step any) string {
	object, _ := step.(map[string]any)
	params, _ := object["action_params"].([]any)

	if object["action_name"] != sendAttachment || len(params) != 1 {
		return ""
	}

	return fmt.Sprint(params[0])
}

// fileOf returns the path that a step has, or "".
func fileOf(step any) string {
	object, _ := step.(map[string]any)
	name, _ := object["file"].(string)

	return name
}

// plannedFile is the file of the action at a place.
type plannedFile struct {
	sentFile

	at int
	// content is nil if the platform has it.
	content *api.File
}

// attachments are the files of one write.
type attachments struct {
	held  sentFiles
	files []plannedFile
	// isThere is set if the platform has all actions as planned.
	isThere bool
}

// openAttachments reads the files that a plan names, before anything is sent. Private is nil for a new object.
func openAttachments(ctx context.Context, prior, plan types.Dynamic, private ownership.Reader, diags *diag.Diagnostics) attachments {
	var a attachments

	if private != nil {
		a.held = loadFiles(ctx, private, diags)
	}

	if plan.Equal(prior) {
		a.isThere = true
		return a
	}

	left := slices.Clone(a.held) // An upload is for one action.

	for i, step := range normalizedSteps(tfvalue.JSON(plan)) {
		name := fileOf(step)
		if name == "" {
			continue
		}

		file, hash, err := account.ReadFile(name)

		// What was sent needs not be there any more.
		sent := slices.IndexFunc(left, func(one sentFile) bool { return one.Name == name })
		if localfile.IsMissing(err) && sent >= 0 {
			hash, err = left[sent].Hash, nil
		}

		if err != nil {
			addNoFile(diags, path.Root("actions"), i, err)
			continue
		}

		planned := plannedFile{sentFile: sentFile{Name: name, Hash: hash}, at: i, content: &file}

		at := slices.IndexFunc(left, func(one sentFile) bool { return one.Hash == hash })
		if at >= 0 {
			planned.ID, planned.content = left[at].ID, nil
			left = slices.Delete(left, at, at+1)
		}

		a.files = append(a.files, planned)
	}

	before, after := normalizedSteps(tfvalue.JSON(prior)), normalizedSteps(tfvalue.JSON(plan))
	isNew := slices.ContainsFunc(a.files, func(file plannedFile) bool { return file.content != nil })
	a.isThere = !isNew && tfvalue.SameJSON(a.held.identify(before), a.sent(nil).identify(after))

	return a
}

// identify returns steps with ids in the place of the paths that have one.
func (f sentFiles) identify(steps []any) []any {
	left, identified := slices.Clone(f), slices.Clone(steps)

	for i, step := range steps {
		name := fileOf(step)

		at := slices.IndexFunc(left, func(one sentFile) bool { return one.Name == name })
		if at >= 0 {
			identified[i] = sendingStep(left[at].ID)
			left = slices.Delete(left, at, at+1)
		}
	}

	return identified
}

// sendingStep is the action that sends an upload.
func sendingStep(id any) map[string]any {
	return map[string]any{"action_name": sendAttachment, "action_params": []any{id}}
}

// upload sends the files that the platform lacks, and puts the ids of all into the steps of a request. What fails later leaves
// uploads behind that nothing holds. It reports false after an error.
func (a attachments) upload(ctx context.Context, client *api.Client, steps api.Nullable[api.Steps], diags *diag.Diagnostics) bool {
	if steps.Value() == nil {
		return true
	}

	for _, file := range a.files {
		id := integers(file.ID)

		if file.content != nil {
			uploaded, err := client.Upload(ctx, *file.content)
			if err == nil {
				err = decodeID(uploaded.BlobID, &id)
			}

			if err != nil {
				apidiag.Add(diags, fmt.Sprintf("upload the file %q of action %d", file.Name, file.at), err)
				return false
			}
		}

		(*steps.Value())[file.at] = sendingStep(id)
	}

	return true
}

// decodeID reads an id that is sent as it came: a signed text, or a number.
func decodeID(raw json.RawMessage, id *any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	err := decoder.Decode(id)
	if err != nil {
		return fmt.Errorf("the id of the upload cannot be read: %w", err)
	}

	return nil
}

// sent returns what the platform has after a write that it answered with these actions; nil if nothing was sent.
func (a attachments) sent(answer api.Steps) sentFiles {
	if a.files == nil && a.isThere {
		return a.held
	}

	var sent sentFiles

	for _, file := range a.files {
		if file.at < len(answer) {
			file.ID = attachmentID(answer[file.at])
		}

		if file.ID != "" {
			sent = append(sent, file.sentFile)
		}
	}

	return sent
}

// validateFile refuses a file that is not sent, and one that cannot be. A file that is missing may be written by the run.
func validateFile(i int, step map[string]attr.Value, at path.Path, diags *diag.Diagnostics) {
	file := underlying(step["file"])
	if file == nil || file.IsNull() {
		return
	}

	params, _ := tfvalue.Elements(underlying(step["action_params"]))
	action, isKnown := textOf(step["action_name"])
	name, isText := textOf(file)

	switch {
	case isKnown && action != sendAttachment:
		diags.AddAttributeError(at, "A file that is not sent", fmt.Sprintf("Action %d, %s, has a file, which only %s takes.", i, action, sendAttachment))
	case len(params) > 0:
		diags.AddAttributeError(at, "Two attachments", fmt.Sprintf("Action %d has action_params and a file: give one of them. Several files take an action each.", i))
	case file.IsUnknown():
	case !isText || name == "":
		diags.AddAttributeError(at, "A file that is no path", fmt.Sprintf("Action %d has a file that is no path, such as \"${path.module}/prices.pdf\".", i))
	default:
		err := localfile.Check(name, account.LargestFile)
		if err != nil && !localfile.IsMissing(err) {
			addNoFile(diags, at, i, err)
		}
	}
}

func addNoFile(diags *diag.Diagnostics, at path.Path, i int, err error) {
	diags.AddAttributeError(at, "Unable to read the file", fmt.Sprintf("Action %d: the file %s. Nothing was sent. Give the path of a regular file of at most 100 MiB.", i, err))
}
