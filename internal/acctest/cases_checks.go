package acctest

import (
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// checkLife takes a minimal object from its creation to its end. Nothing is sent for nothing, each way to import finds it,
// and what is gone is gone.
func (r *caseRun) checkLife() {
	p, config := r.provider, r.config()

	diags := p.Validate(r.Type, config)
	if len(diags) > 0 {
		r.Fatalf("the minimal configuration: %s", diags)
	}

	created := r.mustApply(p, Object{Type: r.Type}, config)

	want := r.Writes
	if want == 0 {
		want = 1
	}

	writes := len(r.writesSoFar())
	if writes != max(want, 0) {
		r.Errorf("%d requests change something when it is created, want %d", writes, max(want, 0))
	}

	r.forget()

	for name, value := range r.local() {
		created = r.mustApply(p, created, r.config(Values{name: value}))
		r.wantNoWrites("a change of " + name)
	}

	r.checkImport(created)
	r.wantNoWrites("an import")

	for _, when := range []string{"destroyed", "destroyed again"} {
		gone, diags := p.Apply(r.Context(), created, nil)
		if len(diags) > 0 || !gone.Gone() {
			r.Errorf("%s: %v\n%s", when, gone.State, diags)
		}

		if r.Stays != "" {
			break
		}
	}

	if r.Stays != "" {
		return
	}

	gone, diags := r.fresh().Read(r.Context(), created)
	if len(diags) > 0 || !gone.Gone() {
		r.Errorf("read after it was destroyed: %v\n%s", gone.State, diags)
	}

	r.mustApply(p, Object{Type: r.Type}, config)
}

func (r *caseRun) checkImport(o Object) {
	r.Helper()

	id := r.importID(o)
	byID := r.mustImport(id)

	if byID.String("id") != o.String("id") {
		r.Errorf("%q imports %v, want %v", id, byID.State, o.State)
	}

	identity := Values{}
	for name, value := range r.provider.Identity(o) {
		identity[name] = value
	}

	byIdentity, diags := r.fresh().ImportIdentity(r.Context(), r.Type, identity)
	if len(diags) > 0 || !byIdentity.State.Equal(byID.State) {
		r.Errorf("%v imports %v, want %v\n%s", identity, byIdentity.State, byID.State, diags)
	}

	r.wantImportByKeys(byID, r.Import.Keys)

	missing := r.Import.Missing
	if missing == "" {
		missing = "99999"
	}

	if r.real != nil {
		missing = id[:strings.LastIndex(id, "/")+1] + "999999999"
	}

	nothing, diags := r.fresh().Import(r.Context(), r.Type, missing)
	if len(diags) > 0 || !nothing.Gone() {
		r.Errorf("%s, which does not exist, imports %v\n%s", missing, nothing.State, diags)
	}

	malformed := r.Import.Malformed
	if malformed == nil {
		malformed = notNumbers
	}

	for _, id := range malformed {
		_, diags := r.fresh().Import(r.Context(), r.Type, id)
		if !strings.Contains(diags.String(), "Invalid import id") {
			r.Errorf("%q imports: %s", id, diags)
		}
	}
}

// wantImportByKeys wants that the value of each key, if the object has it, imports the same as the id.
func (r *caseRun) wantImportByKeys(byID Object, keys []string) {
	r.Helper()

	id := r.importID(byID)
	parent := id[:strings.LastIndex(id, "/")+1]

	for _, key := range keys {
		value := byID.String(key)
		if value == "" {
			continue
		}

		byKey, diags := r.fresh().Import(r.Context(), r.Type, parent+key+":"+value)
		if len(diags) > 0 || !byKey.State.Equal(byID.State) {
			r.Errorf("%s:%s imports %v, want %v\n%s", key, value, byKey.State, byID.State, diags)
		}
	}
}

// checkStages sets every attribute, changes it and takes it out again. At each step, state, platform and import agree, and
// in the end an object is as if the attributes had never been set.
func (r *caseRun) checkStages() {
	if len(r.Stages) == 0 {
		return
	}

	object := Object{Type: r.Type}

	optionalKeys := slices.DeleteFunc(slices.Clone(r.Import.Keys), func(key string) bool { return r.Minimal[key] != nil })

	untried := slices.Clone(optionalKeys)

	var imported Object

	for _, stage := range r.Stages {
		config := r.config(stage)

		diags := r.provider.Validate(r.Type, config)
		if len(diags) > 0 {
			r.Fatalf("%v: %s", config, diags)
		}

		object = r.mustApply(r.provider, object, config)
		r.wantRead(object)

		imported = r.mustImport(r.importID(object))
		r.wantImportByKeys(imported, optionalKeys)

		untried = slices.DeleteFunc(untried, func(key string) bool { return imported.String(key) != "" })

		r.wantNoChange(r.fresh(), imported, r.known(config), "after an import")
	}

	if len(untried) > 0 {
		r.Errorf("no stage has a value of %v, by which Import.Keys says that the object can be imported", untried)
	}

	object = r.mustApplyWarned(r.provider, object, r.config(r.Cleared), r.ClearedWarns)
	r.wantRead(object)
	r.wantCleared(imported, r.mustImport(r.importID(object)))
}

// wantRead wants that a provider which knows nothing reads what the state says, and sends nothing.
func (r *caseRun) wantRead(o Object) {
	r.Helper()
	r.forget()

	read, diags := r.fresh().Read(r.Context(), o)
	if len(diags) > 0 || read.Gone() {
		r.Fatalf("read %v, want %v\n%s", read.State, o.State, diags)
	}

	changes := changedPaths(r.T, o.State, read.State)
	if len(changes) > 0 {
		r.Errorf("a refresh changes %v: %v, want %v", changes, read.State, o.State)
	}

	r.wantNoWrites("a refresh")
}

// wantCleared wants that an object from which attributes were taken out is as one that never had them.
func (r *caseRun) wantCleared(before, cleared Object) {
	r.Helper()

	other := newCaseRunOn(r.T, r.Cases, r.server())
	plain := other.mustApply(other.provider, Object{Type: r.Type}, other.config(r.Cleared))
	plain = other.mustImport(other.importID(plain))

	can := settable(r.provider.Schema(r.Type))
	kept := map[string]bool{}

	for _, path := range changedPaths(r.T, plain.State, cleared.State) {
		_, isSettable := can[strings.TrimSuffix(path, "[]")]
		if !isSettable || isConfigured(r.config(r.Cleared), path) {
			continue
		}

		if !isExcused(r.Kept, path) && !r.isOfRun(other, path, at(cleared, path), at(plain, path)) {
			r.Errorf("%s was taken out, and the platform still has it:\n%v, want\n%v", path, at(cleared, path), at(plain, path))
		}

		for given := range r.Kept {
			kept[given] = kept[given] || isExcused(map[string]string{given: ""}, path)
		}
	}

	for given := range r.Kept {
		if !kept[given] {
			r.Errorf("Kept excuses %s, which was %v and is cleared", given, at(before, given))
		}
	}
}

// isOfRun reports whether an attribute of two objects differs because they were made in two runs on a real server.
func (r *caseRun) isOfRun(other *caseRun, path string, mine, others tftypes.Value) bool {
	if r.real == nil {
		return false
	}

	return isExcused(r.Shared, path) ||
		strings.ReplaceAll(mine.String(), r.real.prefix, "") == strings.ReplaceAll(others.String(), other.real.prefix, "")
}

// isConfigured reports whether a configuration has the attribute to which the path leads.
func isConfigured(config Values, path string) bool {
	top, _, _ := strings.Cut(path, ".")
	return config[strings.TrimSuffix(top, "[]")] != nil
}

// at returns the attribute of an object to which the path leads.
func at(o Object, path string) tftypes.Value {
	var attributes map[string]tftypes.Value

	top, _, _ := strings.Cut(path, ".")
	if o.State.As(&attributes) != nil {
		return tftypes.Value{}
	}

	return attributes[strings.TrimSuffix(top, "[]")]
}

// checkRefused tries what a plan refuses, and what it accepts.
func (r *caseRun) checkRefused() {
	for _, refused := range r.Refused {
		diags := r.provider.Validate(r.Type, r.config(refused.Config)).Errors()

		said := strings.Join(strings.Fields(diags.String()), " ")
		if refused.Want == "" || !regexp.MustCompile(refused.Want).MatchString(said) {
			r.Errorf("%v: %q, want %q", refused.Config, said, refused.Want)
		}

		for _, d := range diags {
			if d.Attribute == nil && !refused.Whole {
				r.Errorf("%v: the error is not on an attribute: %s", refused.Config, d.Summary)
			}
		}
	}

	for _, warned := range r.Warned {
		diags := r.provider.Validate(r.Type, r.config(warned.Config))

		said := strings.Join(strings.Fields(diags.String()), " ")
		if len(diags.Errors()) > 0 || !regexp.MustCompile(warned.Want).MatchString(said) {
			r.Errorf("%v: %q, want a warning that says %q", warned.Config, said, warned.Want)
		}
	}

	for _, config := range r.Accepted {
		diags := r.provider.Validate(r.Type, r.config(config))
		if len(diags) > 0 {
			r.Errorf("%v: %s", config, diags)
		}
	}
}

// checkReplaced plans another value for each attribute that forces a replacement.
func (r *caseRun) checkReplaced() {
	if len(r.Replaced) == 0 {
		return
	}

	config := r.first()
	object := r.mustApply(r.provider, Object{Type: r.Type}, config)

	for name, value := range r.Replaced {
		changed := maps.Clone(config)
		changed[name] = r.resolve(Values{name: value})[name]

		plan, diags := r.provider.Plan(r.Context(), object, changed)
		if len(diags.Errors()) > 0 {
			r.Errorf("another %s: %s", name, diags)
			continue
		}

		forced := slices.ContainsFunc(plan.RequiresReplace, func(path *tftypes.AttributePath) bool {
			first, _, _ := strings.Cut(dotted(path), ".")
			return strings.TrimSuffix(first, "[]") == name
		})
		if !forced {
			r.Errorf("another %s does not replace the object; %v does", name, plan.RequiresReplace)
		}
	}
}

// checkDrift lets others change the object. The next plan shows it, and the next apply repairs it.
func (r *caseRun) checkDrift() {
	if len(r.Drift) == 0 && r.NoDrift == "" {
		r.Error("the cases have no Drift and give no reason for it")
	}

	for name, drift := range r.Drift {
		r.Run(name, func(r *caseRun) {
			config := r.first()
			object := r.mustApply(r.provider, Object{Type: r.Type}, config)
			drift(r.T, r.world, object)
			r.forget()

			p := r.fresh()

			read, diags := p.Read(r.Context(), object)
			if len(diags) > 0 || read.Gone() || !p.Changes(r.Context(), read, config) {
				r.Fatalf("the plan does not show it: %v\n%s", read.State, diags)
			}

			r.wantNoWrites("a refresh")
			r.mustApply(p, read, config)
			r.wantNoChange(r.fresh(), r.mustImport(r.importID(object)), r.known(config), "after the repair")
		})
	}
}

// Run runs a part of a check with a sandbox of its own.
func (r *caseRun) Run(name string, part func(*caseRun)) {
	r.T.Run(name, func(t *testing.T) { part(newCaseRunOn(t, r.Cases, r.server())) })
}

// checkDisappeared lets others delete the object. A refresh drops it, and it can be created again.
func (r *caseRun) checkDisappeared() {
	if r.Stays != "" && r.Vanish == nil {
		return
	}

	config := r.first()
	object := r.mustApply(r.provider, Object{Type: r.Type}, config)

	if r.Vanish != nil {
		r.Vanish(r.T, r.world, object)
	} else {
		_, diags := r.fresh().Apply(r.Context(), object, nil)
		if len(diags) > 0 {
			r.Fatal(diags)
		}
	}

	p := r.fresh()

	read, diags := p.Read(r.Context(), object)
	if len(diags) > 0 || !read.Gone() {
		r.Errorf("read %v\n%s", read.State, diags)
	}

	r.mustApply(p, Object{Type: r.Type}, config)
}

// checkImportOwnsNothing imports an object that has everything, and applies a configuration that names the required
// attributes alone: the rest stays.
func (r *caseRun) checkImportOwnsNothing() {
	if len(r.Stages) == 0 {
		return
	}

	config := r.first()
	object := r.mustApply(r.provider, Object{Type: r.Type}, config)
	id := r.importID(object)
	before := r.mustImport(id)

	r.wantGenerated(before)
	r.wantNoRemoval(before, r.only(config, nil))
	r.wantKept(r.fresh(), before, r.only(config, nil), id)
}

// wantGenerated wants no change by the configuration that Terraform generates for an imported object.
func (r *caseRun) wantGenerated(imported Object) {
	r.Helper()

	p := r.fresh()
	config := p.Generated(imported)

	diags := p.Validate(r.Type, config)
	if len(diags.Errors()) > 0 {
		r.Errorf("the generated configuration %v is refused: %s", config, diags)
		return
	}

	r.wantNoChange(p, imported, config, "with the generated configuration")
}

// wantNoRemoval wants that a plan after an import keeps every value that the configuration does not name.
func (r *caseRun) wantNoRemoval(imported Object, config Values) {
	r.Helper()

	p := r.fresh()

	plan, diags := p.Plan(r.Context(), imported, config)
	if len(diags.Errors()) > 0 {
		r.Fatalf("planning %v: %s", config, diags)
	}

	var before, after map[string]tftypes.Value
	if imported.State.As(&before) != nil || p.unpack(plan.PlannedState, p.valueType(r.Type)).As(&after) != nil {
		r.Fatal("the plan is no object")
	}

	for name, value := range before {
		if !value.IsNull() && after[name].IsNull() {
			r.Errorf("the plan after an import removes %s, which the configuration does not name", name)
		}
	}
}

// only returns the part of a configuration that Minimal has too, and the named attributes.
func (r *caseRun) only(config Values, names []string) Values {
	part := Values{}

	for name, value := range config {
		_, isMinimal := r.Minimal[name]
		if isMinimal || slices.Contains(names, name) {
			part[name] = value
		}
	}

	return part
}

// wantKept applies a configuration and wants that the platform has the same as before.
func (r *caseRun) wantKept(p *Protocol, before Object, config Values, id string) {
	r.Helper()

	prior := before
	if config["adopt_existing"] != nil {
		prior = Object{Type: r.Type}
	}

	after, diags := p.Apply(r.Context(), prior, config)
	if len(diags.Errors()) > 0 {
		r.Fatalf("applying %v: %s", config, diags)
	}

	if after.String("id") != before.String("id") {
		r.Errorf("the object is %s, want %s", after.String("id"), before.String("id"))
	}

	r.wantNoChange(p, after, config, "after the apply")

	can := settable(r.provider.Schema(r.Type))

	for _, path := range changedPaths(r.T, before.State, r.mustImport(id).State) {
		_, isSettable := can[strings.TrimSuffix(path, "[]")]
		if isSettable {
			r.Errorf("%s was never in the configuration, and was changed", path)
		}
	}
}

// checkAdoption creates an object that exists already. It is refused, and with adopt_existing it is taken as it is, and then
// with all that a configuration says otherwise.
func (r *caseRun) checkAdoption() {
	if !r.has("adopt_existing") || len(r.Stages) == 0 {
		return
	}

	if len(r.Key) == 0 {
		r.Fatal("the type has adopt_existing, and the cases name no Key")
	}

	config := r.first()
	object := r.mustApply(r.provider, Object{Type: r.Type}, config)
	id := r.importID(object)
	before := r.mustImport(id)

	// One that is in all as the first could be what a lost answer has left.
	different := r.config(r.Stages[len(r.Stages)-1])
	for _, name := range r.Key {
		different[name] = config[name]
	}

	second, diags := r.fresh().Create(r.Context(), r.Type, different)

	said := diags.String()
	if !second.Gone() || !strings.Contains(said, "already exists") || !strings.Contains(said, "to = "+r.Type) {
		r.Errorf("created a second one: %v\n%s", second.State, said)
	}

	adopting := r.only(config, r.Key)
	adopting["adopt_existing"] = true
	r.wantKept(r.fresh(), before, adopting, id)

	different["adopt_existing"] = true

	// Some types warn of what they took over.
	adopted, diags := r.fresh().Apply(r.Context(), Object{Type: r.Type}, different)
	if len(diags.Errors()) > 0 || adopted.String("id") != before.String("id") {
		r.Fatalf("adopted %v, want the object with the id %s\n%s", adopted.State, before.String("id"), diags)
	}

	delete(different, "adopt_existing")
	r.wantNoChange(r.fresh(), r.mustImport(id), r.known(different), "after it was adopted and changed")
}

// checkListed lists the objects of the type. The list identifies the object as a read does and has a name for it; its
// resource comes only if it is asked for, and then it is what an import reads.
func (r *caseRun) checkListed() {
	object := r.mustApply(r.provider, Object{Type: r.Type}, r.first())
	imported := r.mustImport(r.importID(object))

	if !r.provider.CanList(r.Type) {
		r.Fatal("it has no list resource")
	}

	parents := Values{}
	for _, name := range r.provider.Parents(r.Type) {
		parents[name] = imported.String(name)
	}

	r.forget()

	named := r.listed(r.fresh().ListIdentities(r.Type, 0, parents), imported)
	if named.Name == "" || !named.Gone() {
		r.Errorf("listed as %q, with the resource %v", named.Name, named.State)
	}

	whole := r.listed(r.fresh().List(r.Type, 0, parents), imported)

	changes := changedPaths(r.T, imported.State, whole.State)
	if len(changes) > 0 {
		r.Errorf("%v are listed differently from what an import reads: %v, want %v", changes, whole.State, imported.State)
	}

	r.wantNoWrites("a list")
	r.wantSeen(imported)
}

// wantSeen wants that the data sources of one object and of many tell what an import reads, as far as they have the same
// attributes. What an import leaves out, because nothing manages it, they may tell.
func (r *caseRun) wantSeen(imported Object) {
	r.Helper()

	parents := Values{}
	for _, name := range r.provider.Parents(r.Type) {
		parents[name] = imported.String(name)
	}

	if slices.Contains(r.provider.DataArguments(r.Type), "id") {
		config := maps.Clone(parents)
		config["id"] = imported.String("id")
		r.wantSame(r.Type, r.seen(r.Type, config), imported)
	}

	plural := strings.NewReplacer("y|", "ies", "x|", "xes", "|", "s").Replace(r.Type + "|")
	if r.provider.DataArguments(plural) != nil {
		r.wantSame(plural, r.rowOf(r.seen(plural, parents), imported), imported)
	}
}

// seen returns the attributes of a data source.
func (r *caseRun) seen(kind string, config Values) map[string]tftypes.Value {
	r.Helper()

	found, diags := r.fresh().Data(r.Context(), kind, config)

	var attributes map[string]tftypes.Value
	if len(diags.Errors()) > 0 || found.As(&attributes) != nil {
		r.Fatalf("the data source %s, asked for %v, found %v\n%s", kind, config, found, diags)
	}

	return attributes
}

// rowOf returns the attributes of an object in the list that a data source has. What they share with its identity tells it.
func (r *caseRun) rowOf(attributes map[string]tftypes.Value, o Object) map[string]tftypes.Value {
	r.Helper()

	identity := r.provider.Identity(o)
	isOf := func(row map[string]tftypes.Value) bool {
		shared := 0

		for name, value := range identity {
			told, isTold := row[name]
			if isTold && !told.Equal(tftypes.NewValue(tftypes.String, value)) {
				return false
			}

			if isTold {
				shared++
			}
		}

		return shared > 0
	}

	for _, attribute := range attributes {
		var rows []tftypes.Value

		_ = attribute.As(&rows) // What is no list has no rows.

		for _, one := range rows {
			var row map[string]tftypes.Value
			if one.As(&row) == nil && isOf(row) {
				return row
			}
		}
	}

	r.Errorf("%v has no row of %v", attributes, identity)

	return nil
}

// wantSame wants of each attribute that both have the value that an import read. Maps and objects may hold more. What a data
// source tells as JSON is an object or a list of any form in a resource.
func (r *caseRun) wantSame(kind string, seen map[string]tftypes.Value, imported Object) {
	r.Helper()

	var want map[string]tftypes.Value
	if imported.State.As(&want) != nil {
		r.Fatal("what was imported is no object")
	}

	for name, value := range want {
		isOpen := value.Type().Is(tftypes.Map{}) || value.Type().Is(tftypes.Object{})
		isSame := seen[name].Type() != nil && seen[name].Type().Equal(value.Type())

		if isSame && !isOpen && !value.IsNull() && !value.Equal(seen[name]) {
			r.Errorf("%s says %s is %v, and an import %v", kind, name, seen[name], value)
		}

		isFree := value.Type().Is(tftypes.Tuple{}) || value.Type().Is(tftypes.Object{})

		var text string
		if isFree && !value.IsNull() && seen[name].Type() != nil && seen[name].As(&text) == nil && !isJSONOf(text, value) {
			r.Errorf("%s says %s is %s, and an import %v", kind, name, text, value)
		}
	}
}

// isJSONOf reports whether a text is the JSON of a value. Ids may be numbers in one and texts in the other.
func isJSONOf(text string, value tftypes.Value) bool {
	raw, err := json.Marshal(plainValue(value))
	if err != nil {
		return false
	}

	var told, want any

	return json.Unmarshal([]byte(text), &told) == nil && json.Unmarshal(raw, &want) == nil && reflect.DeepEqual(numbered(told), numbered(want))
}

// numbered returns decoded JSON with a number in place of each text that is one.
func numbered(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			value[name] = numbered(member)
		}
	case []any:
		for i, element := range value {
			value[i] = numbered(element)
		}
	case string:
		number, err := strconv.ParseFloat(value, 64)
		if err == nil {
			return number
		}
	}

	return value
}

// listed returns what a list has of an object.
func (r *caseRun) listed(all []Listed, o Object) Listed {
	r.Helper()

	var found []Listed

	for _, one := range all {
		if len(one.Diagnostics) > 0 {
			r.Fatalf("listing %s: %s", r.Type, one.Diagnostics)
		}

		if maps.Equal(r.provider.Identity(one.Object), r.provider.Identity(o)) {
			found = append(found, one)
		}
	}

	if len(found) != 1 {
		r.Fatalf("%d of %d listed objects have the identity %v", len(found), len(all), r.provider.Identity(o))
	}

	return found[0]
}
