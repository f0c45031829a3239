package page_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/kommunicate"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// world is a sandbox that listens.
type world struct {
	*server.Sandbox

	t   *testing.T
	url string
}

func start(t *testing.T) *world {
	t.Helper()

	s := server.New(sandbox.Options{})
	listener := httptest.NewServer(s.Handler())
	t.Cleanup(listener.Close)

	return &world{s, t, listener.URL}
}

// result is an answer, read to its end.
type result struct {
	status int
	header http.Header
}

func (w *world) send(method, path, media string, body io.Reader, header map[string]string) (result, string) {
	w.t.Helper()

	request, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, body)
	if err != nil {
		w.t.Fatal(err)
	}

	request.Header.Set("Content-Type", media)

	for name, value := range header {
		request.Header.Set(name, value)
	}

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}

	defer func() { _ = response.Body.Close() }()

	text, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}

	return result{response.StatusCode, response.Header}, string(text)
}

func (w *world) get(path string) (result, string) {
	return w.send(http.MethodGet, path, "", http.NoBody, nil)
}

// post sends JSON as the administrator of each platform.
func (w *world) post(path, body string) string {
	w.t.Helper()

	response, text := w.send(http.MethodPost, path, "application/json", strings.NewReader(body), map[string]string{
		"Api-Key": kommunicate.APIKey, "Of-User-Id": kommunicate.OwnerID, "api_access_token": chatlake.AdminToken,
		"access_token": w.IMIchat.IssueToken(), "teamid": imichat.TeamID,
	})
	if response.status != http.StatusOK || strings.Contains(text, `"status":"error"`) {
		w.t.Fatalf("%s %s: %d %s", path, body, response.status, text)
	}

	return text
}

const script = `<img src=x onerror="window.broken=1"><script>window.broken=2</script>`

