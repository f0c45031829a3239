package sandbox

import (
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// refusal returns why a request may not pass, or "". The sandbox takes well-known credentials and lets anyone who reaches it
// inject faults and read the journal, so it must not be reached from pages that a browser has open:
//
//   - A page of another site sends its Origin, and Sec-Fetch-Site: both are refused on every path.
//   - A page that made its own name resolve to this machine (DNS rebinding) is of the same site, but sends its own name as
//     the Host. Control endpoints and the page want a loopback host, and so does every path if a browser asks.
//   - A form, or a script without leave, cannot send JSON. Control endpoints take no other body.
func refusal(r *http.Request) string {
	control := strings.HasPrefix(r.URL.Path, ControlPath) || r.URL.Path == "/"
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")

	switch {
	case site != "" && site != "same-origin" && site != "none":
		return "pages of other sites cannot use the sandbox"
	case origin != "" && !isOriginOf(r, origin):
		return fmt.Sprintf("pages of %s cannot use the sandbox", bounded(origin))
	case (control || origin != "" || site != "") && !isLoopback(r):
		return fmt.Sprintf("host %s is not the sandbox: use 127.0.0.1, [::1] or localhost", bounded(r.Host))
	case control && !mayChange(r):
		return "bodies of control endpoints are JSON: send Content-Type: application/json"
	}

	return ""
}

// isOriginOf reports whether the origin is the server that the request names.
func isOriginOf(r *http.Request, origin string) bool {
	parsed, err := url.Parse(origin)
	return err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Host == r.Host
}

// isLoopback reports whether the request names this machine. A request in the same process came over no network.
func isLoopback(r *http.Request) bool {
	if r.RemoteAddr == "" {
		return true
	}

	host := r.Host

	name, _, err := net.SplitHostPort(host)
	if err == nil {
		host = name
	}

	ip := net.ParseIP(strings.Trim(host, "[]"))

	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// mayChange reports whether the request changes nothing, or has a body that only a caller with leave can send: JSON, or none.
func mayChange(r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}

	media := r.Header.Get("Content-Type")
	if media == "" {
		return r.ContentLength == 0
	}

	kind, _, err := mime.ParseMediaType(media)

	return err == nil && kind == "application/json"
}

// bounded quotes what a caller sent, and cuts it where it is long.
func bounded(text string) string {
	const limit = 80
	if len(text) > limit {
		text = text[:limit] + "..."
	}

	return fmt.Sprintf("%q", text)
}
