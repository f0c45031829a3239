package page_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"testing"
	"time"
)

// browser is a real Chromium without a window. It is driven by its own protocol over a pipe, which needs no library: one
// JSON value in each direction, ended by a zero byte.
type browser struct {
	t       *testing.T
	write   *os.File
	session string

	mu      sync.Mutex
	number  int
	waiting map[int]chan answer
	events  []event
}

type answer struct {
	ID     int             `json:"id"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`

	event
}

type event struct {
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// findBrowser returns the program, or skips the test. It fails where CHAT_BROWSER is set, as it is in CI.
func findBrowser(t *testing.T) string {
	t.Helper()

	wanted := os.Getenv("CHAT_BROWSER")
	for _, name := range []string{wanted, "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome"} {
		path, err := exec.LookPath(name)
		if err == nil && name != "" {
			return path
		}
	}

	if wanted != "" {
		t.Fatalf("NOT RUN: CHAT_BROWSER is set to %q, and there is no browser", wanted)
	}

	t.Skip("NOT RUN: the page is tried in a real browser, and there is none: install Debian's chromium, or Chrome")

	return ""
}

// startBrowser opens a blank page.
func startBrowser(t *testing.T) *browser {
	t.Helper()

	if runtime.GOOS == "windows" {
		t.Skip("NOT RUN: Windows hands no pipes to a browser")
	}

	program := findBrowser(t)

	fromTest, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}

	read, toTest, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}

	profile, err := os.MkdirTemp("", "chat-page-browser-") //nolint:usetesting // It is written into after the test, see below.
	if err != nil {
		t.Fatal(err)
	}

	ctx, cancel := context.WithCancel(context.Background())
	// The browser shows pages of the test alone, so that its own cage, which containers often forbid, is not needed.
	cmd := exec.CommandContext(ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	cmd.ExtraFiles = []*os.File{fromTest, toTest}
	cmd.WaitDelay = 5 * time.Second

	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}

	_, _ = fromTest.Close(), toTest.Close()

	t.Cleanup(func() {
		kill := time.AfterFunc(10*time.Second, cancel)
		defer cancel()
		defer kill.Stop()

		// Asked to, the browser ends its helpers too.
		_, _ = write.WriteString(`{"id":0,"method":"Browser.close"}` + "\x00")
		_ = cmd.Wait()
		_, _ = write.Close(), read.Close()

		// The browser's helpers end after it, and write into the profile until then.
		for range 100 {
			if os.RemoveAll(profile) == nil {
				return
			}

			time.Sleep(100 * time.Millisecond)
		}

		t.Errorf("the browser's profile %s cannot be removed", profile)
	})

	b := &browser{t: t, write: write, waiting: map[int]chan answer{}}
	go b.listen(read)

	target := call[struct{ TargetID string }](b, "Target.createTarget", object{"url": "about:blank"})
	attached := call[struct{ SessionID string }](b, "Target.attachToTarget", object{"targetId": target.TargetID, "flatten": true})
	b.session = attached.SessionID

	for _, domain := range []string{"Page", "Runtime", "Network", "Log", "Audits"} {
		call[object](b, domain+".enable", nil)
	}

	return b
}

type object = map[string]any

func (b *browser) listen(read *os.File) {
	for lines := bufio.NewReader(read); ; {
		line, err := lines.ReadBytes(0)
		if err != nil {
			return
		}

		var got answer
		if json.Unmarshal(bytes.TrimSuffix(line, []byte{0}), &got) != nil {
			continue
		}

		b.mu.Lock()
		if got.ID > 0 {
			b.waiting[got.ID] <- got
		} else {
			b.events = append(b.events, got.event)
		}
		b.mu.Unlock()
	}
}

// call sends one command and returns its result.
func call[T any](b *browser, method string, params object) T {
	b.t.Helper()

	var result T

	raw, err := b.ask(method, params)
	if err == nil {
		err = json.Unmarshal(raw, &result)
	}

	if err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}

	return result
}

func (b *browser) ask(method string, params object) (json.RawMessage, error) {
	answered := make(chan answer, 1)

	b.mu.Lock()
	b.number++
	command := object{"id": b.number, "method": method}
	b.waiting[b.number] = answered
	b.mu.Unlock()

	if params != nil {
		command["params"] = params
	}

	if b.session != "" {
		command["sessionId"] = b.session
	}

	raw, err := json.Marshal(command)
	if err != nil {
		return nil, err
	}

	if _, err := b.write.Write(append(raw, 0)); err != nil {
		return nil, err
	}

	select {
	case got := <-answered:
		if got.Error != nil {
			return nil, errors.New(got.Error.Message)
		}

		return got.Result, nil
	case <-time.After(time.Minute):
		return nil, errors.New("the browser does not answer")
	}
}

// text evaluates an expression, and returns its value as text.
func (b *browser) text(expression string) string {
	b.t.Helper()

	got := call[struct {
		Result           struct{ Value any }
		ExceptionDetails *struct{ Exception struct{ Description string } }
	}](b, "Runtime.evaluate", object{"expression": expression, "returnByValue": true, "awaitPromise": true})
	if got.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", expression, got.ExceptionDetails.Exception.Description)
	}

	return fmt.Sprint(got.Result.Value)
}

// wait evaluates an expression until it is as wanted. What is not there yet is waited for, too.
func (b *browser) wait(expression, want string) {
	b.t.Helper()

	got := ""
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		got = b.text("(() => { try { return " + expression + " } catch (failure) { return failure.message } })()")
		if got == want {
			return
		}
	}

	b.t.Fatalf("%s is %q, want %q", expression, got, want)
}

// press sends one key, as a keyboard does.
func (b *browser) press(key string, code int) {
	b.t.Helper()

	text := ""
	if key == "Enter" {
		text = "\r"
	}

	call[object](b, "Input.dispatchKeyEvent", object{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text})
	call[object](b, "Input.dispatchKeyEvent", object{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code})
}

// named returns the events of one name.
func (b *browser) named(method string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()

	var found []string

	for _, e := range b.events {
		if e.Method == method {
			found = append(found, string(e.Params))
		}
	}

	return found
}

// picture keeps a screenshot in the folder that CHAT_PICTURES names; without one it does nothing.
func (b *browser) picture(name string) {
	b.t.Helper()

	folder := os.Getenv("CHAT_PICTURES")
	if folder == "" {
		return
	}

	shot := call[struct{ Data string }](b, "Page.captureScreenshot", object{"format": "png"})

	raw, err := base64.StdEncoding.DecodeString(shot.Data)
	if err == nil {
		err = os.WriteFile(folder+"/"+name+".png", raw, 0o600)
	}

	if err != nil {
		b.t.Fatal(err)
	}
}

// screen sets the size of the window, and light or dark.
func (b *browser) screen(width, height int, scheme string) {
	b.t.Helper()

	call[object](b, "Emulation.setDeviceMetricsOverride", object{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 800})
	call[object](b, "Emulation.setEmulatedMedia", object{"features": []object{{"name": "prefers-color-scheme", "value": scheme}}})
}
