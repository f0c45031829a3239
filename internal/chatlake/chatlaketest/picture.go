package chatlaketest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// Two pictures of one pixel, as the tests of an area name them.
const (
	PicturePNG = "../chatlaketest/testdata/one.png"
	PictureGIF = "../chatlaketest/testdata/two.gif"
)

// Pictured is a type with an argument that names a picture.
type Pictured struct {
	Type, Argument string
	// Config is without the picture.
	Config acctest.Values
	// ByHand puts another picture on the object, as somebody in the dashboard does.
	ByHand func(*testing.T, *acctest.World, acctest.Object)
}

// pictured is the life of one object with a picture.
type pictured struct {
	*testing.T
	Pictured

	w      *acctest.World
	object acctest.Object
}

// RunPicture goes through what may become of a picture: of the file, of the path, and of what the platform has.
func RunPicture(t *testing.T, c Pictured) {
	t.Helper()
	t.Parallel()

	r := pictured{T: t, Pictured: c, w: acctest.New(t), object: acctest.Object{Type: c.Type}}
	name, other := filepath.Join(t.TempDir(), "picture"), filepath.Join(t.TempDir(), "other")
	r.copyTo(name, PicturePNG)
	r.copyTo(other, PicturePNG)

	r.sends("a new object", 1, name)
	r.sends("nothing new", 0, name)
	r.sends("the same content under another path", 0, other)
	r.sends("the first path again", 0, name)

	r.copyTo(name, PictureGIF)
	r.changes("another content", name)
	r.sends("another content", 1, name)
	r.sends("nothing new", 0, name)

	r.remove(name)
	r.sends("a file that is gone was sent all the same", 0, name)
	r.copyTo(name, PictureGIF)

	r.ByHand(t, r.w, r.object)
	r.changes("another picture", name)
	r.sends("another picture", 1, name)

	r.lateFile(name)
	r.sends("what changed between plan and apply", 1, name)

	r.sends("no picture", 0, "")
	r.sends("the same picture again", 1, name)

	r.ByHand(t, r.w, r.object)
	r.sends("no picture, after another one", 0, "")
	r.sends("no picture", 0, "")
	r.ByHand(t, r.w, r.object)
	r.sends("somebody's picture is left alone", 0, "")

	r.imported(name)
}

func (r *pictured) copyTo(name, source string) {
	r.Helper()

	content, err := os.ReadFile(source)
	if err != nil {
		r.Fatal(err)
	}

	if err := os.WriteFile(name, content, 0o600); err != nil {
		r.Fatal(err)
	}
}

func (r *pictured) remove(name string) {
	r.Helper()

	if err := os.Remove(name); err != nil {
		r.Fatal(err)
	}
}

func (r *pictured) config(name string) acctest.Values {
	if name == "" {
		return r.Config
	}

	return With(r.Config, acctest.Values{r.Argument: name})
}

// refresh is what a new run of Terraform does first.
func (r *pictured) refresh(when string) *acctest.Protocol {
	r.Helper()

	p := r.w.Protocol(r.T, nil)
	if r.object.Gone() {
		return p
	}

	read, diags := p.Read(r.Context(), r.object)
	if len(diags) > 0 || read.Gone() {
		r.Fatalf("%s: %s", when, diags)
	}

	r.object = read

	return p
}

// changes wants that a plan shows something.
func (r *pictured) changes(when, name string) {
	r.Helper()

	if !r.refresh(when).Changes(r.Context(), r.object, r.config(name)) {
		r.Errorf("%s: the plan is empty", when)
	}
}

// sends refreshes and applies, counts the files that are sent, and wants the next plan to be empty.
func (r *pictured) sends(when string, files int, name string) {
	r.Helper()

	p := r.refresh(when)
	r.w.Journal.Clear()

	applied, diags := p.Apply(r.Context(), r.object, r.config(name))
	if len(diags) > 0 {
		r.Fatalf("%s: %s", when, diags)
	}

	sent := 0

	for _, entry := range r.w.Journal.Writes() {
		if strings.Contains(string(entry.Body), "Content-Disposition: form-data") {
			sent++
		}
	}

	r.object = applied

	if sent != files || applied.String(r.Argument) != name {
		r.Errorf("%s: %d files were sent, want %d; the state has %q", when, sent, files, applied.String(r.Argument))
	}

	if r.refresh(when).Changes(r.Context(), r.object, r.config(name)) {
		r.Errorf("%s: the next plan is not empty", when)
	}
}

// lateFile changes the file between the plan and the apply of something else. As Terraform does, the apply plans again.
func (r *pictured) lateFile(name string) {
	r.Helper()

	config := With(r.config(name), acctest.Values{"name": "Another"})
	p := r.refresh("late")

	before, diags := p.Plan(r.Context(), r.object, config)
	if len(diags) > 0 {
		r.Fatal(diags)
	}

	r.copyTo(name, PicturePNG)

	p = r.w.Protocol(r.T, nil)

	again, diags := p.Plan(r.Context(), r.object, config)
	if len(diags) > 0 || string(again.PlannedState.MsgPack) != string(before.PlannedState.MsgPack) {
		r.Errorf("the plan differs in the apply: %s", diags)
	}

	r.Config = With(r.Config, acctest.Values{"name": "Another"})

	r.object, diags = p.ApplyPlan(r.Context(), r.object, config, again)
	if len(diags) > 0 {
		r.Error(diags)
	}
}

// imported wants that an import knows nothing of the picture, leaves it alone without the argument, and sends it once with it.
func (r *pictured) imported(name string) {
	r.Helper()

	p := r.w.Protocol(r.T, nil)

	found, diags := p.Import(r.Context(), r.Type, r.object.String("id"))
	if len(diags) > 0 {
		r.Fatal(diags)
	}

	r.object = found

	r.sends("imported, without the argument", 0, "")
	r.sends("imported", 1, name)
	r.sends("nothing new", 0, name)
}

// PictureBy puts another picture on an object, as somebody does by hand: an upload, whose id a field takes. Roots are the objects
// that the field is in, the innermost first.
func PictureBy(path, field string, roots ...string) func(*testing.T, *acctest.World, acctest.Object) {
	return func(t *testing.T, w *acctest.World, o acctest.Object) {
		t.Helper()

		upload, _ := Request(t, w, "POST", "/upload", `{"external_url":"https://pictures.example/by-hand.png"}`).(map[string]any)

		body := Object{field: upload["blob_id"]}
		for _, root := range roots {
			body = Object{root: body}
		}

		Ask(t, w, "PATCH", strings.ReplaceAll(path, "%s", o.String("id")), body)
	}
}