// fill makes one of everything that the page draws.
func (w *world) fill() {
	w.t.Helper()

	quoted := strings.ReplaceAll(script, `"`, `\"`)

	w.post("/kommunicate/rest/ws/user/v2/create", `{"userId":"mira","displayName":"Mira Sample","email":"mira@example.com"}`)
	w.post("/kommunicate/rest/ws/group/conversation", `{"groupName":"Order 1001","groupMemberList":["mira"],"clientGroupId":"order-1001"}`)

	say := func(from, text, more string) {
		w.post("/kommunicate/rest/ws/message/v2/send", `{"clientGroupId":"order-1001","fromUserName":"`+from+`","message":"`+text+`"`+more+`}`)
	}
	rich := func(template, payload string) string {
		raw, err := json.Marshal(payload)
		if err != nil {
			w.t.Fatal(err)
		}

		return `,"metadata":{"contentType":"300","templateId":"` + template + `","payload":` + string(raw) + `}`
	}

	say("mira", "Hello, where is my order 1001?", "")
	say("bot", "Choose a topic", rich("6", `[{"title":"Delivery","message":"Where is it?"},{"title":"Return","message":"Send back"}]`))
	say("bot", "Our offers", rich("10", `[{"title":"Blue lamp","subtitle":"29 EUR","description":"Warm light","header":{"imgSrc":"https://img.example/lamp.png"},
		"buttons":[{"name":"Buy","action":{"type":"link","payload":{"url":"https://shop.example/lamp"}}}]}]`))
	say("bot", "Your address", rich("12", `[{"type":"text","data":{"label":"Street","placeholder":"Main Street 1"}},
		{"type":"radio","data":{"title":"Delivery","name":"d","options":[{"label":"Morning","value":"m"},{"label":"Evening","value":"e"}]}},
		{"type":"submit","data":{"name":"Send","type":"submit"}}]`))
	say("bot", "Depots", rich("7", `{"headerText":"Depots","elements":[{"title":"North","description":"Open until 18"}],"buttons":[{"name":"More","action":{"url":"https://shop.example"}}]}`))
	say(kommunicate.AgentOneID, quoted, "")
	w.post("/kommunicate/rest/ws/message/v2/send", `{"clientGroupId":"order-1001","fromUserName":"mira","message":"The bill","contentType":1,
		"fileMeta":{"name":"bill.pdf","url":"https://files.example/bill.pdf","contentType":"application/pdf","size":18231,"createdAtTime":1735049558019}}`)

	w.post("/imichat/v3.1/chats", `{"channel":"livechat","asset":{"id":"im00000001"},"customer":{"destination_id":"visitor-7","name":"Theo Sample"},"alias_id":"order-1002",
		"messages":[{"type":"inbound","text":"Is anybody there?","timestamp":"2026-01-01T08:00:00.000Z"},
		{"type":"outbound","livechat_sub_type":"quick_replies","quick_replies":{"request_identifier":"r","options":[{"title":"Track an order","payload":"track"},{"title":"Else","payload":"else"}]},"timestamp":"2026-01-01T08:00:05.000Z"}]}`)

	var contact struct {
		Payload struct {
			Contact struct {
				ID int64 `json:"id"`
			} `json:"contact"`
			ContactInbox struct {
				SourceID string `json:"source_id"`
			} `json:"contact_inbox"`
		} `json:"payload"`
	}

	account := "/chatlake/api/v1/accounts/1"

	answer := w.post(account+"/contacts", `{"name":"Juno Sample","email":"juno@example.com","inbox_id":101,"custom_attributes":{"plan":"gold"}}`)
	if err := json.Unmarshal([]byte(answer), &contact); err != nil {
		w.t.Fatal(err)
	}

	var conversation struct {
		ID json.Number `json:"id"`
	}

	answer = w.post(account+"/conversations", `{"source_id":"`+contact.Payload.ContactInbox.SourceID+`","inbox_id":101,"assignee_id":12,"team_id":201}`)
	if err := json.Unmarshal([]byte(answer), &conversation); err != nil {
		w.t.Fatal(err)
	}

	messages := account + "/conversations/" + conversation.ID.String() + "/messages"
	w.post(account+"/conversations/"+conversation.ID.String()+"/labels", `{"labels":["billing"]}`)
	w.post(messages, `{"content":"My bill is wrong.","message_type":"incoming"}`)
	w.post(messages, `{"content":"Please choose","content_type":"input_select","content_attributes":{"items":[{"title":"January","value":"1"},{"title":"February","value":"2"}]}}`)
	w.post(messages, `{"content":"A plan for you","content_type":"cards","content_attributes":{"items":[{"title":"Gold","description":"All included","media_url":"https://img.example/gold.png",
		"actions":[{"type":"link","text":"Read","uri":"https://shop.example/gold"}]}]}}`)
	w.post(messages, `{"content":"Your details","content_type":"form","content_attributes":{"items":[{"name":"iban","label":"IBAN","type":"text","placeholder":"DE"}]}}`)
	w.post(messages, `{"content":"Ask the bank first.","private":true}`)

	var form bytes.Buffer

	parts := multipart.NewWriter(&form)
	_ = parts.WriteField("content", "Here it is")

	file, err := parts.CreateFormFile("attachments[]", "letter.txt")
	if err != nil {
		w.t.Fatal(err)
	}

	_, _ = file.Write([]byte("Dear customer"))
	_ = parts.Close()

	response, text := w.send(http.MethodPost, messages, parts.FormDataContentType(), &form, map[string]string{"api_access_token": chatlake.AdminToken})
	if response.status != http.StatusOK {
		w.t.Fatal(response.status, text)
	}

	w.post(account+"/webhooks", `{"webhook":{"url":"https://hooks.example/very/secret/path","name":"Orders","subscriptions":["message_created"]}}`)
	w.post(account+"/canned_responses", `{"short_code":"hello","content":"Hello, how can I help?"}`)
	w.post(account+"/portals", `{"portal":{"name":"Help","slug":"help","config":{"allowed_locales":["en"]}}}`)
	w.post(account+"/portals/help/articles", `{"title":"Delivery times","content":"Two days.\n\nAlways.","author_id":11,"status":1}`)
}

// TestPageFiles asks for each file, and reads what the browser is told about it.
func TestPageFiles(t *testing.T) {
	t.Parallel()

	w := start(t)

	for path, media := range map[string]string{
		"/": "text/html", "/_sandbox/page/page.css": "text/css", "/_sandbox/page/page.js": "text/javascript",
		"/_sandbox/page/icon.svg": "image/svg+xml", "/_sandbox/world": "application/json",
	} {
		response, body := w.get(path)
		if response.status != http.StatusOK || !strings.HasPrefix(response.header.Get("Content-Type"), media) || body == "" {
			t.Errorf("%s: %d, %s", path, response.status, response.header.Get("Content-Type"))
		}

		policy := response.header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy %q has no %s", path, policy, want)
			}
		}

		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") || strings.Contains(policy, "*") {
			t.Errorf("%s: the policy %q lets something in", path, policy)
		}

		if response.header.Get("X-Content-Type-Options") != "nosniff" || response.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, response.header)
		}
	}

	for _, path := range []string{"/_sandbox/page/", "/_sandbox/page/missing.js", "/page.html"} {
		response, body := w.get(path)
		if response.status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, response.status, body)
		}
	}
}

