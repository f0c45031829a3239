package desk

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// The attributes that hold Captain's preferences.
const (
	captainModels   = "captain_models"
	captainFeatures = "captain_features"
)

// captainParts are the parts of Captain of which an account may choose something.
var captainParts = []string{"editor", "assistant", "copilot", "label_suggestion", "audio_transcription", "help_center_search"}

// preference accepts one kind of value for each part of Captain.
type preference struct {
	what string
	is   func(value any) bool
}

// modelNames accepts the names of language models, and flags what is switched on or off.
var (
	modelNames = preference{"the name of a language model", func(value any) bool { text, ok := value.(string); return ok && text != "" }}
	flags      = preference{"true or false", func(value any) bool { _, ok := value.(bool); return ok }}
)

// Description says what is accepted.
func (p preference) Description(context.Context) string {
	return "must have " + p.what + " for each part of Captain, or null for the server's default"
}

// MarkdownDescription is Description.
func (p preference) MarkdownDescription(ctx context.Context) string { return p.Description(ctx) }

// ValidateDynamic refuses other values. It warns about a part that only newer servers may know: others drop it without a word.
func (p preference) ValidateDynamic(ctx context.Context, req validator.DynamicRequest, resp *validator.DynamicResponse) {
	account.JSONObject().ValidateDynamic(ctx, req, resp)

	members, _ := tfvalue.Members(req.ConfigValue.UnderlyingValue())
	chosen, _ := tfvalue.JSONObject(req.ConfigValue)

	for part, member := range members {
		_, isKnown := tfvalue.Unwrap(member)
		if isKnown && !p.is(chosen[part]) {
			resp.Diagnostics.AddAttributeError(req.Path, "Not a preference of Captain", "The value "+p.Description(ctx)+".")
			return
		}

		if !slices.Contains(captainParts, part) {
			resp.Diagnostics.AddAttributeWarning(req.Path, attribute.UnknownWord, attribute.UnknownWordDetail(captainParts...))
		}
	}
}

// preferencesOf returns what is set of what the configuration names, or all that is set. Null and "" are the server's default.
func preferencesOf(everything bool, prior types.Dynamic, found api.Object) types.Dynamic {
	set := api.Object{}

	for part, value := range found {
		if value != nil && value != "" {
			set[part] = value
		}
	}

	if everything {
		return account.ObjectOrNull(set)
	}

	return tfvalue.TrackedObject(prior, set)
}

// preferencesChange returns what turns prior into the plan. A part that goes becomes null, which is the only way back to the
// server's default, if the configuration had it.
func preferencesChange(name string, prior, plan types.Dynamic, managed ownership.Managed, diags *diag.Diagnostics) api.Nullable[api.Object] {
	if plan.IsUnknown() {
		return api.Nullable[api.Object]{}
	}

	parts, problems := account.ObjectChangeOf(prior, plan)
	diags.Append(problems...)

	change := api.Object{}
	for part, value := range parts.Changed {
		change[part] = value
	}

	removed, others := managed.Split(name, parts.Removed)
	account.WarnKeptKeys(diags, name, "the configuration never had them", others)

	for _, part := range removed {
		change[part] = nil
	}

	if len(change) == 0 {
		return api.Nullable[api.Object]{}
	}

	return api.Set(change)
}
