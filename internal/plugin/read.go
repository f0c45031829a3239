package plugin

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tfsdklog"
)

// configured is a provider that tells what it gives its resources when it is configured.
type configured interface{ ResourceData() any }

// read calls Read of the resource itself. The framework does the same, and then walks the state three times, looking each
// attribute up from the root of the schema, which copies all attributes: four fifths of the refresh of an inbox. It looks
// for values that are equal in another spelling, write-only values in a state, which no resource writes, and blocks.
//
// What is special is left to the framework: types with such values or blocks, an object that was just imported, and
// mistakes of a resource.
func (r *releasing) read(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	object, ok := r.readable(ctx, req)
	if !ok {
		return r.server.ReadResource(ctx, req)
	}

	resp, ok := object.read(withFrameworkLog(ctx))
	if !ok {
		return r.server.ReadResource(ctx, req)
	}

	return resp, nil
}

// readable is an object that can be read without the framework.
type readable struct {
	kind     *declared
	resource resource.Resource
	request  resource.ReadRequest
	response resource.ReadResponse
}

// readable decodes a request, and reports whether the framework is not needed for it.
func (r *releasing) readable(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*readable, bool) {
	if r.types == nil || req == nil || req.CurrentState == nil {
		return nil, false
	}

	data, ok := r.types.provider.(configured)
	kind := r.types.get(ctx, req.TypeName)

	if !ok || kind == nil || !kind.readsAlone {
		return nil, false
	}

	raw, err := req.CurrentState.Unmarshal(kind.kind)
	if err != nil {
		return nil, false
	}

	o := &readable{kind: kind, resource: kind.build()}
	o.request.State = tfsdk.State{Raw: raw, Schema: kind.schema}
	o.response.State = o.request.State

	if req.ClientCapabilities != nil {
		o.request.ClientCapabilities.DeferralAllowed = req.ClientCapabilities.DeferralAllowed
	}

	if !fillPrivate(ctx, &o.request.Private, req.Private) || !o.fillIdentity(ctx, req.CurrentIdentity) {
		return nil, false
	}

	o.response.Private = o.request.Private

	if r, ok := o.resource.(resource.ResourceWithConfigure); ok {
		var resp resource.ConfigureResponse

		r.Configure(ctx, resource.ConfigureRequest{ProviderData: data.ResourceData()}, &resp)

		if len(resp.Diagnostics) > 0 {
			return nil, false
		}
	}

	return o, true
}

// privateState is the framework's type for it, which has no public name.
type privateState interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// fillPrivate makes private state from what Terraform has stored, and reports whether that can be done: keys with a dot are
// the framework's own.
func fillPrivate[T any, P interface {
	*T
	privateState
}](ctx context.Context, private *P, stored []byte) bool {
	*private = new(T)

	var members map[string][]byte
	if len(stored) > 0 && json.Unmarshal(stored, &members) != nil {
		return false
	}

	for key, value := range members {
		if strings.HasPrefix(key, ".") || len((*private).SetKey(ctx, key, value)) > 0 {
			return false
		}
	}

	_, ok := storedPrivate(*private)

	return ok
}

// storedPrivate returns private state as Terraform stores it, and reports whether it can be told: the framework lets a
// resource ask for keys that it knows, and gives no list of them. Their map is the only field of the type.
func storedPrivate(private any) ([]byte, bool) {
	fields := reflect.ValueOf(private).Elem()
	if fields.NumField() != 1 || fields.Type().Field(0).Type != reflect.TypeFor[map[string][]byte]() {
		return nil, false
	}

	members := map[string][]byte{}

	for each := fields.Field(0).MapRange(); each.Next(); {
		if each.Value().Len() > 0 {
			members[each.Key().String()] = each.Value().Bytes()
		}
	}

	if len(members) == 0 {
		return nil, true
	}

	stored, err := json.Marshal(members)

	return stored, err == nil
}

// fillIdentity decodes the identity; one that Terraform does not have yet is null.
func (o *readable) fillIdentity(ctx context.Context, current *tfprotov6.ResourceIdentityData) bool {
	if o.kind.identity == nil {
		return current == nil
	}

	kind := o.kind.identity.Type().TerraformType(ctx)
	raw := tftypes.NewValue(kind, nil)

	if current != nil && current.IdentityData != nil {
		decoded, err := current.IdentityData.Unmarshal(kind)
		if err != nil {
			return false
		}

		raw = decoded
	}

	o.request.Identity = &tfsdk.ResourceIdentity{Raw: raw, Schema: *o.kind.identity}
	o.response.Identity = &tfsdk.ResourceIdentity{Raw: raw, Schema: *o.kind.identity}

	return true
}

