package inbox

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// templateModel is csat_template: a text, and what the carrier has made of it.
type templateModel struct {
	Message    types.String `tfsdk:"message"`
	ButtonText types.String `tfsdk:"button_text"`
	Language   types.String `tfsdk:"language"`
	Name       types.String `tfsdk:"name"`
	TemplateID types.String `tfsdk:"template_id"`
	Status     types.String `tfsdk:"status"`
}

var templateType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"message": types.StringType, "button_text": types.StringType, "language": types.StringType,
	"name": types.StringType, "template_id": types.StringType, "status": types.StringType,
}}

// surveyTexts are what csat_config and csat_template both say, with what an empty text stands for.
var surveyTexts = map[string]string{"message": "", "button_text": csatButton, "language": csatLanguage}

const (
	templateName     = "What the carrier calls the template."
	templateID       = "The template's id at Meta, or its SID at Twilio."
	templateStatus   = "What the carrier says of the template: `PENDING`, `APPROVED` or `REJECTED`, or another word of the carrier's. Null if the carrier does not know the template, or cannot be asked: the server does not tell these apart."
	templateMessage  = "What the message says."
	templateButton   = "What the button says."
	templateLanguage = "The language of the text, as the carrier calls it, such as `en` or `pt_BR`."
)

func csatTemplateAttribute() schema.SingleNestedAttribute {
	found := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}

	return schema.SingleNestedAttribute{
		MarkdownDescription: "The template with which the inbox asks customers for a rating in WhatsApp, which takes nothing else from those who have not written for a day: `whatsapp` with the provider `whatsapp_cloud`, and `twilio_whatsapp`. " +
			"Needs version 4.9.0 of the server, at Twilio 4.10.0. The server has the carrier make it, and the carrier judges it later, within minutes or a day: an apply does not wait, and a refresh reads `status`. " +
			"Another text is another template, which takes the place of the old one and is judged anew. " +
			"The server deletes the old one first. If the carrier then takes no other and no longer knows the old one, the state has an empty `message`, and the next apply makes a template again. " +
			"The dashboard keeps one text for a survey and its template, and agents see that of the survey: `csat_config` gets the text of the template if it is not configured, and should say the same if it is. " +
			"Taken out of the configuration, the template stays: the platform does not delete it.",
		Optional: true, Computed: true,
		Validators:    []validator.Object{templateValidator{}},
		PlanModifiers: []planmodifier.Object{templatePlan{}},
		Attributes: map[string]schema.Attribute{
			"message": schema.StringAttribute{
				MarkdownDescription: templateMessage, Required: true, Validators: []validator.String{attribute.NotBlank()},
			},
			"button_text": surveyText(templateButton, csatButton),
			"language":    surveyText(templateLanguage, csatLanguage),
			"name":        found(templateName),
			"template_id": found(templateID),
			"status":      found(templateStatus),
		},
	}
}

// templateOf returns a csat_template; the zero value for none.
func templateOf(ctx context.Context, object types.Object, diags *diag.Diagnostics) templateModel {
	var m templateModel

	if tfvalue.IsSet(object) {
		diags.Append(object.As(ctx, &m, objectAsOptions)...)
	}

	return m
}

// request is the text, with the defaults for what is left empty.
func (m templateModel) request() api.SurveyTemplateRequest {
	return api.SurveyTemplateRequest{
		Message: m.Message.ValueString(), ButtonText: cmp.Or(m.ButtonText.ValueString(), csatButton), Language: cmp.Or(m.Language.ValueString(), csatLanguage),
	}
}

// known is the template that the state is about.
func (m templateModel) known() api.SurveyTemplate {
	return api.SurveyTemplate{Name: m.Name.ValueString(), ID: m.TemplateID.ValueString()}
}

// surveyTextIn returns the text of a survey. The dashboard keeps that of its template there.
func surveyTextIn(config api.Object) api.SurveyTemplateRequest {
	text := func(name string) string {
		found, _ := config[name].(string)
		return cmp.Or(found, surveyTexts[name])
	}

	return api.SurveyTemplateRequest{Message: text("message"), ButtonText: text("button_text"), Language: text("language")}
}

