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
		"title":          needed("title", words),
		"message":        needed("message", words),
		"reply_metadata": possible("replyMetadata", free),
	}.object())
}

// nothing is an object without attributes.
var nothing = map[string]any{}

// buttons is template 3 for links, and template 11, which is for buttons of all kinds, as soon as one of them submits: in
// template 3 what is posted, and where to, stands beside the payload, once for all buttons.
//
// Unverified: the shape of template 11, which is what the vendor's SDKs read.
func buttons() reader {
	links, mixed := buttonsAt(""), buttonsAt("action.")

	return func(where string, value any) (any, error) {
		if !submitting(value) {
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
			"type":                 needed("type", words),
			"name":                 needed("name", words),
			"url":                  needed(path+"url", address),
			"open_link_in_new_tab": possible(path+"openLinkInNewTab", yesOrNo),
		}.object(),
		"submit": shape{
			"type":         needed("type", words),
			"name":         needed("name", words),
			"form_action":  needed(path+"formAction", address),
			"form_data":    otherwise(path+"formData", free, nothing), // Without any, the widget posts nothing at all.
			"request_type": possible(path+"requestType", oneOf("json")),
			"reply_text":   possible(path+"message", words),
		}.object(),
	}))
}

// submitting says that one of the buttons submits.
func submitting(value any) bool {
	buttons, _ := value.([]any)

	return slices.ContainsFunc(buttons, func(element any) bool {
		button, _ := element.(map[string]any)
		return button["type"] == "submit"
	})
}

// list is template 7.
func list() reader {
	action := byType(map[string]reader{
		"link": shape{
			"type":                 needed("type", words),
			"url":                  needed("url", address),
			"open_link_in_new_tab": possible("openLinkInNewTab", yesOrNo),
		}.object(),
		"quick_reply": shape{
			"type":           needed("type", words),
			"text":           possible("text", words),
			"reply_metadata": possible("replyMetadata", free),
		}.object(),
	})

	return shape{
		"header_img_src": possible("headerImgSrc", address),
		"header_text":    possible("headerText", words),
		"elements": needed("elements", listOf(shape{
			"title":       needed("title", words),
			"description": possible("description", words),
			"img_src":     possible("imgSrc", address),
			"action":      possible("action", action),
		}.object())),
		"buttons": possible("buttons", listOf(shape{
			"name":   needed("name", words),
			"action": needed("action", action),
		}.object())),
	}.object()
}

// images is template 9.
func images() reader {
	return listOf(shape{
		"url":     needed("url", address),
		"caption": possible("caption", words),
	}.object())
}

// cards is template 10: one card, or several as a carousel.
func cards() reader {
	action := byType(map[string]reader{
		"link": shape{
			"type":                 needed("type", words),
			"url":                  needed("payload.url", address),
			"open_link_in_new_tab": possible("openLinkInNewTab", yesOrNo),
		}.object(),
		"submit": shape{
			"type":         needed("type", words),
			"form_action":  needed("payload.formAction", address),
			"form_data":    otherwise("payload.formData", free, nothing),
			"request_type": possible("payload.requestType", oneOf("json")),
			"text":         possible("payload.text", words),
		}.object(),
		"quickReply": shape{
			"type":           needed("type", words),
			"message":        needed("payload.message", words),
			"title":          possible("payload.title", words),
			"reply_metadata": possible("payload.replyMetadata", free),
		}.object(),
	})

	return listOf(shape{
		"title":       needed("title", words),
		"subtitle":    possible("subtitle", words),
		"title_ext":   possible("titleExt", words),
		"description": possible("description", words),
		"header": possible("header", shape{
			"img_src":      needed("imgSrc", address),
			"overlay_text": possible("overlayText", words),
		}.object()),
		"buttons": possible("buttons", listOf(shape{
			"name":   needed("name", words),
			"action": needed("action", action),
		}.object())),
	}.object())
}

// form is template 12. In the payload, each field is a type and an object data.
func form() reader {
	validation := shape{
		"regex":      possible("regex", expression),
		"error_text": needed("errorText", words),
	}.object()
	typed := func(more shape) shape {
		more["type"] = needed("type", words)
		return more
	}
	line := func() reader {
		return typed(shape{
			"label":       needed("data.label", words),
			"placeholder": possible("data.placeholder", words),
			"name":        possible("data.name", words),
			"validation":  possible("data.validation", validation),
		}).object()
	}
	choice := func(more shape) reader {
		option := shape{"label": needed("label", words), "value": needed("value", anyText)}
		maps.Copy(option, more)

		return typed(shape{
			"name":       needed("data.name", words),
			"title":      needed("data.title", words),
			"options":    needed("data.options", listOf(option.object())),
			"validation": possible("data.validation", validation),
		}).object(uniqueValues)
	}

	return formOf(listOf(byType(map[string]reader{
		"text":           line(),
		"password":       line(),
		"radio":          choice(nil),
		"checkbox":       choice(nil),
		"dropdown":       choice(shape{"selected": possible("selected", yesOrNo), "disabled": possible("disabled", yesOrNo)}),
		"date":           line(),
		"time":           line(),
		"datetime-local": line(),
		"hidden": typed(shape{
			"name":  needed("data.name", words),
			"value": needed("data.value", anyText),
		}).object(),
		"textarea": typed(shape{
			"name":        needed("data.name", words),
			"title":       possible("data.title", words),
			"placeholder": possible("data.placeholder", words),
			"rows":        possible("data.rows", count),
			"validation":  possible("data.validation", validation),
		}).object(),
		"submit": typed(shape{
			"name":         needed("data.name", words),
			"form_action":  possible("data.action.formAction", address),
			"request_type": possible("data.action.requestType", oneOf("json", "postBackToBotPlatform")),
			"message":      possible("data.action.message", words),
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

// submits wants one button that submits, and something to fill in. The button repeats its type inside of its data.
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

// uniqueValues refuses two options that nobody could tell apart.
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
		"url":     possible("url", address),
		"source":  possible("source", address),
		"caption": possible("caption", words),
		"type":    possible("type", words),
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
