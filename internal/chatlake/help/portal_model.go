package help

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// portalModel is a help center in a configuration and in state.
type portalModel struct {
	portalData

	Logo               types.String  `tfsdk:"logo"`
	LocaleTranslations types.Dynamic `tfsdk:"locale_translations"`
	AdoptExisting      types.Bool    `tfsdk:"adopt_existing"`
}

// portalData is what resource and data sources tell alike.
type portalData struct {
	ID             types.String `tfsdk:"id"`
	Slug           types.String `tfsdk:"slug"`
	Name           types.String `tfsdk:"name"`
	Color          types.String `tfsdk:"color"`
	CustomDomain   types.String `tfsdk:"custom_domain"`
	HeaderText     types.String `tfsdk:"header_text"`
	HomepageLink   types.String `tfsdk:"homepage_link"`
	PageTitle      types.String `tfsdk:"page_title"`
	Archived       types.Bool   `tfsdk:"archived"`
	DefaultLocale  types.String `tfsdk:"default_locale"`
	AllowedLocales types.Set    `tfsdk:"allowed_locales"`
	DraftLocales   types.Set    `tfsdk:"draft_locales"`
	Layout         types.String `tfsdk:"layout"`
	SocialProfiles types.Map    `tfsdk:"social_profiles"`
	InboxID        types.String `tfsdk:"inbox_id"`
}

// fromAPI takes over a help center; of what is optional, only what is managed, or all.
func (m *portalData) fromAPI(found api.Portal, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Slug = types.StringValue(found.Slug)
	m.Name = types.StringValue(found.Name)
	m.Color = tfvalue.StringOrNull(found.Color)
	m.CustomDomain = account.Track(all, m.CustomDomain, tfvalue.StringOrNull(found.CustomDomain))
	m.HeaderText = account.Track(all, m.HeaderText, tfvalue.StringOrNull(found.HeaderText))
	m.HomepageLink = account.Track(all, m.HomepageLink, tfvalue.StringOrNull(found.HomepageLink))
	m.PageTitle = account.Track(all, m.PageTitle, tfvalue.StringOrNull(found.PageTitle))
	m.Archived = types.BoolValue(found.Archived)
	m.DefaultLocale = tfvalue.StringOrNull(found.Locale())

	var allowed, drafts []string
	for _, locale := range found.Config.AllowedLocales {
		allowed = append(allowed, locale.Code)
		if locale.Draft {
			drafts = append(drafts, locale.Code)
		}
	}

	m.AllowedLocales = tfvalue.StringSet(allowed)
	m.DraftLocales = account.Track(all, m.DraftLocales, setOrNull(drafts))
	m.Layout = tfvalue.StringOrNull(found.Config.Layout)
	m.SocialProfiles = account.Track(all, m.SocialProfiles, profilesFromAPI(found.Config.SocialProfiles))
	m.InboxID = account.Track(all, m.InboxID, account.IDOrNull(found.Inbox.ID))
}

func (m *portalModel) fromAPI(found api.Portal, all bool) {
	m.portalData.fromAPI(found, all)
	m.LocaleTranslations = account.TrackObject(all, m.LocaleTranslations, found.Config.LocaleTranslations)
}

func profilesFromAPI(found api.Object) types.Map {
	profiles := map[string]string{}

	for name, profile := range found {
		if profile != nil && profile != "" {
			profiles[name] = fmt.Sprint(profile)
		}
	}

	if len(profiles) == 0 {
		return types.MapNull(types.StringType)
	}

	return tfvalue.MapOf(profiles)
}

// setOrNull is a set of strings; an empty one is null.
func setOrNull(elements []string) types.Set {
	if len(elements) == 0 {
		return types.SetNull(types.StringType)
	}

	return tfvalue.StringSet(elements)
}

