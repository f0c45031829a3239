package chatlake_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestContactCreate(t *testing.T) {
	w := newWorld(t)
	w.want("POST", "/contacts", `{"inbox_id":101,"name":"Visitor","email":"Visitor@Example.NET","phone_number":"+123456789",
		"identifier":"crm-1","custom_attributes":{"plan":"gold","seats":3,"trial":false},"additional_attributes":{"city":"Here"}}`,
		200, `{"payload":{
			"contact":{"id":1002,"name":"Visitor","email":"visitor@example.net","phone_number":"+123456789",
				"identifier":"crm-1","blocked":false,"thumbnail":"","availability_status":"offline","created_at":1772600767,
				"custom_attributes":{"plan":"gold","seats":3,"trial":false},"additional_attributes":{"city":"Here"},
				"last_activity_at":"<absent>","account_id":"<absent>","labels":"<absent>","updated_at":"<absent>",
				"contact_inboxes":[{"source_id":"<any>","inbox":{"id":101,"avatar_url":"","channel_id":51,"name":"Sandbox API",
					"channel_type":"Channel::Api","provider":null}}]},
			"contact_inbox":{"source_id":"<any>","inbox":{"id":101,"account_id":1,"channel_type":"Channel::Api","created_at":"<any>"}}}}`)
	w.want("GET", "/contacts/1002", "", 200, `{"payload":{"id":1002,"contact_inboxes":[{"inbox":{"id":101}}]}}`)
	w.want("GET", "/contacts/1002?include_contact_inboxes=false", "", 200, `{"payload":{"id":1002,"contact_inboxes":"<absent>"}}`)
	w.want("POST", "/contacts", `{}`, 200,
		`{"payload":{"contact":{"name":"","email":null,"contact_inboxes":[]},"contact_inbox":{"inbox":null,"source_id":null}}}`)
	w.want("POST", "/contacts", `{"name":null}`, 200, `{"payload":{"contact":{"name":null}}}`)
	w.quiet()
}

