package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Company is what contacts work for. What it has as additional_attributes is never shown.
type Company struct {
	ID               ID     `json:"id"`
	Name             string `json:"name"`
	Domain           string `json:"domain"`
	Description      string `json:"description"`
	AvatarURL        string `json:"avatar_url"`
	CustomAttributes Object `json:"custom_attributes"`
	Contacts         int64  `json:"contacts_count"`
	CreatedAt        Time   `json:"created_at"`
}

func (c Company) identity() ID { return c.ID }

// Check refuses a company that cannot be told from others.
func (c Company) Check() error { return checkID(c.ID) }

// CompanyRequest is what a create or an update of a company sends. Custom attributes are merged. The domain is never "", which the
// server takes for a domain that only one company may have.
type CompanyRequest struct {
	Name             Nullable[string] `json:"name,omitzero"`
	Domain           Nullable[string] `json:"domain,omitzero"`
	Description      Nullable[string] `json:"description,omitzero"`
	CustomAttributes Nullable[Object] `json:"custom_attributes,omitzero"`
	// Avatar is only ever null, which removes the picture.
	Avatar Nullable[string] `json:"avatar,omitzero"`
}

// Companies are those of the account.
type Companies struct {
	*PagedObjects[Company, CompanyRequest]

	client *Client
}

// Companies returns those of the account, in the order in which they were made: the server has none of its own, and its pages repeat
// and miss rows then. The vendor's pages do not have them.
func (c *Client) Companies() *Companies {
	const typeName = "chatlake_company"

	return &Companies{pagedObjectsOf[Company, CompanyRequest](c, typeName, "company", "sort", "created_at"), c}
}

// DestroyAttributes removes keys of the custom attributes, and returns what the company has then.
//
// Unverified: the answer. It is not read, and the company is read instead.
func (c *Companies) DestroyAttributes(ctx context.Context, id ID, keys []string) (Company, error) {
	call := c.client.write("POST", c.path+"/%s/destroy_custom_attributes", id.String()).WithJSON(wrapped("custom_attributes", keys))

	err := transport.Run(ctx, c.client.sender, call)
	c.pages.Drop()

	if err != nil {
		return Company{}, err
	}

	return c.One(reads.Fresh(ctx), id)
}
