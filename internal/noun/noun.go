// Package noun says in words what the names of types and attributes mean.
package noun

import "strings"

// spelled turns a name into words. What people write in capitals has them.
var spelled = strings.NewReplacer("captain_", "Captain ", "csat_", "CSAT ", "saml_", "SAML ", "sla_", "SLA ", "_slas", " SLAs", "_", " ")

// Of returns what a resource or data source is about: "canned response" for chatlake_canned_response.
func Of(typeName string) string {
	_, name, found := strings.Cut(typeName, "_")
	if !found {
		name = typeName
	}

	return Words(name)
}

// Is returns the words with their verb: "label is", and "account settings are".
func Is(words string) string {
	if IsSettings(words) {
		return words + " are"
	}

	return words + " is"
}

// IsSettings reports whether the words say settings, of which there is one in an account.
func IsSettings(words string) bool { return strings.HasSuffix(words, "settings") }

// Words returns a name as people write it: "SLA policies" for sla_policies.
func Words(name string) string { return spelled.Replace(name) }
