package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
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
	Meta struct {
		DefaultLocale string `json:"default_locale"`
	} `json:"meta"`
	Inbox struct {
		ID ID `json:"id"`
	} `json:"inbox"`
	// Logo has another id after each upload; without a logo, none.
	Logo struct {
		ID ID `json:"id"`
	} `json:"logo"`
}

// Locale returns the portal's language. Servers before 4.14.1 tell it in meta only.
func (p Portal) Locale() string {
	if p.Config.DefaultLocale != "" {
		return p.Config.DefaultLocale
	}

	return p.Meta.DefaultLocale
}

// PortalRequest is what a create or an update of a help center sends. A field that is left out stays as it is.
type PortalRequest struct {
	// Name is always sent: the server reads inbox_id only if a field of the portal stands beside it.
	Name         string           `json:"name"`
	Slug         Nullable[string] `json:"slug,omitzero"`
	Color        Nullable[string] `json:"color,omitzero"`
	CustomDomain Nullable[string] `json:"custom_domain,omitzero"`
	HeaderText   Nullable[string] `json:"header_text,omitzero"`
	HomepageLink Nullable[string] `json:"homepage_link,omitzero"`
	PageTitle    Nullable[string] `json:"page_title,omitzero"`
	Archived     Nullable[bool]   `json:"archived,omitzero"`
	Config       *PortalConfig    `json:"config,omitempty"`
	InboxID      Nullable[ID]     `json:"-"` // Stands beside the portal on the wire.
}

// PortalConfig is the part of a help center that servers before 4.14.1 replace as a whole. Without its two languages, one
// before 4.12.0 stores a portal that it cannot show, and then no list of portals either.
type PortalConfig struct {
	DefaultLocale      string                      `json:"default_locale"`
	AllowedLocales     []string                    `json:"allowed_locales"`
	DraftLocales       Nullable[[]string]          `json:"draft_locales,omitzero"`
	Layout             Nullable[string]            `json:"layout,omitzero"`
	SocialProfiles     Nullable[map[string]string] `json:"social_profiles,omitzero"`
	LocaleTranslations Nullable[Object]            `json:"locale_translations,omitzero"`
}

func (r PortalRequest) body() any {
	return struct {
		Portal  PortalRequest `json:"portal"`
		InboxID Nullable[ID]  `json:"inbox_id,omitzero"`
	}{r, r.InboxID}
}

func (p Portal) identity() ID { return p.ID }

// Check refuses a row that cannot be told from others.
func (p Portal) Check() error {
	if p.Slug == "" {
		return errors.New("it has no slug")
	}

	return checkID(p.ID)
}

// CreatePortal makes a help center. Servers before 4.14.0 need a custom_domain, if only an empty one.
//
// https://developers.chatwoot.com/api-reference/help-center/add-a-new-portal
func (c *Client) CreatePortal(ctx context.Context, request PortalRequest) (Portal, error) {
	defer c.portals.Drop()
	defer c.inboxes.Drop() // An inbox tells its help center.

	return doObject[Portal](ctx, c, c.create("POST", "/portals").WithJSON(request.body()))
}

// Portal reads one help center, from the list: the server crashes over a slug that is not there.
func (c *Client) Portal(ctx context.Context, id ID) (Portal, error) { return c.portals.Get(ctx, id) }

// Portals lists all help centers.
func (c *Client) Portals(ctx context.Context) ([]Portal, error) { return c.portals.All(ctx) }

// https://developers.chatwoot.com/api-reference/help-center/list-all-portals-in-an-account
func (c *Client) listPortals(ctx context.Context) (wirejson.Rows[Portal], error) {
	found, err := payloadRows[Portal](ctx, c, c.read("GET", "/portals"))
	c.oddPortals.Store(len(found.Odd) > 0)

	return byID(found), err
}

// isPortalGone reports whether the list surely does not hold a help center: a row that cannot be read may be that one.
func (c *Client) isPortalGone(ctx context.Context, slug string) bool {
	portals, err := c.portals.All(ctx)
	hasSlug := func(p Portal) bool { return p.Slug == slug }

	return err == nil && !c.oddPortals.Load() && !slices.ContainsFunc(portals, hasSlug)
}

