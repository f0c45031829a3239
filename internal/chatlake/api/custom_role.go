package api

// CustomRole says what agents may do besides what every agent may.
type CustomRole struct {
	ID          ID       `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Permissions []string `json:"permissions"`
}

func (r CustomRole) identity() ID { return r.ID }

// Check refuses a role that cannot be told from others.
func (r CustomRole) Check() error { return checkID(r.ID) }

// CustomRoleRequest is what a create or an update of a custom role sends.
type CustomRoleRequest struct {
	Name        Nullable[string]   `json:"name,omitzero"`
	Description Nullable[string]   `json:"description,omitzero"`
	Permissions Nullable[[]string] `json:"permissions,omitzero"`
}

// CustomRoles are the custom roles of the account. The vendor's pages do not have them.
func (c *Client) CustomRoles() *Objects[CustomRole, CustomRoleRequest] {
	return objectsOf[CustomRole, CustomRoleRequest](c, "chatlake_custom_role", form{root: "custom_role", crashesIfGone: true})
}
