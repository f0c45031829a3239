package account

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// Query is what a data source looks for: an id, or a key that several objects may have.
type Query struct {
	Kind    string // As in chatlake_agent_bot, without the prefix.
	ID, Key types.String
	KeyName string // The key's attribute.
}

// FindOne returns the only object that matches the query. It is an error if several do, because their order is not
// defined.
func FindOne[V any](diags *diag.Diagnostics, a Query, all []V, keys func(V) (id api.ID, key string)) (V, bool) {
	var found []V

	for _, one := range all {
		id, key := keys(one)
		if a.ID.ValueString() == id.String() || !a.Key.IsNull() && a.Key.ValueString() == key {
			found = append(found, one)
		}
	}

	noun, value := strings.ReplaceAll(a.Kind, "_", " "), a.ID.ValueString()+a.Key.ValueString()
	plural := pluralOf(a.Kind)

	switch len(found) {
	case 0:
		apidiag.NotFound(diags, strings.ToUpper(noun[:1])+noun[1:]+" "+value)
	case 1:
		return found[0], true
	default:
		nouns := strings.ReplaceAll(plural, "_", " ")
		diags.AddAttributeError(path.Root(a.KeyName), fmt.Sprintf("Several %s have the %s", nouns, a.KeyName),
			fmt.Sprintf("%d %s have the %s %q. Ask for one by id: the data source chatlake_%s lists them.", len(found), nouns, a.KeyName, value, plural))
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
