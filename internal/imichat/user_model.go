package imichat

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// userModel is a user in a configuration and in state.
type userModel struct {
	ID                types.String `tfsdk:"id"`
	LoginID           types.String `tfsdk:"login_id"`
	EmailID           types.String `tfsdk:"email_id"`
	FirstName         types.String `tfsdk:"first_name"`
	LastName          types.String `tfsdk:"last_name"`
	PasswordWO        types.String `tfsdk:"password_wo"`
	PasswordWOVersion types.Int64  `tfsdk:"password_wo_version"`
	JobDescription    types.String `tfsdk:"job_description"`
	LoginUsingEmail   types.Bool   `tfsdk:"login_using_email"`
	Privileges        types.Set    `tfsdk:"privileges"`
	SkillAttributes   types.Map    `tfsdk:"skill_attributes"`
	AdoptExisting     types.Bool   `tfsdk:"adopt_existing"`
	Status            types.String `tfsdk:"status"`
	RoleType          types.String `tfsdk:"role_type"`
	CreatedAt         types.String `tfsdk:"created_at"`
}

type privilegeModel struct {
	TeamID types.String `tfsdk:"teamid"`
	Role   types.String `tfsdk:"role"`
}

func privilegeType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{"teamid": types.StringType, "role": types.StringType}}
}

// fromAPI fills the model with a user. Of optional attributes, only what is set here counts, and everything after an import.
// Privileges are not among the documented fields of an answer: where it has none, they stay.
func (m *userModel) fromAPI(user *api.User, imported bool) {
	m.ID, m.LoginID = types.StringValue(user.ID), types.StringValue(user.LoginID)
	m.LoginUsingEmail = types.BoolValue(user.LoginUsingEmail)
	m.Status, m.RoleType = tfvalue.StringOrNull(user.Status), tfvalue.StringOrNull(user.RoleType)

	for _, pair := range []struct {
		value *types.String
		found string
	}{
		{&m.EmailID, user.EmailID},
		{&m.FirstName, user.FirstName},
		{&m.LastName, user.LastName},
		{&m.JobDescription, user.JobDescription},
	} {
		if imported || tfvalue.IsSet(*pair.value) {
			*pair.value = tfvalue.StringOrNull(pair.found)
		}
	}

	if imported {
		m.SkillAttributes, m.Privileges = mapOrNull(user.SkillAttributes), types.SetNull(privilegeType())
	}

	m.SkillAttributes = tfvalue.Tracked(m.SkillAttributes, user.SkillAttributes)

	if len(user.Privileges) > 0 && (imported || tfvalue.IsSet(m.Privileges)) {
		m.Privileges = privilegeSet(user.Privileges)
	}

	created := tfvalue.Timestamp(user.CreatedAt)
	if !created.IsNull() || m.CreatedAt.IsUnknown() {
		m.CreatedAt = created
	}
}

func privilegeSet(privileges []api.Privilege) types.Set {
	values := make([]attr.Value, len(privileges))
	for i, p := range privileges {
		values[i] = object(privilegeType(), map[string]attr.Value{"teamid": types.StringValue(p.TeamID.String()), "role": types.StringValue(p.Role)})
	}

	return types.SetValueMust(privilegeType(), values)
}

func (m *userModel) privileges(ctx context.Context) ([]api.Privilege, diag.Diagnostics) {
	if !tfvalue.IsSet(m.Privileges) {
		return nil, nil
	}

	var models []privilegeModel

	diags := m.Privileges.ElementsAs(ctx, &models, false)

	privileges := make([]api.Privilege, len(models))
	for i, p := range models {
		privileges[i] = api.Privilege{TeamID: json.Number(p.TeamID.ValueString()), Role: p.Role.ValueString()}
	}

	slices.SortFunc(privileges, func(a, b api.Privilege) int { return cmp.Compare(a.TeamID, b.TeamID) })

	return privileges, diags
}

// team returns the team that calls about the user name: the provider's, or else one of the user's.
func (m *userModel) team(ctx context.Context, client *api.Client) string {
	privileges, _ := m.privileges(ctx)
	if client.TeamID == "" && len(privileges) > 0 {
		return privileges[0].TeamID.String()
	}

	return client.TeamID
}

// createRequest returns the request that makes the user. The password comes from the configuration: no plan has it.
func (m *userModel) createRequest(ctx context.Context, password types.String) (api.UserRequest, diag.Diagnostics) {
	privileges, diags := m.privileges(ctx)

	return api.UserRequest{
		LoginID: m.LoginID.ValueString(), EmailID: textPtr(m.EmailID), FirstName: textPtr(m.FirstName), LastName: textPtr(m.LastName),
		Password: textPtr(password), JobDescription: textPtr(m.JobDescription), LoginUsingEmail: tfvalue.BoolPtr(m.LoginUsingEmail),
		Privileges: privileges, SkillAttributes: textsByKey(m.SkillAttributes),
	}, diags
}

// differences lists the attributes that the plan sets to another value than the user has. Privileges that the platform did
// not return do not differ.
func (m *userModel) differences(ctx context.Context, found userModel) []string {
	var names []string

	for _, pair := range []struct {
		name        string
		plan, found attr.Value
	}{
		{"login_id", m.LoginID, found.LoginID},
		{"email_id", m.EmailID, found.EmailID},
		{"first_name", m.FirstName, found.FirstName},
		{"last_name", m.LastName, found.LastName},
		{"job_description", m.JobDescription, found.JobDescription},
		{"login_using_email", m.LoginUsingEmail, found.LoginUsingEmail},
		{"privileges", m.Privileges, found.Privileges},
		{"skill_attributes", m.SkillAttributes, found.SkillAttributes},
	} {
		isHidden := pair.name == "privileges" && pair.found.IsNull()
		if isGiven(pair.plan) && !isHidden && !isSame(ctx, pair.plan, pair.found) {
			names = append(names, pair.name)
		}
	}

	return names
}
