package ownership

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// Managed is what the configuration manages of one object, as its private state records it. An attribute or key is managed
// from the first apply of a configuration that names it until the first apply of one that no longer does. An import only
// fills the state and manages nothing.
//
// The methods report true for everything if nothing is recorded, as in a state of a version that recorded nothing: then
// what the state holds was configured.
type Managed struct {
	recorded bool
	names    map[string][]string
}

// record is the form in the private state.
type record struct {
	// Imported is set between an import and the first read.
	Imported bool `json:"imported,omitempty"`
	// Names holds the attributes, each with its keys or elements where these are managed one by one.
	Names map[string][]string `json:"names"`
}

const privateKey = "managed"

// Reader is the private state of a request.
type Reader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// Writer is the private state of a response.
type Writer interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Load returns what the private state records.
func Load(ctx context.Context, private Reader) (Managed, diag.Diagnostics) {
	found, recorded, diags := load(ctx, private)
	return Managed{recorded: recorded, names: found.Names}, diags
}

func load(ctx context.Context, private Reader) (record, bool, diag.Diagnostics) {
	raw, diags := private.GetKey(ctx, privateKey)
	if diags.HasError() {
		return record{}, false, diags
	}

	found, recorded := decode(raw)

	return found, recorded, diags
}

// decode returns what is recorded, and whether anything is. What another version wrote counts as nothing.
func decode(raw []byte) (record, bool) {
	var found record

	err := json.Unmarshal(raw, &found)
	if err != nil {
		return record{}, false
	}

	return found, true
}

// Store records what the configuration sets. Call it at the end of Create and Update. Of the attributes named in keyed, the
// keys or elements are recorded too.
func Store(ctx context.Context, private Writer, config tfsdk.Config, keyed ...string) diag.Diagnostics {
	names := map[string][]string{}
	attributes, _ := tfvalue.RawMembers(config.Raw)

	for name, value := range attributes {
		if value.IsNull() {
			continue
		}

		names[name] = nil
		if slices.Contains(keyed, name) {
			names[name] = keysOf(value)
		}
	}

	return store(ctx, private, record{Names: names})
}

// keysOf returns the keys of a map, or the elements of a collection of strings.
func keysOf(value tftypes.Value) []string {
	keys := []string{}

	members, _ := tfvalue.RawMembers(value)
	for key, member := range members {
		if !member.IsNull() {
			keys = append(keys, key)
		}
	}

	elements, _ := tfvalue.RawElements(value)
	for _, element := range elements {
		var text string
		if element.IsKnown() && !element.IsNull() && element.As(&text) == nil {
			keys = append(keys, text)
		}
	}

	slices.Sort(keys)

	return keys
}

func store(ctx context.Context, private Writer, what record) diag.Diagnostics {
	raw, err := json.Marshal(what)
	if err != nil {
		var diags diag.Diagnostics
		diags.AddError("Unable to record what is managed", err.Error())

		return diags
	}

	return private.SetKey(ctx, privateKey, raw)
}

// MarkImported records that the object is being imported. Call it in ImportState.
func MarkImported(ctx context.Context, private Writer) diag.Diagnostics {
	return store(ctx, private, record{Imported: true, Names: map[string][]string{}})
}

// IsImported reports whether this is the first read after an import. The mark stays.
func IsImported(ctx context.Context, from Reader) (bool, diag.Diagnostics) {
	found, _, diags := load(ctx, from)
	return found.Imported, diags
}

// TakeImported reports whether this is the first read after an import, which fills the whole state, and removes the mark.
// Call it in Read with the private states of request and response.
func TakeImported(ctx context.Context, from Reader, to Writer) (bool, diag.Diagnostics) {
	found, _, diags := load(ctx, from)
	if diags.HasError() || !found.Imported {
		return false, diags
	}

	found.Imported = false
	diags.Append(store(ctx, to, found)...)

	return true, diags
}

// Has reports whether the configuration manages the attribute.
func (m Managed) Has(name string) bool {
	_, ok := m.names[name]
	return ok || !m.recorded
}

// HasKey reports whether the configuration manages the key or element of the attribute.
func (m Managed) HasKey(name, key string) bool {
	return !m.recorded || slices.Contains(m.names[name], key)
}

// Split divides keys of an attribute into those that the configuration manages and the others.
func (m Managed) Split(name string, keys []string) (managed, others []string) {
	for _, key := range keys {
		if m.HasKey(name, key) {
			managed = append(managed, key)
		} else {
			others = append(others, key)
		}
	}

	return managed, others
}

// WarnKept returns the warning for keys or elements that leave the state and stay on the platform, because an import found
// them and the configuration never named them.
func WarnKept(name string, keys []string) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root(name), "Not managed here, and left as it is", fmt.Sprintf(
		"An import found these in %s, and the configuration has never named them: %s. They leave the state and stay on the platform. "+
			"To manage them, write them into the configuration.", name, strings.Join(keys, ", ")))
}
