package account

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
)

// Track returns the value of an optional attribute after a read: the found one if the configuration manages the attribute,
// which a value in prior shows, and null otherwise. An import tracks everything that was found.
func Track[V attr.Value](imported bool, prior, found V) V {
	if imported || !prior.IsNull() {
		return found
	}

	return prior
}
