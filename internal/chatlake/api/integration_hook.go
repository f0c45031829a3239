package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// IntegrationApp is an app of another vendor that an account can use. An agent's token sees neither how nor with which settings.
type IntegrationApp struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Enabled     bool   `json:"enabled"`
	// HookType is "account" or "inbox": what uses the app.
	HookType string `json:"hook_type"`
	// AllowsMany is nil for an agent's token.
	AllowsMany *bool  `json:"allow_multiple_hooks"`
	Feature    string `json:"feature_flag"`
	// Schema says which settings the app has; nil if it takes any.
	Schema Object `json:"settings_json_schema"`
	// Visible are the settings that the server shows.
	Visible wirejson.Texts                 `json:"visible_properties"`
	Hooks   wirejson.Rows[IntegrationHook] `json:"hooks"`
}

// Check refuses an app without an id.
func (a IntegrationApp) Check() error {
	if a.ID == "" {
		return checkID(0)
	}

	return nil
}

// IntegrationHook is an app that the account or one of its inboxes uses.
type IntegrationHook struct {
	ID    ID     `json:"id"`
	AppID string `json:"app_id"`
	// Enabled is false also for a hook without a status.
	Enabled bool `json:"status"`
	// Inbox is nil also for an inbox that does not exist.
	Inbox *struct {
		ID ID `json:"id"`
	} `json:"inbox"`
	Settings Object `json:"settings"`
}

func (h IntegrationHook) identity() ID { return h.ID }

// Check refuses a hook that cannot be told from others.
func (h IntegrationHook) Check() error { return checkID(h.ID) }

// InboxID returns the id of the hook's inbox; 0 is none.
func (h IntegrationHook) InboxID() ID {
	if h.Inbox == nil {
		return 0
	}

	return h.Inbox.ID
}

// Status returns the word by which a status is written.
func (h IntegrationHook) Status() string {
	if h.Enabled {
		return "enabled"
	}

	return "disabled"
}

// IntegrationHookRequest is what a create or an update of an integration hook sends. Settings are replaced whole.
type IntegrationHookRequest struct {
	AppID    Nullable[string] `json:"app_id,omitzero"`
	InboxID  Nullable[ID]     `json:"inbox_id,omitzero"`
	Status   Nullable[string] `json:"status,omitzero"`
	Settings Nullable[Object] `json:"settings,omitzero"`
}

// IntegrationHooks are the integration hooks of the account. The server lists them only below their apps.
type IntegrationHooks struct {
	client *Client
	byApp  *reads.By[string, *rowList[IntegrationHook]]
}

const (
	hooksPath = "/integrations/hooks"
	appsPath  = "/integrations/apps"
)

// unlistedApps are apps that the list of apps lacks until the installation or the account is set up for them. Their hooks are there
// all the same.
var unlistedApps = []string{"slack", "linear", "notion", "shopify", "leadsquared"}

// IntegrationHooks are the integration hooks of the account.
func (c *Client) IntegrationHooks() *IntegrationHooks {
	return kindOf(c, "chatlake_integration_hook", func() *IntegrationHooks {
		h := &IntegrationHooks{client: c}
		h.byApp = &reads.By[string, *rowList[IntegrationHook]]{New: func(app string) *rowList[IntegrationHook] {
			return newRowList("integration hook", c.read("GET", appsPath+"/%s", app), func(ctx context.Context) (wirejson.Rows[IntegrationHook], error) {
				found, err := c.IntegrationApp(ctx, app)
				if err != nil {
					return wirejson.Rows[IntegrationHook]{}, err
				}

				return found.hooks(c.read("GET", appsPath+"/%s", app))
			})
		}}

		return h
	})
}

// IntegrationApps lists the apps that the account can use, as far as the server lists them.
//
// https://developers.chatwoot.com/api-reference/integrations/list-all-the-integrations
func (c *Client) IntegrationApps(ctx context.Context) ([]IntegrationApp, error) {
	call := c.read("GET", appsPath)

	rows, err := payloadRows[IntegrationApp](ctx, c, call)
	transport.LeaveOut(ctx, call.Path, rows.Odd...)

	for i := range rows.Good {
		rows.Good[i].arrange()
	}

	return rows.Good, err
}

// IntegrationApp reads one app. The server fails with 500 if it has no such app.
func (c *Client) IntegrationApp(ctx context.Context, id string) (IntegrationApp, error) {
	call := c.read("GET", appsPath+"/%s", id)

	app, err := transport.Do[IntegrationApp](ctx, c.sender, call)
	if err == nil && app.ID == "" {
		err = unusable(call, "the answer is not the app that was expected: it has no id")
	}

	app.arrange()

	return app, err
}