// templateObject is a csat_template in state.
func templateObject(text api.SurveyTemplateRequest, template api.SurveyTemplate) types.Object {
	return types.ObjectValueMust(templateType.AttrTypes, map[string]attr.Value{
		"message": types.StringValue(text.Message), "button_text": types.StringValue(text.ButtonText), "language": types.StringValue(text.Language),
		"name": tfvalue.StringOrNull(template.Name), "template_id": tfvalue.StringOrNull(template.ID), "status": tfvalue.StringOrNull(template.Status),
	})
}

// readTemplate reads what an inbox has of a template. Of one that the state knows, the text is known, too: it never changes. That
// of another one is the survey's, because the dashboard keeps it there, and so does this provider. A change that failed leaves an
// empty text of a template that may be gone. If the carrier has it, a survey that follows it has its text.
func readTemplate(ctx context.Context, client *api.Client, prior types.Object, isFollowing bool, found api.Inbox, diags *diag.Diagnostics) types.Object {
	template := api.SurveyTemplateIn(found.CSATConfig)
	if !template.IsThere() {
		return types.ObjectNull(templateType.AttrTypes)
	}

	before, text := templateOf(ctx, prior, diags), surveyTextIn(found.CSATConfig)
	isKnown := template.Is(before.known())

	status, err := client.SurveyTemplateStatus(ctx, found.ID)
	template.Status = status

	if isKnown && (before.Message.ValueString() != "" || status == "" || !isFollowing) {
		text = before.request()
	}

	if err != nil {
		if isKnown {
			template.Status = before.Status.ValueString()
		}

		diags.AddAttributeWarning(path.Root("csat_template"), "Unable to read the status of the template of inbox "+found.ID.String(), apidiag.Detail(err)+
			"\n\nThe state keeps what was read before. The next refresh asks again.")
	}

	return templateObject(text, template)
}

// template has the carrier make the template that the plan wants, unless the state or the platform has it already. A survey that is
// not configured gets its text first: a run that is stopped after the template was made is then understood by the next one.
func (r *inboxResource) template(ctx context.Context, m *inboxModel, prior, wanted types.Object, config tfsdk.Config, diags *diag.Diagnostics) {
	var survey types.Object

	diags.Append(config.GetAttribute(ctx, path.Root("csat_config"), &survey)...)

	m.CSATTemplate = prior

	before, plan := templateOf(ctx, prior, diags), templateOf(ctx, wanted, diags)
	if !tfvalue.IsSet(wanted) || !prior.IsNull() && before.request() == plan.request() {
		return
	}

	id, text := api.ParseID(m.ID.ValueString()), plan.request()

	found, err := r.Client.FreshInbox(ctx, id)
	if err != nil {
		templateFailed(id, err, notAsked, diags)
		return
	}

	held := api.SurveyTemplateIn(found.CSATConfig)
	isSure := held.Is(before.known()) && before.Message.ValueString() != ""

	if held.IsThere() && !isSure && surveyTextIn(found.CSATConfig) == text {
		there := readTemplate(ctx, r.Client, prior, survey.IsNull(), found, diags)
		if templateOf(ctx, there, diags).request() == text {
			m.CSATTemplate = there
			return
		}
	}

	old := surveyTextIn(found.CSATConfig)
	if isSure {
		old = before.request()
	}

	if survey.IsNull() && surveyTextIn(found.CSATConfig) != text {
		found, err = r.Client.UpdateInbox(ctx, id, api.InboxRequest{CSATConfig: withText(found.CSATConfig, text)})
		if err != nil {
			templateFailed(id, err, notAsked, diags)
			return
		}
	}

	made, err := r.makeTemplate(ctx, found, text)

	switch {
	case err == nil:
		m.CSATTemplate = templateObject(text, made)
	case made.IsThere():
		templateFailed(id, err, notStored, diags)
	case transport.IsLost(err):
		templateFailed(id, err, notKnown, diags)
	default:
		r.goBack(ctx, m, found, old, survey.IsNull(), err, diags)
	}
}

