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

// userModel is a user as the configuration and the state have it.
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

func (m *userModel) imported() bool { return m.LoginID.IsNull() }

// fromAPI fills in what the platform says. Of optional attributes, only what was configured counts, and all after an
// import. Privileges are not among the documented fields of an answer: they stay as configured where it has none.
func (m *userModel) fromAPI(user *api.User) {
	all := m.imported()

	m.ID, m.LoginID = types.StringValue(user.ID), types.StringValue(user.LoginID)
	for _, pair := range []struct {
		value *types.String
		found string
	}{
		{&m.EmailID, user.EmailID},
		{&m.FirstName, user.FirstName},
		{&m.LastName, user.LastName},
		{&m.JobDescription, user.JobDescription},
	} {
		if all || tfvalue.IsSet(*pair.value) {
			*pair.value = tfvalue.StringOrNull(pair.found)
		}
	}

	m.LoginUsingEmail = types.BoolValue(user.LoginUsingEmail)

	m.SkillAttributes = tfvalue.Tracked(m.SkillAttributes, user.SkillAttributes)
	if all {
		m.SkillAttributes = mapOrNull(user.SkillAttributes)
		m.Privileges = types.SetNull(privilegeType())
	}

	if len(user.Privileges) > 0 && (all || tfvalue.IsSet(m.Privileges)) {
		m.Privileges = privilegeSet(user.Privileges)
	}

	m.Status, m.RoleType = tfvalue.StringOrNull(user.Status), tfvalue.StringOrNull(user.RoleType)

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

// team is the team that calls for the user name: the provider's, or else one that the user works in.
func (m *userModel) team(ctx context.Context, client *api.Client) string {
	privileges, _ := m.privileges(ctx)
	if client.TeamID == "" && len(privileges) > 0 {
		return privileges[0].TeamID.String()
	}

	return client.TeamID
}

// createRequest is what a user is made of. The password comes from the configuration: it is in no plan.
func (m *userModel) createRequest(ctx context.Context, password types.String) (api.UserRequest, diag.Diagnostics) {
	privileges, diags := m.privileges(ctx)
	skills, problems := tfvalue.StringMap(ctx, m.SkillAttributes)
	diags.Append(problems...)

	return api.UserRequest{
		LoginID: m.LoginID.ValueString(), EmailID: tfvalue.StringPtr(m.EmailID), FirstName: tfvalue.StringPtr(m.FirstName),
		LastName: tfvalue.StringPtr(m.LastName), Password: tfvalue.StringPtr(password), JobDescription: tfvalue.StringPtr(m.JobDescription),
		LoginUsingEmail: tfvalue.BoolPtr(m.LoginUsingEmail), Privileges: privileges, SkillAttributes: skills,
	}, diags
}

// differences lists the attributes in which the plan is not what is there. What is not set or not known differs from
// nothing, and so do privileges that the platform did not tell.
func (m *userModel) differences(there *userModel) (names []string) {
	for _, pair := range []struct {
		name        string
		plan, there attr.Value
	}{
		{"login_id", m.LoginID, there.LoginID},
		{"email_id", m.EmailID, there.EmailID},
		{"first_name", m.FirstName, there.FirstName},
		{"last_name", m.LastName, there.LastName},
		{"job_description", m.JobDescription, there.JobDescription},
		{"login_using_email", m.LoginUsingEmail, there.LoginUsingEmail},
		{"privileges", m.Privileges, there.Privileges},
		{"skill_attributes", m.SkillAttributes, there.SkillAttributes},
	} {
		untold := pair.name == "privileges" && pair.there.IsNull()
		if tfvalue.IsSet(pair.plan) && !untold && !pair.plan.Equal(pair.there) {
			names = append(names, pair.name)
		}
	}

	return names
}

// unset lists the attributes that the plan no longer sets.
func (m *userModel) unset(prior *userModel) (names []string) {
	for _, pair := range []struct {
		name        string
		prior, plan attr.Value
	}{
		{"email_id", prior.EmailID, m.EmailID},
		{"first_name", prior.FirstName, m.FirstName},
		{"last_name", prior.LastName, m.LastName},
		{"job_description", prior.JobDescription, m.JobDescription},
		{"privileges", prior.Privileges, m.Privileges},
		{"skill_attributes", prior.SkillAttributes, m.SkillAttributes},
	} {
		if tfvalue.Cleared(pair.prior, pair.plan) {
			names = append(names, pair.name)
		}
	}

	return names
}

// settle replaces what is not known by what was there before.
func (m *userModel) settle(prior *userModel) {
	for _, pair := range []struct{ value, prior *types.String }{
		{&m.ID, &prior.ID},
		{&m.Status, &prior.Status},
		{&m.RoleType, &prior.RoleType},
		{&m.CreatedAt, &prior.CreatedAt},
	} {
		if pair.value.IsUnknown() {
			*pair.value = *pair.prior
		}
	}

	if m.LoginUsingEmail.IsUnknown() {
		m.LoginUsingEmail = prior.LoginUsingEmail
	}
}
