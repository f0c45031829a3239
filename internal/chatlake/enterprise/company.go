package enterprise

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// companyKind is chatlake_company, with its data sources and its list.
func companyKind() account.Kind {
	return account.Kind{Resource: newCompanyResource, DataSources: companySources.DataSources(), List: companyList.New}
}

// companyModel is a company in a configuration and in state.
type companyModel struct {
	companyData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// companyData is what the platform has of a company.
type companyData struct {
	ID               types.String  `tfsdk:"id"`
	Name             types.String  `tfsdk:"name"`
	Domain           types.String  `tfsdk:"domain"`
	Description      types.String  `tfsdk:"description"`
	CustomAttributes types.Dynamic `tfsdk:"custom_attributes"`
	Avatar           types.String  `tfsdk:"avatar"`
}

// companyFound is what data sources tell of a company.
type companyFound struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	Domain           types.String `tfsdk:"domain"`
	Description      types.String `tfsdk:"description"`
	AvatarURL        types.String `tfsdk:"avatar_url"`
	CustomAttributes types.String `tfsdk:"custom_attributes_json"`
	ContactsCount    types.Int64  `tfsdk:"contacts_count"`
	CreatedAt        types.String `tfsdk:"created_at"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. A domain "", which only another
// client can have set, is none.
func (m *companyData) fromAPI(found api.Company, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Domain = account.Track(everything, m.Domain, tfvalue.StringOrNull(found.Domain))
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))

	if everything {
		m.CustomAttributes = account.ObjectOrNull(found.CustomAttributes)
	} else {
		m.CustomAttributes = tfvalue.TrackedObject(m.CustomAttributes, found.CustomAttributes)
	}
}

// companyChange is what an update sends.
type companyChange struct {
	request api.CompanyRequest
	// removed are custom attributes to remove.
	removed []string
	// others are custom attributes that leave the state and stay on the company: the configuration never had them.
	others []string
}

// changeFrom returns what turns prior into the plan; from the zero value, it creates a company. A picture is sent apart.
func (m *companyData) changeFrom(prior companyData, managed ownership.Managed) (companyChange, diag.Diagnostics) {
	custom, diags := account.ObjectChangeOf(prior.CustomAttributes, m.CustomAttributes)

	change := companyChange{request: api.CompanyRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Domain:      domainChange(prior.Domain, m.Domain),
		Description: account.TextChange(prior.Description, m.Description),
	}}

	if len(custom.Changed) > 0 {
		change.request.CustomAttributes = api.Set(api.Object(custom.Changed))
	}

	if account.Avatar.IsRemoved(prior.Avatar, m.Avatar) {
		change.request.Avatar = api.Null[string]()
	}

	change.removed, change.others = managed.Split("custom_attributes", custom.Removed)
	account.WarnKeptKeys(&diags, "custom_attributes", "the configuration never had them", change.others)

	return change, diags
}

// domainChange is the change of a domain, of which "" is none: the server takes it for one that only one company may have.
func domainChange(prior, plan types.String) api.Nullable[string] {
	if plan.ValueString() == "" && !plan.IsUnknown() {
		plan = types.StringNull()
	}

	return account.TextChange(prior, plan)
}

// changeOf returns the request that turns a company that is there into the plan.
func (m *companyData) changeOf(found api.Company) api.CompanyRequest {
	prior := *m
	prior.fromAPI(found, false)

	change, _ := m.changeFrom(prior, ownership.Managed{})

	return change.request
}

var companySources = lookup.Sources[api.Client, api.Company, companyFound]{
	Type: "chatlake_company", Plural: "chatlake_companies", ListName: "companies",
	Description:       "A company of the account, by id, `domain` or `name`. `chatlake_contacts` lists its contacts.",
	PluralDescription: "All companies of the account, also those that the server has made of the addresses of contacts.",
	ListDescription:   "The companies.",
	Attributes: map[string]schema.Attribute{
		"id":                     attribute.Found("The company's id."),
		"name":                   attribute.Found("What the company is called."),
		"domain":                 attribute.Found("The domain of the company's addresses; null if there is none."),
		"description":            attribute.Found("What is to be known about the company."),
		"avatar_url":             attribute.Found("The address of the company's picture; null if there is none."),
		"custom_attributes_json": attribute.Found("Custom attributes as JSON, for `jsondecode`; null if there are none."),
		"contacts_count":         attribute.FoundNumber("How many contacts have the company."),
		"created_at":             attribute.Found("When the company was created. RFC 3339, in UTC."),
	},
	Keys: []lookup.Key[api.Company]{
		{
			Name: "id", Attribute: attribute.Lookup("The company's id. Exactly one of `id`, `domain` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.Company) string { return found.ID.String() },
		},
		{
			Name: "domain", Attribute: attribute.Lookup("The company's domain. Case counts.", attribute.NotEmpty()),
			Of: func(found api.Company) string { return found.Domain },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The company's name. Several companies may have the same one.", attribute.NotEmpty()),
			Of: func(found api.Company) string { return found.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Company, error) {
		return client.Companies().All(ctx)
	},
	Model: func(found api.Company, _ string) companyFound {
		return companyFound{
			ID: types.StringValue(found.ID.String()), Name: types.StringValue(found.Name), Domain: tfvalue.StringOrNull(found.Domain),
			Description: tfvalue.StringOrNull(found.Description), AvatarURL: tfvalue.StringOrNull(found.AvatarURL), CustomAttributes: account.JSONText(found.CustomAttributes),
			ContactsCount: types.Int64Value(found.Contacts), CreatedAt: tfvalue.Timestamp(found.CreatedAt.Time),
		}
	},
}

var companyList = account.Listing[api.Company, companyModel]{
	Type: "chatlake_company", Noun: "companies",
	Description: "All companies of the account.",
	Objects: func(ctx context.Context, client *api.Client, _ lookup.Arguments) iter.Seq2[api.Company, error] {
		return client.Companies().Each(ctx)
	},
	Name: func(found api.Company) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *companyModel, found api.Company, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