// arrange sorts the hooks of an app, and leaves in them what it shows: servers before 4.15.0 send secrets too, and name one of them
// among what they show.
func (a *IntegrationApp) arrange() {
	a.Visible = slices.DeleteFunc(a.Visible, func(name string) bool { return name == "api_key" })

	for _, hook := range a.Hooks.Good {
		hook.show(a.Visible)
	}

	a.Hooks = byID(a.Hooks)
}

// hooks returns the hooks of an app, if they came with their settings.
func (a *IntegrationApp) hooks(call transport.Call) (wirejson.Rows[IntegrationHook], error) {
	if a.AllowsMany == nil && len(a.Hooks.Good) > 0 {
		return a.Hooks, unusable(call, "the settings of integration hooks are not in it: the server shows them to an administrator's token only")
	}

	return a.Hooks, nil
}

// show takes out the settings that the app does not show.
func (h IntegrationHook) show(visible []string) {
	maps.DeleteFunc(h.Settings, func(name string, _ any) bool { return !slices.Contains(visible, name) })
}

// IsUnknownApp reports whether a read of an app failed as it does if the server has no such app.
func IsUnknownApp(err error) bool {
	failure := transport.As(err)
	return failure != nil && failure.Status == http.StatusInternalServerError && strings.Contains(failure.Path, appsPath+"/")
}

// All lists all hooks of apps that the provider knows or the server lists.
func (h *IntegrationHooks) All(ctx context.Context) ([]IntegrationHook, error) {
	apps, err := h.client.IntegrationApps(ctx)
	if err != nil {
		return nil, err
	}

	for _, id := range unlistedApps {
		if slices.ContainsFunc(apps, func(app IntegrationApp) bool { return app.ID == id }) {
			continue
		}

		app, err := h.client.IntegrationApp(ctx, id)
		if err != nil && !IsUnknownApp(err) { // Older servers have fewer apps.
			return nil, err
		}

		apps = append(apps, app)
	}

	var all []IntegrationHook

	for _, app := range apps {
		hooks, err := app.hooks(h.client.read("GET", appsPath))
		if err != nil {
			return nil, err
		}

		transport.LeaveOut(ctx, h.client.read("GET", appsPath+"/%s", app.ID).Path, hooks.Odd...)
		all = append(all, hooks.Good...)
	}

	slices.SortStableFunc(all, compareIDs)

	return all, nil
}

// One reads a hook of an app; of any app if that is not known.
func (h *IntegrationHooks) One(ctx context.Context, app string, id ID) (IntegrationHook, error) {
	if app != "" {
		return h.byApp.Of(app).Get(ctx, id)
	}

	all, err := h.All(ctx)
	if err != nil {
		return IntegrationHook{}, err
	}

	for _, hook := range all {
		if hook.ID == id {
			return hook, nil
		}
	}

	return IntegrationHook{}, missing("integration hook", h.client.read("GET", appsPath), id)
}

// Create lets the account or an inbox use an app, of which the settings are shown that are visible.
//
// https://developers.chatwoot.com/api-reference/integrations/create-an-integration-hook
func (h *IntegrationHooks) Create(ctx context.Context, visible []string, request IntegrationHookRequest) (IntegrationHook, error) {
	return h.send(ctx, visible, h.client.create("POST", hooksPath).WithJSON(wrapped("hook", request)))
}

// Update changes the status or the settings of a hook.
//
// https://developers.chatwoot.com/api-reference/integrations/update-an-integrations-hook
func (h *IntegrationHooks) Update(ctx context.Context, visible []string, id ID, request IntegrationHookRequest) (IntegrationHook, error) {
	return h.send(ctx, visible, h.client.write("PATCH", hooksPath+"/%s", id.String()).WithJSON(wrapped("hook", request)))
}

func (h *IntegrationHooks) send(ctx context.Context, visible []string, call transport.Call) (IntegrationHook, error) {
	defer h.byApp.Drop()

	hook, err := doObject[IntegrationHook](ctx, h.client, call)
	hook.show(visible)

	return hook, err
}

// Delete deletes a hook.
//
// https://developers.chatwoot.com/api-reference/integrations/delete-an-integration-hook
func (h *IntegrationHooks) Delete(ctx context.Context, id ID) error {
	defer h.byApp.Drop()
	return transport.Run(ctx, h.client.sender, h.client.write("DELETE", hooksPath+"/%s", id.String()))
}
