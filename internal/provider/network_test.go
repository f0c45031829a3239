package provider

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// keyPair makes a certificate and its key, as PEM.
func keyPair(t *testing.T) (certificate, key string) {
	t.Helper()

	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}

	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour)}

	public, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}

	encoded, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}

	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: public})), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded}))
}

func TestConfigureNetwork(t *testing.T) {
	testCertificate, testKey := keyPair(t)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte(testCertificate), 0o600); err != nil {
		t.Fatal(err)
	}

	t.Setenv("CHATLAKE_PROXY_URL", "http://user:proxy-password@proxy.example.com:3128")

	c, diags := configure(t, block{"retry_timeout": "5s", "chatlake": goodChatlake.with("headers", map[string]tftypes.Value{"X-Gateway": tftypes.NewValue(tftypes.String, " pass\n")}).
		with("ca_certificate_file", file).with("client_certificate", testCertificate).with("client_key", testKey)})
	if len(diags) > 0 {
		t.Fatal(said(diags))
	}

	client, _ := c.Chatlake()
	config := client.Settings.Transport

	n := config.Network
	if n.Header.Get("X-Gateway") != "pass" || string(n.CACertificates) != testCertificate || n.Certificate == nil || n.Proxy.Host != "proxy.example.com:3128" {
		t.Errorf("got %+v", n)
	}

	if config.RetryTimeout != 5*time.Second || config.MaxRetries >= 0 {
		t.Errorf("repeated for %s, %d times", config.RetryTimeout, config.MaxRetries)
	}

	secrets := strings.Join(config.Secrets, " ")
	for _, secret := range []string{"proxy-password", testKey, client.APIAccessToken} {
		if !strings.Contains(secrets, secret) {
			t.Errorf("%q is not known as a secret", secret)
		}
	}
}

func TestConfigureNetworkRefused(t *testing.T) {
	testCertificate, _ := keyPair(t)
	for name, c := range map[string]struct {
		set  block
		want string
	}{
		"no certificate":         {block{"ca_certificate": "x"}, "no PEM certificate"},
		"no file":                {block{"ca_certificate_file": "/nowhere"}, "Unable to read ca_certificate_file"},
		"a folder":               {block{"ca_certificate_file": t.TempDir()}, "not a regular file"},
		"no key":                 {block{"client_certificate": testCertificate}, "needed together"},
		"another key":            {block{"client_certificate": testCertificate, "client_key": "x"}, "cannot be used"},
		"a proxy without scheme": {block{"proxy_url": "proxy:3128"}, "begins with http://"},
		"a broken header":        {block{"headers": map[string]tftypes.Value{"X": tftypes.NewValue(tftypes.String, "a\r\nb")}}, "Control character in headers"},
		"a broken token":         {block{"api_access_token": "a\nb"}, "Control character in api_access_token"},
		"plain HTTP":             {block{"base_url": "http://chat.example.com"}, "chatlake.allow_http"},
		"a page":                 {block{"base_url": "https://chat.example.com/app/accounts/1/dashboard"}, `Use "https://chat.example.com"`},
		"the API":                {block{"base_url": "https://chat.example.com/sub/api/v1/"}, `Use "https://chat.example.com/sub"`},
		"an empty query":         {block{"base_url": "https://chat.example.com?"}, "a query or a fragment"},
		"an empty fragment":      {block{"base_url": "https://chat.example.com#"}, "a query or a fragment"},
	} {
		config := maps.Clone(goodChatlake)
		maps.Copy(config, c.set)

		_, diags := configure(t, block{"chatlake": config})
		got := said(diags)
		if !strings.Contains(got, c.want) || strings.Contains(got, "a\nb") {
			t.Errorf("%s: got %q, want %q in it", name, got, c.want)
		}
	}
}

func TestConfigureAllowHTTP(t *testing.T) {
	t.Setenv("CHATLAKE_ALLOW_HTTP", "true")

	_, diags := configure(t, block{"chatlake": goodChatlake.with("base_url", "http://chat.example.com")})
	if len(diags) > 0 {
		t.Error(said(diags))
	}
}

// TestConfigureEnvironmentRefused holds the environment to what the block has to pass.
func TestConfigureEnvironmentRefused(t *testing.T) {
	for name, value := range map[string]string{
		"CHATLAKE_ACCOUNT_ID":              "../x",
		"CHATLAKE_REQUESTS_PER_SECOND":     "NaN",
		"CHATLAKE_API_ACCESS_TOKEN":        "a\r\nb",
		"KOMMUNICATE_ACTING_USER_ID":       "a\r\nb",
		"KOMMUNICATE_REQUESTS_PER_SECOND":  "+Inf",
		"IMICHAT_TEAM_ID":                  "x",
		"CHAT_MAX_RETRIES":                 "1000000",
		"CHAT_RETRY_TIMEOUT":               "-1s",
		"CHATLAKE_CLIENT_CERTIFICATE_FILE": "/nowhere",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)

			without := func(b block, names ...string) block {
				b = maps.Clone(b)
				for _, name := range names {
					delete(b, name)
				}

				return b
			}

			_, diags := configure(t, block{
				"chatlake":    without(goodChatlake, "account_id", "api_access_token").with("api_access_token", nil).with("account_id", nil),
				"kommunicate": without(goodKommunicate, "acting_user_id"),
				"imichat":     goodIMIchat,
			})

			_, setting, _ := strings.Cut(name, "_")
			got := said(diags)
			if !strings.Contains(got, "Invalid "+name) && !strings.Contains(got, "Control character in "+strings.ToLower(setting)) &&
				!strings.Contains(got, "Invalid "+strings.ReplaceAll(strings.ToLower(setting), "_", " ")) && !strings.Contains(got, "Unable to read") {
				t.Errorf("got %q", got)
			}
		})
	}
}
