package inbox

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// csatModel is csat_config. The platform fills in what an update leaves out, but not what a create does, so the defaults
// are given here and everything is always sent.
type csatModel struct {
	DisplayType types.String `tfsdk:"display_type"`
	Message     types.String `tfsdk:"message"`
	ButtonText  types.String `tfsdk:"button_text"`
	Language    types.String `tfsdk:"language"`
	Rules       types.Object `tfsdk:"survey_rules"`
}

// csatRules say which conversations get a survey.
type csatRules struct {
	Operator types.String `tfsdk:"operator"`
	Values   types.List   `tfsdk:"values"`
}

const (
	csatDisplay  = "emoji"
	csatButton   = "Please rate us"
	csatLanguage = "en"
	csatOperator = "contains"
)

var (
	csatRulesType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"operator": types.StringType, "values": types.ListType{ElemType: types.StringType},
	}}
	csatType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"display_type": types.StringType, "message": types.StringType, "button_text": types.StringType,
		"language": types.StringType, "survey_rules": csatRulesType,
	}}
)

// surveyText returns a text that has a default.
func surveyText(description, byDefault string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + fmt.Sprintf(" Default `%s`.", byDefault), Optional: true, Computed: true,
		Default: stringdefault.StaticString(byDefault), Validators: attribute.OrEmpty(validators...),
		PlanModifiers: []planmodifier.String{attribute.KeepSpelling().WithDefault(types.StringValue(byDefault))},
	}
}

func csatAttribute() schema.SingleNestedAttribute {
	message := surveyText("What the survey says.", "")
	message.MarkdownDescription = "What the survey says. Default empty: the platform's own sentence."

	return schema.SingleNestedAttribute{
		MarkdownDescription: "The satisfaction survey. Needs version 4.2.0 of the server. Taken out of the configuration, it goes back to the defaults.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"display_type": surveyText("How ratings are shown: `emoji` or `star`.", csatDisplay, attribute.Known(csatDisplay, "star")),
			"message":      message,
			"button_text":  surveyText("What the survey's button says.", csatButton),
			"language":     surveyText("The survey's language.", csatLanguage),
			"survey_rules": schema.SingleNestedAttribute{
				MarkdownDescription: "Which conversations get a survey, by their labels. All, unless set.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"operator": surveyText("How the labels are compared, such as `contains` or `does_not_contain`.", csatOperator),
					"values": schema.ListAttribute{
						MarkdownDescription: "The titles of labels. Default none.", ElementType: types.StringType, Optional: true, Computed: true,
						Default: listdefault.StaticValue(types.ListValueMust(types.StringType, []attr.Value{})),
					},
				},
			},
		},
	}
}

// csatRequest returns a survey in full. What the platform keeps in it beside, such as a template for WhatsApp, stays.
func csatRequest(ctx context.Context, config types.Object, found api.Object) (*api.CSATConfig, diag.Diagnostics) {
	if config.IsNull() {
		return defaultSurvey(found), nil
	}

	var m csatModel

	diags := config.As(ctx, &m, objectAsOptions)
	button, language := cmp.Or(m.ButtonText.ValueString(), csatButton), cmp.Or(m.Language.ValueString(), csatLanguage)
	sent := api.CSATConfig{
		DisplayType: cmp.Or(m.DisplayType.ValueString(), csatDisplay), Message: m.Message.ValueString(),
		ButtonText: &button, Language: &language,
		SurveyRules: noSurveyRules(), Others: found,
	}

	if tfvalue.IsSet(m.Rules) {
		var rules csatRules

		diags.Append(m.Rules.As(ctx, &rules, objectAsOptions)...)
		sent.SurveyRules = api.CSATRules{Operator: cmp.Or(rules.Operator.ValueString(), csatOperator), Values: account.Texts(rules.Values)}
	}

	return &sent, diags
}

// defaultSurvey returns a survey as it is by default. It names every field, because the platform takes an empty object for
// nothing. Servers before 4.9.0 do not know two of them.
func defaultSurvey(found api.Object) *api.CSATConfig {
	defaultOf := func(key, value string) *string {
		_, isKnown := found[key]
		if !isKnown {
			return nil
		}

		return &value
	}

	return &api.CSATConfig{
		DisplayType: csatDisplay, SurveyRules: noSurveyRules(), Others: found,
		ButtonText: defaultOf("button_text", csatButton), Language: defaultOf("language", csatLanguage),
	}
}

func noSurveyRules() api.CSATRules {
	return api.CSATRules{Operator: csatOperator, Values: []string{}}
}

// csatFromAPI is the survey as it was found.
func csatFromAPI(ctx context.Context, prior types.Object, found api.Object, all bool) (types.Object, diag.Diagnostics) {
	if len(found) == 0 || prior.IsNull() && !all {
		return types.ObjectNull(csatType.AttrTypes), nil
	}

	var (
		before csatModel
		diags  diag.Diagnostics
	)
	if tfvalue.IsSet(prior) {
		diags.Append(prior.As(ctx, &before, objectAsOptions)...)
	}

	value := func(key, byDefault string) types.String {
		if text, ok := found[key].(string); ok {
			return types.StringValue(text)
		}

		return types.StringValue(byDefault)
	}
	m := csatModel{
		DisplayType: value("display_type", csatDisplay), Message: value("message", ""),
		ButtonText: value("button_text", csatButton), Language: value("language", csatLanguage),
		Rules: types.ObjectNull(csatRulesType.AttrTypes),
	}
	rules := csatRules{Operator: types.StringValue(csatOperator)}

	object, _ := found["survey_rules"].(map[string]any)
	if text, ok := object["operator"].(string); ok {
		rules.Operator = types.StringValue(text)
	}

	titles := []attr.Value{}
	for _, title := range labelsIn(object) {
		titles = append(titles, types.StringValue(title))
	}

	rules.Values = types.ListValueMust(types.StringType, titles)
	if !before.Rules.IsNull() || len(titles) > 0 { // No rule and an empty one are the same to the platform.
		var problems diag.Diagnostics

		m.Rules, problems = types.ObjectValueFrom(ctx, csatRulesType.AttrTypes, rules)
		diags.Append(problems...)
	}

	survey, problems := types.ObjectValueFrom(ctx, csatType.AttrTypes, m)
	diags.Append(problems...)

	return survey, diags
}
