// Package permission holds one table of who may use which Chatlake type: the role of the token's user, and the release
// and edition of the server. Package release says the same of single attributes.
//
// The client asks it what to say when the server refuses a request, and the pages of the documentation are generated from
// it. It holds facts only: it knows neither Terraform nor HTTP.
package permission

import (
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
)

// Role is who a token has to belong to.
type Role string

// The roles that the server knows, from the weakest to the strongest.
const (
	// Owner is the user that the object belongs to; another user's token does not find it.
	Owner Role = "owner"
	// Member is any user of the account.
	Member Role = "member"
	// InboxMember is a member of the object's inbox, or an administrator.
	InboxMember Role = "member of the inbox"
	// Administrator is an administrator of the account.
	Administrator Role = "administrator"
	// PlatformApp is a program of the whole server, which a super administrator makes.
	PlatformApp Role = "platform app"
)

// Who names the people of the role, as the owners of a token.
func (r Role) Who() string {
	switch r {
	case Administrator:
		return "an administrator"
	case InboxMember:
		return "an administrator, or an agent who works in the inbox"
	case Owner:
		return "the user to whom the object belongs"
	case PlatformApp:
		return "a platform app (`platform_access_token`)"
	case Member:
		return "a user of the account"
	default:
		return string(r)
	}
}

// Edition is the build of the server that has something.
type Edition string

// The editions. The vendor's default image is the enterprise one.
const (
	// Any is every edition.
	Any Edition = ""
	// Enterprise is what a community image lacks.
	Enterprise Edition = "enterprise"
)

// Type is what one type needs as a whole.
type Type struct {
	// Name is the resource's type, or the data source's where there is no resource.
	Name string
	// Path is where the objects are, below the account's address; an asterisk stands for one id. It is empty for the account
	// itself, and "-" for what is elsewhere.
	Path string
	// MadeAt is where else objects of the type are made; empty for most.
	MadeAt string
	// Plural is the data source that lists the objects, if there is one.
	Plural string
	// Read is who may read an object, and Write is who may create and change it. Write is empty for a type without a
	// resource.
	Read, Write Role
	// Destroy is who may destroy an object where that is not Write.
	Destroy Role
	// Edition is the edition that has the type.
	Edition Edition
	// Since is the release that brought the type; empty where every release has it.
	Since release.Version
	// Features are switched on for an account by a super administrator of the server; the type needs one of them.
	Features []string
	// Note is a sentence for readers about what the other fields cannot say.
	Note string
}

// Noun is what people call an object of the type, such as "custom role".
func (t Type) Noun() string { return noun.Of(t.Name) }

// One is Noun with its article, if it has one: "an SLA policy", and "audit logs".
func (t Type) One() string {
	noun := t.Noun()
	if strings.HasSuffix(noun, "s") {
		return noun
	}

	if strings.ContainsAny(noun[:1], "aeiouS") { // An SLA policy.
		return "an " + noun
	}

	return "a " + noun
}

// Types returns all types, sorted by name.
func Types() []Type { return types }

// Find returns what a type needs, by the name of the resource, of the data source or of the plural data source.
func Find(name string) (Type, bool) {
	for _, t := range types {
		if t.Name == name || (t.Plural != "" && t.Plural == name) {
			return t, true
		}
	}

	return Type{}, false
}

// At returns the type whose objects are at a path below the account's address, such as "portals/help/articles/9".
func At(path string) (Type, bool) {
	var (
		best  Type
		found bool
	)

	for _, t := range types {
		isThere := covers(t.Path, path) || t.MadeAt != "" && covers(t.MadeAt, path)
		if isThere && (!found || len(t.Path) > len(best.Path)) {
			best, found = t, true
		}
	}

	return best, found
}

// covers reports whether a path begins with a pattern.
func covers(pattern, path string) bool {
	if pattern == "" {
		return path == ""
	}

	parts := strings.Split(path, "/")
	for i, want := range strings.Split(pattern, "/") {
		if i >= len(parts) || (want != "*" && want != parts[i]) {
			return false
		}
	}

	return true
}
