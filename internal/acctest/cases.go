package acctest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Cases are the tests that a type of resource owes, as a table. They stand in the test file of the resource, and
// [RunCases] runs them in this process. A type of which the parts differ much, such as the channels of an inbox, has
// several tables; what one of them covers is covered.
type Cases struct {
	// Type is the name of the type.
	Type string
	// Name tells several tables of one type apart.
	Name string

	// Needs are made before the object, in their order. Configurations refer to them with [Ref].
	Needs []Need
	// Prepare sets switches of the sandbox, or makes there what the provider has no type for.
	Prepare func(*testing.T, *World)

	// Minimal holds the required attributes alone. All other configurations are added to it.
	Minimal Values
	// Stages are applied one after the other: first every attribute set, then every attribute changed. A nil takes an
	// attribute of Minimal out.
	Stages []Values
	// Cleared is the last stage: everything is taken out. It is Minimal if it is nil. ClearedWarns is a part of the warning
	// that this gives.
	Cleared      Values
	ClearedWarns string

	// Replaced has another value for each attribute that forces a replacement.
	Replaced Values
	// Local has a value for on_destroy and other attributes that only the provider looks at: they send nothing.
	// adopt_existing and timeouts are tried without being listed.
	Local Values

	// Unset, Unchanged and Uncleared give the reason why no stage sets, changes or clears an attribute. The names are
	// paths: "name", "channel.webhook_url", "content[].url".
	Unset, Unchanged, Uncleared map[string]string
	// Kept gives the reason why the platform keeps an attribute that was set and taken out.
	Kept map[string]string
	// Shared gives the reason why an attribute depends on what others have on the account: it differs from one run on a real
	// server to the next.
	Shared map[string]string

	// Late gives the reason why the plan of a new object leaves an attribute open that may be set, and Moved why a change of
	// another attribute does.
	Late, Moved map[string]string
	// NeverEmpty gives the reason why an optional attribute cannot be empty. What says so has to name null as the way out.
	NeverEmpty map[string]string

	// Refused are configurations that a plan refuses, and Accepted those that look alike and are accepted.
	Refused  []Refused
	Accepted []Values
	// Warned are configurations that a plan accepts, with a warning that says Want.
	Warned []Refused

	// Odd are configurations that once ended with an error of the provider, or with a plan that was never empty. Others like
	// them are drawn from the schema.
	Odd []Values

	// Drift is what others do to the object that the first stage made, by name. The next plan shows it, and the next apply
	// repairs it.
	Drift map[string]func(*testing.T, *World, Object)
	// NoDrift is the reason why there is nothing to repair.
	NoDrift string

	// Key names the attributes by which the platform tells objects of this type apart. It is needed if the type has
	// adopt_existing.
	Key []string
	// Import says how the object is imported.
	Import Import

	// Writes is how many requests change something when a minimal object is created. Zero counts as one; -1 means none.
	Writes int
	// Stays is the reason why the object can be read after it was destroyed.
	Stays string
	// Vanish removes the object from the platform if destroying it does not.
	Vanish func(*testing.T, *World, Object)
	// Skip gives the reason why a check is left out: "life", "stages", "refused", "replaced", "drift", "disappeared",
	// "import owns nothing", "adoption", "plans", "quiet", "removed", "listed", "empty", "odd" or "untaken".
	Skip map[string]string
	// OnlySimulator is the reason why the cases cannot run on a real server.
	OnlySimulator string
	// Complaints is the reason why the provider sends what a strict platform would not take.
	Complaints string
}

// Import says how an object of a type is imported.
type Import struct {
	// ID is the id for an import. It is the attribute id if it is nil.
	ID func(Object) string
	// Missing is the id of an object that does not exist; 99999 if it is empty.
	Missing string
	// Malformed are ids of an unexpected form. If it is nil, they are those that are no numbers.
	Malformed []string
	// Keys are attributes by whose value the object can be imported too, as in "title:vip".
	Keys []string
	// Lost gives the reason why an import does not find an attribute. Versions of write-only values are never found.
	Lost map[string]string
}

// Need is an object to which the configurations of a type refer.
type Need struct {
	Name, Type string
	Config     Values
}

// Refused is a configuration that a plan refuses.
type Refused struct {
	// Config is added to Minimal.
	Config Values
	// Want is a regular expression for the words of the error. White space counts as one space.
	Want string
	// Whole says that the error is not about one attribute.
	Whole bool
}

// Ref returns a value for a configuration: an attribute of a need.
func Ref(need, attribute string) any { return ref{need, attribute} }

type ref struct{ need, attribute string }

// notNumbers are ids that do not name an object of a platform which counts its objects.
var notNumbers = []string{"", "0", "x", "../1", "1/2", "1?x=1", "-1"}

// localAttributes are never sent to a platform.
var localAttributes = map[string]any{"adopt_existing": true, "on_destroy": nil, "timeouts": nil}