func TestContactRefused(t *testing.T) {
	w := newWorld(t)
	w.contact(`{"email":"a@b.example","phone_number":"+4912345","identifier":"one","inbox_id":101,"source_id":"taken"}`)

	long := strings.Repeat("x", 256)
	for _, c := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"email taken", `{"email":"A@B.example"}`, 422, `{"message":"Email has already been taken","attributes":["email"]}`},
		{"email form", `{"email":"nobody"}`, 422, `{"message":"Email Invalid email","attributes":["email"]}`},
		{"phone taken", `{"phone_number":"+4912345"}`, 422, `{"message":"Phone number has already been taken","attributes":["phone_number"]}`},
		{"phone form", `{"phone_number":"4912345"}`, 422, `{"message":"Phone number should be in e164 format","attributes":["phone_number"]}`},
		{"identifier taken", `{"identifier":"one"}`, 422, `{"message":"Identifier has already been taken","attributes":["identifier"]}`},
		{
			"two at once", `{"email":"a@b.example","identifier":"one"}`, 422,
			`{"message":"Email has already been taken, Identifier has already been taken","attributes":["email","identifier"]}`,
		},
		{"too long", `{"name":"` + long + `"}`, 422, `{"message":"Name is too long (maximum is 255 characters)","attributes":["name"]}`},
		{"unknown inbox", `{"email":"x@y.example","inbox_id":999}`, 404, `{"error":"Resource could not be found"}`},
		{"inbox of another account", `{"inbox_id":103}`, 404, `{"error":"Resource could not be found"}`},
		{"source taken", `{"email":"x@y.example","inbox_id":101,"source_id":"taken"}`, 500, `{"status":500,"error":"Internal Server Error"}`},
		{"email free after the failures", `{"email":"x@y.example"}`, 200, ``},
		{"phone is not anchored", `{"phone_number":"call +491"}`, 200, `{"payload":{"contact":{"phone_number":"call +491"}}}`},
		{"email of another account", `{"email":"contact@other.example"}`, 200, ``},
		{"identifier is case-sensitive", `{"identifier":"ONE"}`, 200, ``},
		{"blank email is null", `{"email":""}`, 200, `{"payload":{"contact":{"email":null}}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.want("POST", "/contacts", c.body, c.status, c.want)
			w.quiet()
		})
	}

	w.T = t
	w.want("POST", "/contacts", `{"blocked":null}`, 500, `{"status":500}`)
	w.complains("blocked is null")
	w.want("POST", "/contacts", `{"identifier":""}`, 200, "")
	w.want("POST", "/contacts", `{"identifier":""}`, 500, "")
	w.complains("identifier")
	w.want("POST", "/contacts", `{"country_code":"DE"}`, 200, "")
	w.complains(`unknown field "country_code"`)
}

func TestContactUpdate(t *testing.T) {
	w := newWorld(t)
	id := w.contact(`{"name":"n","email":"one@x.gmail.example","custom_attributes":{"a":1,"b":2},"additional_attributes":{"city":"x","deep":{"l":1,"r":2}}}`)
	path := "/contacts/" + id
	w.want("PATCH", path, `{"custom_attributes":{"b":null,"c":[1,"2"]},"additional_attributes":{"deep":{"l":3}}}`, 200,
		`{"payload":{"name":"n","custom_attributes":{"a":1,"b":null,"c":[1,"2"]},"additional_attributes":{"city":"x","deep":{"l":3,"r":"<absent>"}}}}`)
	w.want("PUT", path, `{"custom_attributes":{},"additional_attributes":null}`, 200, `{"payload":{"custom_attributes":{"a":1},"additional_attributes":{"city":"x"}}}`)
	w.want("POST", path+"/destroy_custom_attributes", `{"custom_attributes":["a","unknown"]}`, 200,
		`{"payload":{"custom_attributes":{"a":"<absent>","b":null},"contact_inboxes":[]}}`)
	w.want("PATCH", path, `{"email":null,"blocked":true}`, 200, `{"payload":{"email":null,"blocked":true}}`)
	w.want("POST", "/contacts", `{"email":"one@x.gmail.example"}`, 200, "")
	w.want("PATCH", path, `{"email":"one@x.gmail.example"}`, 422, `{"attributes":["email"]}`)
	w.want("GET", path, "", 200, `{"payload":{"email":null}}`)
	w.want("PATCH", "/contacts/999", `{"name":"x"}`, 404, `{"error":"Resource could not be found"}`)
	w.want("PATCH", "/contacts/1001", `{"name":"x"}`, 404, "")
	w.want("GET", "/contacts/none", "", 404, `{"error":"Resource could not be found"}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.Version = "4.1.0" })
	w.want("PATCH", path, `{"additional_attributes":{"only":1}}`, 200, `{"payload":{"additional_attributes":{"only":1,"city":"<absent>"}}}`)
	w.quiet()
}

func TestContactDelete(t *testing.T) {
	w := newWorld(t)
	id := w.contact(`{"name":"visitor","email":"v@x.example","inbox_id":101,"source_id":"s1"}`)
	w.as(chatlake.AgentToken).want("DELETE", "/contacts/"+id, "", 401, `{"error":"You are not authorized to do this action"}`)
	w.switches(func(s *chatlake.Switches) { s.JobDelay = 5000 })
	w.want("DELETE", "/contacts/"+id, "", 200, "<empty>")
	w.want("GET", "/contacts/"+id, "", 404, `{"error":"Resource could not be found"}`)
	w.want("DELETE", "/contacts/"+id, "", 404, "")
	// The source stays reserved until the job ran, the address does not.
	w.want("POST", "/contacts", `{"email":"v@x.example","inbox_id":101,"source_id":"s1"}`, 500, "")
	w.now = w.now.Add(6 * time.Second)
	w.want("POST", "/contacts", `{"email":"v@x.example","inbox_id":101,"source_id":"s1"}`, 200, "")
	w.quiet()
}