// UpdatePortal changes fields of a help center.
//
// https://developers.chatwoot.com/api-reference/help-center/update-a-portal
func (c *Client) UpdatePortal(ctx context.Context, slug string, request PortalRequest) (Portal, error) {
	defer c.portals.Drop()
	defer c.inboxes.Drop()
	defer c.dropParts(slug) // Another one may get the slug.

	return doObject[Portal](ctx, c, c.write("PATCH", "/portals/%s", slug).WithJSON(request.body()))
}

// SetPortalLogo puts a picture on a help center: it is uploaded, and the portal takes it by the id of the upload. An id serves
// once: with the logo, the file goes.
//
// blob_id in PATCH /portals/:slug is not on the vendor's pages. The server says nothing about an id that it does not take.
func (c *Client) SetPortalLogo(ctx context.Context, slug string, file File) (Portal, error) {
	defer c.portals.Drop()
	defer c.inboxes.Drop()

	uploaded, err := c.Upload(ctx, file)
	if err != nil {
		return Portal{}, err
	}

	call := c.write("PATCH", "/portals/%s", slug).WithJSON(map[string]json.RawMessage{"blob_id": uploaded.BlobID})

	found, err := doObject[Portal](ctx, c, call)
	if err == nil && found.Logo.ID == 0 {
		err = unusable(call, "the answer has no logo")
	}

	return found, err
}

// DeletePortalLogo takes the picture off a help center, also where there is none.
//
// DELETE /portals/:slug/logo is not on the vendor's pages.
func (c *Client) DeletePortalLogo(ctx context.Context, slug string) error {
	defer c.portals.Drop()
	defer c.inboxes.Drop()

	return transport.Run(ctx, c.sender, c.write("DELETE", "/portals/%s/logo", slug))
}

// MendPortal gives a help center its languages again. A server before 4.12.0 cannot show one without them, and answers 500
// for it and for every list of portals until somebody sends both.
func (c *Client) MendPortal(ctx context.Context, slug, language string, languages []string) error {
	defer c.portals.Drop()

	body := map[string]any{"portal": map[string]any{"config": PortalConfig{DefaultLocale: language, AllowedLocales: languages}}}

	return transport.Run(ctx, c.sender, c.write("PATCH", "/portals/%s", slug).WithJSON(body))
}

// DeletePortal deletes a help center, and some time later what is in it.
//
// DELETE /portals/:slug is not on the vendor's pages.
func (c *Client) DeletePortal(ctx context.Context, id ID, slug string) error {
	defer c.portals.Drop()
	defer c.inboxes.Drop()
	defer c.dropParts(slug)

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/portals/%s", slug))

	return notFoundAfterCrash(ctx, c.portals, id, err)
}

// hasPortal is the not-found of a help center that the list does not show. The server crashes over something in one that
// is gone, which would be taken for a passing trouble and asked again and again.
func (c *Client) hasPortal(ctx context.Context, slug string) error {
	if !c.isPortalGone(ctx, slug) {
		return nil // Without the list, the next call tells.
	}

	call := c.read("GET", "/portals")

	return &transport.Error{
		Platform: "Chatlake", Method: call.Method, Path: call.Path, Address: call.Address(), Status: http.StatusOK, Reason: transport.NotFound,
		IsOwn: true, Message: "there is no portal " + slug,
	}
}

// inPortal explains an error over something in a help center that is not there any more. Servers before 4.11.2 crash over
// it, and newer ones do not say which of the two is missing.
func (c *Client) inPortal(ctx context.Context, slug string, err error) error {
	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusInternalServerError && failure.Status != http.StatusNotFound {
		return err
	}

	c.portals.Drop()

	if !c.isPortalGone(ctx, slug) {
		return err
	}

	gone := *failure
	gone.Reason, gone.Message, gone.Lost = transport.NotFound, "there is no portal "+slug, false

	return &gone
}
