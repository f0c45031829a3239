package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// CustomAttributeDefinition says what a custom attribute of contacts, conversations or companies means.
type CustomAttributeDefinition struct {
	ID           ID             `json:"id"`
	DisplayName  string         `json:"attribute_display_name"`
	Key          string         `json:"attribute_key"`
	Model        string         `json:"attribute_model"`
	DisplayType  string         `json:"attribute_display_type"`
	Description  string         `json:"attribute_description"`
	Values       wirejson.Texts `json:"attribute_values"` // Other clients store numbers and booleans.
	RegexPattern string         `json:"regex_pattern"`
	RegexCue     string         `json:"regex_cue"`
	CreatedAt    Time           `json:"created_at"`
}

func (x CustomAttributeDefinition) identity() ID { return x.ID }

// Check refuses one that cannot be told from others.
func (x CustomAttributeDefinition) Check() error { return checkID(x.ID) }

// CustomAttributeDefinitionRequest is what a create or an update of the definition of a custom attribute sends.
type CustomAttributeDefinitionRequest struct {
	DisplayName  Nullable[string]   `json:"attribute_display_name,omitzero"`
	Key          Nullable[string]   `json:"attribute_key,omitzero"`
	Model        Nullable[string]   `json:"attribute_model,omitzero"`
	DisplayType  Nullable[string]   `json:"attribute_display_type,omitzero"`
	Description  Nullable[string]   `json:"attribute_description,omitzero"`
	Values       Nullable[[]string] `json:"attribute_values,omitzero"`
	RegexPattern Nullable[string]   `json:"regex_pattern,omitzero"`
	RegexCue     Nullable[string]   `json:"regex_cue,omitzero"`
}

// CreateCustomAttributeDefinition makes the definition of a custom attribute.
//
// https://developers.chatwoot.com/api-reference/custom-attributes/add-a-new-custom-attribute
func (c *Client) CreateCustomAttributeDefinition(ctx context.Context, request CustomAttributeDefinitionRequest) (CustomAttributeDefinition, error) {
	defer c.customAttributeDefinitions.Drop()

	found, err := doObject[CustomAttributeDefinition](ctx, c, c.create("POST", "/custom_attribute_definitions").WithJSON(wrapped("custom_attribute_definition", request)))

	return found, c.need(ctx, err, "a custom attribute definition", "1.18.2")
}

// CustomAttributeDefinition reads one, from the list.
func (c *Client) CustomAttributeDefinition(ctx context.Context, id ID) (CustomAttributeDefinition, error) {
	return c.customAttributeDefinitions.Get(ctx, id)
}

// CustomAttributeDefinitions lists all that the token's user may see.
func (c *Client) CustomAttributeDefinitions(ctx context.Context) ([]CustomAttributeDefinition, error) {
	return c.customAttributeDefinitions.All(ctx)
}

// https://developers.chatwoot.com/api-reference/custom-attributes/list-all-custom-attributes-in-an-account
func (c *Client) listCustomAttributeDefinitions(ctx context.Context) (wirejson.Rows[CustomAttributeDefinition], error) {
	found, err := transport.Do[wirejson.Rows[CustomAttributeDefinition]](ctx, c.sender, c.read("GET", "/custom_attribute_definitions"))
	return byID(found), c.need(ctx, err, "a custom attribute definition", "1.18.2")
}

// UpdateCustomAttributeDefinition changes fields of the definition of a custom attribute.
//
// https://developers.chatwoot.com/api-reference/custom-attributes/update-custom-attribute-in-account
func (c *Client) UpdateCustomAttributeDefinition(ctx context.Context, id ID, request CustomAttributeDefinitionRequest) (CustomAttributeDefinition, error) {
	defer c.customAttributeDefinitions.Drop()

	found, err := doObject[CustomAttributeDefinition](ctx, c, c.write("PATCH", "/custom_attribute_definitions/%s", id.String()).WithJSON(wrapped("custom_attribute_definition", request)))

	return found, c.need(ctx, err, "a custom attribute definition", "1.18.2")
}

// DeleteCustomAttributeDefinition deletes the definition of a custom attribute.
//
// https://developers.chatwoot.com/api-reference/custom-attributes/remove-a-custom-attribute-from-account
func (c *Client) DeleteCustomAttributeDefinition(ctx context.Context, id ID) error {
	defer c.customAttributeDefinitions.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/custom_attribute_definitions/%s", id.String()))
}
