package chatlake

import (
	"hash/crc32"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// kind is a type of objects that one file describes: its endpoints, and how its rows are shown. Its table needs no place in
// the state.
type kind struct {
	// name is that of the table, and of the objects that tests ask for.
	name      string
	endpoints []endpoint
	// view is the table of one account on the sandbox's page; nil if the page does not show it.
	view func(account int64) sandbox.TableView
	held func(c *call) []map[string]any
}

// kinds are the types that files of their own describe.
func (p *Platform) kinds() []kind {
	return append([]kind{
		p.customRoleKind(), p.slaPolicyKind(), p.capacityPolicyKind(), p.companyKind(), p.samlKind(), p.appliedSLAKind(), p.csatKind(), p.reportKind(),
		p.auditLogKind(), p.notificationKind(),
	}, p.captainKinds()...)
}

// kindEndpoints are the endpoints of all kinds.
func (p *Platform) kindEndpoints() []endpoint {
	var all []endpoint
	for _, k := range p.kinds() {
		all = append(all, k.endpoints...)
	}

	return all
}

// table holds the rows of a kind. A reset empties it: the endpoints keep pointing at it.
type table struct {
	rows  any // A pointer to a collection.
	empty func()
}

// rowsOf returns the table of a kind. Its ids start elsewhere than those of other tables.
func rowsOf[R any](p *Platform, name string) *sandbox.Collection[int64, R] {
	rows, ok := p.tables[name].rows.(*sandbox.Collection[int64, R])
	if ok {
		return rows
	}

	rows = &sandbox.Collection[int64, R]{}
	empty := func() {
		*rows = sandbox.Collection[int64, R]{}
		p.lastIDs[name] = 10_000 + 100*int64(crc32.ChecksumIEEE([]byte(name))%900)
	}

	empty()

	p.tables[name] = table{rows, empty}

	return rows
}

// ofEnterprise marks endpoints that a server without the enterprise folder does not have.
func ofEnterprise(endpoints ...endpoint) []endpoint {
	for i := range endpoints {
		endpoints[i].enterprise = true
	}

	return endpoints
}
