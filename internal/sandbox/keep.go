package sandbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// keptVersion is the version of the file's form.
const keptVersion = 1

// keeper writes down every request that changes a platform, so that a later sandbox becomes what this one was: it handles
// the same requests, each with the clock and the chance that it had.
//
// A line is a checksum and a JSON value. The checksum covers the lines before it too, so that no line can be lost, changed
// or moved without notice. A request is answered after its line was written: a line that a crash cut belongs to a request
// that got no answer, and is left out.
type keeper struct {
	mu   sync.Mutex
	path string
	file *os.File
	head keptHead
	size int64  // How much of the file is ours.
	sum  uint32 // Of the lines so far.
	n    uint64
	err  error // Why nothing can be written any more.

	replayed *keptRequest // The line that is being handled again.
}

// keptHead is the first line.
type keptHead struct {
	Form    string `json:"form"`
	Version int    `json:"version"`
	// World is what the sandbox was started with: requests mean something else in another one.
	World string `json:"world"`
	// Started is when the seed data came to be.
	Started time.Time `json:"started"`
}

const keptForm = "terraform-provider-chat sandbox"

// keptRequest is any other line.
type keptRequest struct {
	Number uint64      `json:"n"`
	At     time.Time   `json:"at"`
	Method string      `json:"method"`
	Host   string      `json:"host,omitempty"`
	URL    string      `json:"url"` // With the platform's name.
	Header http.Header `json:"header,omitempty"`
	Body   []byte      `json:"body,omitempty"`
	Status int         `json:"status"`
	Answer uint32      `json:"answer"` // The checksum of the answer.
	// Refused marks a request that only let the platform do its work. Its credentials are not kept, so its answer is another one.
	Refused bool `json:"refused,omitempty"`
}

// Keep makes the state last: what the file holds is restored, and from now on every change is written to it. World names
// what else decides how requests are answered. A file of another world is refused, and so are a damaged one and one whose
// requests are answered differently now. The handler is the one that Mount returned for the platforms. Notes takes what
// the user should know.
func (c *Core) Keep(path, world string, handler http.Handler, notes io.Writer, platforms ...Platform) error {
	k := &keeper{path: path, head: keptHead{Form: keptForm, Version: keptVersion, World: world}}

	content, err := os.ReadFile(path) //nolint:gosec // The user names the file.

	isNew := errors.Is(err, fs.ErrNotExist)
	if err != nil && !isNew {
		return err
	}

	c.keeper = k

	if isNew {
		return c.Restart(platforms...)
	}

	if err := k.readHead(content); err != nil {
		return fmt.Errorf("%s %w", path, err)
	}

	if err := c.plant(platforms); err != nil {
		return err
	}

	if err := c.replay(content, handler, notes); err != nil {
		return fmt.Errorf("%s %w", path, err)
	}

	return k.goOn()
}

// Close closes the file if there is one. Nothing is written to it any more.
func (c *Core) Close() error {
	if c.keeper == nil {
		return nil
	}

	c.keeper.mu.Lock()
	defer c.keeper.mu.Unlock()

	if c.keeper.file == nil {
		return nil
	}

	return c.keeper.file.Close()
}

// Restart puts the platforms back to their seed data, and empties the file if there is one.
func (c *Core) Restart(platforms ...Platform) error {
	if c.keeper != nil {
		c.keeper.head.Started = c.now().UTC()
	}

	if err := c.plant(platforms); err != nil || c.keeper == nil {
		return err
	}

	return c.keeper.restart()
}

// plant puts the platforms back to their seed data.
func (c *Core) plant(platforms []Platform) error {
	c.reset()

	if c.keeper != nil {
		c.moment.Store(&c.keeper.head.Started)
		defer c.release()
	}

	for _, p := range platforms {
		p.Lock()
		p.Reset()

		err := p.Plant(c.plants[p.Name()])
		p.Unlock()

		if err != nil {
			return fmt.Errorf("%s: %w", p.Name(), err)
		}
	}

	return nil
}

