package chatlake_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestPortals(t *testing.T) {
	w := newWorld(t)
	w.steps([]step{
		{
			"", "POST", "/portals", `{"portal":{"name":"Help","slug":"help","custom_domain":"https://help.x.example/path","config":{"allowed_locales":["en","de"],"draft_locales":["de"],"default_locale":"en"}},"inbox_id":102}`, 200,
			`{"id":701,"name":"Help","slug":"help","custom_domain":"help.x.example","color":"#1f93ff","archived":false,"account_id":1,"inbox":{"id":102,"website_token":"<any>"},
			"config":{"default_locale":"en","layout":"classic","allowed_locales":[{"code":"en","articles_count":0,"categories_count":0,"draft":false},{"code":"de","draft":true}],"draft_locales":"<absent>"},
			"meta":{"all_articles_count":0,"categories_count":0},"ssl_settings":"<absent>"}`, "",
		},
		{"", "POST", "/portals", `{"name":"x","slug":"help"}`, 422, `{"message":"Slug has already been taken","attributes":["slug"]}`, ""},
		{"", "POST", "/portals", `{"slug":"x"}`, 422, `{"attributes":["name"]}`, ""},
		{
			"", "PATCH", "/portals/help", `{"portal":{"custom_domain":"https://help.x.example/path","config":{"layout":"documentation"}},"inbox_id":null}`, 200,
			`{"custom_domain":"https://help.x.example/path","inbox":"<absent>","config":{"layout":"documentation","allowed_locales":[{},{}]}}`, "",
		},
		{"", "GET", "/portals", "", 200, `{"payload":[{"slug":"help"}],"meta":{"current_page":1,"portals_count":1}}`, ""},
		{chatlake.AgentToken, "GET", "/portals/help", "", 200, `{"id":701}`, ""},
		{"", "GET", "/portals/none", "", 500, `{"status":500}`, "look for it in the list"},
		{"", "DELETE", "/portals/none", "", 500, "", "not there"},
		{"", "PATCH", "/inboxes/102", `{"portal_id":701}`, 200, `{"help_center":{"name":"Help","slug":"help"},"portal_id":"<absent>"}`, ""},
		{"", "PATCH", "/portals/help", `{"slug":"moved"}`, 200, `{"slug":"moved"}`, ""},
		{"", "GET", "/portals/help", "", 500, "", "not there"},
		{"", "DELETE", "/portals/moved", "", 200, "<empty>", ""},
		{"", "GET", "/inboxes/102", "", 200, `{"help_center":"<absent>"}`, ""},
	})
}

