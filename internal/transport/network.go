package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Network is how a platform is reached.
type Network struct {
	// CACertificates are PEM certificates that are trusted besides the system's.
	CACertificates []byte
	// Certificate is shown to servers that ask for one.
	Certificate *tls.Certificate
	// Proxy replaces the one of the environment.
	Proxy *url.URL
	// Header is sent with every request, for gateways. It is as secret as a credential.
	Header http.Header
}

// newPool keeps as many connections as Terraform uses, instead of the two per host of Go's default.
func newPool(n Network) *http.Transport {
	pool := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		OnProxyConnectResponse: refusedByProxy,
		DialContext:            dialPlain,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           2 * connections,
		MaxIdleConnsPerHost:    connections,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
	}

	if n.Proxy != nil {
		pool.Proxy = http.ProxyURL(n.Proxy)
	}

	if n.CACertificates == nil && n.Certificate == nil {
		return pool
	}

	pool.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}

	if n.CACertificates != nil {
		trusted, err := x509.SystemCertPool()
		if err != nil {
			trusted = x509.NewCertPool()
		}

		trusted.AppendCertsFromPEM(n.CACertificates)
		pool.TLSClientConfig.RootCAs = trusted
	}

	if n.Certificate != nil {
		pool.TLSClientConfig.Certificates = []tls.Certificate{*n.Certificate}
	}

	return pool
}

// errAlert is the answer of a server that speaks TLS to a request in plain text, which it has not read.
var errAlert = errors.New("the answer is a TLS alert")

// plainConn tells a TLS alert from an answer on a connection that is used in plain text.
type plainConn struct {
	net.Conn

	isTLS, hasRead atomic.Bool
}

func dialPlain(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}

	return &plainConn{Conn: conn}, nil
}

// Write notes whether this is the beginning of TLS.
func (c *plainConn) Write(p []byte) (int, error) {
	const handshake = 0x16
	if len(p) > 0 && p[0] == handshake {
		c.isTLS.Store(true)
	}

	return c.Conn.Write(p)
}

// Read fails if the first answer to plain text is a TLS alert.
func (c *plainConn) Read(p []byte) (int, error) {
	const alert = 0x15

	n, err := c.Conn.Read(p)
	if n > 0 && !c.hasRead.Swap(true) && p[0] == alert && !c.isTLS.Load() {
		return 0, errAlert
	}

	return n, err
}

// proxyRefusal is the answer of a proxy that does not connect.
type proxyRefusal struct{ status int }

func (r proxyRefusal) Error() string {
	return fmt.Sprintf("the proxy answered %d %s", r.status, http.StatusText(r.status))
}

func refusedByProxy(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}

	return proxyRefusal{answer.StatusCode}
}

// progress is how far an attempt came. A RoundTripper that is not Go's own reports nothing, not even that it began.
type progress struct{ began, wrote, answered, reused atomic.Bool }

func (p *progress) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:              func(string) { p.began.Store(true) },
		GotConn:              func(info httptrace.GotConnInfo) { p.reused.Store(info.Reused); p.wrote.Store(false) },
		WroteHeaders:         func() { p.wrote.Store(true) },
		GotFirstResponseByte: func() { p.answered.Store(true) },
	})
}

// isUnsent reports whether the platform certainly did not get the request. A server that refuses a new connection with a
// TLS alert has not read it: that is how a missing client certificate shows.
func (p *progress) isUnsent(err error) bool {
	var op *net.OpError
	if p.began.Load() && !p.wrote.Load() || errors.As(err, &op) && op.Op == "dial" || errors.Is(err, errAlert) {
		return true
	}

	return isAlert(err) && !p.reused.Load() && !p.answered.Load()
}

// isAlert reports whether the other side ended the connection with a TLS alert.
func isAlert(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "remote error"
}

// failed turns an error of net/http into ours. The address that it quotes is dropped: it is in the error anyway.
func (p *progress) failed(err error) *Error {
	cause := err

	var address *url.Error
	if errors.As(err, &address) {
		cause = address.Err
	}

	failure := &Error{Reason: Unavailable, Unsent: p.isUnsent(err), Err: cause}

	switch {
	case errors.Is(err, errRedirect):
		failure.Reason, failure.Unsent = Unusable, true
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
	case failure.Unsent:
		failure.Message, failure.Advice = whyNotConnected(cause)
		failure.IsOwn = failure.Message != ""

		if failure.Advice != "" {
			failure.Reason = NotConnected
		}
	}

	return failure
}