func TestContactLists(t *testing.T) {
	w := newWorld(t)
	w.switches(func(s *chatlake.Switches) { s.Enterprise = false })

	for i := range 32 {
		w.contact(fmt.Sprintf(`{"name":"N%02d","email":"c%02d@x.example"}`, 31-i, i))
		w.now = w.now.Add(time.Second)
	}

	nameOnly := w.contact(`{"name":"Only a name"}`)
	w.want("GET", "/contacts/"+nameOnly, "", 200, `{"payload":{"name":"Only a name"}}`)
	w.want("GET", "/contacts?sort=name&page=3", "", 200, `{"meta":{"count":32,"current_page":"3"},"payload":[{"name":"N30"},{"name":"N31"}]}`)
	w.want("GET", "/contacts?sort=-created_at&page=1", "", 200, `{"meta":{"current_page":"1"}}`)
	_, body := w.send("GET", "/contacts?sort=-created_at", "")

	got := w.get(body, "payload.0.name")
	if got != "N00" {
		t.Errorf("newest is %v", got)
	}

	got = w.get(body, "meta.current_page")
	if fmt.Sprintf("%T", got) != "json.Number" {
		t.Errorf("current_page is %T without page", got)
	}

	w.want("GET", "/contacts?sort=name&page=9", "", 200, `{"payload":[]}`)
	w.quiet()

	orders := map[string]bool{}

	for range 5 {
		_, body := w.send("GET", "/contacts", "")
		orders[body] = true
	}

	if len(orders) == 1 {
		t.Error("five unsorted lists in the same order")
	}

	w.want("GET", "/contacts?page=1", "", 200, "")
	w.complains("without sort")
	w.want("GET", "/contacts?sort=color", "", 200, "")
	w.complains("color")
	w.core.Journal.Clear()

	w.want("GET", "/contacts/search?q=ONLY", "", 200, `{"meta":{"count":1,"current_page":1,"has_more":false},"payload":[{"name":"Only a name"}]}`)
	w.want("GET", "/contacts/search?q=x.example&sort=name", "", 200, `{"meta":{"count":15,"has_more":true}}`)
	w.quiet()
	w.want("GET", "/contacts/search", "", 200, `{"meta":{"count":null,"current_page":1},"payload":[]}`)
	w.complains("without q")
	w.switches(func(s *chatlake.Switches) { s.Version = "4.10.0" })
	w.want("GET", "/contacts/search?q=only", "", 200, `{"meta":{"count":0,"has_more":"<absent>"},"payload":[]}`)
}

