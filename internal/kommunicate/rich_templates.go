package kommunicate

import (
	"fmt"
	"maps"
	"slices"
)

// The templates of https://docs.kommunicate.io/docs/message-types (read 2026-11), and of the vendor's SDKs where that page
// is silent. Names in HCL are the payload's in snake case.

// suggestedReplies is template 6.
func suggestedReplies() reader {
	return listOf(shape{
		"title":          requiredAttribute("title", words),
		"message":        requiredAttribute("message", words),
		"reply_metadata": optionalAttribute("replyMetadata", free),
	}.object())
}

// nothing is an object without attributes.
var nothing = map[string]any{}

// buttons is template 3 for links. It is template 11, which is for buttons of all kinds, as soon as one of them submits or
// replies: in template 3 the address to post to stands beside the payload, once for all buttons.
//
// Unverified: the shape of template 11, which is the one that the vendor's SDKs read.
func buttons() reader {
	links, mixed := buttonsAt(""), buttonsAt("action.")

	return func(where string, value any) (any, error) {
		if !isMixed(value) {
			return links(where, value)
		}

		read, err := mixed(where, value)

		return template{id: "11", payload: read}, err
	}
}

// buttonsAt reads buttons that hold what they do at the path.
func buttonsAt(path string) reader {
	return listOf(byType(map[string]reader{
		"link": shape{
			"type":                 requiredAttribute("type", words),
			"name":                 requiredAttribute("name", words),
			"url":                  requiredAttribute(path+"url", address),
			"open_link_in_new_tab": optionalAttribute(path+"openLinkInNewTab", yesOrNo),
		}.object(),
		"submit": shape{
			"type":         requiredAttribute("type", words),
			"name":         requiredAttribute("name", words),
			"form_action":  requiredAttribute(path+"formAction", address),
			"form_data":    attributeWithDefault(path+"formData", free, nothing), // Without any, the widget posts nothing at all.
			"request_type": optionalAttribute(path+"requestType", oneOf("json")),
			"reply_text":   optionalAttribute(path+"message", words),
			// The buttons of template 3 have no place for this.
			"reply_metadata": optionalAttribute(path+"replyMetadata", free),
		}.object(),
		"suggested_reply": shape{
			"type":           requiredAttribute("type", suggestedReplyType),
			"name":           requiredAttribute("name", words),
			"message":        requiredAttribute(path+"message", words),
			"title":          optionalAttribute(path+"title", words),
			"reply_metadata": optionalAttribute(path+"replyMetadata", free),
		}.object(),
	}))
}

// suggestedReplyType writes the type of a button that replies as the vendor's apps know it.
func suggestedReplyType(string, any) (any, error) { return "suggestedReply", nil }

// isMixed reports whether one of the buttons is not a link.
func isMixed(value any) bool {
	buttons, _ := value.([]any)

	return slices.ContainsFunc(buttons, func(element any) bool {
		button, _ := element.(map[string]any)
		return button["type"] == "submit" || button["type"] == "suggested_reply"
	})
}

// listTemplate is template 7.
func listTemplate() reader {
	action := byType(map[string]reader{
		"link": shape{
			"type":                 requiredAttribute("type", words),
			"url":                  requiredAttribute("url", address),
			"open_link_in_new_tab": optionalAttribute("openLinkInNewTab", yesOrNo),
		}.object(),
		"quick_reply": shape{
			"type":           requiredAttribute("type", words),
			"text":           optionalAttribute("text", words),
			"reply_metadata": optionalAttribute("replyMetadata", free),
		}.object(),
	})

	return shape{
		"header_img_src": optionalAttribute("headerImgSrc", address),
		"header_text":    optionalAttribute("headerText", words),
		"elements": requiredAttribute("elements", listOf(shape{
			"title":       requiredAttribute("title", words),
			"description": optionalAttribute("description", words),
			"img_src":     optionalAttribute("imgSrc", address),
			"action":      optionalAttribute("action", action),
		}.object())),
		"buttons": optionalAttribute("buttons", listOf(shape{
			"name":   requiredAttribute("name", words),
			"action": requiredAttribute("action", action),
		}.object())),
	}.object()
}

// images is template 9.
func images() reader {
	return listOf(shape{
		"url":     requiredAttribute("url", address),
		"caption": optionalAttribute("caption", words),
	}.object())
}

// cards is template 10: one card, or several as a carousel.
func cards() reader {
	action := byType(map[string]reader{
		"link": shape{
			"type":                 requiredAttribute("type", words),
			"url":                  requiredAttribute("payload.url", address),
			"open_link_in_new_tab": optionalAttribute("openLinkInNewTab", yesOrNo),
		}.object(),
		"submit": shape{
			"type":         requiredAttribute("type", words),
			"form_action":  requiredAttribute("payload.formAction", address),
			"form_data":    attributeWithDefault("payload.formData", free, nothing),
			"request_type": optionalAttribute("payload.requestType", oneOf("json")),
			"text":         optionalAttribute("payload.text", words),
		}.object(),
		"quickReply": shape{
			"type":           requiredAttribute("type", words),
			"message":        requiredAttribute("payload.message", words),
			"title":          optionalAttribute("payload.title", words),
			"reply_metadata": optionalAttribute("payload.replyMetadata", free),
		}.object(),
	})

	return listOf(shape{
		"title":       requiredAttribute("title", words),
		"subtitle":    optionalAttribute("subtitle", words),
		"title_ext":   optionalAttribute("titleExt", words),
		"description": optionalAttribute("description", words),
		"header": optionalAttribute("header", shape{
			"img_src":      requiredAttribute("imgSrc", address),
			"overlay_text": optionalAttribute("overlayText", words),
		}.object()),
		"buttons": optionalAttribute("buttons", listOf(shape{
			"name":   requiredAttribute("name", words),
			"action": requiredAttribute("action", action),
		}.object())),
	}.object())
}

