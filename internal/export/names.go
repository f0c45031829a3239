package export

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// names are the exported objects by what others name them with, and the resources' names that are taken.
type names struct {
	targets map[target]*named
	taken   map[string]bool
}

// named are the addresses of objects by one attribute.
type named struct {
	addresses map[string]string
	order     []string
}

func newNames() *names {
	n := &names{targets: map[target]*named{}, taken: map[string]bool{}}

	for _, table := range []map[string]target{references, stepReferences} {
		for _, t := range table {
			n.targets[t] = &named{addresses: map[string]string{}}
		}
	}

	return n
}

// address returns the address of the object with the value.
func (n *names) address(t target, value string) (string, bool) {
	if n.targets[t] == nil {
		return "", false
	}

	address, ok := n.targets[t].addresses[value]

	return address, ok
}

// values returns the values of all objects.
func (n *names) values(t target) []string { return n.targets[t].order }

// add names an object for what people call it. The first one has the plain name, others of the same name have their id behind
// it, so that a new object does not change the names of older ones.
func (n *names) add(o *object) {
	id := cmp.Or(slug(o.id), "0")

	name := slug(o.display)
	isNamed := name != "" && !slices.Contains(unnamed, o.kind)

	switch {
	case !isNamed:
		name = noun(o.kind) + "_" + id
	case !hclsyntax.ValidIdentifier(name):
		name = noun(o.kind) + "_" + name
	}

	if isNamed && isOfPeople(o.kind) {
		name += "_" + id
	}

	if n.taken[o.kind+"."+name] {
		name += "_" + id
	}

	o.name = name
	for i := 2; n.taken[o.address()]; i++ {
		o.name = name + "_" + strconv.Itoa(i)
	}

	n.taken[o.address()] = true

	for t, known := range n.targets {
		if t.kind == o.kind {
			value := text(o.values[t.attribute])
			if value != "" {
				known.addresses[value] = o.address()
				known.order = append(known.order, value)
			}
		}
	}
}

// noun is the type without its platform.
func noun(kind string) string { return strings.TrimPrefix(kind, platformOf(kind)+"_") }

// slug writes a text as a name: letters and digits in lower case, and underscores between them.
func slug(display string) string {
	const most = 60

	words := strings.FieldsFunc(strings.ToLower(display), func(r rune) bool {
		isWritten := unicode.IsLetter(r) || unicode.IsDigit(r)
		return !isWritten || r > unicode.MaxASCII && !hclsyntax.ValidIdentifier("a"+string(r))
	})

	letters := []rune(strings.Join(words, "_"))
	if len(letters) > most {
		letters = letters[:most]
	}

	return strings.TrimRight(string(letters), "_")
}

// compareIDs compares import ids as people do: 9 comes before 10.
func compareIDs(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")

	for i := range min(len(x), len(y)) {
		m, errM := strconv.ParseInt(x[i], 10, 64)
		n, errN := strconv.ParseInt(y[i], 10, 64)

		order := cmp.Compare(x[i], y[i])
		if errM == nil && errN == nil {
			order = cmp.Compare(m, n)
		}

		if order != 0 {
			return order
		}
	}

	return len(x) - len(y)
}
