package chatlake

import (
	"maps"
	"net/http"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// allFeatures are those of the seeded accounts: all but what looks up addresses, and what hides contacts.
func allFeatures() map[string]bool {
	features := newFeatures()

	for _, name := range otherFeatures {
		if name != "ip_lookup" && name != "crm_v2" {
			features[name] = true
		}
	}

	return features
}

// SwitchFeatures turns features of the account AccountID on or off, as the dashboard of super administrators does.
func (p *Platform) SwitchFeatures(on bool, names ...string) {
	p.Lock()
	defer p.Unlock()

	row, found := p.accounts.Get(AccountID)
	if !found {
		return
	}

	features := maps.Clone(row.features)
	for _, name := range names {
		features[name] = true
	}

	if !on {
		maps.DeleteFunc(features, func(name string, _ bool) bool { return slices.Contains(names, name) })
	}

	row.features = features
}

// needing marks endpoints that answer 403 with a sentence to an account that has none of the features.
func needing(sentence string, features []string, endpoints ...endpoint) []endpoint {
	for i := range endpoints {
		endpoints[i].features, endpoints[i].gated = features, func() sandbox.Reply { return *refuse(http.StatusForbidden, sentence) }
	}

	return endpoints
}
