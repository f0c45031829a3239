package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Portal is a help center. The server addresses it by its slug.
type Portal struct {
	ID           ID     `json:"id"`
	Slug         string `json:"slug"`
	Name         string `json:"name"`
	Color        string `json:"color"`
	CustomDomain string `json:"custom_domain"`
	HeaderText   string `json:"header_text"`
	HomepageLink string `json:"homepage_link"`
	PageTitle    string `json:"page_title"`
	Archived     bool   `json:"archived"`
	Config       struct {
		DefaultLocale  string `json:"default_locale"`
		AllowedLocales []struct {
			Code  string `json:"code"`
			Draft bool   `json:"draft"`
		} `json:"allowed_locales"`
		Layout             string `json:"layout"`
		SocialProfiles     Object `json:"social_profiles"`
		LocaleTranslations Object `json:"locale_translations"`
	} `json:"config"`
	Inbox struct {
		ID ID `json:"id"`
	} `json:"inbox"`
}

func (p Portal) identity() ID { return p.ID }

// CreatePortal makes a help center. The key inbox_id stands beside the others on the wire.
//
// https://developers.chatwoot.com/api-reference/help-center/add-a-new-portal
func (c *Client) CreatePortal(ctx context.Context, fields Fields) (Portal, error) {
	defer c.portals.Drop()
	defer c.inboxes.Drop() // An inbox tells its help center.

	return doObject[Portal](ctx, c, c.create("POST", "/portals").WithJSON(portalBody(fields)))
}

// Portal reads one help center, from the list: the server crashes over a slug that is not there.
func (c *Client) Portal(ctx context.Context, id ID) (Portal, error) { return c.portals.Get(ctx, id) }

// Portals lists all help centers.
func (c *Client) Portals(ctx context.Context) ([]Portal, error) { return c.portals.All(ctx) }

// https://developers.chatwoot.com/api-reference/help-center/list-all-portals-in-an-account
func (c *Client) listPortals(ctx context.Context) ([]Portal, error) {
	return rows[Portal](ctx, c, c.read("GET", "/portals"))
}

// UpdatePortal changes fields of a help center. The members of config are merged into those that there are.
//
// https://developers.chatwoot.com/api-reference/help-center/update-a-portal
func (c *Client) UpdatePortal(ctx context.Context, slug string, fields Fields) (Portal, error) {
	defer c.portals.Drop()
	defer c.inboxes.Drop()

	return doObject[Portal](ctx, c, c.write("PATCH", "/portals/%s", slug).WithJSON(portalBody(fields)))
}

func portalBody(fields Fields) Fields {
	portal, body := Fields{}, Fields{}

	for name, value := range fields {
		if name == "inbox_id" {
			body[name] = value
		} else {
			portal[name] = value
		}
	}

	if len(portal) > 0 || len(body) == 0 {
		body["portal"] = portal
	}

	return body
}

// DeletePortal deletes a help center, and some time later what is in it.
//
// DELETE /portals/:slug is not on the vendor's pages.
func (c *Client) DeletePortal(ctx context.Context, id ID, slug string) error {
	defer c.portals.Drop()
	defer c.inboxes.Drop()

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/portals/%s", slug))

	return notFoundAfterCrash(ctx, c.portals, id, err)
}

// hasPortal is the not-found of a help center that the list does not show. The server crashes over something in one that
// is gone, which would be taken for a passing trouble and asked again and again.
func (c *Client) hasPortal(ctx context.Context, slug string) error {
	portals, err := c.portals.All(ctx)
	if err != nil || slices.ContainsFunc(portals, func(p Portal) bool { return p.Slug == slug }) {
		return nil //nolint:nilerr // Without the list, the next call tells.
	}

	return &transport.Error{
		Platform: "Chatlake", Method: http.MethodGet, Path: "/portals", Status: http.StatusOK, Reason: transport.NotFound, Message: "there is no portal " + slug,
	}
}

// inPages reads a list of a help center, page after page, until one is not full.
func inPages[V identified](ctx context.Context, c *Client, path, portal string, full int) ([]V, error) {
	if err := c.hasPortal(ctx, portal); err != nil {
		return nil, err
	}

	var all []V

	for page := 1; ; page++ {
		found, err := rows[V](ctx, c, c.read("GET", path, portal).WithQuery(url.Values{"page": {strconv.Itoa(page)}}))
		if err != nil {
			return nil, err
		}

		all = append(all, found...)
		if len(found) < full {
			return all, nil
		}
	}
}

// inPortal explains a crash of the server over something in a help center that is not there any more.
func (c *Client) inPortal(ctx context.Context, slug string, err error) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusInternalServerError {
		return err
	}

	c.portals.Drop()

	portals, unknown := c.portals.All(ctx)
	if unknown != nil {
		return err
	}

	if slices.ContainsFunc(portals, func(p Portal) bool { return p.Slug == slug }) {
		return err
	}

	gone := *failure
	gone.Reason, gone.Message, gone.Lost = transport.NotFound, "there is no portal "+slug, false

	return &gone
}
