package imichat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// messageKind is one of the vendor's samples, or a few that differ only in which content they have
// (https://docs.imi.chat/reference/create-chat).
type messageKind struct {
	direction string
	// by is the attribute that tells the kind, and value is its value: "" is any. A plain message has none.
	by, value string
	// channels are where the kind exists: nil is everywhere.
	channels []string
	// content is what it must have one of.
	content []string
	// extra is what it may have besides.
	extra []string
}

func messageKinds() []messageKind {
	abc, whatsapp, livechat := []string{"abc"}, []string{"whatsapp"}, []string{"livechat"}
	plain, text, delivery := []string{"text", "attachment"}, []string{"text"}, []string{"delivery_details"}

	return []messageKind{
		{inbound, "", "", nil, plain, nil},
		{inbound, "abc_sub_type", subText, abc, text, nil},
		{inbound, "abc_sub_type", subListpicker, abc, []string{"listpicker_response"}, nil},
		{inbound, "abc_sub_type", subTimepicker, abc, []string{"timepicker_response"}, nil},
		{inbound, "livechat_sub_type", subText, livechat, text, nil},
		{inbound, "livechat_sub_type", subReplies, livechat, []string{"quick_reply_response"}, nil},
		{outbound, "", "", nil, plain, delivery},
		{outbound, "whatsapp_sub_type", subText, whatsapp, text, delivery},
		{outbound, "whatsapp_sub_type", subHSM, whatsapp, []string{"template_name"}, delivery},
		{outbound, "livechat_sub_type", subText, livechat, text, delivery},
		{outbound, "livechat_sub_type", subReplies, livechat, []string{"quick_replies"}, delivery},
		// The sample of a template has no sub type; the table says that templates are for these two channels.
		{outbound, "template_name", "", []string{"abc", "whatsapp"}, []string{"template_name"}, delivery},
		// Unverified: an announcement is a legal type without a sample.
		{announcement, "", "", nil, text, nil},
	}
}

// contents lists the attributes that depend on the kind of message.
func contents() []string {
	return []string{
		"text", "attachment", "listpicker_response", "timepicker_response", "quick_replies", "quick_reply_response", "template_name", "delivery_details",
	}
}

// messageCheck checks one message. The channel is "" while it is not known.
type messageCheck struct {
	channel string
	fields  map[string]attr.Value
	at      path.Path
	diags   diag.Diagnostics
}

func checkMessage(channel string, fields map[string]attr.Value, at path.Path) diag.Diagnostics {
	c := &messageCheck{channel: channel, fields: fields, at: at}
	c.run()

	return c.diags
}

func (c *messageCheck) run() {
	direction, ok := c.text("type")
	if !ok || direction == "" { // The validator of type says that it is needed.
		return
	}

	by, value, ok := c.selector(direction)
	if !ok {
		return
	}

	kinds := messageKinds()

	i := slices.IndexFunc(kinds, func(k messageKind) bool {
		return k.direction == direction && k.by == by && (k.value == "" || k.value == value)
	})
	if i < 0 && !isMessageWord(kinds, direction, value) {
		return // The validators of type and of the sub types refuse it.
	}

	if i < 0 {
		c.refuse(by, fmt.Sprintf("An %s message takes no %s%s. %s", direction, by, quoted(value), c.alternatives(direction)))
		return
	}

	kind := kinds[i]
	if c.channel != "" && kind.channels != nil && !slices.Contains(kind.channels, c.channel) {
		c.refuse(by, fmt.Sprintf("%s is for channel %s, and the chat's channel is %s. %s", by, strings.Join(kind.channels, " or "), c.channel, c.alternatives(direction)))
		return
	}

	for _, name := range contents() {
		if isGiven(c.fields[name]) && !slices.Contains(kind.content, name) && !slices.Contains(kind.extra, name) {
			c.refuse(name, fmt.Sprintf("%s takes %s, and not %s.%s", kind.name(), kind.takes(), name, hint(direction, name)))
		}
	}

	if !slices.ContainsFunc(kind.content, func(name string) bool { return isPresent(c.fields[name]) }) {
		c.diags.AddAttributeError(c.at, "Incomplete message", fmt.Sprintf("%s needs %s.", kind.name(), strings.Join(kind.content, " or ")))
	}
}

// isMessageWord reports whether there are messages of the direction, and of the sub type if there is one.
func isMessageWord(kinds []messageKind, direction, value string) bool {
	return slices.ContainsFunc(kinds, func(k messageKind) bool { return k.direction == direction }) &&
		slices.ContainsFunc(kinds, func(k messageKind) bool { return k.value == value })
}

// selector returns the attribute that tells the kind. It is not ok if that is not known yet, or if there are two.
func (c *messageCheck) selector(direction string) (by, value string, ok bool) {
	for _, name := range []string{"abc_sub_type", "livechat_sub_type", "whatsapp_sub_type"} {
		v := c.fields[name]
		if v != nil && v.IsUnknown() {
			return "", "", false
		}

		if isEmpty(v) {
			continue
		}

		if by != "" {
			c.refuse(name, fmt.Sprintf("%s and %s are for different channels: a message has one of them.", by, name))
			return "", "", false
		}

		by = name
		value, _ = c.text(name)
	}

	if by == "" && direction == outbound && isPresent(c.fields["template_name"]) {
		by = "template_name"
	}

	return by, value, true
}

func (c *messageCheck) text(name string) (string, bool) {
	v, ok := c.fields[name].(types.String)
	return v.ValueString(), ok && tfvalue.IsSet(v)
}

func (c *messageCheck) refuse(name, detail string) {
	c.diags.AddAttributeError(c.at.AtName(name), "Invalid message", strings.TrimSpace(detail))
}

// alternatives lists the sub types that are accepted instead.
func (c *messageCheck) alternatives(direction string) string {
	var accepted []string

	for _, kind := range messageKinds() {
		if kind.direction == direction && kind.value != "" && (c.channel == "" || slices.Contains(kind.channels, c.channel)) {
			accepted = append(accepted, fmt.Sprintf("%s = %q", kind.by, kind.value))
		}
	}

	if len(accepted) == 0 {
		return "Leave it out."
	}

	return "Leave it out, or set one of " + strings.Join(accepted, ", ") + "."
}

func (k messageKind) name() string {
	name := "An " + k.direction + " message"
	switch k.by {
	case "":
		return name
	case "template_name":
		return name + " with a template"
	default:
		return name + " with " + k.by + quoted(k.value)
	}
}

func (k messageKind) takes() string {
	return strings.Join(append(slices.Clone(k.content), k.extra...), ", ")
}

// hint returns what makes an attribute acceptable.
func hint(direction, name string) string {
	switch {
	case name == "listpicker_response" && direction == inbound:
		return ` Set abc_sub_type = "` + subListpicker + `" with it.`
	case name == "timepicker_response" && direction == inbound:
		return ` Set abc_sub_type = "` + subTimepicker + `" with it.`
	case name == "quick_reply_response" && direction == inbound, name == "quick_replies" && direction == outbound:
		return ` Set livechat_sub_type = "` + subReplies + `" with it.`
	case name == "delivery_details":
		return " It is for outbound messages."
	default:
		return ""
	}
}

func quoted(value string) string {
	if value == "" {
		return ""
	}

	return fmt.Sprintf(" = %q", value)
}

// isPresent reports whether there is a value, or may be one that is not known yet.
func isPresent(v attr.Value) bool { return !isEmpty(v) }
