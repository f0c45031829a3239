package export

import (
	"cmp"
	"regexp"
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

// add names an object for what people call it. The first one has the shortest name, so that a new object does not change the
// names of older ones.
func (n *names) add(o *object) {
	for _, o.name = range possibleNames(o) {
		if !n.taken[o.address()] {
			break
		}
	}

	for i, name := 2, o.name; n.taken[o.address()]; i++ {
		o.name = name + "_" + strconv.Itoa(i)
	}

	address := o.address()
	n.taken[address] = true

	for t, known := range n.targets {
		if t.kind == o.kind {
			value := text(o.values[t.attribute])
			if value != "" {
				known.addresses[value] = address
			}
		}
	}
}

// note keeps what others name an object by, whether it is exported or not: it may be the parent of others.
func (n *names) note(o *object) {
	for t, known := range n.targets {
		if t.kind == o.kind && text(o.values[t.attribute]) != "" {
			known.order = append(known.order, text(o.values[t.attribute]))
		}
	}
}

// remark is what display names have in brackets behind the name: the language of a category, the address of an agent.
var remark = regexp.MustCompile(` (\([^()]*\)|<[^<>]*>)$`)

// possibleNames returns names for an object, the best one first: the name alone, with the remark behind it, and with the id.
// There are many people, and many of the same name, so theirs always have the id.
func possibleNames(o *object) []string {
	id := cmp.Or(slug(o.id), "0")
	short, long := slug(remark.ReplaceAllString(o.display, "")), slug(o.display)

	if slices.Contains(unnamed, o.kind) || long == "" {
		return []string{noun(o.kind) + "_" + id}
	}

	names := []string{cmp.Or(short, long), long, long + "_" + id}
	if isOfPeople(o.kind) {
		names = names[2:]
	}

	for i, name := range names {
		if !hclsyntax.ValidIdentifier(name) {
			names[i] = noun(o.kind) + "_" + name
		}
	}

	return names
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
