package chatlake

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// asked is what a data source is asked for: an id, or a key that several objects may have.
type asked struct {
	kind    string // As in chatlake_agent_bot, without the prefix.
	id, key types.String
	keyName string // The key's attribute.
}

// theOne is the only object that was asked for. Having several to choose from is an error: which comes first is nobody's
// promise.
func theOne[V any](diags *diag.Diagnostics, a asked, all []V, keys func(V) (id api.ID, key string)) (V, bool) {
	var found []V

	for _, one := range all {
		id, key := keys(one)
		if a.id.ValueString() == id.String() || !a.key.IsNull() && a.key.ValueString() == key {
			found = append(found, one)
		}
	}

	noun, value := strings.ReplaceAll(a.kind, "_", " "), a.id.ValueString()+a.key.ValueString()
	plural := pluralOf(a.kind)

	switch len(found) {
	case 0:
		apidiag.NotFound(diags, strings.ToUpper(noun[:1])+noun[1:]+" "+value)
	case 1:
		return found[0], true
	default:
		nouns := strings.ReplaceAll(plural, "_", " ")
		diags.AddAttributeError(path.Root(a.keyName), fmt.Sprintf("Several %s have the %s", nouns, a.keyName),
			fmt.Sprintf("%d %s have the %s %q. Ask for one by id: the data source chatlake_%s lists them.", len(found), nouns, a.keyName, value, plural))
	}

	var none V

	return none, false
}

func pluralOf(kind string) string {
	if strings.HasSuffix(kind, "x") {
		return kind + "es"
	}

	return kind + "s"
}