// readHead compares the first line with what this sandbox writes.
func (k *keeper) readHead(content []byte) error {
	line, _, whole := bytes.Cut(content, []byte("\n"))

	_, raw, ok := bytes.Cut(line, []byte(" "))
	if !whole || !ok || !bytes.Contains(raw, []byte(keptForm)) {
		return errors.New("is no file of a sandbox: name another one with -data")
	}

	var head keptHead

	err := json.Unmarshal(raw, &head)
	switch {
	case err != nil:
		return fmt.Errorf("is damaged in line 1: %w. Name another file with -data", err)
	case head.Version != keptVersion:
		return fmt.Errorf("has version %d, and this sandbox reads version %d: name another file with -data", head.Version, keptVersion)
	case head.World != k.head.World:
		return errors.New("belongs to a sandbox with another -seed or -chatwoot-version: start with the same ones, or name another file with -data")
	}

	k.head = head

	return nil
}

// goOn opens the file for what follows the lines that were read. What a crash cut is taken away.
func (k *keeper) goOn() error {
	file, err := os.OpenFile(k.path, os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}

	k.file = file
	if err := file.Truncate(k.size); err != nil {
		return err
	}

	_, err = file.Seek(k.size, io.SeekStart)

	return err
}

// replay handles the requests of the file again.
func (c *Core) replay(content []byte, handler http.Handler, notes io.Writer) error {
	k := c.keeper
	lines := bufio.NewReader(bytes.NewReader(content))

	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			if len(line) > 0 {
				_, err = fmt.Fprintf(notes, "%s: left out line %d, which was cut while it was written\n", k.path, number)
				return err
			}

			break
		}

		if err != nil {
			return err
		}

		request, err := k.readLine(line, number == 1)
		if err != nil {
			return fmt.Errorf("is damaged in line %d: %w. Name another file with -data", number, err)
		}

		if number == 1 {
			continue
		}

		if err := c.handleAgain(request, handler); err != nil {
			return fmt.Errorf("cannot be restored, because of line %d: %w. Another version of the sandbox may have written it. "+
				"Name another file with -data", number, err)
		}
	}

	c.Journal.Clear()

	return nil
}

// readLine checks one line and takes its checksum on.
func (k *keeper) readLine(line []byte, first bool) (*keptRequest, error) {
	text, raw, ok := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
	sum := crc32.Update(k.sum, crc32.IEEETable, raw)

	if !ok || string(text) != fmt.Sprintf("%08x", sum) {
		return nil, errors.New("its checksum is not that of what it says and of the lines before")
	}

	k.sum, k.size = sum, k.size+int64(len(line))

	if first {
		return nil, nil //nolint:nilnil // The first line holds no request.
	}

	request := &keptRequest{}

	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()

	return request, decoder.Decode(request)
}

// handleAgain handles a request of the file, and tells whether it was answered as it was then.
func (c *Core) handleAgain(request *keptRequest, handler http.Handler) error {
	k := c.keeper
	k.replayed, k.n = request, request.Number

	defer func() { k.replayed = nil }()

	// httptest makes requests without a context or a peer, as those of tests are.
	again := httptest.NewRequest(request.Method, request.URL, bytes.NewReader(request.Body)) //nolint:noctx // It is handled at once.
	again.Header, again.Host, again.RemoteAddr = request.Header.Clone(), request.Host, ""

	if again.Header == nil {
		again.Header = http.Header{}
	}

	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, again)

	sum := crc32.ChecksumIEEE(answer.Body.Bytes())
	if !request.Refused && (answer.Code != request.Status || sum != request.Answer) {
		return fmt.Errorf("%s %s is answered differently now", request.Method, request.URL)
	}

	return nil
}

// Busy is a platform that may have work left, which any request lets it do.
type Busy interface{ Busy() bool }