func TestContactFilter(t *testing.T) {
	w := newWorld(t)
	one := w.contact(`{"name":"One","email":"one@x.example","phone_number":"+4911","identifier":"ID-1","additional_attributes":{"city":"Rome"}}`)
	w.contact(`{"name":"Two","email":"two@x.example","phone_number":"+4922","blocked":true}`)
	w.contact(`{"name":"Three"}`)
	w.want("POST", "/contacts/"+one+"/labels", `{"labels":["vip"]}`, 200, "")

	cond := func(key, operator, values string) string {
		return fmt.Sprintf(`{"attribute_key":%q,"filter_operator":%q,"values":%s,"query_operator":null}`, key, operator, values)
	}
	for _, c := range []struct{ filter, want string }{
		{cond("email", "equal_to", `["ONE@X.example"]`), `["One"]`},
		{cond("phone_number", "equal_to", `["4911"]`), `["One"]`},
		{cond("identifier", "equal_to", `["id-1"]`), `["One"]`},
		{cond("name", "contains", `["w"]`), `["Two"]`},
		{cond("city", "equal_to", `["rome"]`), `["One"]`},
		{cond("labels", "equal_to", `["vip"]`), `["One"]`},
		{cond("labels", "is_not_present", `[]`), `["Two"]`},
		{cond("blocked", "equal_to", `[true]`), `["Two"]`},
		{cond("created_at", "is_greater_than", `["2026-01-01"]`), `["One","Two"]`},
		{`{"attribute_key":"name","filter_operator":"equal_to","values":["one"],"query_operator":"OR"},` + cond("name", "equal_to", `["two"]`), `["One","Two"]`},
		{`{"attribute_key":"name","filter_operator":"equal_to","values":["one"],"query_operator":"and"},` + cond("name", "equal_to", `["two"]`), `[]`},
	} {
		status, body := w.send("POST", "/contacts/filter?sort=name", `{"payload":[`+c.filter+`]}`)

		var names []string

		if status == 200 {
			for i := range w.get(body, "payload").([]any) { //nolint:forcetypeassert,errcheck // The answer of a list.
				names = append(names, fmt.Sprintf("%q", w.get(body, fmt.Sprintf("payload.%d.name", i))))
			}
		}

		got := "[" + strings.Join(names, ",") + "]"
		if status != 200 || got != c.want {
			t.Errorf("filter %s: %d %s, want %s", c.filter, status, got, c.want)
		}
	}

	w.quiet()
	w.want("POST", "/contacts/filter", `{"payload":[`+cond("shoe", "equal_to", `["1"]`)+`]}`, 422, `{"error":"<any>","message":"<absent>"}`)
	w.want("POST", "/contacts/filter", `{"payload":[`+cond("blocked", "contains", `["1"]`)+`]}`, 422, `{"error":"<any>"}`)
	w.want("POST", "/contacts/filter", `{"payload":[`+cond("name", "equal_to", `["1"]`)+`,`+cond("name", "equal_to", `["1"]`)+`]}`, 500, "")
	w.want("POST", "/contacts/filter", `{"payload":[`+cond("created_at", "days_before", `["1"]`)+`]}`, 500, "")
	w.complains("makes no query")
	w.switches(func(s *chatlake.Switches) { s.Version = "4.10.0" })
	w.want("POST", "/contacts/filter", `{"payload":[`+cond("created_at", "days_before", `["1"]`)+`]}`, 200, `{"payload":[]}`)
}

func TestContactAvatar(t *testing.T) {
	w := newWorld(t)
	id := w.contact(`{"name":"x","avatar_url":"https://pictures.example/1.png"}`)
	w.want("GET", "/contacts/"+id, "", 200, `{"payload":{"thumbnail":"<any>","additional_attributes":{"last_avatar_sync_at":"<any>","avatar_url_hash":"<any>"}}}`)
	w.want("PATCH", "/contacts/"+id, `{"avatar":null}`, 200, `{"payload":{"thumbnail":""}}`)

	form := func(contentType string) (string, []byte) {
		var body bytes.Buffer

		writer := multipart.NewWriter(&body)

		part, err := writer.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="avatar"; filename="a.png"`}, "Content-Type": {contentType},
		})
		if err != nil {
			t.Fatal(err)
		}

		_, _ = part.Write([]byte("png"))
		_ = writer.WriteField("custom_attributes[tier]", "1")
		_ = writer.Close()

		return writer.FormDataContentType(), body.Bytes()
	}
	contentType, body := form("image/png")
	status, got := w.raw("PATCH", "/contacts/"+id, contentType, body)
	w.compare("multipart", status, got, 200, `{"payload":{"custom_attributes":{"tier":"1"}}}`)

	address := fmt.Sprint(w.get(got, "payload.thumbnail"))
	if !strings.HasPrefix(address, "http") {
		t.Errorf("thumbnail %q is no absolute address", address)
	}

	contentType, body = form("text/plain")
	status, got = w.raw("PATCH", "/contacts/"+id, contentType, body)
	w.compare("bad file", status, got, 422, `{"message":"Avatar filetype not supported","attributes":["avatar"]}`)
	w.want("DELETE", "/contacts/"+id+"/avatar", "", 200, `{"payload":{"thumbnail":"","contact_inboxes":"<absent>"}}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.AvatarSync, s.Gravatar = false, true })
	other := w.contact(`{"email":"g@gmail.com","avatar_url":"https://pictures.example/2.png"}`)
	w.want("GET", "/contacts/"+other, "", 200, `{"payload":{"additional_attributes":{"avatar_url_hash":"<any>","company_name":"<absent>"}}}`)
	third := w.contact(`{"email":"g@acme.example"}`)
	w.want("GET", "/contacts/"+third, "", 200, `{"payload":{"additional_attributes":{"company_name":"Acme"}}}`)
}