func TestCategoriesAndArticles(t *testing.T) {
	w := newWorld(t)
	w.make("/portals", `{"name":"Help","slug":"help","config":{"allowed_locales":["en","de"]}}`, "id")

	const categories, articles = "/portals/help/categories", "/portals/help/articles"
	w.steps([]step{
		{
			"", "POST", categories, `{"category":{"name":"One","slug":"one","locale":"en","position":2,"icon":"i"}}`, 200,
			`{"payload":{"id":751,"name":"One","slug":"one","locale":"en","position":2,"icon":"i","description":null,"account_id":1,"related_categories":"<absent>","meta":{}}}`, "",
		},
		{
			"", "POST", categories, `{"category":{"name":"Two","slug":"two","position":1,"parent_category_id":751,"related_category_ids":[751]}}`, 200,
			`{"payload":{"id":752,"parent_category":{"id":751},"related_categories":[{"id":751}],"parent_category_id":"<absent>"}}`, "",
		},
		{"", "POST", categories, `{"name":"x","slug":"one"}`, 422, `{"attributes":["locale"]}`, ""},
		{"", "POST", categories, `{"name":"x","slug":"one","locale":"de"}`, 200, "", ""},
		{"", "POST", categories, `{"name":"x","slug":"y","locale":"fr"}`, 422, `{"attributes":["locale"]}`, ""},
		{"", "POST", categories, `{"name":"x"}`, 422, `{"attributes":["slug"]}`, ""},
		{"", "PATCH", categories + "/752", `{"name":"x","related_category_ids":[753]}`, 200, `{"payload":{"related_categories":[{"id":751}]}}`, "explicit"},
		{"", "PATCH", categories + "/752", `{"category":{"name":"x","related_category_ids":[]}}`, 200, `{"payload":{"related_categories":[{"id":751}]}}`, "does not clear"},
		{chatlake.AgentToken, "GET", categories + "?locale=en", "", 200, `{"payload":[{"id":752},{"id":751}],"meta":{"categories_count":2}}`, ""},
		{chatlake.AgentToken, "GET", categories + "/751", "", 401, "", ""},
		{"", "POST", categories + "/reorder", `{"positions_hash":{"751":0}}`, 200, "<empty>", ""},

		{
			"", "POST", articles, `{"article":{"title":"First","author_id":12,"content":"text","slug":"first","category_id":751,"locale":"de","status":"published","meta":{"title":"m"}}}`, 200,
			`{"payload":{"id":801,"title":"First","slug":"first","status":"published","position":10,"views":null,"category":{"id":751,"slug":"one"},"author":{"id":12},"meta":{"title":"m"},
			"updated_at":1772600767,"locale":"<absent>","author_id":"<absent>"}}`, "",
		},
		{"", "POST", articles, `{"title":"Second one!","author_id":11}`, 200, `{"payload":{"slug":"1772600767-second-one","status":"draft"}}`, ""},
		{"", "POST", articles, `{"title":"x","author_id":11,"slug":"first"}`, 500, `{"status":500}`, ""},
		{"", "POST", articles, `{"title":"x"}`, 422, `{"attributes":["author","author_id"]}`, ""},
		{"", "POST", articles, `{"title":"x","author_id":11,"status":"published"}`, 422, `{"attributes":["content"]}`, ""},
		{"", "POST", articles, `{"title":"x","author_id":11,"slug":"search"}`, 422, `{"attributes":["slug"]}`, ""},
		{"", "POST", articles, `{"title":"x","author_id":11,"status":"live"}`, 500, "", "live"},
		{"", "PATCH", articles + "/801", `{"status":"archived"}`, 200, `{"payload":{"status":"archived","title":"First"}}`, ""},
		{"", "GET", articles + "?category_slug=one", "", 200, `{"payload":[{"id":801}],"meta":{"all_articles_count":2,"articles_count":1}}`, ""},
		{"", "DELETE", categories + "/751", "", 200, "<empty>", ""},
		{"", "GET", articles + "/801", "", 200, `{"payload":{"category":{"id":null}}}`, ""},
		{"", "DELETE", articles + "/801", "", 200, "<empty>", ""},
		{"", "GET", articles + "/801", "", 404, "", ""},
		{"", "POST", articles, `{"title":"x","author_id":11,"slug":"first"}`, 200, "", ""},
	})

	a, k := len(w.p.Objects("articles")), len(w.p.Objects("categories"))
	if a != 2 || k != 2 {
		t.Errorf("%d articles and %d categories, want 2 and 2", a, k)
	}
}

func TestClientAPI(t *testing.T) {
	w := newWorld(t).as("")

	const inbox = "//public/api/v1/inboxes/" + chatlake.APIInboxIdentifier
	w.want("GET", inbox, "", 200, `{"identifier":"`+chatlake.APIInboxIdentifier+`","name":"Sandbox API","identity_validation_enabled":false}`)
	w.want("GET", "//public/api/v1/inboxes/none", "", 404, "")
	w.want("POST", inbox+"/contacts", `{"source_id":"cust","name":"Customer","email":"c@gmail.com"}`, 200, `{"source_id":"cust","id":1002,"name":"Customer","pubsub_token":"<any>"}`)
	w.want("POST", inbox+"/contacts", `{"source_id":"cust"}`, 200, `{"id":1002}`)
	w.want("POST", inbox+"/contacts", `{"email":"C@gmail.com"}`, 200, `{"id":1002}`)
	w.want("PATCH", inbox+"/contacts/cust", `{"phone_number":"+491"}`, 200, `{"phone_number":"+491","name":"Customer"}`)
	w.want("GET", inbox+"/contacts/none", "", 404, "")
	w.want("POST", inbox+"/contacts/cust/conversations", `{"custom_attributes":{"a":1}}`, 200, `{"id":1,"status":"open","messages":[],"contact":{"id":1002}}`)
	w.want("POST", inbox+"/contacts/cust/conversations/1/messages", `{"content":"help"}`, 200, `{"content":"help","message_type":0,"conversation_id":1}`)
	w.want("POST", inbox+"/contacts/cust/conversations/1/toggle_status", "", 200, `{"status":"resolved"}`)
	w.want("GET", inbox+"/contacts/cust/conversations", "", 200, `[{"id":1,"messages":[{"content":"help"}]}]`)
	w.want("GET", inbox+"/contacts/cust/conversations/1/messages", "", 200, `[{"content":"help"}]`)
	w.as(chatlake.AdminToken).want("PATCH", "/inboxes/101", `{"channel":{"hmac_mandatory":true}}`, 200, "")
	w.want("POST", inbox+"/contacts", `{"identifier":"x","identifier_hash":"wrong"}`, 401, `{"error":"<any>"}`)
	w.quiet()
}
