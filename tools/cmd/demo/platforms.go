package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// platforms speaks to the three platforms as any other client would: it shares no code with the provider.
type platforms struct {
	env map[string]string
}

func newPlatforms(env map[string]string) platforms { return platforms{env: env} }

// call sends a request with a platform's credentials and decodes the answer.
func call(ctx context.Context, method, address string, header http.Header, body, answer any) (http.Header, error) {
	var payload io.Reader

	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}

		payload = bytes.NewReader(text)
	}

	request, err := http.NewRequestWithContext(ctx, method, address, payload)
	if err != nil {
		return nil, err
	}

	request.Header = header
	request.Header.Set("Content-Type", "application/json")

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}

	defer func() { _ = response.Body.Close() }()

	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}

	if response.StatusCode >= http.StatusBadRequest {
		return nil, &refused{method: method, path: request.URL.Path, status: response.StatusCode, body: string(text)}
	}

	if answer == nil {
		return response.Header, nil
	}

	if err := json.Unmarshal(text, answer); err != nil {
		return nil, fmt.Errorf("%s %s: %w: %s", method, request.URL.Path, err, text)
	}

	return response.Header, nil
}

type refused struct {
	method, path string
	status       int
	body         string
}

func (r *refused) Error() string {
	return fmt.Sprintf("%s %s: %d %s", r.method, r.path, r.status, r.body)
}

// Kommunicate

type kommunicateUser struct {
	ID    string `json:"userId"`
	Name  string `json:"displayName"`
	Email string `json:"email"`
}

type kommunicateGroup struct {
	Name     string            `json:"name"`
	Members  []string          `json:"membersId"`
	Metadata map[string]string `json:"metadata"`
}

func (p platforms) kommunicate(ctx context.Context, method, path string, query url.Values, body, answer any) error {
	header := http.Header{}
	header.Set("Api-Key", p.env["KOMMUNICATE_API_KEY"])
	header.Set("Of-User-Id", p.env["KOMMUNICATE_ACTING_USER_ID"])

	envelope := struct {
		Status   string          `json:"status"`
		Response json.RawMessage `json:"response"`
		Errors   json.RawMessage `json:"errorResponse"`
	}{}

	address := p.env["KOMMUNICATE_BASE_URL"] + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}

	if _, err := call(ctx, method, address, header, body, &envelope); err != nil {
		return err
	}
	// Its errors come with status 200.
	if envelope.Status != "success" {
		return fmt.Errorf("%s %s: %s", method, path, envelope.Errors)
	}

	if answer == nil {
		return nil
	}

	return json.Unmarshal(envelope.Response, answer)
}

func (p platforms) group(ctx context.Context, id string) (kommunicateGroup, error) {
	var group kommunicateGroup

	err := p.kommunicate(ctx, http.MethodGet, "/rest/ws/group/v2/info", url.Values{"groupId": {id}}, nil, &group)

	return group, err
}

func (p platforms) users(ctx context.Context, made outputs) ([]kommunicateUser, error) {
	var users []kommunicateUser

	ids := map[string]any{"userIdList": made.Users}
	err := p.kommunicate(ctx, http.MethodPost, "/rest/ws/user/v2/detail", nil, ids, &users)
	slices.SortFunc(users, func(a, b kommunicateUser) int { return strings.Compare(a.ID, b.ID) })

	return users, err
}

func (p platforms) kommunicateHoldings(ctx context.Context, made outputs) ([]string, error) {
	users, err := p.users(ctx, made)
	if err != nil {
		return nil, err
	}

	var lines []string
	for _, user := range users {
		lines = append(lines, row("Kommunicate", "user", user.ID, fmt.Sprintf("%s <%s>", user.Name, user.Email)))
	}

	for _, number := range slices.Sorted(maps.Keys(made.Conversations)) {
		id := made.Conversations[number]

		group, err := p.group(ctx, id)
		if err != nil {
			return nil, err
		}

		lines = append(lines, row("Kommunicate", "conversation", id, fmt.Sprintf("%q, %s", group.Name, status(group))))
	}

	return lines, nil
}

// status returns the platform's number in its own words.
func status(group kommunicateGroup) string {
	number := group.Metadata["CONVERSATION_STATUS"]
	if word, ok := map[string]string{"0": "open", "2": "closed"}[number]; ok {
		return word
	}

	return "status " + number
}

// Chatlake

type chatlakeContact struct {
	Name       string `json:"name"`
	Phone      string `json:"phone_number"`
	Identifier string `json:"identifier"`
}

func (p platforms) chatlake(ctx context.Context, method, path string, body, answer any) error {
	header := http.Header{}
	header.Set("api_access_token", p.env["CHATLAKE_API_ACCESS_TOKEN"])
	_, err := call(ctx, method, p.env["CHATLAKE_BASE_URL"]+"/api/v1/accounts/"+p.env["CHATLAKE_ACCOUNT_ID"]+path, header, body, answer)

	return err
}

func (p platforms) chatlakeHoldings(ctx context.Context, made outputs) ([]string, error) {
	var lines []string

	for _, customer := range slices.Sorted(maps.Keys(made.Contacts)) {
		id := made.Contacts[customer]

		var answer struct {
			Contact chatlakeContact `json:"payload"`
		}
		if err := p.chatlake(ctx, http.MethodGet, "/contacts/"+url.PathEscape(id), nil, &answer); err != nil {
			return nil, err
		}

		c := answer.Contact
		lines = append(lines, row("Chatlake", "contact", id, fmt.Sprintf("%s, %s, known as %s", c.Name, c.Phone, c.Identifier)))
	}

	return lines, nil
}