func TestContactLabels(t *testing.T) {
	w := newWorld(t)
	path := "/contacts/" + w.contact(`{"name":"x"}`) + "/labels"

	labels := func(method, body string) []string {
		status, got := w.send(method, path, body)
		if status != 200 {
			t.Fatalf("%s %s: %d %s", method, body, status, got)
		}

		names := []string{}
		for _, name := range w.get(got, "payload").([]any) { //nolint:forcetypeassert,errcheck // The answer of a list.
			names = append(names, fmt.Sprint(name))
		}

		slices.Sort(names)

		return names
	}
	for _, c := range []struct {
		method, body string
		want         []string
	}{
		{"GET", "", []string{}},
		{"POST", `{"labels":["vip","VIP","two words","a,b"]}`, []string{"a", "b", "two words", "vip"}},
		{"POST", `{"labels":["Vip"]}`, []string{"Vip"}},
		{"GET", "", []string{"vip"}},
		{"POST", `{"labels":[]}`, []string{}},
	} {
		got := labels(c.method, c.body)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %q, want %q", c.method, c.body, got, c.want)
		}
	}

	w.quiet()
	labels("POST", `{"labels":["x"]}`)

	got := labels("POST", `{"labels":null}`)
	if len(got) != 0 {
		t.Errorf("null left %q", got)
	}

	w.complains("clears all labels")
}

func TestContactInboxes(t *testing.T) {
	w := newWorld(t)
	one, two := w.contact(`{"name":"One"}`), w.contact(`{"name":"Two"}`)
	w.want("POST", "/contacts/"+one+"/contact_inboxes", `{"inbox_id":101,"source_id":"s-1","hmac_verified":true}`, 200,
		`{"source_id":"s-1","inbox":{"id":101,"channel_type":"Channel::Api"}}`)
	w.want("POST", "/contacts/"+one+"/contact_inboxes", `{"inbox_id":101,"source_id":"s-1"}`, 200, `{"source_id":"s-1"}`)
	w.want("POST", "/contacts/"+two+"/contact_inboxes", `{"inbox_id":101,"source_id":"s-1"}`, 500, "")
	w.want("POST", "/contacts/"+two+"/contact_inboxes", `{"inbox_id":999,"source_id":"s-1"}`, 404, "")
	w.want("GET", "/contacts/"+one, "", 200, `{"payload":{"contact_inboxes":[{"source_id":"s-1"}]}}`)
	w.want("POST", "/contact_inboxes/filter", `{"inbox_id":101,"source_id":"s-1"}`, 200, `{"id":`+one+`,"contact_inboxes":[{"source_id":"s-1"}]}`)
	w.want("POST", "/contact_inboxes/filter", `{"inbox_id":101,"source_id":"none"}`, 404, "<empty>")
	w.want("GET", "/contacts/"+one+"/contactable_inboxes", "", 200, `{"payload":[{"source_id":"s-1","inbox":{"id":101}}]}`)
	w.as(chatlake.SecondAgentToken).want("POST", "/contacts/"+two+"/contact_inboxes", `{"inbox_id":101,"source_id":"s-2"}`, 401, "")
	w.quiet()
	w.want("POST", "/contacts/"+two+"/contact_inboxes", `{"inbox_id":101}`, 200, "")
	w.want("POST", "/contacts/"+two+"/contact_inboxes", `{"inbox_id":101}`, 200, "")
	w.complains("every call adds another")
	w.want("GET", "/contacts/"+two, "", 200, `{"payload":{"contact_inboxes":[{},{}]}}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.Version = "3.1.0" })
	w.want("POST", "/contact_inboxes/filter", `{"inbox_id":101,"source_id":"s-1"}`, 404, `{"status":404,"error":"Not Found"}`)
	w.want("GET", "/contacts/"+one, "", 200, `{"payload":{"contact_inboxes":[{"inbox":{"greeting_enabled":false}}]}}`)
}