// RunCases runs the cases of an area's resources. It fails if one of the resources has no cases, or if no stage sets,
// changes and clears an attribute and the cases give no reason.
func RunCases(t *testing.T, resources []func() resource.Resource, cases ...Cases) {
	t.Helper()

	types := map[string]bool{}

	for _, build := range resources {
		var resp resource.MetadataResponse
		build().Metadata(t.Context(), resource.MetadataRequest{}, &resp)
		types[resp.TypeName] = true
	}

	for _, c := range cases {
		if !types[c.Type] {
			t.Errorf("there are cases for %q, which is not one of the resources", c.Type)
		}
	}

	for _, kind := range slices.Sorted(maps.Keys(types)) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()

			own := slices.DeleteFunc(slices.Clone(cases), func(c Cases) bool { return c.Type != kind })
			if len(own) == 0 {
				t.Fatal("it has no cases: add a value of acctest.Cases to its test file, and pass it here")
			}

			for _, problem := range coverageProblems(NewProtocol(t).Schema(kind), own) {
				t.Error(problem)
			}

			server, _ := realServer()
			if server == nil { // There is a checkout.
				for _, key := range untriedKeys(page(t, kind), own) {
					t.Errorf("the page says that an import takes %s:VALUE, and no case tries it: name it in Import.Keys", key)
				}
			}

			for _, c := range own {
				c.run(t)
			}
		})
	}
}

// caseCheck is what each type has to pass. Its name is the one for [Cases.Skip].
type caseCheck struct {
	name  string
	check func(*caseRun)
}

var caseChecks = []caseCheck{
	{"life", (*caseRun).checkLife},
	{"stages", (*caseRun).checkStages},
	{"refused", (*caseRun).checkRefused},
	{"replaced", (*caseRun).checkReplaced},
	{"drift", (*caseRun).checkDrift},
	{"disappeared", (*caseRun).checkDisappeared},
	{"import owns nothing", (*caseRun).checkImportOwnsNothing},
	{"adoption", (*caseRun).checkAdoption},
	{"plans", (*caseRun).checkPlans},
	{"quiet", (*caseRun).checkQuiet},
	{"removed", (*caseRun).checkRemoved},
	{"listed", (*caseRun).checkListed},
	{"empty", (*caseRun).checkEmpty},
	{"odd", (*caseRun).checkOdd},
	{"untaken", (*caseRun).checkUntaken},
}

// run runs each check with a sandbox of its own.
func (c Cases) run(t *testing.T) {
	t.Helper()

	for name := range c.Skip {
		isKnown := slices.ContainsFunc(caseChecks, func(one caseCheck) bool { return one.name == name })
		if !isKnown {
			t.Errorf("Skip names %q, which is no check", name)
		}
	}

	for _, one := range caseChecks {
		t.Run(strings.TrimSpace(c.Name+" "+one.name), func(t *testing.T) {
			t.Parallel()

			reason, isSkipped := c.Skip[one.name]
			if isSkipped {
				t.Skip(reason)
			}

			server, err := realServer()
			if err != nil {
				t.Fatal(err)
			}

			reason = c.notOnRealServer(one.name)
			if server != nil && reason != "" {
				t.Skip(reason)
			}

			one.check(newCaseRunOn(t, c, server))
		})
	}
}

// caseRun is one check of one type, with a sandbox of its own.
type caseRun struct {
	*testing.T
	Cases

	world *World
	needs map[string]Object
	// provider made the needs.
	provider *Protocol
	// real is set on a real server.
	real *realRun
}

// newCaseRunOn prepares a check, on the simulator if there is no server.
func newCaseRunOn(t *testing.T, c Cases, server *RealServer) *caseRun {
	t.Helper()

	r := &caseRun{T: t, Cases: c, world: New(t), needs: map[string]Object{}}
	r.world.Complaints = c.Complaints != ""

	if server != nil {
		r.onRealServer(server)
		r.world.real = r.real
	}

	r.provider = r.fresh()

	if r.real != nil {
		r.prepareReal()
	}

	r.arrange()

	return r
}

// arrange makes what the configurations need, with a provider that knows nothing of what was before.
func (r *caseRun) arrange() {
	r.Helper()

	if r.Prepare != nil {
		r.Prepare(r.T, r.world)
	}

	for _, need := range r.Needs {
		made, diags := r.provider.Create(r.Context(), need.Type, r.resolve(need.Config))
		if len(diags.Errors()) > 0 {
			r.Fatalf("%s, which is needed: %s", need.Type, diags)
		}

		r.needs[need.Name] = made

		if r.real != nil {
			r.real.track(made)
		}
	}

	r.forget()
}

// config returns Minimal with each of the additions, and with the values of the needs.
func (r *caseRun) config(additions ...Values) Values {
	r.Helper()

	config := maps.Clone(r.Minimal)
	for _, added := range additions {
		maps.Copy(config, added)
	}

	return r.resolve(config)
}

