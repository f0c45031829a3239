package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// platformPath is where the platform API starts.
const platformPath = "/platform/api/v1"

// accountsPath is where the accounts are.
const accountsPath = platformPath + "/accounts"

// notPermissible is what the platform API says of an object that the app neither made nor was given, with the status of a
// wrong token. It is the same in every language.
const notPermissible = "Non permissible resource"

// Platform talks to the API above the accounts, with the token of a platform app.
type Platform struct {
	sender    transport.Sender
	accounts  *rowList[PlatformAccount]
	agentBots *rowList[PlatformAgentBot]
	// accountUsers are the people of each account, by the person's id.
	accountUsers *reads.By[ID, *reads.List[ID, AccountUser]]
}

// newPlatform builds the client. The transport's configuration is that of the account's, but for what it refuses.
func newPlatform(t transport.Config, token string, refuse error) *Platform {
	t.Classify, t.Refuse = classifyPlatform, refuse
	t.Sign = transport.SignWith(http.Header{"Api-Access-Token": {token}})
	t.CredentialAdvice = "Check chatlake.platform_access_token: it has to be the token of a platform app, which a super administrator of the server makes (Super Admin Console > Platform Apps)."

	bots := transport.Read("GET", platformPath+"/agent_bots").At(t.Base)

	p := &Platform{}
	p.sender = &platformCheck{transport.New(t)}
	p.agentBots = newRowList("agent bot", bots, func(ctx context.Context) (wirejson.Rows[PlatformAgentBot], error) {
		rows, err := transport.Do[wirejson.Rows[PlatformAgentBot]](ctx, p.sender, bots)
		return byID(rows), err
	})

	accounts := transport.Read("GET", accountsPath).At(t.Base)
	p.accounts = newRowList("account", accounts, func(ctx context.Context) (wirejson.Rows[PlatformAccount], error) {
		rows, err := p.readAccounts(ctx, accounts)
		return byID(rows), err
	})

	p.accountUsers = &reads.By[ID, *reads.List[ID, AccountUser]]{New: func(account ID) *reads.List[ID, AccountUser] {
		return &reads.List[ID, AccountUser]{
			Read: func(ctx context.Context) ([]AccountUser, error) { return p.AccountUsers(ctx, account) },
			Key:  func(one AccountUser) ID { return one.UserID },
			Missing: func(user ID) error {
				return missing("user of the account", transport.Read("GET", accountsPath+"/%s/account_users", account.String()).At(t.Base), user)
			},
		}
	}}

	return p
}

// classifyPlatform tells what an answer of the platform API means.
func classifyPlatform(call *transport.Call, response *transport.Response) *transport.Error {
	failure := classify(call, response)
	if failure == nil {
		return nil
	}

	failure.Advice = ""

	switch {
	case failure.Message == notPermissible:
		failure.Advice = "The object belongs to another platform app, or to none. An app may use what it made; a super administrator can give it more (Super Admin Console > Platform Apps)."
	case response.Status == http.StatusInternalServerError && call.Method == http.MethodPost && strings.HasSuffix(call.Path, "/account_users"):
		failure.Reason = transport.Unavailable // The person was removed a moment ago: a job still clears what they had.
	case response.Status == http.StatusInternalServerError && call.Method == http.MethodGet && call.Path == accountsPath:
		failure.Reason = transport.Other // It may be so for good: see readAccounts.
	}

	return failure
}

// platformCheck tells an object that does not exist from an address that has no platform API, which the server answers with the
// same 404. The list of the app's agent bots is always there.
type platformCheck struct{ next transport.Sender }

// Send passes the call on.
func (c *platformCheck) Send(ctx context.Context, call *transport.Call) (*transport.Response, error) {
	response, err := c.next.Send(ctx, call)

	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusNotFound || failure.Reason != transport.Unusable {
		return response, err
	}

	list := transport.Read("GET", platformPath+"/agent_bots")

	_, missing := c.next.Send(ctx, &list)
	if missing != nil {
		return response, err
	}

	own := *failure
	own.Reason = transport.NotFound

	return nil, &own
}

func platformCall[V Identified](ctx context.Context, p *Platform, call transport.Call) (V, error) {
	object, err := transport.Do[V](ctx, p.sender, call)
	return checkObject(call, object, err)
}

// PlatformAccount is an account of the installation.
type PlatformAccount struct {
	ID           ID              `json:"id"`
	Name         string          `json:"name"`
	Locale       string          `json:"locale"`
	Domain       string          `json:"domain"`
	SupportEmail string          `json:"support_email"`
	Status       string          `json:"status"`
	Features     map[string]bool `json:"features"` // Only what is switched on.
	// Limits may hold values of any type: the server stores what it is given.
	Limits           map[string]wirejson.Loose `json:"limits"`
	CustomAttributes Object                    `json:"custom_attributes"`
}

