package plugin

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// types knows what each resource type declares. It is filled when a type is first asked for.
type types struct {
	provider provider.Provider

	once  sync.Once
	build map[string]func() resource.Resource

	mu    sync.Mutex
	known map[string]*declared
}

// declared is what a type declares that matters for an object that did not change.
type declared struct {
	build    func() resource.Resource
	schema   schema.Schema
	identity *identityschema.Schema // Nil if the type has none.
	// mayMove is true if the identity of an object may change.
	mayMove bool

	// readsAlone is true if nothing in the type needs the framework after a read.
	readsAlone bool

	version int64
	kind    tftypes.Type
	// isPlain is true if a plan without a change needs no plan modification but for the rules.
	isPlain bool
	// rules are of the attributes that may be planned otherwise although Terraform proposes no change.
	rules map[string]*rule
}

// get returns what a type declares, or nil if the provider has no such type.
func (t *types) get(ctx context.Context, name string) *declared {
	t.once.Do(func() {
		t.known, t.build = map[string]*declared{}, map[string]func() resource.Resource{}

		var own provider.MetadataResponse

		t.provider.Metadata(ctx, provider.MetadataRequest{}, &own)

		for _, build := range t.provider.Resources(ctx) {
			var metadata resource.MetadataResponse

			build().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: own.TypeName}, &metadata)
			t.build[metadata.TypeName] = build
		}
	})

	t.mu.Lock()
	defer t.mu.Unlock()

	if d, ok := t.known[name]; ok {
		return d
	}

	build, ok := t.build[name]
	if !ok {
		return nil
	}

	t.known[name] = declarationOf(ctx, build)

	return t.known[name]
}

// planChecker is a resource whose ModifyPlan only checks. What an object has that exists was checked before.
type planChecker interface{ ChecksPlanOnly() }

// changesActor is a modifier, or a resource whose ModifyPlan is one, that leaves a plan alone that is what the state is.
type changesActor interface{ ActsOnChangesOnly() }

func declarationOf(ctx context.Context, build func() resource.Resource) *declared {
	var resp resource.SchemaResponse

	r := build()
	r.Schema(ctx, resource.SchemaRequest{}, &resp)

	var metadata resource.MetadataResponse

	r.Metadata(ctx, resource.MetadataRequest{}, &metadata)

	d := &declared{
		build: build, schema: resp.Schema, identity: identityOf(ctx, r), mayMove: metadata.ResourceBehavior.MutableIdentity,
		version: resp.Schema.Version, kind: resp.Schema.Type().TerraformType(ctx), isPlain: len(resp.Schema.Blocks) == 0,
		readsAlone: len(resp.Schema.Blocks) == 0 && !hasOtherSpelling(ctx, resp.Schema.Type()), rules: map[string]*rule{},
	}

	if _, ok := r.(resource.ResourceWithModifyPlan); ok {
		_, checks := r.(planChecker)
		_, acts := r.(changesActor)
		d.isPlain = d.isPlain && (checks || acts)
	}

	for name, attribute := range resp.Schema.Attributes {
		found := ruleOf(ctx, reflect.ValueOf(attribute))
		if found != nil {
			d.rules[name] = found
		}
	}

	return d
}

// PlanResourceChange answers at once if nothing changes and the type declares nothing that could change that. The
// framework takes a hundred times as long to find out.
func (r *releasing) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if r.isUnchanged(ctx, req) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
	}

	return r.plan(ctx, req)
}

func (r *releasing) isUnchanged(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) bool {
	if r.types == nil || req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil || len(req.PriorState.MsgPack) < 2 ||
		!bytes.Equal(req.PriorState.MsgPack, req.ProposedNewState.MsgPack) {
		return false
	}

	d := r.types.get(ctx, req.TypeName)
	if d == nil || !d.isPlain {
		return false
	}

	return !d.mayChange(req.Config.MsgPack, req.PriorState.MsgPack, req.PriorPrivate)
}

// UpgradeResourceState returns the stored state as it is if it is of the current version and has the form of the current
// schema.
func (r *releasing) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if r.types != nil && req.RawState != nil && len(req.RawState.JSON) > 0 {
		d := r.types.get(ctx, req.TypeName)
		if d != nil && d.version == req.Version && hasForm(req.RawState.JSON, d.kind) {
			return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{JSON: req.RawState.JSON}}, nil
		}
	}

	return during(ctx, r, req, r.server.UpgradeResourceState)
}

// hasForm reports whether JSON is a value of the type, with every attribute of an object and no other.
func hasForm(raw json.RawMessage, kind tftypes.Type) bool {
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) == 0 {
		return false
	}

	first := trimmed[0]
	if first == 'n' {
		return true
	}

	switch kind := kind.(type) {
	case tftypes.Object:
		return first == '{' && membersHaveForm(trimmed, kind)
	case tftypes.Map:
		var members map[string]json.RawMessage
		if first != '{' || json.Unmarshal(trimmed, &members) != nil {
			return false
		}

		for _, member := range members {
			if !hasForm(member, kind.ElementType) {
				return false
			}
		}

		return true
	case tftypes.List:
		return elementsHaveForm(trimmed, kind.ElementType)
	case tftypes.Set:
		return elementsHaveForm(trimmed, kind.ElementType)
	default:
		if kind.Is(tftypes.DynamicPseudoType) {
			return first == '{' && anyHasForm(trimmed)
		}

		return scalarHasForm(first, kind)
	}
}

// anyHasForm reports whether JSON is a value of any type, as Terraform stores it: with its type.
func anyHasForm(raw []byte) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || len(members) != 2 {
		return false
	}

	return members["value"] != nil && members["type"] != nil
}

func membersHaveForm(raw []byte, kind tftypes.Object) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || len(members) != len(kind.AttributeTypes) {
		return false
	}

	for name, of := range kind.AttributeTypes {
		member, ok := members[name]
		if !ok || !hasForm(member, of) {
			return false
		}
	}

	return true
}

func elementsHaveForm(raw []byte, kind tftypes.Type) bool {
	var elements []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &elements) != nil {
		return false
	}

	for _, element := range elements {
		if !hasForm(element, kind) {
			return false
		}
	}

	return true
}

func scalarHasForm(first byte, kind tftypes.Type) bool {
	switch {
	case kind.Is(tftypes.String):
		return first == '"'
	case kind.Is(tftypes.Bool):
		return first == 't' || first == 'f'
	case kind.Is(tftypes.Number):
		return first == '-' || first >= '0' && first <= '9'
	default:
		return false
	}
}