// form is template 12. In the payload, each field is a type and an object data.
func form() reader {
	validation := shape{
		"regex":      optionalAttribute("regex", expression),
		"error_text": requiredAttribute("errorText", words),
	}.object()
	typed := func(more shape) shape {
		more["type"] = requiredAttribute("type", words)
		return more
	}
	line := func() reader {
		return typed(shape{
			"label":       requiredAttribute("data.label", words),
			"placeholder": optionalAttribute("data.placeholder", words),
			"name":        optionalAttribute("data.name", words),
			"validation":  optionalAttribute("data.validation", validation),
		}).object()
	}
	choice := func(more shape) reader {
		option := shape{"label": requiredAttribute("label", words), "value": requiredAttribute("value", anyText)}
		maps.Copy(option, more)

		return typed(shape{
			"name":       requiredAttribute("data.name", words),
			"title":      requiredAttribute("data.title", words),
			"options":    requiredAttribute("data.options", listOf(option.object())),
			"validation": optionalAttribute("data.validation", validation),
		}).object(uniqueValues)
	}

	return formOf(listOf(byType(map[string]reader{
		"text":           line(),
		"password":       line(),
		"radio":          choice(nil),
		"checkbox":       choice(nil),
		"dropdown":       choice(shape{"selected": optionalAttribute("selected", yesOrNo), "disabled": optionalAttribute("disabled", yesOrNo)}),
		"date":           line(),
		"time":           line(),
		"datetime-local": line(),
		"hidden": typed(shape{
			"name":  requiredAttribute("data.name", words),
			"value": requiredAttribute("data.value", anyText),
		}).object(),
		"textarea": typed(shape{
			"name":        requiredAttribute("data.name", words),
			"title":       optionalAttribute("data.title", words),
			"placeholder": optionalAttribute("data.placeholder", words),
			"rows":        optionalAttribute("data.rows", count),
			"validation":  optionalAttribute("data.validation", validation),
		}).object(),
		"submit": typed(shape{
			"name":                      requiredAttribute("data.name", words),
			"form_action":               optionalAttribute("data.action.formAction", address),
			"request_type":              optionalAttribute("data.action.requestType", oneOf("json", "postBackToBotPlatform")),
			"message":                   optionalAttribute("data.action.message", words),
			"post_form_data_as_message": optionalAttribute("data.action.postFormDataAsMessage", flagText),
			"add_form_label_in_message": optionalAttribute("data.action.addFormLabelInMessage", flagText),
			"reply_metadata":            optionalAttribute("data.action.replyMetadata", free),
		}).object(),
	})))
}

// formOf checks the fields as a whole.
func formOf(fields reader) reader {
	return func(where string, value any) (any, error) {
		read, err := fields(where, value)
		if err != nil {
			return nil, err
		}

		return read, submits(where, read)
	}
}

// submits requires one button that submits, and something to fill in. The button repeats its type inside of its data.
func submits(where string, read any) error {
	buttons, inputs := 0, 0

	elements, _ := read.([]any)
	for _, element := range elements {
		field, _ := element.(map[string]any)
		if field["type"] == "submit" {
			buttons++

			put(field, "data.type", "submit")
		} else {
			inputs++
		}
	}

	switch {
	case buttons != 1:
		return fmt.Errorf("%s must hold one element of the type submit, and holds %d", where, buttons)
	case inputs == 0:
		return fmt.Errorf("%s must hold something to fill in beside the element of the type submit", where)
	}

	return nil
}

// uniqueValues refuses two options of the same value.
func uniqueValues(where string, value map[string]any) error {
	options, _ := value["options"].([]any)
	seen := map[any]bool{}

	for i, element := range options {
		option, _ := element.(map[string]any)
		if seen[option["value"]] {
			return fmt.Errorf("%s.options[%d].value is there twice", where, i)
		}

		seen[option["value"]] = true
	}

	return nil
}

// video is template 14: files, and pages to embed. The vendor's widget takes the address from url either way, and embeds
// what has a source.
//
// Unverified: the names of the keys, which are those that the vendor's widget reads.
func video() reader {
	videos := listOf(shape{
		"url":     optionalAttribute("url", address),
		"source":  optionalAttribute("source", address),
		"caption": optionalAttribute("caption", words),
		"type":    optionalAttribute("type", words),
	}.object(either("url", "source")))

	return func(where string, value any) (any, error) {
		read, err := videos(where, value)

		rows, _ := read.([]any)
		for _, row := range rows {
			if shown, ok := row.(map[string]any); ok && shown["source"] != nil {
				shown["url"] = shown["source"]
			}
		}

		return read, err
	}
}
