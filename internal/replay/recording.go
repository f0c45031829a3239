package replay

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Key names a step of a sequence.
type Key struct {
	Sequence string
	Step     int
}

func (k Key) String() string { return fmt.Sprintf("%s %d", k.Sequence, k.Step) }

// Row is what is recorded of one answer.
type Row struct {
	Key
	Status int
	// Headers are the few that matter to a client.
	Headers map[string]string
	// Body is json, text or empty.
	Body   string
	Answer any
}

func (r Row) String() string { return fmt.Sprintf("%d %s %s", r.Status, r.Body, brief(r.Answer)) }

// Recording is what one server answered.
type Recording map[Key]Row

// rowJSON is a row as it is stored, one a line: [sequence, step, status, headers, body, answer].
type rowJSON [6]any

// Write stores rows, compressed.
func Write(w io.Writer, rows []Row) error {
	packed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}

	for _, row := range rows {
		line := encode(rowJSON{row.Sequence, row.Step, row.Status, row.Headers, row.Body, row.Answer})
		if _, err := io.WriteString(packed, line+"\n"); err != nil {
			return err
		}
	}

	return packed.Close()
}

// Read reads what Write stored.
func Read(r io.Reader) (Recording, error) {
	unpacked, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}

	recording := Recording{}
	lines := bufio.NewReader(unpacked)

	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF { //nolint:errorlint // The reader returns it bare.
			return recording, nil
		}

		if err != nil {
			return nil, err
		}

		row, err := readRow(line)
		if err != nil {
			return nil, err
		}

		recording[row.Key] = row
	}
}

func readRow(line []byte) (Row, error) {
	var (
		row    Row
		fields [5]json.RawMessage
		parts  []json.RawMessage
	)

	if err := json.Unmarshal(line, &parts); err != nil || len(parts) != len(fields)+1 {
		return row, fmt.Errorf("not a row of a recording: %.100s: %w", line, err)
	}

	for i, into := range []any{&row.Sequence, &row.Step, &row.Status, &row.Headers, &row.Body, &row.Answer} {
		if err := decodeNumbers(parts[i], into); err != nil {
			return row, fmt.Errorf("not a row of a recording: %.100s: %w", line, err)
		}
	}

	return row, nil
}

func keptHeaders(header http.Header) map[string]string {
	kept := map[string]string{}

	for _, name := range []string{"content-type", "location", "retry-after", "www-authenticate"} {
		value := header.Get(name)
		if value == "" {
			continue
		}

		if name == "content-type" {
			value = strings.ReplaceAll(strings.ToLower(value), " ", "")
		}

		kept[name] = value
	}

	return kept
}