// goBack undoes what a refused request for a template has done, as far as that can be: a survey that follows the template gets its old
// text again. The server has tried to delete the old template before. If the carrier does not know it any more, the state gets an
// empty text, so that the next apply makes a template.
func (r *inboxResource) goBack(ctx context.Context, m *inboxModel, found api.Inbox, old api.SurveyTemplateRequest, isFollowing bool, cause error, diags *diag.Diagnostics) {
	var err error
	if isFollowing && surveyTextIn(found.CSATConfig) != old {
		_, err = r.Client.UpdateInbox(ctx, found.ID, api.InboxRequest{CSATConfig: withText(found.CSATConfig, old)})
	}

	held, end := api.SurveyTemplateIn(found.CSATConfig), refusedFirst

	switch {
	case !held.IsThere():
	case err != nil:
		end = refusedHalf
	default:
		end = refusedKept

		held.Status, _ = r.Client.SurveyTemplateStatus(ctx, found.ID) // An error tells as little as no status.
		if held.Status == "" {
			end, old.Message = refusedGone, ""
		}

		m.CSATTemplate = templateObject(old, held)
	}

	templateFailed(found.ID, cause, end, diags)

	if err != nil {
		diags.AddAttributeError(path.Root("csat_config"), "Unable to give the survey of inbox "+found.ID.String()+" its old text", apidiag.Detail(err)+
			"\n\nThe survey has the text of the template that was refused, and agents see it. No plan shows this: apply again, or set the old text in csat_config.")
	}
}

// makeTemplate has the carrier make a template, and sees to it that csat_config holds it, as servers before 4.10.0 leave to their
// clients. If the answer was lost, csat_config tells whether the template was made.
func (r *inboxResource) makeTemplate(ctx context.Context, before api.Inbox, text api.SurveyTemplateRequest) (api.SurveyTemplate, error) {
	made, lost := r.Client.CreateSurveyTemplate(ctx, before.ID, text)
	if lost != nil && !transport.IsLost(lost) {
		return made, lost
	}

	old := api.SurveyTemplateIn(before.CSATConfig)
	isMade := func(found api.Inbox) bool {
		held := api.SurveyTemplateIn(found.CSATConfig)
		return held.IsThere() && !held.Is(old)
	}

	if lost != nil {
		found, err := api.ReadBack(ctx, "the template of inbox "+before.ID.String(), func(ctx context.Context) (api.Inbox, error) {
			return r.Client.FreshInbox(ctx, before.ID)
		}, isMade)
		if err != nil || !isMade(found) {
			return made, lost
		}

		made = api.SurveyTemplateIn(found.CSATConfig)
		made.Status, _ = r.Client.SurveyTemplateStatus(ctx, before.ID) // If it cannot be read now, the next refresh reads it.

		return made, nil
	}

	found, err := r.Client.FreshInbox(ctx, before.ID)
	if err != nil || api.SurveyTemplateIn(found.CSATConfig).Is(made) {
		return made, err
	}

	held := api.WithSurveyTemplate(found.CSATConfig, made)
	_, err = r.Client.UpdateInbox(ctx, before.ID, api.InboxRequest{CSATConfig: withText(held, surveyTextIn(held))})

	return made, err
}

// withText returns a survey with another text, and everything else as it was found.
func withText(found api.Object, text api.SurveyTemplateRequest) *api.CSATConfig {
	survey := &api.CSATConfig{DisplayType: csatDisplay, SurveyRules: noSurveyRules(), Others: found}

	kind, ok := found["display_type"].(string)
	if ok {
		survey.DisplayType = kind
	}

	rules, _ := found["survey_rules"].(map[string]any)

	operator, ok := rules["operator"].(string)
	if ok {
		survey.SurveyRules.Operator = operator
	}

	survey.SurveyRules.Values = append(survey.SurveyRules.Values, labelsIn(rules)...)
	survey.Message, survey.ButtonText, survey.Language = text.Message, &text.ButtonText, &text.Language

	return survey
}