func (x PlatformAccount) identity() ID { return x.ID }

// Check refuses one that cannot be told from others.
func (x PlatformAccount) Check() error { return checkID(x.ID) }

// PlatformAccountRequest is what a create or an update of an account sends. Features are switched one by one; limits and
// attributes are replaced.
type PlatformAccountRequest struct {
	Name             Nullable[string]           `json:"name,omitzero"`
	Locale           Nullable[string]           `json:"locale,omitzero"`
	Domain           Nullable[string]           `json:"domain,omitzero"`
	SupportEmail     Nullable[string]           `json:"support_email,omitzero"`
	Status           Nullable[string]           `json:"status,omitzero"`
	Features         Nullable[map[string]bool]  `json:"features,omitzero"`
	Limits           Nullable[map[string]int64] `json:"limits,omitzero"`
	CustomAttributes Nullable[Object]           `json:"custom_attributes,omitzero"`
}

// CreateAccount makes an account.
//
// https://developers.chatwoot.com/api-reference/accounts/create-an-account
func (p *Platform) CreateAccount(ctx context.Context, request PlatformAccountRequest) (PlatformAccount, error) {
	defer p.accounts.Drop()

	found, err := platformCall[PlatformAccount](ctx, p, transport.Create("POST", accountsPath).WithJSON(request))

	return found, explainFeatures(err, request)
}

// Accounts lists those that the app made or was given, until one of them was deleted.
//
// GET /platform/api/v1/accounts is not on the vendor's pages; it is in the server since 2.9.0.
func (p *Platform) Accounts(ctx context.Context) ([]PlatformAccount, error) {
	return p.accounts.All(ctx)
}

// readAccounts reads the list, and tells what its failures mean. A server that is ill answers 500 too, but then not to one question
// alone: the list of bots tells the two apart, and the list of accounts is asked again after it.
func (p *Platform) readAccounts(ctx context.Context, list transport.Call) (wirejson.Rows[PlatformAccount], error) {
	rows, err := transport.Do[wirejson.Rows[PlatformAccount]](ctx, p.sender, list)
	if isCrash(err) {
		_, outage := transport.Do[wirejson.Rows[PlatformAgentBot]](ctx, p.sender, transport.Read("GET", platformPath+"/agent_bots"))
		if outage != nil {
			return rows, outage
		}

		rows, err = transport.Do[wirejson.Rows[PlatformAccount]](ctx, p.sender, list)
	}

	return rows, explainAccounts(err)
}

// explainAccounts says why a server does not list accounts although it answers other questions, and what to do instead.
func explainAccounts(err error) error {
	reason, more := "", ""

	switch {
	case isCrash(err):
		reason = "the server can no longer list the accounts of this platform app: it cannot once one of them was deleted, and that does not pass"
	case transport.IsNotFound(err):
		reason, more = "the server has no list of the accounts of a platform app, which came with version 2.9.0", ", or update the server"
	default:
		return err
	}

	own := *transport.As(err)
	own.Reason, own.IsOwn, own.Message = transport.Other, true, reason
	own.Advice = "Name each account by its id, in a chatlake_platform_account data source or in an import block" + more +
		". A super administrator sees the ids (Super Admin Console > Accounts)."

	return &own
}

// isCrash reports whether the server answered with its 500.
func isCrash(err error) bool {
	failure := transport.As(err)
	return failure != nil && failure.Status == http.StatusInternalServerError
}

// Account reads one account.
//
// https://developers.chatwoot.com/api-reference/accounts/get-an-account-details
func (p *Platform) Account(ctx context.Context, id ID) (PlatformAccount, error) {
	return platformCall[PlatformAccount](ctx, p, transport.Read("GET", accountsPath+"/%s", id.String()))
}

// UpdateAccount changes fields of an account.
//
// https://developers.chatwoot.com/api-reference/accounts/update-an-account
func (p *Platform) UpdateAccount(ctx context.Context, id ID, request PlatformAccountRequest) (PlatformAccount, error) {
	defer p.accounts.Drop()

	found, err := platformCall[PlatformAccount](ctx, p, transport.Write("PATCH", accountsPath+"/%s", id.String()).WithJSON(request))

	return found, explainFeatures(err, request)
}

// explainFeatures says what the server probably crashed over.
func explainFeatures(err error, request PlatformAccountRequest) error {
	if request.Features.Value() != nil {
		return explainCrash(err, "features", "the server crashes over a feature that its release does not know, instead of refusing it")
	}

	if request.Locale.Value() != nil {
		return explainCrash(err, "locale", "the server crashes over a language that it does not know, instead of refusing it")
	}

	return err
}