// TestFilesNameNoOtherAddress reads the files: no address of another server, nothing inline, and no way from text to markup.
func TestFilesNameNoOtherAddress(t *testing.T) {
	t.Parallel()

	addresses := regexp.MustCompile(`(https?:)?//[a-z][^\s"']*`)
	markup := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|eval\(|new Function|setHTML`)
	inline := regexp.MustCompile(`(?i)\sstyle=|\son[a-z]+=|<style|<script>|javascript:`)

	for _, name := range []string{"page.html", "page.css", "page.js", "icon.svg"} {
		content, err := os.ReadFile("static/" + name)
		if err != nil {
			t.Fatal(err)
		}

		found := slices.DeleteFunc(addresses.FindAllString(string(content), -1), func(a string) bool { return a == "http://www.w3.org/2000/svg" })
		if name == "page.js" {
			found = slices.DeleteFunc(found, func(a string) bool { return !strings.HasPrefix(a, "http") }) // Comments.
		}

		if len(found) > 0 || markup.Match(content) || name == "page.html" && inline.Match(content) {
			t.Errorf("%s: addresses %q, markup %q, inline %q", name, found, markup.Find(content), inline.Find(content))
		}
	}
}

// TestOthersCannotRead keeps pages of other sites out, as everywhere in the sandbox.
func TestOthersCannotRead(t *testing.T) {
	t.Parallel()

	w := start(t)

	for _, path := range []string{"/", "/_sandbox/world", "/_sandbox/page/page.js"} {
		for name, value := range map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"} {
			response, body := w.send(http.MethodGet, path, "", http.NoBody, map[string]string{name: value})
			if response.status != http.StatusForbidden {
				t.Errorf("%s with %s: %d %s", path, name, response.status, body)
			}
		}

		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://rebound.example"+path, http.NoBody)
		recorder := httptest.NewRecorder()
		w.Handler().ServeHTTP(recorder, request)

		if recorder.Code != http.StatusForbidden {
			t.Errorf("%s under another name: %d", path, recorder.Code)
		}
	}
}

// TestWorld reads what the page gets: everything that fill made, and no secret.
func TestWorld(t *testing.T) {
	t.Parallel()

	w := start(t)
	w.fill()

	response, body := w.get("/_sandbox/world")

	for _, want := range []string{
		`"Order 1001"`, `"Mira Sample"`, `"suggested replies"`, `"Blue lamp, "`, `"https://shop.example/lamp"`, `"Street"`, `"Morning"`, `"Depots"`,
		`"bill.pdf"`, `"application/pdf, 18231 bytes, https://files.example/bill.pdf"`, `"Theo Sample"`, `"Track an order"`, `"Juno Sample"`, `"gold"`,
		`"January"`, `"IBAN"`, `"private":true`, `"letter.txt"`, `, 13 bytes"`, `"billing"`, `"First Agent"`, `"hooks.example"`, `"hello"`,
		`"Delivery times"`, `"published"`, `"Support"`,
	} {
		want = strings.ReplaceAll(want, `lamp, "`, `lamp"`)
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}

	for _, secret := range []string{
		chatlake.AdminToken, chatlake.AgentToken, chatlake.BotToken, chatlake.PlatformToken, kommunicate.APIKey, kommunicate.AgentPassword, imichat.APIKey,
		"/very/secret/path", "hmac", "pubsub", "password", "token",
	} {
		if strings.Contains(strings.ToLower(body), strings.ToLower(secret)) {
			t.Errorf("the world tells %q", secret)
		}
	}

	if t.Failed() {
		t.Log(body)
	}

	// The same world is not sent twice, and looking changes nothing.
	tag := response.header.Get("ETag")

	again, body := w.send(http.MethodGet, "/_sandbox/world", "", http.NoBody, map[string]string{"If-None-Match": tag})
	if again.status != http.StatusNotModified || body != "" {
		t.Errorf("asked again: %d, %d bytes", again.status, len(body))
	}

	w.post("/chatlake/api/v1/accounts/1/labels", `{"title":"later"}`)

	changed, body := w.send(http.MethodGet, "/_sandbox/world", "", http.NoBody, map[string]string{"If-None-Match": tag})
	if changed.status != http.StatusOK || !strings.Contains(body, `"later"`) {
		t.Errorf("asked after a change: %d", changed.status)
	}
}

