package transport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
)

// Kind says what may be done with a call beyond sending it once. The verb does not tell: there are platforms that delete
// with GET and read with POST.
type Kind int

const (
	// KindRead changes nothing: it may be shared and repeated.
	KindRead Kind = iota
	// KindWrite may be repeated: doing it twice is doing it once.
	KindWrite
	// KindCreate makes something new each time: it is repeated only when it surely had no effect.
	KindCreate
)

// Call is one request as a platform's client means it.
type Call struct {
	Kind   Kind
	Method string
	// Path is escaped, and relative to the base address.
	Path string
	// Base replaces the client's base address: for a platform of two hosts.
	Base   *url.URL
	Query  url.Values
	Header http.Header
	// Body is the encoded body, or nil.
	Body []byte

	platform  string
	address   string
	requestOf func(http.Header) string
	hidden    *secrets
	isSecret  func(object, name string) bool
	signature []string // The headers that hold the credential.
	err       error
}

// Read builds a call that changes nothing. Each %s of the path takes one element, escaped.
func Read(method, path string, elements ...string) Call {
	return newCall(KindRead, method, path, elements)
}

// Write builds a call that may be repeated.
func Write(method, path string, elements ...string) Call {
	return newCall(KindWrite, method, path, elements)
}

// Create builds a call that must not be repeated.
func Create(method, path string, elements ...string) Call {
	return newCall(KindCreate, method, path, elements)
}

func newCall(kind Kind, method, path string, elements []string) Call {
	call := Call{Kind: kind, Method: method}

	escaped := make([]any, len(elements))
	for i, element := range elements {
		// Escaping leaves dots alone, and servers and proxies resolve them: such an element would address something else.
		if element == "" || element == "." || element == ".." {
			call.err = fmt.Errorf("%q cannot be part of a path", element)
		}

		escaped[i] = url.PathEscape(element)
	}

	call.Path = fmt.Sprintf(path, escaped...)

	return call
}

// At says which base address the call is relative to, for errors about its answer that the caller makes.
func (c Call) At(base *url.URL) Call {
	c.address = addressOf(base, &c)
	return c
}

// Address returns what the call asks, without the query; "" if it was neither sent nor given a base address.
func (c Call) Address() string { return c.address }

// WithQuery adds query parameters.
func (c Call) WithQuery(query url.Values) Call {
	c.Query = query
	return c
}

// WithHeader adds a header.
func (c Call) WithHeader(name, value string) Call {
	header := c.Header.Clone()
	if header == nil {
		header = http.Header{}
	}

	if strings.ContainsAny(value, "\r\n\x00") {
		c.err = fmt.Errorf("header %s cannot hold %q", name, value)
	}

	header.Set(name, value)
	c.Header = header

	return c
}

// WithJSON sets a JSON body.
func (c Call) WithJSON(body any) Call {
	var buffer bytes.Buffer

	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false) // Messages hold HTML; it should arrive, and be logged, as it was written.

	if err := encoder.Encode(body); err != nil {
		c.err = err
	}

	c.Body = bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))

	return c.WithHeader("Content-Type", "application/json")
}

// Part is one field of a form: text, or a file if Name is set.
type Part struct {
	Field       string
	Text        string
	Name        string
	ContentType string
	Content     io.Reader
}

// WithForm sets a multipart body.
func (c Call) WithForm(parts ...Part) Call {
	var buffer bytes.Buffer

	form := multipart.NewWriter(&buffer)
	for _, part := range parts {
		if err := part.write(form); err != nil {
			c.err = err
		}
	}

	if err := form.Close(); err != nil {
		c.err = err
	}

	c.Body = buffer.Bytes()

	return c.WithHeader("Content-Type", form.FormDataContentType())
}

func (p Part) write(form *multipart.Writer) error {
	if p.Name == "" {
		return form.WriteField(p.Field, p.Text)
	}

	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition(p.Field, p.Name))
	header.Set("Content-Type", p.ContentType)

	w, err := form.CreatePart(header)
	if err != nil {
		return err
	}

	_, err = io.Copy(w, p.Content)

	return err
}

func (c *Call) requestID(header http.Header) string {
	if c.requestOf == nil {
		return ""
	}

	return c.requestOf(header)
}
