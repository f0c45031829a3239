package transport

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// authority signs certificates for the tests.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pem         []byte
}

func newAuthority(t *testing.T) authority {
	t.Helper()

	a := authority{key: newKey(t), certificate: &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}}

	der, err := x509.CreateCertificate(rand.Reader, a.certificate, a.certificate, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}

	a.pem = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})

	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}

	return key
}

// issue signs a certificate for a host.
func (a authority) issue(t *testing.T, host string, expires time.Time) tls.Certificate {
	t.Helper()

	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: host}, NotBefore: expires.Add(-time.Hour), NotAfter: expires,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}

	ip := net.ParseIP(host)
	if ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else if host != "" {
		template.DNSNames = []string{host}
	}

	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}

	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// served counts the requests that reach a server over TLS.
func served(t *testing.T, requests *atomic.Int32, config *tls.Config) *url.URL {
	t.Helper()

	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)

		_, _ = io.WriteString(w, "{}")
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = config

	if config == nil {
		server.Start()
	} else {
		server.StartTLS()
	}

	t.Cleanup(server.Close)

	return parse(t, server.URL)
}

func parse(t *testing.T, address string) *url.URL {
	t.Helper()

	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}

	return parsed
}

// refusing is the address of a port on which nothing listens.
func refusing(t *testing.T) *url.URL {
	t.Helper()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = listener.Close() }()

	return parse(t, "http://"+listener.Addr().String())
}

// proxy answers every request with a status, CONNECT included; 0 ends the connection.
func proxy(t *testing.T, status int) *url.URL {
	t.Helper()

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if status == 0 {
			panic(http.ErrAbortHandler)
		}

		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)

	return parse(t, server.URL)
}

// socks is a SOCKS proxy that takes everybody and connects to nothing.
func socks(t *testing.T) *url.URL {
	t.Helper()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = listener.Close() })

	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}

			buffer := make([]byte, 256)
			_, _ = connection.Read(buffer)
			_, _ = connection.Write([]byte{5, 0})
			_, _ = connection.Read(buffer)
			_, _ = connection.Write([]byte{5, 2, 0, 1, 0, 0, 0, 0, 0, 0}) // Not allowed.
			_ = connection.Close()
		}
	}()

	return parse(t, "socks5://"+listener.Addr().String())
}

// alerting is the address of a server of TLS that answers plain text as OpenSSL does.
func alerting(t *testing.T) *url.URL {
	t.Helper()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}

	t.Cleanup(func() { _ = listener.Close() })

	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}

			_, _ = connection.Read(make([]byte, 4096))
			_, _ = connection.Write([]byte{0x15, 3, 1, 0, 2, 2, 22}) // Alert, fatal: record overflow.
			_ = connection.Close()
		}
	}()

	return parse(t, "http://"+listener.Addr().String())
}

