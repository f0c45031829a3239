package desk

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

// fixedChoice is one of several values. The platform chooses one at the latest when the object is created, and another one
// is another object.
func fixedChoice(description string, choices []string) schema.StringAttribute {
	a := attribute.Followed(description, stringvalidator.OneOf(choices...))
	a.PlanModifiers = append(a.PlanModifiers, stringplanmodifier.RequiresReplace())

	return a
}