// TestPageInABrowser looks at the page as people do: with eyes, in the dark, on a phone, and by keyboard.
func TestPageInABrowser(t *testing.T) {
	w := start(t)
	b := startBrowser(t)

	w.fill()
	b.screen(1440, 900, "light")
	call[object](b, "Page.navigate", object{"url": w.url + "/"})
	b.wait(`document.getElementById('connection').textContent`, "Live")
	b.wait(`document.querySelector('#platforms [aria-current]').textContent`, "Kommunicate")
	b.picture("list")

	// By keyboard alone: to the conversation, and into it.
	b.text(`document.body.focus()`)

	for range 40 {
		if strings.HasPrefix(b.text(`document.activeElement.tagName + document.activeElement.textContent`), "AOrder 1001") {
			break
		}

		b.press("Tab", 9)
	}

	b.press("Enter", 13)
	b.wait(`document.querySelector('.thread h2') ? document.querySelector('.thread h2').textContent : ''`, "Order 1001")

	// Everything is text.
	b.wait(`[...document.querySelectorAll('.message .text')].some((text) => text.textContent === `+quote(script)+`)`, "true")

	got := b.text(`typeof window.broken`)
	if got != "undefined" {
		t.Errorf("a message ran a script: window.broken is %s", got)
	}

	got = b.text(`document.querySelectorAll('main img, main script, main iframe, main form').length`)
	if got != "0" {
		t.Errorf("%s elements came from messages", got)
	}

	for what, want := range map[string]string{
		`.message[data-side="customer"]`: "2", `.message[data-side="bot"]`: "4", `.message[data-side="team"]`: "1", ".card": "2", ".field": "2", ".option": "2", ".file": "1", ".row": "1",
	} {
		got = b.text(`document.querySelectorAll(` + quote(what) + `).length`)
		if got != want {
			t.Errorf("%s %s, want %s", got, what, want)
		}
	}

	b.picture("rich")

	got = b.text(`document.documentElement.scrollHeight <= innerHeight`)
	if got != "true" {
		t.Error("the page as a whole scrolls, beside its parts")
	}

	// What comes while one looks is there at once, and what has the focus keeps it.
	b.text(`document.querySelector('.list a').focus()`)
	w.post("/kommunicate/rest/ws/message/v2/send", `{"clientGroupId":"order-1001","fromUserName":"mira","message":"It has come!"}`)
	b.wait(`[...document.querySelectorAll('.message')].at(-1).querySelector('.text').textContent`, "It has come!")

	got = b.text(`document.activeElement.closest('.list') !== null`)
	if got != "true" {
		t.Error("an update took the focus away")
	}

	b.wait(`document.querySelector('#requests .path').textContent`, "/rest/ws/message/v2/send")

	// Bodies of requests are shown, without secrets.
	b.text(`document.querySelectorAll('#requests details').forEach((request) => { request.open = true; })`)

	journal := b.text(`document.getElementById('requests').textContent`)
	if !strings.Contains(journal, `"message": "It has come!"`) || strings.Contains(journal, "very/secret/path") {
		t.Errorf("the journal: %s", journal)
	}

	b.text(`document.getElementById('changes').click()`)
	b.wait(`[...document.querySelectorAll('#requests .verb')].every((verb) => verb.hasAttribute('data-changes'))`, "true")

	for name, hash := range map[string]string{
		"chatlake": "/chatlake/1/conversations/1", "people": "/chatlake/1/people", "settings": "/chatlake/1/settings", "help": "/chatlake/1/help",
		"imichat": "/imichat",
	} {
		b.text(`document.querySelectorAll('#requests details').forEach((request) => { request.open = false; }); location.hash = ` + quote(hash))
		b.wait(`document.querySelector('#platforms [aria-current]').textContent.toLowerCase()`, strings.Split(hash, "/")[1])
		b.picture(name)

		got = b.text(`document.title.endsWith('Sandbox')`)
		if got != "true" {
			t.Errorf("%s: no title", hash)
		}
	}

	for _, scheme := range []string{"light", "dark"} {
		b.screen(390, 844, scheme)

		for name, hash := range map[string]string{
			"list": "/chatlake/1/conversations", "thread": "/chatlake/1/conversations/1", "rich": "/kommunicate/sandbox-application/conversations/131000003",
			"people": "/chatlake/1/people", "settings": "/chatlake/1/settings", "requests": "/requests",
		} {
			b.text(`location.hash = ` + quote(hash))
			b.wait(`document.querySelector('#platforms [aria-current]').textContent.toLowerCase()`, strings.Split(hash, "/")[1])
			b.picture("phone-" + scheme + "-" + name)

			got = b.text(`document.documentElement.scrollWidth <= 390`)
			if got != "true" {
				t.Errorf("%s is wider than a phone: %s", hash, b.text(`document.documentElement.scrollWidth`))
			}

			b.checkContrast(scheme + " " + hash)
		}
	}

	b.screen(1440, 900, "dark")
	b.text(`location.hash = '/chatlake/1/conversations/1'`)
	b.wait(`document.querySelector('.thread h2').textContent`, "Juno Sample")
	b.picture("dark")
	b.checkContrast("dark")
	b.checkNames()

	// A lost sandbox is said, and one that is back is, too.
	call[object](b, "Network.emulateNetworkConditions", object{"offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
	b.wait(`document.getElementById('connection').textContent`, "The sandbox does not answer")
	call[object](b, "Network.emulateNetworkConditions", object{"offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
	b.wait(`document.getElementById('connection').textContent`, "Live")

	// A reset empties the page.
	w.post("/_sandbox/reset", "")
	b.wait(`document.querySelectorAll('.thread h2').length`, "0")

	for _, method := range []string{"Runtime.exceptionThrown", "Audits.issueAdded"} {
		found := b.named(method)
		if len(found) > 0 {
			t.Errorf("%s: %s", method, found)
		}
	}

	for _, request := range b.named("Network.requestWillBeSent") {
		var sent struct{ Request struct{ URL string } }

		err := json.Unmarshal([]byte(request), &sent)
		if err != nil || !strings.HasPrefix(sent.Request.URL, w.url+"/") && sent.Request.URL != "about:blank" {
			t.Errorf("the page asked %s (%v)", sent.Request.URL, err)
		}
	}
}

func quote(text string) string {
	raw, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}

	return string(raw)
}

// checkContrast measures every text that is shown against what is behind it, as WCAG 2.2 does for level AA.
func (b *browser) checkContrast(where string) {
	b.t.Helper()

	found := b.text(`(() => {
		const channel = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
		const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
		const parse = (color) => color.match(/[\d.]+/g).map(Number);
		const behind = (node) => {
			for (; node; node = node.parentElement) {
				const color = parse(getComputedStyle(node).backgroundColor);
				if (color.length === 3 || color[3] > 0.99) return color;
			}
			return [255, 255, 255];
		};
		document.getAnimations().forEach((animation) => animation.finish());
		const poor = new Set();
		for (const node of document.querySelectorAll('body *')) {
			const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== '');
			if (!own || !node.checkVisibility() || node.closest('.unseen, .skip')) continue;
			const [a, z] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
			const ratio = (a + 0.05) / (z + 0.05);
			if (ratio < 4.5) poor.add(node.className + ' ' + node.tagName + ' ' + ratio.toFixed(2));
		}
		return [...poor].join('; ');
	})()`)
	if found != "" {
		b.t.Errorf("%s: too little contrast: %s", where, found)
	}
}

// checkNames reads the page as a screen reader does: each thing that can be used has a name, and the parts of the page are
// landmarks.
func (b *browser) checkNames() {
	b.t.Helper()

	tree := call[struct {
		Nodes []struct {
			Ignored bool
			Role    struct{ Value string }
			Name    struct{ Value string }
		}
	}](b, "Accessibility.getFullAXTree", nil)

	seen := map[string]int{}

	for _, node := range tree.Nodes {
		if node.Ignored {
			continue
		}

		role := node.Role.Value
		seen[role]++

		switch role {
		case "link", "button", "checkbox", "searchbox", "navigation", "complementary", "heading", "list", "region":
			if node.Name.Value == "" && role != "list" {
				b.t.Errorf("a %s has no name", role)
			}
		}
	}

	for _, role := range []string{"banner", "navigation", "main", "complementary", "heading", "status", "checkbox", "searchbox", "link"} {
		if seen[role] == 0 {
			b.t.Errorf("a screen reader finds no %s: %v", role, seen)
		}
	}
}