// change lets a platform handle a request that may change it, and writes the request down. The address is what the request
// asked for, with the platform's name. A busy platform does its work before it answers.
func (c *Core) change(r *http.Request, address string, body []byte, isBusy bool, handle func() Reply) Reply {
	k := c.keeper
	if k == nil {
		return handle()
	}

	if k.err != nil {
		return Text(http.StatusServiceUnavailable, "the sandbox cannot write its file: "+k.err.Error())
	}

	k.n++
	request := keptRequest{
		Number: k.n, At: c.now().UTC(), Method: r.Method, Host: r.Host, URL: address, Header: keptHeader(r.Header), Body: body,
	}

	if k.replayed != nil {
		request.Number, request.At = k.replayed.Number, k.replayed.At
	}

	c.hold(request.At, request.Number)

	reply := handle()

	c.release()

	if k.replayed != nil {
		return reply
	}

	request.Status, request.Answer = reply.Status, crc32.ChecksumIEEE(reply.bytes())
	request.Refused = reply.Status == http.StatusUnauthorized || reply.Status == http.StatusForbidden

	if request.Refused && !isBusy {
		return reply // It changed nothing.
	}

	if request.Refused { // Its credentials are not the sandbox's.
		request.Header, request.Body = nil, nil
	}

	k.err = k.append(request)
	if k.err != nil {
		return Text(http.StatusServiceUnavailable, "the sandbox cannot write its file: "+k.err.Error())
	}

	return reply
}

// turn makes requests wait for each other while state is kept, since each draws from the same chance. It returns what ends
// the turn.
func (c *Core) turn() func() {
	if c.keeper == nil {
		return func() {}
	}

	c.keeper.mu.Lock()

	return c.keeper.mu.Unlock
}

// hold stops the clock, and sets what chance draws next.
func (c *Core) hold(at time.Time, number uint64) {
	c.moment.Store(&at)

	c.mu.Lock()
	defer c.mu.Unlock()

	c.rand = rand.New(rand.NewPCG(c.seed, number)) //nolint:gosec // Repeatable on purpose: nothing here is a secret.
}

// release lets the clock go on.
func (c *Core) release() {
	c.moment.Store(nil)
}

// keptHeader returns the headers that a platform may look at.
func keptHeader(header http.Header) http.Header {
	kept := http.Header{}

	for name, values := range header {
		switch name {
		case "User-Agent", "Accept-Encoding", "Connection", "Content-Length", "Traceparent", "Referer":
		default:
			if !strings.HasPrefix(name, "Sec-") {
				kept[name] = values
			}
		}
	}

	return kept
}

// append writes one line.
func (k *keeper) append(line any) error {
	info, err := os.Stat(k.path)
	if err != nil {
		return err
	}

	if info.Size() != k.size {
		return fmt.Errorf("another program writes %s, too", k.path)
	}

	raw, err := json.Marshal(line)
	if err != nil {
		return err
	}

	sum := crc32.Update(k.sum, crc32.IEEETable, raw)

	written, err := fmt.Fprintf(k.file, "%08x %s\n", sum, raw)
	if err != nil {
		return err
	}

	k.sum, k.size = sum, k.size+int64(written)

	return k.file.Sync()
}

// restart replaces the file by one that holds no request. The old one stays whole until the new one is.
func (k *keeper) restart() error {
	file, err := os.CreateTemp(filepath.Dir(k.path), filepath.Base(k.path)+".*")
	if err != nil {
		return err
	}

	raw, err := json.Marshal(k.head)
	if err != nil {
		return errors.Join(err, file.Close())
	}

	sum := crc32.ChecksumIEEE(raw)

	written, err := fmt.Fprintf(file, "%08x %s\n", sum, raw)

	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}

	if k.file != nil {
		_ = k.file.Close() // Some systems replace no open file.
	}

	if err := os.Rename(file.Name(), k.path); err != nil {
		return err
	}

	k.n, k.sum, k.size = 0, sum, int64(written)
	k.file, err = os.OpenFile(k.path, os.O_WRONLY|os.O_APPEND, 0o600)

	return err
}
