package imichat

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// TestUserModel_fromAPI takes of skills what is configured, and the privileges that a platform may return, although its page
// names none.
func TestUserModel_fromAPI(t *testing.T) {
	t.Parallel()

	analyst := []api.Privilege{{TeamID: "102", Role: "Team Analyst"}}
	found := &api.User{ID: "1", LoginID: "juno", SkillAttributes: map[string]string{"language": "fr", "level": "2"}, Privileges: analyst}

	configured := userModel{
		SkillAttributes: tfvalue.MapOf(map[string]string{"language": "pt"}),
		Privileges:      privilegeSet([]api.Privilege{{TeamID: "101", Role: "Team Agent"}}),
	}
	configured.fromAPI(found, false)

	if !configured.SkillAttributes.Equal(tfvalue.MapOf(map[string]string{"language": "fr"})) || !configured.Privileges.Equal(privilegeSet(analyst)) {
		t.Errorf("configured: got %v and %v", configured.SkillAttributes, configured.Privileges)
	}

	left := userModel{SkillAttributes: types.MapNull(types.StringType), Privileges: types.SetNull(privilegeType())}
	left.fromAPI(found, false)

	if !left.SkillAttributes.IsNull() || !left.Privileges.IsNull() {
		t.Errorf("left out: got %v and %v", left.SkillAttributes, left.Privileges)
	}

	imported := left
	imported.fromAPI(found, true)

	if len(imported.SkillAttributes.Elements()) != 2 || !imported.Privileges.Equal(privilegeSet(analyst)) {
		t.Errorf("imported: got %v and %v", imported.SkillAttributes, imported.Privileges)
	}
}

// TestUserModel_privileges sends teams in one order, whatever the order of the set: two applies of one configuration look alike.
func TestUserModel_privileges(t *testing.T) {
	t.Parallel()

	want := []api.Privilege{{TeamID: "101", Role: "Team Agent"}, {TeamID: "102", Role: "Team Analyst"}}
	m := userModel{Privileges: privilegeSet([]api.Privilege{want[1], want[0]})}

	got, diags := m.privileges(t.Context())
	if diags.HasError() || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %s", got, diags)
	}
}
