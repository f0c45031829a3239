package chatlake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The server renders Liquid templates in what it sends, except within backticks, and leaves the whole text as it is if
// there is an error in it, such as an unknown tag. Only what people put into messages is simulated: variables, a few
// filters, if, raw and comment. The language's other tags vanish here.

var (
	liquidCode  = regexp.MustCompile("(?s)```.*?```|`[^`]*`")
	liquidRaw   = regexp.MustCompile(`(?s)\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}`)
	liquidValue = regexp.MustCompile(`\{\{-?\s*([^}]*?)\s*-?\}\}`)
	liquidNote  = regexp.MustCompile(`(?s)\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}`)
	liquidTag   = regexp.MustCompile(`\{%-?\s*(\w*).*?%\}`)
	liquidText  = regexp.MustCompile(`^(?:"([^"]*)"|'([^']*)')$`)
)

var (
	liquidIf   = regexp.MustCompile(`(?s)\{%-?\s*if\s+(.*?)\s*-?%\}(.*?)\{%-?\s*endif\s*-?%\}`)
	liquidElse = regexp.MustCompile(`\{%-?\s*else\s*-?%\}`)
)

// liquidTags are the language's own.
var liquidTags = []string{
	"assign", "break", "capture", "endcapture", "case", "when", "endcase", "continue", "cycle", "decrement", "echo", "for", "endfor",
	"if", "elsif", "else", "endif", "ifchanged", "endifchanged", "include", "increment", "render", "tablerow", "endtablerow",
	"unless", "endunless",
}

func (p *Platform) renderLiquid(content string, m *message) string {
	// An unclosed template is a syntax error, and the content stays as it was sent.
	if strings.Count(content, "{{") != strings.Count(content, "}}") || strings.Count(content, "{%") != strings.Count(content, "%}") {
		return content
	}

	var kept []string

	hide := func(text string) string {
		kept = append(kept, text)
		return fmt.Sprintf("\x00%d\x00", len(kept)-1)
	}
	out := liquidCode.ReplaceAllStringFunc(content, hide)
	out = liquidRaw.ReplaceAllStringFunc(out, func(block string) string {
		return hide(liquidRaw.FindStringSubmatch(block)[1])
	})
	out = liquidNote.ReplaceAllString(out, "")

	for _, tag := range liquidTag.FindAllStringSubmatch(out, -1) {
		if !slices.Contains(liquidTags, tag[1]) {
			return content
		}
	}

	out = liquidIf.ReplaceAllStringFunc(out, func(block string) string {
		parts := liquidIf.FindStringSubmatch(block)
		yes, no, _ := strings.Cut(parts[2], liquidElse.FindString(parts[2]))

		if liquidElse.FindString(parts[2]) == "" {
			yes, no = parts[2], ""
		}

		if p.liquidOperand(strings.TrimSpace(parts[1]), m) == "" {
			return no
		}

		return yes
	})
	out = liquidValue.ReplaceAllStringFunc(out, func(expression string) string {
		return p.liquidExpression(liquidValue.FindStringSubmatch(expression)[1], m)
	})

	out = liquidTag.ReplaceAllString(out, "")
	for i, text := range kept {
		out = strings.Replace(out, fmt.Sprintf("\x00%d\x00", i), text, 1)
	}

	return out
}

// liquidExpression is a variable or a quoted text with filters.
func (p *Platform) liquidExpression(expression string, m *message) string {
	parts := strings.Split(expression, "|")

	value := p.liquidOperand(strings.TrimSpace(parts[0]), m)
	for _, part := range parts[1:] {
		name, argument, _ := strings.Cut(strings.TrimSpace(part), ":")
		switch strings.TrimSpace(name) {
		case "default":
			if value == "" {
				value = p.liquidOperand(strings.TrimSpace(argument), m)
			}
		case "upcase":
			value = strings.ToUpper(value)
		case "downcase":
			value = strings.ToLower(value)
		case "capitalize":
			value = capitalize(value)
		case "append":
			value += p.liquidOperand(strings.TrimSpace(argument), m)
		case "prepend":
			value = p.liquidOperand(strings.TrimSpace(argument), m) + value
		case "strip":
			value = strings.TrimSpace(value)
		}
	}

	return value
}

func (p *Platform) liquidOperand(name string, m *message) string {
	quoted := liquidText.FindStringSubmatch(name)
	if quoted != nil {
		return quoted[1] + quoted[2]
	}

	subject, field, _ := strings.Cut(name, ".")
	conv := m.conversation

	switch subject {
	case "contact":
		return liquidContact(conv.contact, field)
	case "agent":
		if m.user != nil {
			return liquidPerson(m.user.availableName(), m.user.email, field)
		}
	case "conversation":
		key, isCustom := strings.CutPrefix(field, "custom_attribute.")
		if isCustom {
			return scalarText(conv.custom[key])
		}

		if field == "display_id" || field == "id" {
			return fmt.Sprint(conv.display)
		}
	case "inbox":
		if field == "name" {
			return conv.inbox.name
		}
	case "account":
		if field == "name" {
			return conv.account.name
		}
	}

	return ""
}

func liquidContact(x *contact, field string) string {
	key, isCustom := strings.CutPrefix(field, "custom_attribute.")
	if isCustom {
		return scalarText(x.custom[key])
	}

	if field == "phone_number" {
		return deref(x.phone)
	}

	return liquidPerson(deref(x.name), deref(x.email), field)
}

// liquidPerson capitalizes each word of a name.
func liquidPerson(name, email, field string) string {
	words := strings.Fields(name)
	for i, word := range words {
		words[i] = capitalize(strings.ToLower(word))
	}

	switch {
	case field == "name":
		return strings.Join(words, " ")
	case field == "email":
		return email
	case field == "first_name" && len(words) > 0:
		return words[0]
	case field == "last_name" && len(words) > 1:
		return words[len(words)-1]
	}

	return ""
}
