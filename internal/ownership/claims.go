// Package ownership knows what belongs to the configuration: which objects this run has made its own (Claims), and which
// attributes and keys of an object the configuration manages (Managed).
package ownership

import (
	"cmp"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
)

// Claims notes which objects this run has created or adopted. One object has one address: a second resource for the same
// object is refused, and an object that a run adopted is not destroyed in the same run by the address that it left.
//
// The provider has one value of it. A nil value claims nothing and refuses nothing.
type Claims struct {
	mu   sync.Mutex
	held map[string]bool // Whether the object was adopted, by type and key.

	noted map[string]bool
	moved map[string]string // Where the parts of an object are now, by type and its id.
}

// ClaimsOf returns the claims in what the provider's Configure stored, or nil.
func ClaimsOf(data any) *Claims {
	source, ok := data.(interface{ Claims() *Claims })
	if !ok {
		return nil
	}

	return source.Claims()
}

// Claim takes the object for one resource. It reports false if another resource of this run has it.
func (c *Claims) Claim(resourceType, key string) bool {
	if c == nil {
		return true
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	if c.held == nil {
		c.held = map[string]bool{}
	}

	name := resourceType + " " + key
	if _, ok := c.held[name]; ok {
		return false
	}

	c.held[name] = false

	return true
}

// Adopted notes that the claimed object existed before.
func (c *Claims) Adopted(resourceType, key string) {
	if c == nil {
		return
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	if c.held == nil {
		c.held = map[string]bool{}
	}

	c.held[resourceType+" "+key] = true
}

// IsAdopted reports whether this run adopted the object: its destroy, which belongs to the address that it left, must
// keep it.
func (c *Claims) IsAdopted(resourceType, key string) bool {
	if c == nil {
		return false
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	return c.held[resourceType+" "+key]
}

// Release gives the object back: its create failed and left nothing in the state, or it was destroyed.
func (c *Claims) Release(resourceType, key string) {
	if c == nil {
		return
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	delete(c.held, resourceType+" "+key)
}

// Note keeps in mind that a resource of the type is about something, for other types that must know it.
func (c *Claims) Note(resourceType, key string) {
	if c == nil {
		return
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	if c.noted == nil {
		c.noted = map[string]bool{}
	}

	c.noted[resourceType+" "+key] = true
}

// IsNoted reports whether a resource of the type is about something, as far as this run has met it.
func (c *Claims) IsNoted(resourceType, key string) bool {
	if c == nil {
		return false
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	return c.noted[resourceType+" "+key]
}

// Moved notes that an object was merged into another one of its type, which has its parts now.
func (c *Claims) Moved(resourceType, id, to string) {
	if c == nil {
		return
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	if c.moved == nil {
		c.moved = map[string]string{}
	}

	c.moved[resourceType+" "+id] = to
}

// Now returns the id of the object into which this one was merged, as far as this run has met it, and else its own.
func (c *Claims) Now(resourceType, id string) string {
	if c == nil {
		return id
	}

	c.mu.Lock()
	defer c.mu.Unlock()

	return cmp.Or(c.moved[resourceType+" "+id], id)
}

// ReportKept warns that a destroy keeps the object, because another resource adopted it in the same run.
func ReportKept(diags *diag.Diagnostics, resourceType, id string) {
	diags.AddWarning(fmt.Sprintf("The %s is kept", noun.Of(resourceType)), fmt.Sprintf(
		"Another %s of this configuration adopted %s %s in this run, so destroying the resource that it left changes nothing on the platform.",
		resourceType, noun.Of(resourceType), id))
}