// IMIchat

type imichatChat struct {
	Alias    string          `json:"alias_id"`
	Status   string          `json:"status"`
	Tags     []string        `json:"tag"`
	Customer imichatCustomer `json:"customer"`
}

type imichatCustomer struct {
	Name string `json:"name"`
}

func (p platforms) imichat(ctx context.Context, method, path string, body, answer any) error {
	base := p.env["IMICHAT_BASE_URL"] + "/v3.1"
	key := base64.StdEncoding.EncodeToString([]byte(p.env["IMICHAT_API_KEY"] + "@" + p.env["IMICHAT_DOMAIN"]))

	granted, err := call(ctx, http.MethodGet, base+"/authorize", http.Header{"Authorization": {key}}, nil, nil)
	if err != nil {
		return err
	}

	envelope := struct {
		Response json.RawMessage `json:"response"`
	}{}
	// The platform spells its headers in lower case, with an underscore.
	header := http.Header{"access_token": granted.Values("access_token"), "teamid": {p.env["IMICHAT_TEAM_ID"]}}
	if _, err := call(ctx, method, base+path, header, body, &envelope); err != nil || answer == nil {
		return err
	}

	return json.Unmarshal(envelope.Response, answer)
}

func (p platforms) chat(ctx context.Context, id string) (imichatChat, error) {
	var chat imichatChat

	err := p.imichat(ctx, http.MethodGet, "/chats/"+url.PathEscape(id), nil, &chat)

	return chat, err
}

func (p platforms) imichatHoldings(ctx context.Context, made outputs) ([]string, error) {
	var lines []string

	for _, number := range slices.Sorted(maps.Keys(made.Chats)) {
		id := made.Chats[number]

		chat, err := p.chat(ctx, id)
		if err != nil {
			return nil, err
		}

		slices.Sort(chat.Tags)
		lines = append(lines, row("IMIchat", "chat", id,
			fmt.Sprintf("%s with %s, %s, tags %s", chat.Alias, chat.Customer.Name, chat.Status, strings.Join(chat.Tags, " "))))
	}

	return lines, nil
}

// All three

func row(platform, object, id, what string) string {
	return fmt.Sprintf("%-12s %-13s %-16s %s", platform, object, id, what)
}

// holdings has a line for each object of the demo, as its platform shows it.
func (p platforms) holdings(ctx context.Context, made outputs) ([]string, error) {
	var all []string

	for _, of := range []func(context.Context, outputs) ([]string, error){
		p.kommunicateHoldings, p.chatlakeHoldings, p.imichatHoldings,
	} {
		lines, err := of(ctx, made)
		if err != nil {
			return nil, err
		}

		all = append(all, lines...)
	}

	return all, nil
}

// disturb changes one object on each platform, as agents do all day, and says what it did.
func (p platforms) disturb(ctx context.Context, made outputs) ([]string, error) {
	group, contact, chat := made.Conversations["1001"], made.Contacts["mira"], made.Chats["1002"]

	err := p.kommunicate(ctx, http.MethodPatch, "/rest/ws/group/status/change",
		url.Values{"groupId": {group}, "status": {"2"}, "sendNotifyMessage": {"false"}}, nil, nil)
	if err != nil {
		return nil, err
	}

	if err := p.chatlake(ctx, http.MethodPut, "/contacts/"+url.PathEscape(contact), map[string]any{"name": "Mira Example"}, nil); err != nil {
		return nil, err
	}

	if err := p.imichat(ctx, http.MethodPatch, "/chats/"+url.PathEscape(chat), map[string]any{"tags": []string{"spam"}}, nil); err != nil {
		return nil, err
	}

	return []string{
		row("Kommunicate", "conversation", group, "an agent closes it"),
		row("Chatlake", "contact", contact, "an agent renames it to Mira Example"),
		row("IMIchat", "chat", chat, "a bot replaces its tags by spam"),
	}, nil
}

// leftovers checks and tells what destroy left: what cannot or should not be deleted, but nothing open.
func (p platforms) leftovers(ctx context.Context, made outputs) ([]string, error) {
	for _, id := range made.Conversations {
		group, err := p.group(ctx, id)
		if err != nil {
			return nil, err
		}

		if status(group) != "closed" {
			return nil, fmt.Errorf("conversation %s should be closed and is: %s", id, status(group))
		}
	}

	for _, id := range made.Contacts {
		err := p.chatlake(ctx, http.MethodGet, "/contacts/"+url.PathEscape(id), nil, nil)

		gone := new(refused)
		if !errors.As(err, &gone) || gone.status != http.StatusNotFound {
			return nil, errors.Join(fmt.Errorf("contact %s should be gone, and is not", id), err)
		}
	}

	for _, id := range made.Chats {
		chat, err := p.chat(ctx, id)
		if err != nil {
			return nil, err
		}

		if chat.Status != "closed" {
			return nil, fmt.Errorf("chat %s should be closed and is: %s", id, chat.Status)
		}
	}

	users, err := p.users(ctx, made)
	if err != nil {
		return nil, err
	}

	return []string{
		fmt.Sprintf("%-12s %d conversations closed, %d users left as they are", "Kommunicate", len(made.Conversations), len(users)),
		fmt.Sprintf("%-12s %d contacts gone", "Chatlake", len(made.Contacts)),
		fmt.Sprintf("%-12s %d chats closed", "IMIchat", len(made.Chats)),
	}, nil
}
