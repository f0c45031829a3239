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
	return readList(shape{
		"title":          requiredAttribute("title", readText),
		"message":        requiredAttribute("message", readText),
		"reply_metadata": optionalAttribute("replyMetadata", readObject),
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
	return readList(readByType(map[string]reader{
		"link": shape{
			"type":                 requiredAttribute("type", readText),
			"name":                 requiredAttribute("name", readText),
			"url":                  requiredAttribute(path+"url", readURL),
			"open_link_in_new_tab": optionalAttribute(path+"openLinkInNewTab", readBool),
		}.object(),
		"submit": shape{
			"type":         requiredAttribute("type", readText),
			"name":         requiredAttribute("name", readText),
			"form_action":  requiredAttribute(path+"formAction", readURL),
			"form_data":    attributeWithDefault(path+"formData", readObject, nothing), // Without any, the widget posts nothing at all.
			"request_type": optionalAttribute(path+"requestType", readOneOf("json")),
			"reply_text":   optionalAttribute(path+"message", readText),
			// The buttons of template 3 have no place for this.
			"reply_metadata": optionalAttribute(path+"replyMetadata", readObject),
		}.object(),
		"suggested_reply": shape{
			"type":           requiredAttribute("type", suggestedReplyType),
			"name":           requiredAttribute("name", readText),
			"message":        requiredAttribute(path+"message", readText),
			"title":          optionalAttribute(path+"title", readText),
			"reply_metadata": optionalAttribute(path+"replyMetadata", readObject),
		}.object(),
	}))
}

// suggestedReplyType writes the type of a button that replies as the vendor's apps know it.
func suggestedReplyType(string, any) (any, error) {
	return "suggestedReply", nil
}

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
	action := readByType(map[string]reader{
		"link": shape{
			"type":                 requiredAttribute("type", readText),
			"url":                  requiredAttribute("url", readURL),
			"open_link_in_new_tab": optionalAttribute("openLinkInNewTab", readBool),
		}.object(),
		"quick_reply": shape{
			"type":            requiredAttribute("type", readText),
			"text":            optionalAttribute("text", readText),
			"reply_metadata":  optionalAttribute("replyMetadata", readObject),
			"update_language": optionalAttribute("updateLanguage", readText),
		}.object(),
	})

	return shape{
		"header_img_src": optionalAttribute("headerImgSrc", readURL),
		"header_text":    optionalAttribute("headerText", readText),
		"elements": requiredAttribute("elements", readList(shape{
			"title":       requiredAttribute("title", readText),
			"description": optionalAttribute("description", readText),
			"img_src":     optionalAttribute("imgSrc", readURL),
			"article_id":  optionalAttribute("articleId", readAnyText),
			"source":      optionalAttribute("source", readText),
			"action":      optionalAttribute("action", action),
		}.object())),
		"buttons": optionalAttribute("buttons", readList(shape{
			"name":   requiredAttribute("name", readText),
			"action": requiredAttribute("action", action),
		}.object())),
	}.object()
}

// images is template 9.
func images() reader {
	return readList(shape{
		"url":     requiredAttribute("url", readURL),
		"caption": optionalAttribute("caption", readText),
	}.object())
}

// cards is template 10: one card, or several as a carousel.
func cards() reader {
	action := readByType(map[string]reader{
		"link": shape{
			"type":                 requiredAttribute("type", readText),
			"url":                  requiredAttribute("payload.url", readURL),
			"open_link_in_new_tab": optionalAttribute("openLinkInNewTab", readBool),
		}.object(),
		"submit": shape{
			"type":         requiredAttribute("type", readText),
			"form_action":  requiredAttribute("payload.formAction", readURL),
			"form_data":    attributeWithDefault("payload.formData", readObject, nothing),
			"request_type": optionalAttribute("payload.requestType", readOneOf("json")),
			"text":         optionalAttribute("payload.text", readText),
		}.object(),
		"quickReply": shape{
			"type":           requiredAttribute("type", readText),
			"message":        requiredAttribute("payload.message", readText),
			"title":          optionalAttribute("payload.title", readText),
			"reply_metadata": optionalAttribute("payload.replyMetadata", readObject),
		}.object(),
	})

	return readList(shape{
		"title":       requiredAttribute("title", readText),
		"subtitle":    optionalAttribute("subtitle", readText),
		"title_ext":   optionalAttribute("titleExt", readText),
		"description": optionalAttribute("description", readText),
		"header": optionalAttribute("header", shape{
			"img_src":      requiredAttribute("imgSrc", readURL),
			"overlay_text": optionalAttribute("overlayText", readText),
		}.object()),
		"buttons": optionalAttribute("buttons", readList(shape{
			"name":   requiredAttribute("name", readText),
			"action": requiredAttribute("action", action),
		}.object())),
	}.object())
}