// DeleteAccount deletes an account with everything in it, and waits until a job has done it.
//
// https://developers.chatwoot.com/api-reference/accounts/delete-an-account
func (p *Platform) DeleteAccount(ctx context.Context, id ID) error {
	defer p.accounts.Drop()

	err := transport.Run(ctx, p.sender, transport.Write("DELETE", accountsPath+"/%s", id.String()))
	if err != nil {
		return err
	}

	return p.AwaitDeletedAccount(ctx, id)
}

// AwaitDeletedAccount waits until an account is gone that the server was told to delete.
func (p *Platform) AwaitDeletedAccount(ctx context.Context, id ID) error {
	return waitUntilGone(ctx, "account "+id.String(), func(ctx context.Context) error {
		_, err := p.Account(ctx, id)
		return err
	})
}

// PlatformUser is a person of the installation. The answers hold tokens as well, which are not read.
type PlatformUser struct {
	ID               ID     `json:"id"`
	Name             string `json:"name"`
	DisplayName      string `json:"display_name"`
	Email            string `json:"email"`
	Confirmed        bool   `json:"confirmed"`
	CustomAttributes Object `json:"custom_attributes"`
}

func (x PlatformUser) identity() ID { return x.ID }

// unfinished is the display name of somebody who is being made: the server answers the same for a new person and for one whose
// address is known, whom it leaves unchanged.
const unfinished = "(being created by Terraform)"

// IsNew reports whether a create made the person, and did not find them.
func (x PlatformUser) IsNew() bool { return x.DisplayName == unfinished }

// PlatformUserRequest is what a create or an update of a person sends. Attributes are merged.
type PlatformUserRequest struct {
	Name             Nullable[string] `json:"name,omitzero"`
	DisplayName      Nullable[string] `json:"display_name,omitzero"`
	Email            Nullable[string] `json:"email,omitzero"`
	Password         Nullable[string] `json:"password,omitzero"`
	CustomAttributes Nullable[Object] `json:"custom_attributes,omitzero"`
}

// CreateUser makes a person, or finds the one with the address: see IsNew. A new one has a display name that tells so, until it is
// updated with the rest. It may be repeated.
//
// https://developers.chatwoot.com/api-reference/users/create-a-user
func (p *Platform) CreateUser(ctx context.Context, request PlatformUserRequest) (PlatformUser, error) {
	request.DisplayName = Set(unfinished)
	return platformCall[PlatformUser](ctx, p, transport.Write("POST", platformPath+"/users").WithJSON(request))
}

// User reads one person. There is no list.
//
// https://developers.chatwoot.com/api-reference/users/get-an-user-details
func (p *Platform) User(ctx context.Context, id ID) (PlatformUser, error) {
	return platformCall[PlatformUser](ctx, p, transport.Read("GET", platformPath+"/users/%s", id.String()))
}

// UpdateUser changes fields of a person. Another address takes effect at once.
//
// https://developers.chatwoot.com/api-reference/users/update-a-user
func (p *Platform) UpdateUser(ctx context.Context, id ID, request PlatformUserRequest) (PlatformUser, error) {
	return platformCall[PlatformUser](ctx, p, transport.Write("PATCH", platformPath+"/users/%s", id.String()).WithJSON(request))
}

// DeleteUser deletes a person, and waits until a job has done it.
//
// https://developers.chatwoot.com/api-reference/users/delete-a-user
func (p *Platform) DeleteUser(ctx context.Context, id ID) error {
	err := transport.Run(ctx, p.sender, transport.Write("DELETE", platformPath+"/users/%s", id.String()))
	if err != nil {
		return err
	}

	return p.AwaitDeletedUser(ctx, id)
}

// AwaitDeletedUser waits until a person is gone whom the server was told to delete.
func (p *Platform) AwaitDeletedUser(ctx context.Context, id ID) error {
	return waitUntilGone(ctx, "user "+id.String(), func(ctx context.Context) error {
		_, err := p.User(ctx, id)
		return err
	})
}

// UserToken returns a person's access token.
func (p *Platform) UserToken(ctx context.Context, id ID) (string, error) {
	call := transport.Read("POST", platformPath+"/users/%s/token", id.String())

	answer, err := transport.Do[struct {
		AccessToken string `json:"access_token"`
	}](ctx, p.sender, call)
	if err == nil && answer.AccessToken == "" {
		err = unusable(call, "the answer holds no access token")
	}

	return answer.AccessToken, err
}

// LoginLink returns an address that signs a person in once.
//
// https://developers.chatwoot.com/api-reference/users/get-user-sso-link
func (p *Platform) LoginLink(ctx context.Context, id ID) (string, error) {
	call := transport.Read("GET", platformPath+"/users/%s/login", id.String())

	answer, err := transport.Do[struct {
		URL string `json:"url"`
	}](ctx, p.sender, call)
	if err == nil && answer.URL == "" {
		err = unusable(call, "the answer holds no address")
	}

	return answer.URL, err
}

