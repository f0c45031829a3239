package chatlake

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// captainDocument is a page that an assistant has read.
type captainDocument struct {
	id                    int64
	name                  *string
	link                  string
	content               *string
	status                string // in_progress, available
	syncStatus, syncError *string
	synced, attempted     time.Time
	file                  *blob
	assistant             *captainAssistant
	created, updated      time.Time
}

func (r *captainDocument) key() int64   { return r.id }
func (r *captainDocument) owner() int64 { return r.assistant.account }

func (p *Platform) captainDocumentJSON(r *captainDocument) object {
	orNull := func(at time.Time) any {
		if at.IsZero() {
			return nil
		}

		return epoch(at)
	}
	out := object{
		"id": r.id, "account_id": r.assistant.account, "assistant": r.assistant.json(), "name": r.name, "external_link": r.link, "display_url": r.link,
		"content": r.content, "content_type": nil, "file_size": nil, "pdf_document": r.file != nil, "status": r.status,
		"sync_status": r.syncStatus, "sync_in_progress": false, "last_synced_at": orNull(r.synced), "last_sync_attempted_at": orNull(r.attempted),
		"last_sync_error_code": r.syncError, "created_at": epoch(r.created), "updated_at": epoch(r.updated),
	}

	if r.file != nil {
		out["content_type"], out["file_size"], out["display_url"] = r.file.file.contentType, len(r.file.file.data), p.blobURL(r.file)
	}

	return out
}

func (p *Platform) captainDocumentKind() kind {
	const one = "/captain/documents/{document}"

	documents := p.captainDocumentShelf()

	return kind{
		name: "captain/documents",
		endpoints: ofEnterprise(
			get("/captain/documents", member, p.listCaptainDocuments).takes("page assistant_id source filter search_key sort").from(captainSince),
			post("/captain/documents", admin, p.createCaptainDocument).from(captainSince),
			get(one, member, documents.show).from(captainSince),
			remove(one, admin, documents.remove).from(captainSince),
			post(one+"/sync", admin, p.syncCaptainDocument).from("4.15.0"),
		),
		view: func(account int64) sandbox.TableView {
			return tableOf("Captain's documents", documents.rows, func(r *captainDocument) (int64, []string) {
				return r.assistant.account, []string{number(r.id), deref(r.assistant.name), r.link, r.status}
			}, account, "Id", "Assistant", "Link", "Status")
		},
		held: func(c *call) []map[string]any { return held(c, documents) },
	}
}

func (p *Platform) captainDocumentShelf() *shelf[*captainDocument] {
	return shelf[*captainDocument]{
		p: p, param: "document", rows: rowsOf[*captainDocument](p, "captain/documents"), deleted: http.StatusNoContent,
		shape: func(_ *call, r *captainDocument) any { return p.captainDocumentJSON(r) },
	}.with()
}

// createCaptainDocument answers before the page is read. Unverified: that a file without a name has none, and how large one may be.
func (p *Platform) createCaptainDocument(c *call) sandbox.Reply {
	in, refused := readRoot(c.Request, "document", nil, "name", "external_link", "assistant_id", "pdf_file")
	if refused != nil {
		return *refused
	}

	assistant, found := p.captainAssistantShelf().rows.Get(castInteger(in.values["assistant_id"]))
	if !found || assistant.account != c.account.id {
		return *refuse(http.StatusUnprocessableEntity, "Missing Assistant")
	}

	now := p.core.Now()
	r := &captainDocument{assistant: assistant, status: "in_progress", created: now, updated: now}

	link := (*string)(nil)

	in.optString("name", &r.name, maxString)
	in.optString("external_link", &link, maxLong)
	r.link = strings.TrimSuffix(deref(link), "/")

	files := in.files["pdf_file"]
	if len(files) > 0 {
		name := strings.TrimSuffix(files[0].name, files[0].name[max(0, strings.LastIndex(files[0].name, ".")):])
		r.file, r.link = p.storeBlob(files[0]), "PDF: "+name+"_"+now.UTC().Format("20060102150405")
	}

	refusal := p.checkCaptainDocument(r, in)
	if refusal != "" {
		return *refuse(http.StatusUnprocessableEntity, refusal)
	}

	r.id = p.nextID("captain/documents")
	p.captainDocumentShelf().rows.Put(r.id, r)

	answer := ok(p.captainDocumentJSON(r))
	if r.file == nil {
		p.later(func() { p.readCaptainDocument(r) })
	}

	return answer
}

