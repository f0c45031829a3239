package help

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// portalModel is a help center in a configuration and in state.
type portalModel struct {
	portalData

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
	m.DefaultLocale = tfvalue.StringOrNull(found.Config.DefaultLocale)

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

// request is what has to be sent to get from prior to the plan; from the zero value, to create. The platform merges the
// members of config, so a changed one is sent whole, and nothing else.
func (m *portalModel) request(prior portalModel) api.Fields {
	fields, config := api.Fields{}, api.Fields{}
	account.SendChange(fields, "slug", prior.Slug, m.Slug)
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "color", prior.Color, m.Color)
	account.SendChange(fields, "custom_domain", prior.CustomDomain, m.CustomDomain)
	account.SendChange(fields, "header_text", prior.HeaderText, m.HeaderText)
	account.SendChange(fields, "homepage_link", prior.HomepageLink, m.HomepageLink)
	account.SendChange(fields, "page_title", prior.PageTitle, m.PageTitle)
	account.SendChange(fields, "archived", prior.Archived, m.Archived)
	account.SendIDChange(fields, "inbox_id", prior.InboxID, m.InboxID)
	account.SendChange(config, "default_locale", prior.DefaultLocale, m.DefaultLocale)
	account.SendChange(config, "allowed_locales", prior.AllowedLocales, m.AllowedLocales)
	account.SendChange(config, "draft_locales", prior.DraftLocales, m.DraftLocales)
	account.SendChange(config, "layout", prior.Layout, m.Layout)
	account.SendChange(config, "social_profiles", prior.SocialProfiles, m.SocialProfiles)
	account.SendChange(config, "locale_translations", prior.LocaleTranslations, m.LocaleTranslations)

	for name, empty := range map[string]any{"draft_locales": []string{}, "social_profiles": map[string]any{}, "locale_translations": map[string]any{}} {
		value, sent := config[name]
		if sent && value == nil {
			config[name] = empty // A null in place of a list or an object is ignored.
		}
	}

	if len(config) > 0 {
		fields["config"] = config
	}

	return fields
}