// AccountUser is a person's place in an account.
type AccountUser struct {
	ID        ID     `json:"id"`
	AccountID ID     `json:"account_id"`
	UserID    ID     `json:"user_id"`
	Role      string `json:"role"`
}

func (x AccountUser) identity() ID { return x.ID }

// Check refuses one that cannot be told from others.
func (x AccountUser) Check() error { return checkID(x.ID) }

// SetAccountUser adds a person to an account, or changes the role of one who is there. Without a role it is "agent".
//
// https://developers.chatwoot.com/api-reference/account-users/create-an-account-user
func (p *Platform) SetAccountUser(ctx context.Context, account, user ID, role Nullable[string]) (AccountUser, error) {
	defer p.accountUsers.Of(account).Drop()

	request := struct {
		UserID ID               `json:"user_id"`
		Role   Nullable[string] `json:"role,omitzero"`
	}{user, role}

	return platformCall[AccountUser](ctx, p, transport.Write("POST", accountsPath+"/%s/account_users", account.String()).WithJSON(request))
}

// AccountUsers lists the people of an account.
//
// https://developers.chatwoot.com/api-reference/account-users/list-all-account-users
func (p *Platform) AccountUsers(ctx context.Context, account ID) ([]AccountUser, error) {
	call := transport.Read("GET", accountsPath+"/%s/account_users", account.String())
	rows, err := transport.Do[wirejson.Rows[AccountUser]](ctx, p.sender, call)

	return whole(call, byID(rows), err)
}

// AccountUser finds a person's place in an account.
func (p *Platform) AccountUser(ctx context.Context, account, user ID) (AccountUser, error) {
	return p.accountUsers.Of(account).Get(ctx, user)
}

// RemoveAccountUser takes a person out of an account; who is not there is no error.
//
// https://developers.chatwoot.com/api-reference/account-users/delete-an-account-user
func (p *Platform) RemoveAccountUser(ctx context.Context, account, user ID) error {
	defer p.accountUsers.Of(account).Drop()

	request := map[string]ID{"user_id": user}

	return transport.Run(ctx, p.sender, transport.Write("DELETE", accountsPath+"/%s/account_users", account.String()).WithJSON(request))
}

// PlatformAgentBot is a bot of one account, or of all.
type PlatformAgentBot struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	OutgoingURL string `json:"outgoing_url"`
	AccountID   *ID    `json:"account_id"`
	AccessToken string `json:"access_token"`
}

func (x PlatformAgentBot) identity() ID { return x.ID }

// Check refuses one that cannot be told from others.
func (x PlatformAgentBot) Check() error { return checkID(x.ID) }

// PlatformAgentBotRequest is what a create or an update of a bot sends.
type PlatformAgentBotRequest struct {
	Name        Nullable[string] `json:"name,omitzero"`
	Description Nullable[string] `json:"description,omitzero"`
	OutgoingURL Nullable[string] `json:"outgoing_url,omitzero"`
	AccountID   Nullable[ID]     `json:"account_id,omitzero"`
}

// CreateAgentBot makes a bot.
//
// https://developers.chatwoot.com/api-reference/agentbots/create-an-agent-bot
func (p *Platform) CreateAgentBot(ctx context.Context, request PlatformAgentBotRequest) (PlatformAgentBot, error) {
	defer p.agentBots.Drop()
	return platformCall[PlatformAgentBot](ctx, p, transport.Create("POST", platformPath+"/agent_bots").WithJSON(request))
}

// AgentBot reads one, from the list.
func (p *Platform) AgentBot(ctx context.Context, id ID) (PlatformAgentBot, error) {
	return p.agentBots.Get(ctx, id)
}

// AgentBots lists those that the app made or was given.
//
// https://developers.chatwoot.com/api-reference/agentbots/list-all-agentbots
func (p *Platform) AgentBots(ctx context.Context) ([]PlatformAgentBot, error) {
	return p.agentBots.All(ctx)
}

// UpdateAgentBot changes fields of a bot.
//
// https://developers.chatwoot.com/api-reference/agentbots/update-an-agent-bot
func (p *Platform) UpdateAgentBot(ctx context.Context, id ID, request PlatformAgentBotRequest) (PlatformAgentBot, error) {
	defer p.agentBots.Drop()
	return platformCall[PlatformAgentBot](ctx, p, transport.Write("PATCH", platformPath+"/agent_bots/%s", id.String()).WithJSON(request))
}

// DeleteAgentBot deletes a bot.
//
// https://developers.chatwoot.com/api-reference/agentbots/delete-an-agentbot
func (p *Platform) DeleteAgentBot(ctx context.Context, id ID) error {
	defer p.agentBots.Drop()
	return transport.Run(ctx, p.sender, transport.Write("DELETE", platformPath+"/agent_bots/%s", id.String()))
}
