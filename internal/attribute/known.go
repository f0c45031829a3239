package attribute

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// Known warns of words that the provider does not know, and lets them pass: newer servers and forks have words of their
// own, and the server decides. It is for lists that grow; closed lists are refused with stringvalidator.OneOf.
func Known(words ...string) validator.String { return knownWords(words) }

type knownWords []string

// Description says what is known.
func (k knownWords) Description(context.Context) string {
	return "should be one of " + Choices(k...)
}

// MarkdownDescription is Description.
func (k knownWords) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

// ValidateString warns.
func (k knownWords) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if tfvalue.IsSet(req.ConfigValue) && !slices.Contains(k, req.ConfigValue.ValueString()) {
		resp.Diagnostics.AddAttributeWarning(req.Path, UnknownWord, UnknownWordDetail(k...))
	}
}

// UnknownWord is the summary of the warning about a word that the provider does not know.
const UnknownWord = "A word that the provider does not know"

// UnknownWordDetail is the detail of that warning.
func UnknownWordDetail(known ...string) string {
	return "The word is sent as it is, and the server decides whether it is valid. Check the spelling. Known are: " + Choices(known...) + "."
}
