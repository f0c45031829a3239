package api

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// CaptainDocument is a page, or a file, that an assistant has read.
type CaptainDocument struct {
	ID           ID     `json:"id"`
	Name         string `json:"name"`
	ExternalLink string `json:"external_link"`
	IsFile       bool   `json:"pdf_document"`
	Status       string `json:"status"`
	SyncStatus   string `json:"sync_status"`
	SyncError    string `json:"last_sync_error_code"`
	Assistant    struct {
		ID ID `json:"id"`
	} `json:"assistant"`
}

func (d CaptainDocument) identity() ID { return d.ID }

// Check refuses a document that cannot be told from others.
func (d CaptainDocument) Check() error { return checkID(d.ID) }

// IsUnread reports whether the server has yet to read the page.
func (d CaptainDocument) IsUnread() bool { return d.Status == "in_progress" }

// CaptainDocumentRequest is what a create of a document sends. There is no update.
type CaptainDocumentRequest struct {
	ExternalLink string `json:"external_link"`
	AssistantID  ID     `json:"assistant_id"`
}

// CaptainDocuments are the documents of all assistants, also those that the server has made of links. They are listed by their
// creation: the server's own order changes while pages are read. The vendor's pages do not have them. Unverified: that servers
// before 4.15.0 know that order.
func (c *Client) CaptainDocuments() *PagedObjects[CaptainDocument, CaptainDocumentRequest] {
	return pagedObjectsOf[CaptainDocument, CaptainDocumentRequest](c, "chatlake_captain_document", "document", "sort", "recently_created")
}

// CaptainDocumentsOf lists the pages of an assistant, without files.
func (c *Client) CaptainDocumentsOf(ctx context.Context, assistant ID) ([]CaptainDocument, error) {
	var own []CaptainDocument

	for document, err := range c.CaptainDocuments().Each(ctx) {
		switch {
		case err != nil:
			return nil, err
		case document.Assistant.ID == assistant && !document.IsFile:
			own = append(own, document)
		}
	}

	return own, nil
}

// CreateCaptainDocument makes a document of a page. The server reads it later. A refusal does not say in a form for programs what it is
// about, so the client looks whether the assistant has the page.
//
// POST /captain/documents is not on the vendor's pages.
func (c *Client) CreateCaptainDocument(ctx context.Context, request CaptainDocumentRequest) (CaptainDocument, error) {
	created, err := c.CaptainDocuments().Create(ctx, request)

	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusUnprocessableEntity {
		return created, err
	}

	own, problem := c.CaptainDocumentsOf(ctx, request.AssistantID)
	if problem != nil {
		return created, err // The refusal is reported, and this would only have explained it.
	}

	explained := *failure
	explained.Advice = "If the account has as many documents as it may (limits.captain_documents, also documents that the server made of links count), delete some, " +
		"or ask a super administrator of the server for more."

	for _, document := range own {
		if document.ExternalLink == request.ExternalLink {
			explained.Advice, explained.Fields = "", map[string]string{"external_link": failure.Message}
		}
	}

	return created, &explained
}

// CreateCaptainFile makes a document of a PDF file, which the server reads later. It calls the document by the file's name and the
// second, so that two files of a name within a second collide.
//
// POST /captain/documents with a form is not on the vendor's pages.
func (c *Client) CreateCaptainFile(ctx context.Context, assistant ID, file File) (CaptainDocument, error) {
	defer c.CaptainDocuments().pages.Drop()

	turn := c.uploads.turn(assistant.String() + "/" + file.Name)
	if turn > 0 && !wait(ctx, turn, "a time at which no other file has the name of this one") {
		return CaptainDocument{}, ctx.Err()
	}

	call := c.create("POST", "/captain/documents").WithForm(transport.Part{Field: "document[assistant_id]", Text: assistant.String()}, file.part("document[pdf_file]"))

	created, err := doObject[CaptainDocument](ctx, c, call)

	failure := transport.As(err)
	if failure == nil || failure.Status != http.StatusUnprocessableEntity {
		return created, err
	}

	explained := *failure
	explained.Advice = "If the link is taken, another file of this name was uploaded in the same second: apply again. " +
		"If the account has as many documents as it may (limits.captain_documents, also documents that the server made of links count), delete some, " +
		"or ask a super administrator of the server for more."

	return created, &explained
}

// uploads gives files of one name times that differ.
type uploads struct {
	mu   sync.Mutex
	free map[string]time.Time // When the next one of a name may be sent.
}

// turn returns how long a file of a name has to wait. The server sees it a moment after it is sent, so they are more than a second
// apart.
func (u *uploads) turn(name string) time.Duration {
	const apart = 2 * time.Second

	u.mu.Lock()
	defer u.mu.Unlock()

	if u.free == nil {
		u.free = map[string]time.Time{}
	}

	turn := max(0, time.Until(u.free[name]))
	u.free[name] = time.Now().Add(turn + apart)

	return turn
}

// IsFileOf reports whether a document is a file of an assistant with this name, which was uploaded at that time or later.
func (d CaptainDocument) IsFileOf(assistant ID, name string, begun time.Time) bool {
	const second = "20060102150405"

	stamp, isNamed := strings.CutPrefix(d.ExternalLink, "PDF: "+strings.TrimSuffix(name, filepath.Ext(name))+"_")
	made, err := time.Parse(second, stamp)

	return isNamed && err == nil && d.IsFile && d.Assistant.ID == assistant && !made.Before(begun)
}

// AwaitCaptainDocument waits until the server has read a page, or could not. When the time is up, the document is what it was last.
func (c *Client) AwaitCaptainDocument(ctx context.Context, document CaptainDocument) (CaptainDocument, error) {
	defer c.CaptainDocuments().pages.Drop()

	call := c.read("GET", "/captain/documents/%s", document.ID.String())
	read := func(ctx context.Context) (CaptainDocument, error) { return doObject[CaptainDocument](ctx, c, call) }
	what := "Captain document " + document.ID.String()

	for started := time.Now(); document.IsUnread(); {
		found, err := ReadBack(ctx, what, read, nil)

		switch {
		case ctx.Err() != nil:
			return document, nil
		case err != nil:
			return document, err
		}

		document = found
		if document.IsUnread() && !wait(ctx, nextLook(started), "the server to read the page of "+what) {
			break
		}
	}

	return document, nil
}