// read asks the resource, and reports whether the framework is not needed for the answer.
func (o *readable) read(ctx context.Context) (*tfprotov6.ReadResourceResponse, bool) {
	o.resource.Read(ctx, o.request, &o.response)

	private, ok := storedPrivate(o.response.Private)
	if !ok || o.response.Deferred != nil {
		return nil, false
	}

	state, err := tfprotov6.NewDynamicValue(o.kind.kind, o.response.State.Raw)
	if err != nil {
		return nil, false
	}

	diags, ok := diagnostics(o.response.Diagnostics)
	if !ok {
		return nil, false
	}

	resp := &tfprotov6.ReadResourceResponse{NewState: &state, Private: private, Diagnostics: diags}
	if o.kind.identity == nil {
		return resp, true
	}

	if !o.response.Diagnostics.HasError() && !o.isIdentified() {
		return nil, false
	}

	after := o.response.Identity.Raw
	identity, err := tfprotov6.NewDynamicValue(after.Type(), after)
	resp.NewIdentity = &tfprotov6.ResourceIdentityData{IdentityData: &identity}

	return resp, err == nil
}

// isIdentified reports whether the object has an identity, which is the one that it had, if the type's identities stay.
func (o *readable) isIdentified() bool {
	before, after := o.request.Identity.Raw, o.response.Identity.Raw

	return !after.IsFullyNull() && (o.kind.mayMove || before.IsFullyNull() || before.Equal(after))
}

// diagnostics returns the wire form of what a resource reports, and reports whether there is one.
func diagnostics(from diag.Diagnostics) ([]*tfprotov6.Diagnostic, bool) {
	var diags []*tfprotov6.Diagnostic

	for _, one := range from {
		d := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: one.Summary(), Detail: one.Detail()}
		if one.Severity() == diag.SeverityWarning {
			d.Severity = tfprotov6.DiagnosticSeverityWarning
		}

		located, ok := one.(diag.DiagnosticWithPath)
		if ok {
			d.Attribute = attributePath(located.Path())
			if d.Attribute == nil {
				return nil, false
			}
		}

		diags = append(diags, d)
	}

	return diags, true
}

// attributePath returns the wire form of a path; nil for one into a set.
func attributePath(p path.Path) *tftypes.AttributePath {
	wire := tftypes.NewAttributePath()

	for _, step := range p.Steps() {
		switch step := step.(type) {
		case path.PathStepAttributeName:
			wire = wire.WithAttributeName(string(step))
		case path.PathStepElementKeyString:
			wire = wire.WithElementKeyString(string(step))
		case path.PathStepElementKeyInt:
			wire = wire.WithElementKeyInt(int(step))
		default:
			return nil
		}
	}

	return wire
}

// withFrameworkLog adds the logger that the framework expects in its own calls.
func withFrameworkLog(ctx context.Context) context.Context {
	return tfsdklog.NewSubsystem(ctx, "framework", tfsdklog.WithAdditionalLocationOffset(1), tfsdklog.WithLevelFromEnv("TF_LOG_SDK_FRAMEWORK"), tfsdklog.WithRootFields())
}

// hasOtherSpelling reports whether the type has values that count as equal in another spelling, such as fractions.
func hasOtherSpelling(ctx context.Context, kind attr.Type) bool {
	value := reflect.TypeOf(kind.ValueType(ctx))
	for i := range value.NumMethod() {
		if strings.HasSuffix(value.Method(i).Name, "SemanticEquals") {
			return true
		}
	}

	if members, ok := kind.(attr.TypeWithAttributeTypes); ok {
		for _, inner := range members.AttributeTypes() {
			if hasOtherSpelling(ctx, inner) {
				return true
			}
		}
	}

	elements, ok := kind.(attr.TypeWithElementType)

	return ok && hasOtherSpelling(ctx, elements.ElementType())
}

// identityOf returns the identity that a type declares; nil if it has none.
func identityOf(ctx context.Context, r resource.Resource) *identityschema.Schema {
	identified, ok := r.(resource.ResourceWithIdentity)
	if !ok {
		return nil
	}

	var resp resource.IdentitySchemaResponse

	identified.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &resp)

	return &resp.IdentitySchema
}
