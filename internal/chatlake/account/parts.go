package account

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Part is an attribute that names other objects of the account. V is such an object.
type Part[V api.Identified] struct {
	// Attribute is its name, and Noun what it names, such as "agent bot".
	Attribute, Noun string
	// Prior and Wanted are its values, an id or a set of them.
	Prior, Wanted attr.Value
	// All lists the objects of the account. One reads a single one instead, where the list is long.
	All func(ctx context.Context) ([]V, error)
	One func(ctx context.Context, id api.ID) (V, error)
}

// Check refuses ids of objects that do not exist, before something is made or changed that then lacks them. What cannot be
// listed is left to the platform to refuse, unless the server has no such objects at all.
func (p Part[V]) Check(ctx context.Context, r *Resource, diags *diag.Diagnostics) {
	ids := idsIn(p.Wanted)
	if len(ids) == 0 || !IsChanged(p.Prior, p.Wanted) {
		return
	}

	missing, err := p.missing(ctx, ids)
	if api.IsLacking(err) {
		diags.AddAttributeError(path.Root(p.Attribute), fmt.Sprintf("There is no %s %s", p.Noun, ids[0]), apidiag.Detail(err))
	}

	if err != nil {
		return
	}

	for _, id := range missing {
		diags.AddAttributeError(path.Root(p.Attribute), fmt.Sprintf("There is no %s %s", p.Noun, id), fmt.Sprintf(
			"Account %s has no %s with the id %s, so nothing was changed. Objects of other accounts do not count.", r.Client.AccountID, p.Noun, id))
	}
}

// missing returns the ids of objects that do not exist.
func (p Part[V]) missing(ctx context.Context, ids []api.ID) ([]api.ID, error) {
	if p.One == nil {
		all, err := p.All(ctx)

		return slices.DeleteFunc(ids, func(id api.ID) bool {
			return slices.ContainsFunc(all, func(one V) bool { return api.IDOf(one) == id })
		}), err
	}

	var missing []api.ID

	for _, id := range ids {
		_, err := p.One(ctx, id)

		switch {
		case transport.IsNotFound(err):
			missing = append(missing, id)
		case err != nil:
			return nil, err
		}
	}

	return missing, nil
}

// idsIn returns the ids that an attribute holds.
func idsIn(value attr.Value) []api.ID {
	texts := Texts(value)
	if text, ok := value.(types.String); ok && text.ValueString() != "" {
		texts = []string{text.ValueString()}
	}

	ids := make([]api.ID, len(texts))
	for i, text := range texts {
		ids[i] = api.ParseID(text)
	}

	return ids
}