// TestNotConnected sends a read and a create into every kind of connection that cannot be made. Nothing reaches the
// server, nothing is said to be lost, nothing is repeated that cannot change, and the error says what to do.
func TestNotConnected(t *testing.T) {
	ca, other := newAuthority(t), newAuthority(t)
	soon := time.Now().Add(time.Hour)
	trusted := func(n *Network) { n.CACertificates = ca.pem }
	local := &tls.Config{Certificates: []tls.Certificate{ca.issue(t, "127.0.0.1", soon)}, MinVersion: tls.VersionTLS12}

	demanding := func(version uint16) *tls.Config {
		config := local.Clone()
		config.ClientAuth, config.MaxVersion = tls.RequireAnyClientCert, version

		return config
	}

	old := local.Clone()
	old.MinVersion, old.MaxVersion = tls.VersionTLS10, tls.VersionTLS11

	for _, c := range []struct {
		name    string
		server  *tls.Config
		plain   bool // The server speaks no TLS, and is asked with https.
		base    string
		network func(*Network)
		repeats bool
		says    string
		advises string
	}{
		{name: "unknown authority", server: local, says: "unknown authority", advises: "test.ca_certificate_file"},
		{name: "another authority", server: local, network: func(n *Network) { n.CACertificates = other.pem }, says: "unknown authority", advises: "SSL_CERT_FILE"},
		{name: "wrong host name", server: &tls.Config{Certificates: []tls.Certificate{ca.issue(t, "elsewhere.example.com", soon)}, MinVersion: tls.VersionTLS12}, network: trusted, says: "for other host names", advises: "test.base_url"},
		{name: "expired", server: &tls.Config{Certificates: []tls.Certificate{ca.issue(t, "127.0.0.1", time.Now().Add(-time.Minute))}, MinVersion: tls.VersionTLS12}, network: trusted, says: "has expired", advises: "Renew"},
		{name: "client certificate, TLS 1.2", server: demanding(tls.VersionTLS12), network: trusted, says: "refused the TLS connection", advises: "test.client_certificate"},
		{name: "client certificate, TLS 1.3", server: demanding(tls.VersionTLS13), network: trusted, says: "refused the TLS connection", advises: "test.client_certificate"},
		{name: "too old a TLS", server: old, network: trusted, says: "refused the TLS connection", advises: "version of TLS"},
		{name: "https to a port of http", plain: true, says: "does not speak TLS", advises: "scheme and the port"},
		{name: "http to a port of TLS", base: alerting(t).String(), says: "the server speaks TLS", advises: "begins with http://"},
		{name: "http to a proxy that speaks TLS", base: "http://chat.example.com", network: func(n *Network) { n.Proxy = alerting(t) }, says: "the server speaks TLS", advises: "proxy"},
		{name: "no such host", base: "https://nowhere.invalid", says: "there is no host nowhere.invalid", advises: "host name"},
		{name: "nothing listens", base: refusing(t).String(), repeats: true, says: "connection refused"},
		{name: "proxy is down", server: local, network: func(n *Network) { n.Proxy = refusing(t) }, says: "the proxy cannot be reached", advises: "test.proxy_url"},
		{name: "proxy wants a password", server: local, network: func(n *Network) { n.Proxy = proxy(t, 407) }, says: "user name and a password", advises: "user:password@"},
		{name: "proxy wants a password, without TLS", base: "http://chat.example.com", network: func(n *Network) { n.Proxy = proxy(t, 407) }, says: "user name and a password", advises: "user:password@"},
		{name: "proxy refuses", server: local, network: func(n *Network) { n.Proxy = proxy(t, 403) }, says: "the proxy answered 403", advises: "NO_PROXY"},
		{name: "proxy has no way", server: local, network: func(n *Network) { n.Proxy = proxy(t, 503) }, repeats: true, says: "the proxy answered 503"},
		{name: "proxy hangs up", server: local, network: func(n *Network) { n.Proxy = proxy(t, 0) }, repeats: true, says: "EOF"},
		{name: "no host names", server: &tls.Config{Certificates: []tls.Certificate{ca.issue(t, "", soon)}, MinVersion: tls.VersionTLS12}, network: trusted, says: "names no host", advises: "issued again"},
		{name: "proxy with an unknown authority", server: local, network: func(n *Network) {
			n.CACertificates, n.Proxy = other.pem, served(t, new(atomic.Int32), local)
		}, says: "the proxy's certificate", advises: "test.ca_certificate_file"},
		{name: "socks proxy refuses", server: local, network: func(n *Network) { n.Proxy = socks(t) }, says: "the proxy does not connect", advises: "test.proxy_url"},
		{name: "not valid yet", server: &tls.Config{Certificates: []tls.Certificate{ca.issue(t, "127.0.0.1", time.Now().Add(3*time.Hour))}, MinVersion: tls.VersionTLS12}, network: trusted, says: "not valid yet", advises: "clock"},
		{name: "socks proxy is down", server: local, network: func(n *Network) { n.Proxy = parse(t, "socks5://"+refusing(t).Host) }, says: "the proxy cannot be reached", advises: "test.proxy_url"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()

			var requests atomic.Int32

			base := parse(t, c.base)

			if c.base == "" {
				base = served(t, &requests, c.server)
				base.Scheme = "https"
			}

			config := Config{Platform: "Test", Base: base, Timeout: 10 * time.Second, MaxRetries: 1}
			if c.network != nil {
				c.network(&config.Network)
			}

			for _, call := range []Call{Read("GET", "/x"), Create("POST", "/x").WithJSON("x")} {
				failure := As(Run(t.Context(), New(config), call))
				if failure == nil {
					t.Fatal("it worked")
				}

				said := failure.Error()
				if !failure.Unsent || failure.Lost || !strings.Contains(said, c.says) || !strings.Contains(failure.Advice, c.advises) {
					t.Errorf("%s: unsent %t, lost %t, %s: %s", call.Method, failure.Unsent, failure.Lost, said, failure.Advice)
				}

				if (failure.Attempts > 1) != c.repeats || (failure.Reason == NotConnected) == c.repeats {
					t.Errorf("%s was sent %d times, reason %v", call.Method, failure.Attempts, failure.Reason)
				}
			}

			n := requests.Load()
			if n > 0 {
				t.Errorf("%d requests reached the server", n)
			}
		})
	}
}

// TestNetwork reaches a server through its own authority, with a client certificate and headers for a gateway.
func TestNetwork(t *testing.T) {
	ca := newAuthority(t)
	clients := x509.NewCertPool()
	clients.AppendCertsFromPEM(ca.pem)

	var got atomic.Pointer[http.Request]

	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got.Store(r)

		_, _ = io.WriteString(w, "{}")
	}))
	server.TLS = &tls.Config{
		Certificates: []tls.Certificate{ca.issue(t, "127.0.0.1", time.Now().Add(time.Hour))}, ClientAuth: tls.RequireAndVerifyClientCert,
		ClientCAs: clients, MinVersion: tls.VersionTLS12,
	}
	server.StartTLS()
	t.Cleanup(server.Close)

	own := ca.issue(t, "client", time.Now().Add(time.Hour))
	sender := New(Config{
		Platform: "Test", Base: parse(t, server.URL), Timeout: 10 * time.Second, Sign: SignWith(http.Header{"Token": {"own"}}),
		Network: Network{CACertificates: ca.pem, Certificate: &own, Header: http.Header{"X-Gateway": {"pass"}, "Token": {"theirs"}}},
	})

	if err := Run(t.Context(), sender, Create("POST", "/x")); err != nil {
		t.Fatal(err)
	}

	r := got.Load()
	if r.Header.Get("X-Gateway") != "pass" || r.Header.Get("Token") != "own" {
		t.Errorf("the headers are %v", r.Header)
	}
}

