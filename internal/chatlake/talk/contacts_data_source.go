package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var _ datasource.DataSourceWithConfigure = (*contactsDataSource)(nil)

func newContactsDataSource() datasource.DataSource { return &contactsDataSource{} }

type contactsDataSource struct{ account.DataSource }

func (d *contactsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_contacts"
}

// contactRow is a contact in a list, which cannot hold objects of differing types.
type contactRow struct {
	contactData

	CustomAttributes     types.String `tfsdk:"custom_attributes_json"`
	AdditionalAttributes types.String `tfsdk:"additional_attributes_json"`
}

func (d *contactsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	row := contactDataAttributes()
	row["custom_attributes_json"] = attribute.Found("Custom attributes as JSON, for `jsondecode`; null if there are none.")
	row["additional_attributes_json"] = attribute.Found("Additional attributes as JSON, for `jsondecode`; null if there are none.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Contacts of the account. The platform lists only those with an e-mail address, phone number or identifier; with `query`, since version 4.11.0, all.",
		Attributes: map[string]schema.Attribute{
			"query": schema.StringAttribute{
				MarkdownDescription: "A part of the name, e-mail address, phone number or identifier; `%` and `_` are wildcards. The platform allows 100 searches a minute. Not with `labels`.",
				Optional:            true,
				Validators:          []validator.String{attribute.NotWith(path.MatchRoot("labels"))},
			},
			"labels": schema.SetAttribute{
				MarkdownDescription: "Only contacts with at least one of these labels.", Optional: true, ElementType: types.StringType,
			},
			"sort": schema.StringAttribute{
				MarkdownDescription: "The order, descending with a minus sign in front: `name`, `email`, `phone_number`, `last_activity_at`, `created_at`, " +
					"`company_name`, `city` or `country`. Default `created_at`.",
				Optional: true, Validators: attribute.OrEmpty(stringvalidator.OneOf(contactSorts()...)),
			},
			"company_id": schema.StringAttribute{
				MarkdownDescription: ofCompany, Optional: true,
				Validators: attribute.OrEmpty(attribute.IntegerID(), attribute.NotWith(path.MatchRoot("query"), path.MatchRoot("labels"), path.MatchRoot("sort"))),
			},
			"max_results": attribute.MaxResults("contacts"),
			"contacts":    attribute.FoundList("The contacts.", row),
		},
	}
}

// ofCompany describes the argument that lists the contacts of a company.
const ofCompany = "Only contacts of this company, also those without e-mail address, phone number and identifier. " +
	"It needs what `chatlake_company` needs, and version 4.15.0. Not with `query`, `labels` or `sort`."

func contactSorts() []string {
	var sorts []string
	for _, sort := range []string{"name", "email", "phone_number", "last_activity_at", "created_at", "company_name", "city", "country"} {
		sorts = append(sorts, sort, "-"+sort)
	}

	return sorts
}

func (d *contactsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data struct {
		Query      types.String `tfsdk:"query"`
		Labels     types.Set    `tfsdk:"labels"`
		Sort       types.String `tfsdk:"sort"`
		CompanyID  types.String `tfsdk:"company_id"`
		MaxResults types.Int64  `tfsdk:"max_results"`
		Contacts   []contactRow `tfsdk:"contacts"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	labels, diags := tfvalue.Strings(ctx, data.Labels)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	query := api.ContactsQuery{
		Search: data.Query.ValueString(), Labels: labels, Sort: data.Sort.ValueString(), Company: api.ParseID(data.CompanyID.ValueString()),
	}

	contacts, err := d.Client.Contacts(ctx, query, int(data.MaxResults.ValueInt64()))
	if err != nil {
		if query.Company != 0 {
			apidiag.AddAbout(&resp.Diagnostics, path.Root("company_id"), "list contacts", "company "+query.Company.String(), err)
		} else {
			apidiag.Add(&resp.Diagnostics, "list contacts", err)
		}

		return
	}

	data.Contacts = make([]contactRow, len(contacts))
	for i := range contacts {
		data.Contacts[i].fromAPI(&contacts[i])
		data.Contacts[i].CustomAttributes = account.JSONText(contacts[i].CustomAttributes)
		data.Contacts[i].AdditionalAttributes = account.JSONText(contacts[i].AdditionalAttributes)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