// whyNotConnected explains an error that no repetition changes, and says what to do: {platform} stands for the name of
// the platform's block. It returns no advice for errors that may be temporary.
func whyNotConnected(err error) (message, advice string) {
	var (
		invalid   x509.CertificateInvalidError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		record    tls.RecordHeaderError
		refusal   proxyRefusal
		op        *net.OpError
		name      *net.DNSError
		parameter net.InvalidAddrError
	)

	const trust = "If the certificate is from an authority of your own, name it in {platform}.ca_certificate_file (environment {PLATFORM}_CA_CERTIFICATE_FILE), " +
		"or add it to the system's (environment SSL_CERT_FILE)."

	if errors.As(err, &op) && op.Op == "proxyconnect" && isCertificateError(err) {
		return "the proxy's certificate cannot be trusted: " + op.Err.Error(), "{platform}.proxy_url, or HTTPS_PROXY, names a proxy that speaks TLS. " + trust
	}

	switch {
	case errors.As(err, &host) && len(host.Certificate.DNSNames) == 0 && len(host.Certificate.IPAddresses) == 0:
		return "the server's certificate names no host in its subject alternative names", "Have it issued again with them. The common name alone is not looked at any more."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the server's certificate has expired or is not valid yet", "Renew the server's certificate, or set this machine's clock."
	case errors.As(err, &authority):
		return "the server's certificate is signed by an unknown authority", trust
	case errors.As(err, &host):
		return "the server's certificate is for other host names", "Use the name in {platform}.base_url that the certificate is for."
	case isCertificateError(err):
		return "the server's certificate cannot be trusted: " + err.Error(), trust
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return "the server does not speak TLS at this address", "Check the scheme and the port of {platform}.base_url: it begins with https://, and the server answers with plain HTTP."
	case errors.Is(err, errAlert):
		return "the server speaks TLS at this address", "Check the scheme and the port of {platform}.base_url: it begins with http://, and the server expects https://. " +
			"If there is a proxy in between, this may be its answer."
	case errors.As(err, &refusal):
		return adviseOnProxy(refusal)
	case errors.As(err, &op) && op.Op == "socks connect" && !isDial(op.Err):
		return "the proxy does not connect: " + op.Err.Error(), "Check {platform}.proxy_url with its user name and password, and whether the proxy lets this request through."
	case errors.As(err, &op) && (op.Op == "proxyconnect" || op.Op == "socks connect"):
		return "the proxy cannot be reached: " + op.Err.Error(), "Check {platform}.proxy_url, or the environment variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY."
	case isAlert(err):
		return "the server refused the TLS connection: " + err.Error(),
			"If the server asks for a client certificate, set {platform}.client_certificate and {platform}.client_key. Otherwise it may want another version of TLS."
	case errors.As(err, &name) && name.IsNotFound:
		return "there is no host " + name.Name, "Check the host name in {platform}.base_url, and this machine's DNS."
	case errors.As(err, &parameter), !isTemporary(err):
		return "", "Check {platform}.base_url, and the settings for its proxy and certificates."
	default:
		return "", ""
	}
}

func adviseOnProxy(refusal proxyRefusal) (message, advice string) {
	switch refusal.status {
	case http.StatusProxyAuthRequired:
		return "the proxy asks for a user name and a password", "Put them into {platform}.proxy_url (http://user:password@host:port), or into HTTPS_PROXY."
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return "", ""
	default:
		return refusal.Error(), "The proxy does not let this request through. Ask for the host to be allowed, or add it to NO_PROXY if it can be reached directly."
	}
}

func isCertificateError(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		invalid      x509.CertificateInvalidError
		roots        x509.SystemRootsError
		constraint   x509.ConstraintViolationError
		algorithm    x509.InsecureAlgorithmError
		unhandled    x509.UnhandledCriticalExtension
	)

	return errors.As(err, &verification) || errors.As(err, &invalid) || errors.As(err, &roots) ||
		errors.As(err, &constraint) || errors.As(err, &algorithm) || errors.As(err, &unhandled)
}

// isDial reports whether there was no connection.
func isDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// isTemporary reports whether an error of a connection may go away by itself: the other side is not there now, or the
// connection broke.
func isTemporary(err error) bool {
	var network net.Error
	if errors.As(err, &network) {
		return true
	}

	var refusal proxyRefusal

	return errors.As(err, &refusal) || isEnd(err)
}

// adviceFor puts the name of the platform's block into an advice.
func adviceFor(advice, platform string) string {
	return strings.NewReplacer("{platform}", strings.ToLower(platform), "{PLATFORM}", strings.ToUpper(platform)).Replace(advice)
}