// TestLost knows a create as lost once it was sent, whatever ends the connection then.
func TestLost(t *testing.T) {
	for name, end := range map[string]func(http.ResponseWriter, *http.Request){
		"closed": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"broken off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")

			_, _ = io.WriteString(w, "{")
		},
		"no HTTP": func(w http.ResponseWriter, _ *http.Request) {
			connection, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = io.WriteString(connection, "hello\n")
				_ = connection.Close()
			}
		},
	} {
		server := httptest.NewServer(http.HandlerFunc(end))
		t.Cleanup(server.Close)

		err := Run(t.Context(), New(Config{Platform: "Test", Base: parse(t, server.URL), Timeout: 10 * time.Second}), Create("POST", "/x"))

		failure := As(err)
		if failure == nil || !failure.Lost || failure.Unsent {
			t.Errorf("%s: %+v", name, failure)
		}
	}
}

// TestLost_kept sends a call that must not be repeated once, also on a connection that was used before, and as a GET, which
// net/http repeats by itself there. It has no body.
func TestLost_kept(t *testing.T) {
	var (
		sent   atomic.Int32
		length atomic.Int64
	)

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/first":
			_, _ = io.WriteString(w, "{}")
			return
		case "/moved":
			http.Redirect(w, r, "/x", http.StatusPermanentRedirect)
			return
		}

		sent.Add(1)
		length.Store(r.ContentLength)
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(server.Close)

	sender := New(Config{Platform: "Test", Base: parse(t, server.URL), Timeout: 10 * time.Second})

	err := Run(t.Context(), sender, Read("GET", "/first"))
	if err != nil {
		t.Fatal(err)
	}

	failure := As(Run(t.Context(), sender, Create("GET", "/x")))
	if sent.Load() != 1 || length.Load() != 0 || failure == nil || !failure.Lost {
		t.Errorf("sent %d times with a body of %d bytes: %+v", sent.Load(), length.Load(), failure)
	}

	failure = As(Run(t.Context(), sender, Create("GET", "/moved")))
	if sent.Load() != 1 || failure == nil || failure.Lost || failure.Status != http.StatusPermanentRedirect {
		t.Errorf("a redirect was followed, or is not told: %+v", failure)
	}
}

// TestWhyNotConnected goes through the errors that no test server can cause.
func TestWhyNotConnected(t *testing.T) {
	for _, c := range []struct {
		err   error
		final bool
	}{
		{x509.UnknownAuthorityError{}, true},
		{x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.NotAuthorizedToSign}, true},
		{x509.SystemRootsError{}, true},
		{x509.ConstraintViolationError{}, true},
		{x509.InsecureAlgorithmError(x509.MD5WithRSA), true},
		{x509.UnhandledCriticalExtension{}, true},
		{&tls.CertificateVerificationError{Err: errors.New("x")}, true},
		{tls.RecordHeaderError{Msg: "x"}, true},
		{&net.OpError{Op: "remote error", Err: tls.AlertError(40)}, true},
		{errAlert, true},
		{&net.OpError{Op: "dial", Err: &net.DNSError{Name: "x", IsNotFound: true}}, true},
		{&net.OpError{Op: "dial", Err: &net.DNSError{Name: "x", IsTemporary: true}}, false},
		{&net.OpError{Op: "dial", Err: &net.DNSError{Name: "x", IsTimeout: true}}, false},
		{&net.OpError{Op: "dial", Err: &net.AddrError{Err: "missing port", Addr: "x"}}, false},
		{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, false},
		{&net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH}, false},
		{&net.OpError{Op: "dial", Err: syscall.ENETUNREACH}, false},
		{&net.OpError{Op: "dial", Err: syscall.ETIMEDOUT}, false},
		{&net.OpError{Op: "read", Err: syscall.ECONNRESET}, false},
		{io.EOF, false},
		{io.ErrUnexpectedEOF, false},
		{context.DeadlineExceeded, false},
		{errors.New("net/http: invalid method"), true},
	} {
		_, advice := whyNotConnected(c.err)
		if (advice != "") != c.final {
			t.Errorf("%T %v: final is %t, want %t", c.err, c.err, advice != "", c.final)
		}
	}
}

func TestHeaderWithControlCharacters(t *testing.T) {
	s := &script{answers: []answer{{status: 200, body: "{}"}}}
	sender := client(s, func(c *Config) { c.Sign = SignWith(http.Header{"Api-Key": {"marker-1\n"}}) })

	failure := As(Run(t.Context(), sender, Create("POST", "/x")))
	if failure == nil || failure.Lost || !failure.Unsent || failure.Attempts > 1 || s.count() > 0 || strings.Contains(failure.Error(), "marker") {
		t.Errorf("got %+v after %d requests", failure, s.count())
	}
}
