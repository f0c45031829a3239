package replay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// roles returns those whose tokens a sequence can use. Administrator, agent and bot belong to the account, other is the
// administrator of another account, platform is a platform app.
func roles() []string { return []string{"administrator", "agent", "other", "bot", "platform"} }

// unusedID is an id that no object has: what a request that failed was to make.
const unusedID = "999999999"

// Settings say where a server is and who is who on it.
type Settings struct {
	// BaseURL is the server's address, without a slash at the end.
	BaseURL string `json:"base_url"`
	// AccountID is the account that belongs to the run; OtherAccountID is one whose members have no part in it.
	AccountID      string `json:"account_id"`
	OtherAccountID string `json:"other_account_id"`
	// Tokens are access tokens by role.
	Tokens map[string]string `json:"tokens"`
	// Has says what the server has: "enterprise", "custom_roles", "feature:NAME", "extra:NAME".
	Has map[string]bool `json:"has"`
	// Extra are ids of objects that no request can make.
	Extra map[string]any `json:"extra,omitempty"`
	// Features are those that were switched for the run.
	Features map[string]bool `json:"features,omitempty"`
	// Limit is how long to wait for background jobs.
	Limit time.Duration `json:"-"`

	// Client sends the requests; http.DefaultClient is not used.
	Client *http.Client `json:"-"`
	// Sleep waits between requests; time.Sleep if nil.
	Sleep func(time.Duration) `json:"-"`

	// What Check finds out.
	Version          string            `json:"version"`
	AccountName      string            `json:"account_name"`
	OtherAccountName string            `json:"other_account_name"`
	People           map[string]object `json:"people"`
}

func (s *Settings) has(need string) bool {
	if slices.Contains(roles(), need) {
		return s.Tokens[need] != ""
	}

	if need == "other_account" {
		return s.OtherAccountID != ""
	}

	return s.Has[need]
}

func (s *Settings) lacks(needs []string) []string {
	return slices.DeleteFunc(slices.Clone(needs), s.has)
}

func (s *Settings) token(role string) string {
	switch role {
	case "none":
		return ""
	case "bad":
		return "not-a-token"
	default:
		return s.Tokens[role]
	}
}

func (s *Settings) sleep(d time.Duration) {
	switch {
	case d <= 0:
	case s.Sleep != nil:
		s.Sleep(d)
	default:
		time.Sleep(d)
	}
}

// Check asks the server which release it is, who the tokens belong to and what the account has, and completes the
// settings. It returns what is not as a run needs it.
func (s *Settings) Check(ctx context.Context) ([]string, error) {
	var problems []string

	version, err := s.get(ctx, "/api", "")
	if err != nil {
		return nil, err
	}

	s.Version, _ = dig(version.value, "version").(string)
	s.People = map[string]object{}

	for _, role := range []string{"administrator", "agent", "other"} {
		problem, err := s.checkPerson(ctx, role)
		if err != nil {
			return nil, err
		}

		if problem != "" {
			problems = append(problems, problem)
		}
	}

	return problems, s.checkAccounts(ctx)
}

func (s *Settings) checkPerson(ctx context.Context, role string) (string, error) {
	if s.Tokens[role] == "" {
		return fmt.Sprintf("no token of %s: what needs it is left out", role), nil
	}

	profile, err := s.get(ctx, "/api/v1/profile", s.Tokens[role])
	if err != nil {
		return "", err
	}

	if profile.status != http.StatusOK {
		return fmt.Sprintf("%s: GET /profile answers %d", role, profile.status), nil
	}

	person := object{}

	for _, key := range []string{"id", "name", "email", "display_name", "available_name"} {
		value := dig(profile.value, key)
		if _, ok := value.(absent); !ok {
			person[key] = value
		}
	}

	s.People[role] = person

	account, want := s.AccountID, "administrator"
	if role == "agent" {
		want = "agent"
	}

	if role == "other" {
		account = s.OtherAccountID
	}

	if dig(profile.value, "accounts[id="+account+"].role") != want {
		return fmt.Sprintf("%s is not %s of account %s", role, want, account), nil
	}

	return "", nil
}

func (s *Settings) checkAccounts(ctx context.Context) error {
	admin := s.Tokens["administrator"]

	account, err := s.get(ctx, "/api/v1/accounts/"+s.AccountID, admin)
	if err != nil {
		return err
	}

	s.AccountName, _ = dig(account.value, "name").(string)
	has := map[string]bool{}

	for name, is := range s.Has {
		if !strings.HasPrefix(name, "feature:") {
			has[name] = is
		}
	}

	features, _ := dig(account.value, "features").(object)
	for name, on := range features {
		if on == true {
			has["feature:"+name] = true
		}
	}

	roles, err := s.get(ctx, "/api/v1/accounts/"+s.AccountID+"/custom_roles", admin)
	if err != nil {
		return err
	}

	has["custom_roles"] = roles.status == http.StatusOK
	if _, ok := has["enterprise"]; !ok {
		has["enterprise"] = has["custom_roles"] // Only the enterprise build knows them.
	}

	s.Has = has

	if s.Tokens["other"] == "" {
		return nil
	}

	other, err := s.get(ctx, "/api/v1/accounts/"+s.OtherAccountID, s.Tokens["other"])
	if err != nil {
		return err
	}

	s.OtherAccountName, _ = dig(other.value, "name").(string)

	return nil
}

func (s *Settings) get(ctx context.Context, path, token string) (reply, error) {
	return s.send(ctx, request{method: http.MethodGet, path: path, token: token})
}

// lookup returns what a name in a sequence stands for, apart from what the run has saved.
func (s *Settings) lookup(name string) (any, bool) {
	switch name {
	case "account":
		return s.AccountID, true
	case "other_account":
		return s.OtherAccountID, true
	case "base":
		return s.BaseURL, true
	case "features":
		return s.Features, true
	}

	kind, rest, dotted := strings.Cut(name, ".")
	if dotted && kind == "extra" {
		value, known := s.Extra[rest]
		return value, known
	}

	if dotted && kind == "people" {
		role, key, _ := strings.Cut(rest, ".")
		value := dig(s.People[role], key)
		_, gone := value.(absent)

		return value, !gone
	}

	if seconds, ok := strings.CutPrefix(name, "now+"); ok {
		n, err := strconv.Atoi(seconds)
		return json.Number(strconv.FormatInt(time.Now().Unix()+int64(n), 10)), err == nil
	}

	if seconds, ok := strings.CutPrefix(name, "iso+"); ok {
		n, err := strconv.Atoi(seconds)
		return time.Now().Add(time.Duration(n) * time.Second).UTC().Format(time.RFC3339), err == nil
	}

	return nil, false
}