// checkCaptainDocument returns all that is wrong in one sentence.
func (p *Platform) checkCaptainDocument(r *captainDocument, in *input) string {
	documents := p.captainDocumentShelf().rows
	isTaken := func(one *captainDocument) bool { return one.assistant == r.assistant && one.link == r.link }
	sentences := slices.Clone(in.errs.sentences)

	switch {
	case r.link == "":
		sentences = append(sentences, "External link can't be blank")
	case len(documents.Where(isTaken)) > 0:
		sentences = append(sentences, "External link has already been taken")
	}

	switch {
	case r.file == nil && strings.HasSuffix(r.link, ".pdf"):
		sentences = append(sentences, "Pdf file can't be blank")
	case r.file != nil && r.file.file.contentType != "application/pdf":
		sentences = append(sentences, "Pdf file must be a PDF file")
	}

	account, _ := p.accounts.Get(r.assistant.account)

	limit, isLimited := account.limits["captain_documents"]
	if len(sentences) == 0 && isLimited {
		held := len(documents.Where(func(one *captainDocument) bool { return one.owner() == r.owner() }))
		if int64(held) >= castInteger(limit) {
			return "Document limit exceeded"
		}
	}

	return strings.Join(sentences, ", ")
}

// readCaptainDocument is the job that reads a page. What is not on the public internet cannot be read; a page that can be gives
// its title to the document, and the pages that it links to become documents too.
func (p *Platform) readCaptainDocument(r *captainDocument) {
	r.attempted = p.core.Now()
	r.updated, r.status = r.attempted, "available"
	r.syncStatus, r.syncError = new("failed"), new("fetch_failed")

	isPage := strings.HasPrefix(r.link, "http://") || strings.HasPrefix(r.link, "https://")
	if !isPage || strings.Contains(r.link, ".invalid") {
		return
	}

	r.syncStatus, r.syncError, r.synced = new("synced"), nil, r.attempted
	r.name, r.content = new(""), new("{\"status\":\"woot\"}\n\n")

	if !strings.HasSuffix(r.link, "/with-links") {
		return
	}

	r.name = new("A page with links")

	sibling := &captainDocument{
		id: p.nextID("captain/documents"), link: r.link + "/sibling", assistant: r.assistant, status: "in_progress", created: r.attempted, updated: r.attempted,
	}

	p.captainDocumentShelf().rows.Put(sibling.id, sibling)
	p.later(func() { p.readCaptainDocument(sibling) })
}

// syncCaptainDocument reads a page again.
func (p *Platform) syncCaptainDocument(c *call) sandbox.Reply {
	r, refused := p.captainDocumentShelf().find(c)
	if refused != nil {
		return *refused
	}

	if r.file != nil {
		return *refuse(http.StatusUnprocessableEntity, "Sync is not supported for PDF documents")
	}

	p.later(func() { p.readCaptainDocument(r) })

	return empty(http.StatusAccepted)
}

// listCaptainDocuments has what changed last first. Unverified: that releases before 4.15.0 know another order, and filters.
func (p *Platform) listCaptainDocuments(c *call) sandbox.Reply {
	query := c.URL.Query()

	rows := p.captainDocumentShelf().rows.Where(func(r *captainDocument) bool {
		isIn := query.Get("assistant_id") == "" || r.assistant.id == leadingInteger(query.Get("assistant_id"))
		isSource := query.Get("source") == "" || (query.Get("source") == "pdf") == (r.file != nil)
		isFilter := query.Get("filter") == "" || deref(r.syncStatus) == query.Get("filter")
		isFound := strings.Contains(deref(r.name), query.Get("search_key")) || strings.Contains(r.link, query.Get("search_key"))

		return r.owner() == c.account.id && isIn && isSource && isFilter && isFound
	})
	slices.SortStableFunc(rows, func(a, b *captainDocument) int {
		if query.Get("sort") == "recently_created" {
			return int(b.id - a.id)
		}

		return cmp.Or(b.updated.Compare(a.updated), int(b.id-a.id))
	})

	return countedPage(c, mapped(rows, p.captainDocumentJSON))
}
