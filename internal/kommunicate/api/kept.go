package api

import "sync"

// kept knows which changes of users the platform keeps: it depends on the change, not on the user. No page says what an
// update takes, and its answer says only that it was accepted, so the first ones are read back.
type kept struct {
	mu    sync.Mutex
	known map[string]bool
}

// deactivation is a change that keeps the user's profile.
const deactivation = "deactivated"

func (k *kept) note(changes ...string) {
	k.mu.Lock()
	defer k.mu.Unlock()

	if k.known == nil {
		k.known = map[string]bool{}
	}

	for _, change := range changes {
		k.known[change] = true
	}
}

func (k *kept) has(changes ...string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()

	for _, change := range changes {
		if !k.known[change] {
			return false
		}
	}

	return true
}

// NoteKept notes that a user who was read after the update is as it says.
func (c *Client) NoteKept(update UserUpdate) {
	c.kept.note(update.changes()...)
}

// IsKept reports whether updates of the same fields were read back before, and kept.
func (c *Client) IsKept(update UserUpdate) bool { return c.kept.has(update.changes()...) }

// NoteDeactivation notes that a user who was read after its deactivation is deactivated, and not gone.
func (c *Client) NoteDeactivation() {
	c.kept.note(deactivation)
}

// IsDeactivationKept reports whether a deactivation was read back before, and was no more and no less than that.
func (c *Client) IsDeactivationKept() bool { return c.kept.has(deactivation) }

// changes names what an update does. Setting a field and clearing it are two things.
func (u UserUpdate) changes() []string {
	var changes []string

	add := func(field string, value *string) {
		switch {
		case value == nil:
		case *value == "":
			changes = append(changes, field+" cleared")
		default:
			changes = append(changes, field)
		}
	}

	add("email", u.Email)
	add("displayName", u.DisplayName)
	add("imageLink", u.ImageLink)
	add("phoneNumber", u.PhoneNumber)

	for _, value := range u.Metadata {
		add("metadata", &value)
	}

	return changes
}