// request returns what an update sends to turn prior into the plan, and reports whether it changes anything.
func (m *portalModel) request(prior portalModel) (api.PortalRequest, bool) {
	request := api.PortalRequest{
		Name:         m.Name.ValueString(),
		Slug:         account.TextChange(prior.Slug, m.Slug),
		Color:        account.TextChange(prior.Color, m.Color),
		CustomDomain: account.TextChange(prior.CustomDomain, m.CustomDomain),
		HeaderText:   account.TextChange(prior.HeaderText, m.HeaderText),
		HomepageLink: account.TextChange(prior.HomepageLink, m.HomepageLink),
		PageTitle:    account.TextChange(prior.PageTitle, m.PageTitle),
		Archived:     account.FlagChange(prior.Archived, m.Archived),
		InboxID:      account.IDChange(prior.InboxID, m.InboxID),
		Config:       m.config(prior),
	}

	return request, request != api.PortalRequest{Name: prior.Name.ValueString()}
}

// createRequest returns what a create sends. Both languages and a custom_domain are always in it: servers that are older
// than 4.14.0 need them.
func (m *portalModel) createRequest() api.PortalRequest {
	request, _ := m.request(portalModel{})

	if request.CustomDomain.IsZero() {
		request.CustomDomain = api.Set("")
	}

	if request.Config == nil {
		request.Config = &api.PortalConfig{}
	}

	request.Config.DefaultLocale, request.Config.AllowedLocales = m.languages(portalModel{})

	return request
}

// config returns the part of the request that older servers replace as a whole, or nil if nothing of it changes. It always
// has both languages: without them, a server before 4.12.0 could not show the portal any more.
func (m *portalModel) config(prior portalModel) *api.PortalConfig {
	layout := m.Layout
	if layout.ValueString() == "" {
		layout = prior.Layout // The server takes no empty one: it stays as it is, also in a portal that is adopted.
	}

	config := api.PortalConfig{
		DraftLocales:       account.TextsChange(prior.DraftLocales, m.DraftLocales),
		Layout:             account.TextChange(prior.Layout, layout),
		SocialProfiles:     profilesChange(prior.SocialProfiles, m.SocialProfiles),
		LocaleTranslations: account.FreeChange(prior.LocaleTranslations, m.LocaleTranslations),
	}

	isSame := config.DraftLocales.IsZero() && config.Layout.IsZero() && config.SocialProfiles.IsZero() && config.LocaleTranslations.IsZero()
	if isSame && !isNewValue(prior.DefaultLocale, m.DefaultLocale) && !isNewValue(prior.AllowedLocales, m.AllowedLocales) {
		return nil
	}

	config.DefaultLocale, config.AllowedLocales = m.languages(prior)

	return &config
}

// isNewValue reports whether the plan has a known value that prior lacks.
func isNewValue(prior, plan attr.Value) bool {
	return tfvalue.IsSet(plan) && tfvalue.Changed(prior, plan)
}

// defaultLanguage is the language of a portal that names none.
const defaultLanguage = "en"

// languages returns the portal's language and those that it allows: from the plan, else as they are. A portal that names
// neither is in English. One that allows other languages only is in the first of them, in alphabetical order.
func (m *portalModel) languages(prior portalModel) (language string, allowed []string) {
	allowed = account.Texts(m.AllowedLocales)
	if len(allowed) == 0 {
		allowed = account.Texts(prior.AllowedLocales)
	}

	language = m.DefaultLocale.ValueString()
	if language == "" {
		language = prior.DefaultLocale.ValueString()
	}

	if language == "" {
		language = defaultLanguage

		if len(allowed) > 0 && !slices.Contains(allowed, language) {
			language = slices.Min(allowed)
		}
	}

	isConfigured := tfvalue.IsSet(m.AllowedLocales) && !m.AllowedLocales.Equal(prior.AllowedLocales)
	if !isConfigured && !slices.Contains(allowed, language) {
		allowed = append(allowed, language)
	}

	return language, allowed
}

// profilesChange returns the change of the profiles. Nothing is an empty object: the server ignores null in its place.
func profilesChange(prior, plan types.Map) api.Nullable[map[string]string] {
	if plan.IsUnknown() || !tfvalue.Changed(prior, plan) {
		return api.Nullable[map[string]string]{}
	}

	profiles := map[string]string{}

	for name, value := range plan.Elements() {
		text, ok := value.(types.String)
		if ok {
			profiles[name] = text.ValueString()
		}
	}

	return api.Set(profiles)
}
