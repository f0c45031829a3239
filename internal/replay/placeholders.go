package replay

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var (
	uuidText  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	timeText  = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?UTC|Z|[+-]\d\d:?\d\d)?`)
	hostText  = regexp.MustCompile(`https?://(?:127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1\]|[\w.-]*sandbox\.invalid)(?::\d+)?`)
	idKey     = regexp.MustCompile(`(^|_)ids?$|^in_reply_to$|^agent_bot$`)
	looseKey  = regexp.MustCompile(`^(action_params|values)$`) // Rules and filters hold ids among other things.
	timeKey   = regexp.MustCompile(`(_at|_since|_on|_until|_seen|timestamp)$`)
	countKey  = regexp.MustCompile(`(^|_)(count|counts)$`)
	tokenText = regexp.MustCompile(`^[A-Za-z0-9]{20,}$`)
	idPrefix  = regexp.MustCompile(`^(\d+/)+`)
	slugTime  = regexp.MustCompile(`^(\d{13}|\d{10})-`)
	digit     = regexp.MustCompile(`\d`)
)

// secretKeys hold secrets.
var secretKeys = []string{
	"access_token", "api_access_token", "pubsub_token", "hmac_token", "secret", "password", "imap_password", "smtp_password",
	"line_channel_secret", "line_channel_token", "bot_token", "auth_token", "api_key", "provider_config", "website_token",
	"inbox_identifier", "identifier_hash", "confirmation_token", "token",
}

// notIDs look like ids by their names, and are texts that a user chose.
var notIDs = []string{"source_id", "echo_id", "in_reply_to_external_id", "blob_id", "phone_number_id", "app_id"}

var fileKeys = []string{"data_url", "thumb_url", "file_url", "avatar_url", "thumbnail"}

const timestamped = 1_000_000_000 // Numbers above it can be seconds since 1970.

// normaliser replaces what differs between any two runs by placeholders that tell its kind and type.
type normaliser struct {
	words    [][2]string // What to replace in texts, longest first.
	tokens   map[string]string
	base     string
	accounts map[string]string
}

func newNormaliser(s *Settings, prefix, number string) *normaliser {
	n := &normaliser{tokens: s.Tokens, base: s.BaseURL, accounts: map[string]string{}}

	n.add(prefix, "<p>")
	n.add(strings.ToUpper(prefix), "<P>")
	n.add(strings.ToUpper(prefix[:1])+prefix[1:], "<Pp>")
	n.add(number, "<n>")

	for _, role := range []string{"administrator", "agent", "other"} {
		for _, key := range []string{"email", "name", "display_name", "available_name"} {
			text, _ := s.People[role][key].(string)
			n.add(text, "<"+role+" "+key+">")
		}
	}

	n.accounts[s.AccountID], n.accounts[s.OtherAccountID] = "<account>", "<other account>"
	n.add(s.AccountName, "<account name>")
	n.add(s.OtherAccountName, "<other account name>")
	slices.SortStableFunc(n.words, func(a, b [2]string) int { return cmp.Compare(len(b[0]), len(a[0])) })

	return n
}

func (n *normaliser) add(word, name string) {
	if word != "" {
		n.words = append(n.words, [2]string{word, name})
	}
}

func (n *normaliser) text(text string) string {
	for _, role := range slices.Sorted(maps.Keys(n.tokens)) {
		if n.tokens[role] != "" {
			text = strings.ReplaceAll(text, n.tokens[role], "<token of "+role+">")
		}
	}

	text = strings.ReplaceAll(text, n.base, "<base>")
	text = hostText.ReplaceAllString(text, "<base>")

	for _, word := range n.words {
		text = strings.ReplaceAll(text, word[0], word[1])
	}

	text = uuidText.ReplaceAllString(text, "<uuid>")

	return timeText.ReplaceAllStringFunc(text, func(found string) string { return digit.ReplaceAllString(found, "0") })
}

// value normalises the value of a key; inside is where the key stands.
func (n *normaliser) value(value any, key string, inside []string) any {
	switch value := value.(type) {
	case object:
		out := object{}
		for inner, v := range value {
			out[n.text(inner)] = n.value(v, inner, append(slices.Clone(inside), inner))
		}

		return out
	case []any:
		rows := make([]any, len(value))
		for i, row := range value {
			rows[i] = n.value(row, key, inside)
		}

		return rows
	case nil, bool:
		return value
	default:
		return n.scalar(value, key, inside)
	}
}

func (n *normaliser) scalar(value any, key string, inside []string) any {
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	written := plain(value)

	if key == "account_id" && n.accounts[written] != "" {
		return n.accounts[written] + ":" + typeName(value)
	}

	if isText && text != "" && slices.Contains(secretKeys, key) {
		return hidden(key)
	}

	numeric := isNumber || isText && isDigits(text)

	switch {
	case numeric && idKey.MatchString(key) && !slices.Contains(notIDs, key) && written != "0":
		return "<id:" + typeName(value) + ">"
	case numeric && looseKey.MatchString(key):
		return "<number:" + typeName(value) + ">"
	case isNumber && timeKey.MatchString(key) && isAbove(number, timestamped):
		return "<epoch:" + typeName(value) + ">"
	case isNumber && isWhole(number) && countKey.MatchString(key) && isAbove(number, 0) && slices.Contains(inside, "meta"):
		return "<count>"
	case isText:
		return n.textOf(text, key)
	default:
		return value
	}
}

func isAbove(n json.Number, limit float64) bool {
	f, err := n.Float64()
	return err == nil && f > limit
}

func (n *normaliser) textOf(text, key string) string {
	if (key == "identifier" || key == "website_token") && tokenText.MatchString(text) {
		return "<token>"
	}

	out := n.text(text)
	if key == "id" {
		out = idPrefix.ReplaceAllStringFunc(out, func(found string) string { return strings.Repeat("<id>/", strings.Count(found, "/")) })
	}

	switch {
	case key == "blob_id" && len(out) > 20:
		return "<blob>"
	case slices.Contains(fileKeys, key) && strings.Contains(out, "/"):
		if strings.Contains(out, "rails") || strings.Contains(out, "<base>") {
			return "<file address>"
		}
	case key == "web_widget_script":
		return "<script>"
	case key == "slug":
		found := slugTime.FindStringSubmatch(out)
		if found != nil {
			kind := map[int]string{10: "<time of 10 digits>", 13: "<time of 13 digits>"}
			out = kind[len(found[1])] + out[len(found[1]):]
		}
	}

	return out
}

// hidden stands for a secret. The bot of an inbox shows its access token one level deeper than elsewhere.
func hidden(key string) string {
	if key == "token" {
		key = "access_token"
	}

	return "<" + key + ">"
}

// redact takes secrets out of a value.
func redact(value any) any {
	switch value := value.(type) {
	case object:
		out := object{}

		for key, inner := range value {
			text, isText := inner.(string)
			if isText && text != "" && slices.Contains(secretKeys, key) {
				out[key] = hidden(key)
			} else {
				out[key] = redact(inner)
			}
		}

		return out
	case []any:
		rows := make([]any, len(value))
		for i, row := range value {
			rows[i] = redact(row)
		}

		return rows
	default:
		return value
	}
}