// form is template 12. In the payload, each field is a type and an object data.
func form() reader {
	validation := shape{
		"regex":      optionalAttribute("regex", readExpression),
		"error_text": requiredAttribute("errorText", readText),
	}.object()
	typed := func(more shape) shape {
		more["type"] = requiredAttribute("type", readText)
		return more
	}
	line := func() reader {
		return typed(shape{
			"label":       requiredAttribute("data.label", readText),
			"placeholder": optionalAttribute("data.placeholder", readText),
			"name":        optionalAttribute("data.name", readText),
			"validation":  optionalAttribute("data.validation", validation),
		}).object()
	}
	choice := func(more shape) reader {
		option := shape{"label": requiredAttribute("label", readText), "value": requiredAttribute("value", readAnyText)}
		maps.Copy(option, more)

		return typed(shape{
			"name":       requiredAttribute("data.name", readText),
			"title":      requiredAttribute("data.title", readText),
			"options":    requiredAttribute("data.options", readList(option.object())),
			"validation": optionalAttribute("data.validation", validation),
		}).object(checkUniqueValues)
	}

	return checkForm(readList(readByType(map[string]reader{
		"text":           line(),
		"password":       line(),
		"radio":          choice(nil),
		"checkbox":       choice(nil),
		"dropdown":       choice(shape{"selected": optionalAttribute("selected", readBool), "disabled": optionalAttribute("disabled", readBool)}),
		"date":           line(),
		"time":           line(),
		"datetime-local": line(),
		"hidden": typed(shape{
			"name":  requiredAttribute("data.name", readText),
			"value": requiredAttribute("data.value", readAnyText),
		}).object(),
		"textarea": typed(shape{
			"name":        requiredAttribute("data.name", readText),
			"title":       optionalAttribute("data.title", readText),
			"placeholder": optionalAttribute("data.placeholder", readText),
			"rows":        optionalAttribute("data.rows", readCount),
			"cols":        optionalAttribute("data.cols", readCount),
			"validation":  optionalAttribute("data.validation", validation),
		}).object(),
		"submit": typed(shape{
			"name":                      requiredAttribute("data.name", readText),
			"form_action":               optionalAttribute("data.action.formAction", readURL),
			"request_type":              optionalAttribute("data.action.requestType", readOneOf("json", "postBackToBotPlatform")),
			"message":                   optionalAttribute("data.action.message", readText),
			"post_form_data_as_message": optionalAttribute("data.action.postFormDataAsMessage", readFlag),
			"add_form_label_in_message": optionalAttribute("data.action.addFormLabelInMessage", readFlag),
			"post_back_to_kommunicate":  optionalAttribute("data.action.postBackToKommunicate", readFlag),
			"reply_metadata":            optionalAttribute("data.action.replyMetadata", readObject),
		}).object(),
	})))
}

// checkForm checks the fields as a whole.
func checkForm(fields reader) reader {
	return func(where string, value any) (any, error) {
		read, err := fields(where, value)
		if err != nil {
			return nil, err
		}

		return read, checkSubmit(where, read)
	}
}

// checkSubmit requires one button that submits, and something to fill in. The button repeats its type inside of its data.
func checkSubmit(where string, read any) error {
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

// checkUniqueValues refuses two options of the same value.
func checkUniqueValues(where string, value map[string]any) error {
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
	videos := readList(shape{
		"url":     optionalAttribute("url", readURL),
		"source":  optionalAttribute("source", readURL),
		"caption": optionalAttribute("caption", readText),
		"type":    optionalAttribute("type", readText),
	}.object(requireOneOf("url", "source")))

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
