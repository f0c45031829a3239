package chatlake

import (
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// mergeContact moves all of one contact to another, for anybody in the account.
func (p *Platform) mergeContact(c *call) sandbox.Reply {
	in, refused := read(c.Request, "base_contact_id*", "mergee_contact_id*")
	if refused != nil {
		return *refused
	}

	find := func(key string) *contact {
		var id *int64
		in.whole(key, &id)

		if id == nil {
			return nil
		}

		x, _ := p.contacts.Get(*id)
		if x == nil || x.account != c.account.id {
			return nil
		}

		return x
	}

	base, mergee := find("base_contact_id"), find("mergee_contact_id")
	if base == nil || mergee == nil {
		return notFound()
	}

	p.mergeContacts(base, mergee)

	return ok(p.contactJSON(base, false))
}

// mergeContacts lets the base win wherever both have a value.
func (p *Platform) mergeContacts(base, mergee *contact) {
	if base == mergee {
		return
	}

	p.dropContactKeys(base)
	p.dropContactKeys(mergee)
	p.contacts.Delete(mergee.id)
	recount(mergee.company, nil)

	mergee.gone = true
	for _, field := range []struct{ to, from **string }{
		{&base.name, &mergee.name},
		{&base.email, &mergee.email},
		{&base.phone, &mergee.phone},
		{&base.identifier, &mergee.identifier},
	} {
		if presence(*field.to) == nil {
			*field.to = *field.from
		}
	}

	base.custom, base.additional = deepMerge(mergee.custom, base.custom), deepMerge(mergee.additional, base.additional)
	for _, s := range mergee.sessions {
		s.contact = base
	}

	for _, conv := range mergee.conversations {
		conv.contact = base
		for _, m := range conv.messages {
			if m.contact == mergee {
				m.contact = base
			}
		}
	}

	base.sessions = append(base.sessions, mergee.sessions...)
	base.conversations = append(base.conversations, mergee.conversations...)
	slices.SortFunc(base.conversations, func(a, b *conversation) int { return int(a.id - b.id) })
	base.notes = append(base.notes, mergee.notes...)
	mergee.sessions, mergee.conversations, mergee.notes = nil, nil, nil

	p.keepContact(base)
}

// deepMerge puts over onto under, object by object.
func deepMerge(under, over object) object {
	out := cloneObject(under)

	for key, value := range over {
		inner, isObject := value.(object)

		below, wasObject := out[key].(object)
		if isObject && wasObject {
			value = deepMerge(below, inner)
		}

		out[key] = value
	}

	return out
}
