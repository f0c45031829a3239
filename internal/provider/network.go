package provider

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/textproto"
	"net/url"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// largestPEM is the size of the largest file with certificates or a key.
const largestPEM = localfile.MiB

// networkModel is how a platform is reached. Every platform's block has it.
type networkModel struct {
	Headers               types.Map    `tfsdk:"headers"`
	CACertificate         types.String `tfsdk:"ca_certificate"`
	CACertificateFile     types.String `tfsdk:"ca_certificate_file"`
	ClientCertificate     types.String `tfsdk:"client_certificate"`
	ClientCertificateFile types.String `tfsdk:"client_certificate_file"`
	ClientKey             types.String `tfsdk:"client_key"`
	ClientKeyFile         types.String `tfsdk:"client_key_file"`
	AllowHTTP             types.Bool   `tfsdk:"allow_http"`
	ProxyURL              types.String `tfsdk:"proxy_url"`
}

// withNetwork adds the attributes of networkModel to those of a platform's block.
func withNetwork(block, environment string, attributes map[string]schema.Attribute) map[string]schema.Attribute {
	file := func(text, what, name string) schema.StringAttribute {
		a := schema.StringAttribute{
			MarkdownDescription: described("Path of a PEM file of at most 1 MiB with "+what+", in place of `"+text+"`.", environment+name, ""), Optional: true,
			Validators: []validator.String{attribute.NotWith(path.MatchRoot(block).AtName(text))},
		}

		return a
	}
	pem := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true}
	}
	key := pem("Private key of `client_certificate`, as PEM text.")
	key.Sensitive = true

	proxy := secret("Address of the proxy, `http://`, `https://` or `socks5://`, with a user name and a password if it wants them. Default: that of HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", environment+"_PROXY_URL")

	attributes["headers"] = schema.MapAttribute{
		MarkdownDescription: "Headers that are sent with every request, for gateways in front of the platform. Those of the platform itself cannot be replaced.",
		Optional:            true, Sensitive: true, ElementType: types.StringType,
		Validators: []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(stringvalidator.RegexMatches(headerName, "must be the name of a header"))},
	}
	attributes["ca_certificate"] = pem("PEM certificates of authorities that are trusted besides the system's, for servers with certificates of your own.")
	attributes["ca_certificate_file"] = file("ca_certificate", "the certificates", "_CA_CERTIFICATE_FILE")
	attributes["client_certificate"] = pem("PEM certificate, with its chain, that is shown to servers that ask for one. Needs `client_key` or `client_key_file`.")
	attributes["client_certificate_file"] = file("client_certificate", "the certificate", "_CLIENT_CERTIFICATE_FILE")
	attributes["client_key"] = key
	attributes["client_key_file"] = file("client_key", "the key", "_CLIENT_KEY_FILE")
	attributes["allow_http"] = schema.BoolAttribute{
		MarkdownDescription: described("Whether the address may begin with `http://` although it is not of this machine: for networks that end TLS elsewhere. The credential then travels unencrypted.", environment+"_ALLOW_HTTP", "false"),
		Optional:            true,
	}
	attributes["proxy_url"] = proxy

	return attributes
}

// network reads how the platform is reached.
func (s *settings) network(ctx context.Context, m *networkModel) transport.Network {
	s.note("headers", m.Headers)

	var network transport.Network

	headers, problems := tfvalue.StringMap(ctx, m.Headers)
	s.diags.Append(problems...)

	for name, value := range headers {
		if network.Header == nil {
			network.Header = map[string][]string{}
		}

		network.Header[textproto.CanonicalMIMEHeaderKey(name)] = []string{s.clean("headers", value)}
	}

	authorities := s.pem(m.CACertificate, m.CACertificateFile, "ca_certificate")
	if authorities != "" {
		network.CACertificates = []byte(authorities)
		if !x509.NewCertPool().AppendCertsFromPEM(network.CACertificates) {
			s.complain("ca_certificate", "Invalid CA certificate", "There is no PEM certificate in it: it holds no block that begins with -----BEGIN CERTIFICATE-----.")
		}
	}

	certificate, key := s.pem(m.ClientCertificate, m.ClientCertificateFile, "client_certificate"), s.pem(m.ClientKey, m.ClientKeyFile, "client_key")
	if certificate != "" || key != "" {
		network.Certificate = s.keyPair(certificate, key)
	}

	network.Proxy = s.proxy(m.ProxyURL)
	s.environmentProxies()

	return network
}

// keyPair joins a client certificate and its key.
func (s *settings) keyPair(certificate, key string) *tls.Certificate {
	if certificate == "" || key == "" {
		if len(s.unknown) == 0 {
			s.complain("client_certificate", "Client certificate without its key", "client_certificate and client_key are needed together.")
		}

		return nil
	}

	s.secret(key)

	pair, err := tls.X509KeyPair([]byte(certificate), []byte(key))
	if err != nil {
		s.complain("client_certificate", "Invalid client certificate", fmt.Sprintf("The certificate and its key cannot be used: %s.", err))
		return nil
	}

	return &pair
}

// pem reads a PEM text, or the file that holds it.
func (s *settings) pem(text, file types.String, name string) string {
	s.note(name, text)

	if tfvalue.IsSet(text) {
		return text.ValueString()
	}

	if text.IsUnknown() {
		return ""
	}

	name += "_file"

	at := s.environ(file, name, "")
	if at == "" {
		return ""
	}

	content, _, err := localfile.Read(at, largestPEM)
	if err != nil {
		s.complain(name, "Unable to read "+name, fmt.Sprintf("The file of %s.%s: %s.", s.platform, name, err))
	}

	return string(content)
}

func (s *settings) proxy(v types.String) *url.URL {
	value := s.environ(v, "proxy_url", "")
	if value == "" {
		return nil
	}

	parsed, err := url.Parse(value)
	if err != nil || parsed.Host == "" || !isProxyScheme(parsed.Scheme) {
		s.complain("proxy_url", "Invalid proxy address", "The address of the proxy begins with http://, https:// or socks5://, and has a host, as in \"http://proxy.example.com:3128\".")
		return nil
	}

	if password, ok := parsed.User.Password(); ok {
		s.secret(password)
	}

	return parsed
}

// environmentProxies notes the passwords of the proxies that Go takes from the environment.
func (s *settings) environmentProxies() {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"} {
		address := os.Getenv(name)

		_, rest, found := strings.Cut(address, "://")
		if !found {
			rest = address
		}

		// Go quotes an address that it cannot read, so it is not read as one here.
		_, password, found := strings.Cut(rest[:max(0, strings.LastIndex(rest, "@"))], ":")
		if !found {
			continue
		}

		s.secret(password)

		plain, err := url.PathUnescape(password)
		if err == nil {
			s.secret(plain)
		}
	}
}

func isProxyScheme(scheme string) bool {
	switch scheme {
	case "http", "https", "socks5", "socks5h":
		return true
	default:
		return false
	}
}

// clean takes white space off the ends of a value, and refuses control characters within: a header cannot hold them, and
// a line break is usually the end of a file that was read by mistake.
func (s *settings) clean(name, value string) string {
	value = strings.TrimSpace(value)
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		s.complain(name, "Control character in "+name, fmt.Sprintf(
			"%s.%s holds a line break or another control character. Its value is not shown here, because it may be a secret.", s.platform, name))
	}

	return value
}

// secret notes a value that no error and no log may show.
func (s *settings) secret(values ...string) {
	s.secrets = append(s.secrets, values...)
}
