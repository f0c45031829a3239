package replay

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"strings"
)

// request is one request before it is sent.
type request struct {
	method, path, query, token string
	body                       []byte
	contentType                string
	headers                    map[string]*string
}

// reply is an answer. Its value is nil if it is not JSON.
type reply struct {
	status int
	header http.Header
	raw    []byte
	value  any
	isJSON bool
}

func (s *Settings) send(ctx context.Context, r request) (reply, error) {
	address := s.BaseURL + escapePath(r.path)
	if r.query != "" {
		address += "?" + r.query
	}

	req, err := http.NewRequestWithContext(ctx, r.method, address, bytes.NewReader(r.body))
	if err != nil {
		return reply{}, err
	}

	req.Header.Set("Accept", "application/json")

	if r.contentType != "" {
		req.Header.Set("Content-Type", r.contentType)
	}

	if r.token != "" {
		req.Header.Set("Api-Access-Token", r.token)
	}

	for name, value := range r.headers {
		if value == nil {
			req.Header.Del(name)
			continue
		}

		req.Header.Del(name)
		req.Header[name] = []string{*value} // As it is written: some servers tell the spellings apart.
	}

	response, err := s.Client.Do(req)
	if err != nil {
		return reply{}, err
	}

	defer func() { _ = response.Body.Close() }()

	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{}, err
	}

	got := reply{status: response.StatusCode, header: response.Header, raw: raw}
	got.value, got.isJSON = parseJSON(raw)

	return got, nil
}

// escapePath escapes what a path cannot hold, and leaves escapes and slashes as they are.
func escapePath(path string) string {
	var out strings.Builder

	for _, b := range []byte(path) {
		isWord := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
		if isWord || strings.IndexByte("_.-~/:%@+=&,", b) >= 0 {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}

	return out.String()
}

var placeholder = regexp.MustCompile(`\{\{([^{}]+)\}\}`)

// fillText replaces {{name}} in a text.
func fillText(text string, lookup func(string) any) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		return plain(lookup(found[2 : len(found)-2]))
	})
}

// fillValue replaces {{name}} in a value; a text that is one name alone becomes the value with its type.
func fillValue(value any, lookup func(string) any) any {
	switch value := value.(type) {
	case string:
		whole := placeholder.FindString(value)
		if whole != "" && whole == value {
			return lookup(value[2 : len(value)-2])
		}

		return fillText(value, lookup)
	case []any:
		rows := make([]any, len(value))
		for i, row := range value {
			rows[i] = fillValue(row, lookup)
		}

		return rows
	case object:
		out := object{}
		for key, inner := range value {
			out[fillText(key, lookup)] = fillValue(inner, lookup)
		}

		return out
	default:
		return value
	}
}

// fillJSON replaces {{name}} in the texts of a JSON value, and leaves everything else as it is written: the order of keys
// and the digits of numbers may matter to a server.
func fillJSON(raw []byte, lookup func(string) any) ([]byte, error) {
	var out bytes.Buffer

	for i := 0; i < len(raw); {
		if raw[i] != '"' {
			out.WriteByte(raw[i])
			i++

			continue
		}

		end := i + 1
		for raw[end] != '"' {
			if raw[end] == '\\' {
				end++
			}

			end++
		}

		literal := raw[i : end+1]
		i = end + 1

		if !bytes.Contains(literal, []byte("{{")) {
			out.Write(literal)
			continue
		}

		var text string
		if err := json.Unmarshal(literal, &text); err != nil {
			return nil, err
		}

		isKey := bytes.HasPrefix(bytes.TrimLeft(raw[i:], " \t\r\n"), []byte(":"))
		if isKey {
			out.WriteString(encode(fillText(text, lookup)))
		} else {
			out.WriteString(encode(fillValue(text, lookup)))
		}
	}

	return out.Bytes(), nil
}

// encodeForm encodes pairs of a name and a text, or a name and a file.
func encodeForm(form [][2]json.RawMessage, fill func(string) any) (body []byte, contentType string, err error) {
	var out bytes.Buffer

	writer := multipart.NewWriter(&out)

	for _, pair := range form {
		var (
			name  string
			value any
		)

		if err := json.Unmarshal(pair[0], &name); err != nil {
			return nil, "", err
		}

		if err := decodeNumbers(pair[1], &value); err != nil {
			return nil, "", err
		}

		if err := writePart(writer, fillText(name, fill), fillValue(value, fill)); err != nil {
			return nil, "", err
		}
	}

	if err := writer.Close(); err != nil {
		return nil, "", err
	}

	return out.Bytes(), writer.FormDataContentType(), nil
}

func writePart(writer *multipart.Writer, name string, value any) error {
	file, isFile := value.(object)
	if !isFile {
		return writer.WriteField(name, plain(value))
	}

	media, hasType := file["type"].(string)
	if !hasType {
		media = "text/plain"
	}

	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, name, plain(file["file"])))
	header.Set("Content-Type", media)

	part, err := writer.CreatePart(header)
	if err != nil {
		return err
	}

	text, _ := file["text"].(string)
	data := []byte(text)

	if digits, ok := file["hex"].(string); ok {
		data, err = hex.DecodeString(digits)
		if err != nil {
			return err
		}
	}

	_, err = part.Write(data)

	return err
}

// encodeQuery encodes pairs in their order.
func encodeQuery(pairs [][2]any, lookup func(string) any) string {
	encoded := make([]string, 0, len(pairs))
	for _, pair := range pairs {
		key, value := plain(fillValue(pair[0], lookup)), plain(fillValue(pair[1], lookup))
		encoded = append(encoded, url.QueryEscape(key)+"="+url.QueryEscape(value))
	}

	return strings.Join(encoded, "&")
}
