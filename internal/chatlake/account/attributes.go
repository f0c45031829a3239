package account

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// LocaleName is the form of a language's name; which ones exist depends on the server's version.
var LocaleName = regexp.MustCompile(`^[a-z]{2,3}(_[A-Z]{2})?$`)

// MaxString and MaxText are the greatest lengths of the platform's short and long columns, in characters.
const (
	MaxString = 255
	MaxText   = 20_000
)

// JSONObjectAttribute is an object of any form.
func JSONObjectAttribute(description string) schema.DynamicAttribute {
	return schema.DynamicAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.Dynamic{JSONObject()}}
}
