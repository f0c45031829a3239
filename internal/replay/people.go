package replay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// platformPath is where the platform API starts. It makes accounts and people, with a token that only the installation's
// owner has.
const platformPath = "/platform/api/v1"

// password is that of the people made for a recording. They can do nothing outside of their account.
const password = "Recorded-1!"

// MakePeople makes two accounts, the people that sequences need, and a bot, with the token of a platform app. It returns
// settings for a run, which Check has to complete and which waits for background jobs up to the limit.
func MakePeople(ctx context.Context, client *http.Client, baseURL, platformToken string, limit time.Duration) (*Settings, error) {
	mark, _ := newPrefix()
	s := &Settings{
		BaseURL: baseURL, Tokens: map[string]string{"platform": platformToken}, Client: client,
		Has: map[string]bool{"mail_fails": true}, Limit: limit,
	}

	for _, one := range []struct {
		name string
		id   *string
	}{{"Recorded " + mark, &s.AccountID}, {"Other " + mark, &s.OtherAccountID}} {
		account, err := s.makeObject(ctx, "/accounts", object{"name": one.name})
		if err != nil {
			return nil, err
		}

		*one.id = plain(account["id"])
	}

	for _, person := range []struct{ role, name, account, membership string }{
		{"administrator", "Ada Administrator", s.AccountID, "administrator"},
		{"agent", "Ben Agent", s.AccountID, "agent"},
		{"other", "Olga Outside", s.OtherAccountID, "administrator"},
	} {
		user, err := s.makeObject(ctx, "/users", object{
			"name": person.name, "email": person.role + "." + mark + "@people.example", "password": password,
		})
		if err != nil {
			return nil, err
		}

		s.Tokens[person.role], _ = user["access_token"].(string)

		_, err = s.makeObject(ctx, "/accounts/"+person.account+"/account_users", object{"user_id": user["id"], "role": person.membership})
		if err != nil {
			return nil, err
		}
	}

	bot, err := s.makeObject(ctx, "/agent_bots", object{"name": "Recorded bot", "account_id": json.Number(s.AccountID)})
	if err != nil {
		return nil, err
	}

	s.Tokens["bot"], _ = bot["access_token"].(string)

	return s, nil
}

// makeObject makes something with the platform API.
func (s *Settings) makeObject(ctx context.Context, path string, body object) (object, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}

	got, err := s.send(ctx, request{
		method: http.MethodPost, path: platformPath + path, token: s.Tokens["platform"], body: raw, contentType: "application/json",
	})
	if err != nil {
		return nil, err
	}

	made, isObject := got.value.(object)
	if got.status != http.StatusOK || !isObject {
		return nil, fmt.Errorf("POST %s answers %d: %.200s", platformPath+path, got.status, got.raw)
	}

	return made, nil
}
