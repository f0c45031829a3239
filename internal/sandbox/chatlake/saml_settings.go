package chatlake

import (
	"crypto/sha1" //nolint:gosec // A fingerprint that the server shows.
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// samlSince is the release that has single sign-on.
const samlSince = "4.6.0"

// samlSettings say how the members of an account sign in with an identity provider. An account has one row, or none.
type samlSettings struct {
	id                                int64
	ssoURL, certificate, idp, service *string
	roles                             object
	created, updated                  time.Time
	account                           int64
}

func (p *Platform) samlKind() kind {
	rows := p.samlRows()

	return kind{
		name: "saml_settings",
		endpoints: needing("SAML feature not enabled for this account", []string{"saml"}, ofEnterprise(
			get("/saml_settings", admin, p.showSAML).from(samlSince),
			post("/saml_settings", admin, p.createSAML).from(samlSince),
			patch("/saml_settings", admin, p.updateSAML).from(samlSince),
			remove("/saml_settings", admin, p.deleteSAML).from(samlSince),
		)...),
		view: func(account int64) sandbox.TableView {
			return tableOf("SAML settings", rows, func(r *samlSettings) (int64, []string) {
				return r.account, []string{number(r.id), deref(r.ssoURL), deref(r.idp), deref(r.service)}
			}, account, "Id", "Address", "Identity provider", "Service provider")
		},
		held: func(*call) []map[string]any {
			own := rows.Where(func(r *samlSettings) bool { return r.account == AccountID })
			return mapped(own, func(r *samlSettings) map[string]any { return plain(r.json()) })
		},
	}
}

func (p *Platform) samlRows() *sandbox.Collection[int64, *samlSettings] {
	return rowsOf[*samlSettings](p, "saml_settings")
}

// samlOf returns the settings of an account, and whether there are any.
func (p *Platform) samlOf(account int64) (*samlSettings, bool) {
	return p.samlRows().Find(func(r *samlSettings) bool { return r.account == account })
}

// json is null but for the account if there are no settings.
func (r *samlSettings) json() object {
	out := object{
		"id": nil, "account_id": r.account, "sso_url": r.ssoURL, "certificate": r.certificate, "fingerprint": nil, "idp_entity_id": r.idp,
		"sp_entity_id": r.service, "role_mappings": r.roles, "created_at": isoOrNull(r.created), "updated_at": isoOrNull(r.updated),
	}

	if r.id != 0 {
		out["id"], out["fingerprint"] = r.id, fingerprint(deref(r.certificate))
	}

	return out
}

func (p *Platform) showSAML(c *call) sandbox.Reply {
	r, found := p.samlOf(c.account.id)
	if !found {
		r = &samlSettings{account: c.account.id, roles: object{}}
	}

	return ok(r.json())
}

// createSAML does not take a second row: an update does what was meant.
func (p *Platform) createSAML(c *call) sandbox.Reply {
	_, found := p.samlOf(c.account.id)
	if found {
		c.Complain("the account has SAML settings: a PATCH changes them")

		return answer(http.StatusUnprocessableEntity, object{"status": http.StatusUnprocessableEntity, "error": "Unprocessable Content"})
	}

	return p.updateSAML(c)
}

// updateSAML makes a row where there is none.
func (p *Platform) updateSAML(c *call) sandbox.Reply {
	r, found := p.samlOf(c.account.id)
	if !found {
		r = &samlSettings{account: c.account.id, roles: object{}}
	}

	draft := *r

	refused := p.assignSAML(c, &draft)
	if refused != nil {
		return *refused
	}

	draft.updated = p.core.Now()
	if !found {
		draft.id, draft.created = p.nextID("saml_settings"), draft.updated
		p.samlRows().Put(draft.id, r)
		p.later(func() { p.setProviders(c.account.id, "saml") })
	}

	*r = draft

	return ok(r.json())
}

// deleteSAML never says that there is nothing.
func (p *Platform) deleteSAML(c *call) sandbox.Reply {
	r, found := p.samlOf(c.account.id)
	if found {
		p.samlRows().Delete(r.id)
		p.later(func() { p.setProviders(c.account.id, "email") })
	}

	return empty(http.StatusNoContent)
}

// setProviders says how the members of an account sign in from now on.
func (p *Platform) setProviders(account int64, provider string) {
	for _, u := range p.accountUsers(account) {
		u.provider = provider
	}
}

// assignSAML reads what is under the root, without which the server reads nothing.
func (p *Platform) assignSAML(c *call, r *samlSettings) *sandbox.Reply {
	const root = "saml_settings"

	top, refused := read(c.Request, root+"{}")
	if refused != nil {
		return refused
	}

	in := top.sub(root)
	if in == nil || len(in.values) == 0 {
		missing := missingParam(root)
		return &missing
	}

	in.keep([]string{"sso_url", "certificate", "idp_entity_id", "sp_entity_id", "role_mappings*"})
	in.optString("sso_url", &r.ssoURL, maxString)
	in.optString("certificate", &r.certificate, maxLong)
	in.optString("idp_entity_id", &r.idp, maxString)
	in.optString("sp_entity_id", &r.service, maxString)
	in.roleMappings(&r.roles)

	for _, column := range []struct {
		name  string
		value *string
	}{{"sso_url", r.ssoURL}, {"certificate", r.certificate}, {"idp_entity_id", r.idp}} {
		if presence(column.value) == nil {
			in.errs.add(column.name, humanize(column.name)+" can't be blank")
		}
	}

	if presence(r.certificate) != nil && certificateIn(*r.certificate) == nil {
		in.errs.addEnglish("certificate", "Certificate Translation missing: en.errors.account_saml_settings.invalid_certificate")
	}

	if presence(r.service) == nil {
		r.service = new(fmt.Sprintf("http://chatlake.sandbox.invalid/saml/sp/%d", r.account))
	}

	if in.errs.any() {
		reply := answer(http.StatusUnprocessableEntity, object{"errors": in.errs.told(p)})
		return &reply
	}

	return in.done(p)
}

// roleMappings replaces them, unchecked. What is no object is dropped.
func (in *input) roleMappings(into *object) {
	value, sent := in.values["role_mappings"]

	switch roles := value.(type) {
	case object:
		*into = roles
	case nil:
		if sent {
			*into = object{}
		}
	default:
		in.req.Complain("role_mappings is no object: the server drops it")
	}
}

// certificateIn returns the certificate that a text holds, as it is signed; nil if there is none.
func certificateIn(text string) []byte {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil
	}

	_, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil
	}

	return block.Bytes
}

func fingerprint(certificate string) string {
	sum := sha1.Sum(certificateIn(certificate)) //nolint:gosec // A fingerprint that the server shows.

	bytes := make([]string, len(sum))
	for i, b := range sum {
		bytes[i] = fmt.Sprintf("%02X", b)
	}

	return strings.Join(bytes, ":")
}
