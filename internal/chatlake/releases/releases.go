// Package releases holds one table of what a Chatwoot server must be for each Chatlake type and attribute to work: the
// release that brought it, the edition, and the role of the token's user.
//
// The provider looks a configuration up here when it plans, and the documentation's pages are generated from it. The
// package holds facts only: it knows neither Terraform nor HTTP.
package releases

// The releases that the provider is tried on. What is older than Supported may work and is not looked after.
const (
	// Supported is the oldest release on which the provider works with named limits: those of this table.
	Supported = "4.3.0"
	// Full is the oldest release on which everything works but what was added after it.
	Full = "4.14.2"
	// Newest is the newest release that was tried.
	Newest = "4.15.1"
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
)

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
	// Plural is the data source that lists the objects, if there is one.
	Plural string
	// Read is who may read an object, and Write is who may create and change it. Write is empty for a type without a
	// resource.
	Read, Write Role
	// Destroy is who may destroy an object where that is not Write.
	Destroy Role
	// Edition is the edition that has the type.
	Edition Edition
	// Since is the release that brought the type; empty where every supported server has it.
	Since string
	// Note is a sentence for readers about what the other fields cannot say.
	Note string
}

// Gate is one attribute, or one use of it, that needs a release.
type Gate struct {
	// Type is the resource's type.
	Type string
	// Attribute is the attribute's path, with dots between the parts.
	Attribute string
	// Value narrows the gate to one value of the attribute: of a set or a list, to one element.
	Value string
	// Except are values for which no release is needed: what an older server does anyway, or has as its default; of an
	// object with free keys, keys.
	Except []string
	// Removing narrows the gate to taking the attribute out of a configuration that had it.
	Removing bool
	// Missing narrows the gate to configurations without the attribute.
	Missing bool
	// Since is the release that brought it.
	Since string
	// Edition is the edition that has it.
	Edition Edition
	// Before says what an older server does, as a clause: "ignores it".
	Before string
}

// Types are all types, sorted by name.
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

// Gates returns the gates of a resource's attributes, in the order of the table.
func Gates(resource string) []Gate {
	var found []Gate

	for _, gate := range gates {
		if gate.Type == resource {
			found = append(found, gate)
		}
	}

	return found
}