// labelsIn returns the titles of labels in the rules of a survey.
func labelsIn(rules api.Object) []string {
	var titles []string

	values, _ := rules["values"].([]any)
	for _, title := range values {
		titles = append(titles, fmt.Sprint(title))
	}

	return titles
}

// What a failure leaves behind.
const (
	notAsked     = "The carrier was not asked, and the inbox has the template that it had."
	notStored    = "The carrier has made the template, and csat_config may lack it. The next refresh tells: if it is there, nothing is to be done, and if not, the next apply makes another one."
	mayBeGone    = "The old template may be gone at the carrier: the server deletes it before it asks for another one. "
	notKnown     = mayBeGone + "csat_config may have the new text already. To go back to the old one, set it in csat_config, too."
	askedCarrier = "The server has the carrier make the template, for which the key of the channel must be allowed to manage templates. If one of this name is in the way, delete that one at the carrier.\n\n"
	refusedFirst = askedCarrier + "Apart from that, the inbox is as planned."
	refusedKept  = askedCarrier + "The carrier still has the old template, and the inbox uses it."
	refusedHalf  = askedCarrier + mayBeGone + "csat_template.status tells after the next refresh. If it is null, apply another text to have a template again."
	refusedGone  = askedCarrier + mayBeGone + "The carrier does not know it now, or cannot be asked, and the server does not tell these apart. So the state has an empty message, and the next apply makes a template again, also of the old text. " +
		"If csat_config is not configured, a refresh that finds the old template at the carrier keeps it."
)

// templateFailed reports why there is no template, and how things stand.
func templateFailed(id api.ID, err error, end string, diags *diag.Diagnostics) {
	diags.AddAttributeError(path.Root("csat_template"), "Unable to make the template of inbox "+id.String(), apidiag.Detail(err)+
		"\n\n"+end+" Correct this and apply again. If the inbox was just created, `terraform untaint` first.")
}

// templatePlan plans what the carrier tells: as it is, if the text stays. Without a configuration the template stays as it is.
type templatePlan struct{}

// Description says what the modifier does.
func (templatePlan) Description(context.Context) string {
	return "Another text is another template. Without a value, the template stays as it is."
}

// MarkdownDescription is Description.
func (m templatePlan) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// ActsOnChangesOnly marks a modifier that changes nothing in a plan that is equal to the state.
func (templatePlan) ActsOnChangesOnly() {}

// PlanModifyObject plans the template.
func (templatePlan) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	if req.ConfigValue.IsUnknown() {
		return
	}

	if req.ConfigValue.IsNull() {
		resp.PlanValue = types.ObjectNull(templateType.AttrTypes)
		if tfvalue.IsSet(req.StateValue) {
			resp.PlanValue = req.StateValue
		}

		warnOfTexts(ctx, req, resp.PlanValue, &resp.Diagnostics)

		return
	}

	refuseCarrier(ctx, req, &resp.Diagnostics)

	state, plan := templateOf(ctx, req.StateValue, &resp.Diagnostics), templateOf(ctx, req.PlanValue, &resp.Diagnostics)
	isOpen := plan.Message.IsUnknown() || plan.ButtonText.IsUnknown() || plan.Language.IsUnknown()

	plan.Name, plan.TemplateID, plan.Status = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	if tfvalue.IsSet(req.StateValue) && !isOpen && state.request() == plan.request() {
		plan.Name, plan.TemplateID, plan.Status = state.Name, state.TemplateID, state.Status
	}

	value, diags := types.ObjectValueFrom(ctx, templateType.AttrTypes, plan)
	resp.Diagnostics.Append(diags...)
	resp.PlanValue = value

	warnOfTexts(ctx, req, value, &resp.Diagnostics)
}

