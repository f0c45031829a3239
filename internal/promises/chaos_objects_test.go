//go:build unix

package promises_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// object is one object of the chaos run: how it is declared, and the line that says what its platform should hold.
type object struct {
	kind, name string
	// body is the inside of the block, without adopt_existing.
	body string
	// held is the platform's line once the configuration is applied, left that after destroy; empty is nothing.
	held, left string
	// unkeyed objects cannot be found again if their answer is lost: there is at least one.
	unkeyed bool
}

func (o object) address() string { return o.kind + "." + o.name }

// species makes objects of a kind, and lists what the platform holds of it. Stage 0 is how an object is created, stage 1
// how it is changed.
type species struct {
	kind string
	make func(number, stage int) object
	held func(w *acctest.World) []string
}

func chaosKinds() []species {
	return []species{
		{"kommunicate_user", kommunicateUser, func(w *acctest.World) []string {
			var lines []string
			for _, u := range w.Kommunicate.Users() {
				lines = append(lines, userLine(u.ID, u.DisplayName, u.Email, u.PhoneNumber, u.Metadata, u.Deactivated))
			}

			return lines
		}},
		{"kommunicate_conversation", kommunicateConversation, func(w *acctest.World) []string {
			var lines []string
			for _, g := range w.Kommunicate.Groups() {
				lines = append(lines, groupLine(g.ClientGroupID, g.Name, g.Status, g.Metadata["stage"], g.Members))
			}

			return lines
		}},
		{"kommunicate_message", kommunicateMessage, func(w *acctest.World) []string {
			var lines []string

			for _, g := range w.Kommunicate.Groups() {
				for _, m := range w.Kommunicate.Messages(g.ID) {
					if strings.HasPrefix(m.Text, "chaos") {
						lines = append(lines, fmt.Sprintf("message %s %s %q", g.ClientGroupID, m.From, m.Text))
					}
				}
			}

			return lines
		}},
		{"chatlake_contact", chatlakeContact, func(w *acctest.World) []string {
			var lines []string

			for _, c := range w.Chatlake.Contacts() {
				if !strings.HasPrefix(c.Name, neighbour) || c.Identifier != "" {
					lines = append(lines, contactLine(c.Identifier, c.Name, c.Email, c.CustomAttributes, c.Labels))
				}
			}

			return lines
		}},
		{"imichat_chat", imichatChat, func(w *acctest.World) []string {
			var lines []string
			for _, c := range current(w.IMIchat.Chats()) {
				lines = append(lines, chatLine(c.Alias, c.DestinationID, c.Status, c.Tags, c.OtherDetails))
			}

			return lines
		}},
		{"chatlake_label", chatlakeLabel, func(w *acctest.World) []string {
			var lines []string

			for _, l := range w.Chatlake.Labels() {
				if l.Title != chatlake.FirstLabelTitle && l.Title != chatlake.OtherLabelTitle {
					lines = append(lines, fmt.Sprintf("label %s %q", l.Title, l.Description))
				}
			}

			return lines
		}},
		{"chatlake_team", chatlakeTeam, func(w *acctest.World) []string {
			var lines []string

			for _, team := range w.Chatlake.Teams() {
				if team.ID != chatlake.TeamID {
					lines = append(lines, fmt.Sprintf("team %s %q %v", team.Name, team.Description, team.MemberIDs))
				}
			}

			return lines
		}},
	}
}

func pairs(m map[string]string) string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(m)) {
		out = append(out, key+"="+m[key])
	}

	return strings.Join(out, ",")
}

func userLine(id, name, email, phone string, metadata map[string]string, deactivated bool) string {
	return fmt.Sprintf("user %s %q <%s> %s {%s} deactivated=%t", id, name, email, phone, pairs(metadata), deactivated)
}

func kommunicateUser(number, stage int) object {
	id, name, email := fmt.Sprintf("chaos-%d", number), fmt.Sprintf("Name %d.%d", number, stage), fmt.Sprintf("user%d.%d@example.com", number, stage)
	phone, metadata := fmt.Sprintf("+1415555%04d", number), map[string]string{"number": fmt.Sprint(number), "stage": fmt.Sprint(stage)}
	o := object{kind: "kommunicate_user", name: fmt.Sprintf("user%d", number)}
	o.body = fmt.Sprintf("  user_id = %q\n  display_name = %q\n  email = %q\n  phone_number = %q\n  metadata = { number = %q, stage = %q }\n",
		id, name, email, phone, metadata["number"], metadata["stage"])
	o.held = userLine(id, name, email, phone, metadata, false)

	o.left = o.held
	if number%2 == 1 {
		o.body += "  on_destroy = \"deactivate\"\n"
		o.left = userLine(id, name, email, phone, metadata, true)
	}

	return o
}

func groupLine(id, name, status, stage string, members []string) string {
	members = slices.DeleteFunc(slices.Clone(members), func(id string) bool { return !strings.HasPrefix(id, "chaos") }) // Rules add agents.
	return fmt.Sprintf("conversation %s %q status %s, stage %s, %v", id, name, status, stage, members)
}

