package attribute

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var withoutCapitals = regexp.MustCompile(`^[^\p{Lu}\p{Lt}]*$`)

// LowerCase refuses capitals in a text that the platform stores without them.
func LowerCase() validator.String {
	return stringvalidator.RegexMatches(withoutCapitals, "must be in lower case: the platform stores it that way")
}