// warnOfTexts warns of a survey that is configured with another text than that of the template. What is not known yet is not compared.
func warnOfTexts(ctx context.Context, req planmodifier.ObjectRequest, template types.Object, diags *diag.Diagnostics) {
	var survey types.Object

	diags.Append(req.Plan.GetAttribute(ctx, path.Root("csat_config"), &survey)...)

	message, _ := template.Attributes()["message"].(types.String)
	if !tfvalue.IsSet(survey) || !tfvalue.IsSet(template) || message.ValueString() == "" && !message.IsUnknown() { // An empty text is not known.
		return
	}

	var differing []string

	for _, name := range slices.Sorted(maps.Keys(surveyTexts)) {
		agents, _ := survey.Attributes()[name].(types.String)
		customers, _ := template.Attributes()[name].(types.String)

		isKnown := !agents.IsUnknown() && !customers.IsUnknown()
		if isKnown && cmp.Or(agents.ValueString(), surveyTexts[name]) != cmp.Or(customers.ValueString(), surveyTexts[name]) {
			differing = append(differing, name)
		}
	}

	if len(differing) == 0 {
		return
	}

	diags.AddAttributeWarning(path.Root("csat_config"), "Agents see another text than customers", fmt.Sprintf(
		"csat_config and csat_template differ in %s. Customers get what csat_template says, and agents see what csat_config says. "+
			"The carrier does not tell the text of a template: an import, and a run that follows a stopped one, take that of csat_config for it, and then make a template again that the carrier has approved. "+
			"Set the same text in both.", strings.Join(differing, ", ")))
}

// refuseCarrier refuses a template for a WhatsApp channel that is not Meta's, where the configuration leaves the provider open: then it
// is that of the state, or the platform's default.
func refuseCarrier(ctx context.Context, req planmodifier.ObjectRequest, diags *diag.Diagnostics) {
	kind, carrier := carrierOf(ctx, req.Config, diags)
	if kind.ValueString() != "whatsapp" || carrier.IsUnknown() || carrier.ValueString() != "" {
		return
	}

	var before types.String

	if !req.State.Raw.IsNull() {
		diags.Append(req.State.GetAttribute(ctx, path.Root("channel").AtName("provider"), &before)...)
	}

	if before.ValueString() != metaProvider {
		addNotMeta(req.Path, diags)
	}
}

// metaProvider is the provider of WhatsApp at which the server makes templates. What it asks of Meta, 360dialog does not know.
const metaProvider = "whatsapp_cloud"

// carrierOf returns type and provider of the channel in a configuration.
func carrierOf(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) (kind, provider types.String) {
	channel := path.Root("channel")
	diags.Append(config.GetAttribute(ctx, channel.AtName("type"), &kind)...)
	diags.Append(config.GetAttribute(ctx, channel.AtName("provider"), &provider)...)

	return kind, provider
}

func addNotMeta(at path.Path, diags *diag.Diagnostics) {
	diags.AddAttributeError(at, "Channel without templates", "The server makes templates at Meta and at Twilio. "+
		"A channel of type whatsapp has one with the provider "+metaProvider+": set channel.provider, or take csat_template out.")
}

// templateValidator refuses templates of channels that have none.
type templateValidator struct{}

// Description says what is accepted.
func (templateValidator) Description(context.Context) string {
	return "must be of a WhatsApp channel"
}

// MarkdownDescription is Description.
func (v templateValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateObject looks at the channel.
func (templateValidator) ValidateObject(ctx context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if !tfvalue.IsSet(req.ConfigValue) {
		return
	}

	kind, provider := carrierOf(ctx, req.Config, &resp.Diagnostics)

	switch {
	case !slices.Contains(channelTypes, kind.ValueString()): // Not known yet, or refused by its own validator.
	case !slices.Contains([]string{"whatsapp", "twilio_whatsapp"}, kind.ValueString()):
		resp.Diagnostics.AddAttributeError(req.Path, "Channel without templates", fmt.Sprintf(
			"A channel of type %s has no template. Those of the types whatsapp, with the provider %s, and twilio_whatsapp have one.", kind.ValueString(), metaProvider))
	case kind.ValueString() == "whatsapp" && provider.ValueString() != "" && provider.ValueString() != metaProvider:
		addNotMeta(req.Path, &resp.Diagnostics)
	}
}