func kommunicateConversation(number, stage int) object {
	id, name, member := fmt.Sprintf("chaos-%d", number), fmt.Sprintf("Order %d.%d", number, stage), fmt.Sprintf("chaos-%d", number)
	o := object{kind: "kommunicate_conversation", name: fmt.Sprintf("conversation%d", number)}
	word, status := []string{"open", "spam"}[stage], []string{"0", "3"}[stage]
	o.body = fmt.Sprintf("  client_group_id = %q\n  group_name = %q\n  group_member_list = [kommunicate_user.user%d.user_id]\n  status = %q\n  metadata = { stage = \"%d\" }\n",
		id, name, number, word, stage)
	o.held = groupLine(id, name, status, fmt.Sprint(stage), []string{member})
	o.left = groupLine(id, name, "2", fmt.Sprint(stage), []string{member})

	return o
}

// kommunicateMessage stays the same in both stages: a changed message would be another one.
func kommunicateMessage(number, _ int) object {
	id := fmt.Sprintf("chaos-%d", number)
	o := object{kind: "kommunicate_message", name: fmt.Sprintf("message%d", number), unkeyed: true}
	o.body = fmt.Sprintf("  group_id = kommunicate_conversation.conversation%d.group_id\n  from_user_name = kommunicate_user.user%d.user_id\n  message = \"chaos %d\"\n",
		number, number, number)
	o.held = fmt.Sprintf("message %s %s %q", id, id, fmt.Sprintf("chaos %d", number))
	o.left = o.held

	return o
}

func contactLine(identifier, name, email string, custom map[string]any, labels []string) string {
	return fmt.Sprintf("contact %s %q <%s> %v %v", identifier, name, email, custom, slices.Sorted(slices.Values(labels)))
}

func chatlakeContact(number, stage int) object {
	identifier, name, email := fmt.Sprintf("chaos-%d", number), fmt.Sprintf("Name %d.%d", number, stage), fmt.Sprintf("contact%d.%d@example.com", number, stage)
	o := object{kind: "chatlake_contact", name: fmt.Sprintf("contact%d", number)}

	labels := []string{}
	if number%2 == 0 {
		labels = []string{chatlake.FirstLabelTitle, "chaos"}
	}

	o.body = fmt.Sprintf("  identifier = %q\n  name = %q\n  email = %q\n  custom_attributes = { stage = \"%d\", number = \"%d\" }\n  labels = %s\n",
		identifier, name, email, stage, number, quoted(labels))
	o.held = contactLine(identifier, name, email, map[string]any{"stage": fmt.Sprint(stage), "number": fmt.Sprint(number)}, labels)

	return o
}

func quoted(list []string) string {
	text := make([]string, len(list))
	for i, item := range list {
		text[i] = fmt.Sprintf("%q", item)
	}

	return "[" + strings.Join(text, ", ") + "]"
}

// current leaves out closed chats whose alias a younger one has: where an alias is not a key, a chat that was replaced stays.
func current(chats []imichat.Chat) []imichat.Chat {
	var kept []imichat.Chat

	for i, c := range chats {
		younger := slices.ContainsFunc(chats[i+1:], func(other imichat.Chat) bool { return other.Alias == c.Alias })
		if !younger || c.Status != "closed" {
			kept = append(kept, c)
		}
	}

	return kept
}

func chatLine(alias, customer, status string, tags []string, details map[string]string) string {
	return fmt.Sprintf("chat %s %s %s %v {%s}", alias, customer, status, slices.Sorted(slices.Values(tags)), pairs(details))
}

func imichatChat(number, stage int) object {
	alias, customer := fmt.Sprintf("chaos-%d", number), fmt.Sprintf("44770090%04d", number)
	o := object{kind: "imichat_chat", name: fmt.Sprintf("chat%d", number)}
	tags := []string{"chaos", fmt.Sprintf("stage-%d", stage)}
	o.body = fmt.Sprintf("  alias_id = %q\n  channel = \"sms\"\n  asset = { id = %q }\n  customer = { destination_id = %q, name = \"Customer\" }\n"+
		"  tags = %s\n  other_details = { stage = \"%d\" }\n", alias, imichat.AssetSMS, customer, quoted(tags), stage)
	o.held = chatLine(alias, customer, "queued", tags, map[string]string{"stage": fmt.Sprint(stage)})
	o.left = chatLine(alias, customer, "closed", tags, map[string]string{"stage": fmt.Sprint(stage)})

	return o
}

func chatlakeLabel(number, stage int) object {
	o := object{kind: "chatlake_label", name: fmt.Sprintf("label%d", number)}
	o.body = fmt.Sprintf("  title = \"chaos-%d\"\n  description = \"Stage %d\"\n", number, stage)
	o.held = fmt.Sprintf("label chaos-%d %q", number, fmt.Sprintf("Stage %d", stage))

	return o
}

func chatlakeTeam(number, stage int) object {
	members := []int{chatlake.AgentID, chatlake.SecondAgentID}[:1+stage]
	o := object{kind: "chatlake_team", name: fmt.Sprintf("team%d", number)}
	o.body = fmt.Sprintf("  name = \"chaos %d\"\n  description = \"Stage %d\"\n  member_ids = %s\n",
		number, stage, quoted(strings.Fields(strings.Trim(fmt.Sprint(members), "[]"))))
	o.held = fmt.Sprintf("team chaos %d %q %v", number, fmt.Sprintf("Stage %d", stage), members)

	return o
}