func (r *caseRun) resolve(config Values) Values {
	r.Helper()

	resolved := Values{}
	for name, value := range config {
		resolved[name] = r.resolveValue(value)
		if r.real != nil {
			resolved[name] = r.real.adapt(name, resolved[name])
		}
	}

	return resolved
}

func (r *caseRun) resolveValue(value any) any {
	r.Helper()

	switch value := value.(type) {
	case Values:
		if value == nil {
			return nil
		}

		resolved := Values{}
		for name, inner := range value {
			resolved[name] = r.resolveValue(inner)
		}

		return resolved
	case []any:
		resolved := make([]any, len(value))
		for i, inner := range value {
			resolved[i] = r.resolveValue(inner)
		}

		return resolved
	case ref:
		need, ok := r.needs[value.need]
		if !ok {
			r.Fatalf("%s is not among the needs", value.need)
		}

		return need.String(value.attribute)
	default:
		return value
	}
}

// first returns the configuration with every attribute set.
func (r *caseRun) first() Values {
	if len(r.Stages) == 0 {
		return r.config()
	}

	return r.config(r.Stages[0])
}

// fresh returns a provider that knows nothing of what was done before.
func (r *caseRun) fresh() *Protocol {
	r.Helper()

	if r.real != nil {
		return r.world.Protocol(r.T, r.real.settings())
	}

	return r.world.Protocol(r.T, nil)
}

// mustApply applies a configuration, wants no diagnostics, and wants the next plan to be empty.
func (r *caseRun) mustApply(p *Protocol, prior Object, config Values) Object {
	r.Helper()
	return r.mustApplyWarned(p, prior, config, "")
}

// mustApplyWarned does what mustApply does, for a configuration that gives a warning.
func (r *caseRun) mustApplyWarned(p *Protocol, prior Object, config Values, warning string) Object {
	r.Helper()

	applied, diags := p.Apply(r.Context(), prior, config)

	isExpected := warning != "" && len(diags.Errors()) == 0 && strings.Contains(diags.String(), warning)
	if len(diags) > 0 && !isExpected {
		r.Fatalf("applying %v: %s", config, diags)
	}

	if r.real != nil {
		r.real.track(applied)
	}

	if config != nil {
		r.wantNoChange(p, applied, config, "after an apply")
	}

	return applied
}

// wantNoChange wants an empty plan.
func (r *caseRun) wantNoChange(p *Protocol, o Object, config Values, when string) {
	r.Helper()

	if o.Gone() {
		r.Errorf("%s, there is no object", when)
		return
	}

	plan, diags := p.Plan(r.Context(), o, config)
	if len(diags.Errors()) > 0 {
		r.Errorf("planning %s: %s", when, diags)
		return
	}

	planned := p.unpack(plan.PlannedState, p.valueType(r.Type))

	changes := changedPaths(r.T, o.State, planned)
	if when != "after an apply" {
		changes = slices.DeleteFunc(changes, func(path string) bool {
			return strings.HasSuffix(path, "_wo_version") || isExcused(r.Import.Lost, path)
		})
	}

	if len(changes) > 0 {
		r.Errorf("the plan %s is not empty: %v", when, changes)
	}
}

// mustImport imports an object into a fresh provider.
func (r *caseRun) mustImport(id string) Object {
	r.Helper()

	imported, diags := r.fresh().Import(r.Context(), r.Type, id)
	if len(diags) > 0 || imported.Gone() {
		r.Fatalf("importing %q: %v\n%s", id, imported.State, diags)
	}

	return imported
}

func (r *caseRun) importID(o Object) string {
	if r.Import.ID != nil {
		return r.Import.ID(o)
	}

	return o.String("id")
}

// wantNoWrites wants that nothing was sent since the journal was cleared.
func (r *caseRun) wantNoWrites(during string) {
	r.Helper()

	for _, e := range r.writesSoFar() {
		r.Errorf("%s sent %s %s %s", during, e.Method, e.Path, e.Body)
	}

	r.forget()
}

// has reports whether the type has the attribute.
func (r *caseRun) has(attribute string) bool {
	return slices.Contains(topNames(r.provider.Schema(r.Type)), attribute)
}

// known returns the configuration without what only the provider looks at.
func (r *caseRun) known(config Values) Values {
	left := maps.Clone(config)
	for name := range config {
		_, local := localAttributes[name]
		if local {
			delete(left, name)
		}
	}

	return left
}

// local returns one value for each attribute that only the provider looks at.
func (r *caseRun) local() Values {
	local := Values{}
	if r.has("adopt_existing") {
		local["adopt_existing"] = true
	}

	if r.has("timeouts") {
		local["timeouts"] = Values{timeoutName(r.provider.Schema(r.Type)): "1m"}
	}

	maps.Copy(local, r.Local)

	return local
}
