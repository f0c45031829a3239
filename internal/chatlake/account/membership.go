package account

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Membership is a type that puts one agent into a group, such as an inbox, and leaves its other members alone.
type Membership struct {
	// Type is the resource's type. Group is what the agent is put into, such as "inbox": its id is the attribute inbox_id.
	Type, Group string
	// Description and ListDescription are shown in the documentation.
	Description, ListDescription string
	// Members lists who is in a group. Add and Remove change one.
	Members     func(client *api.Client, ctx context.Context, group api.ID) ([]api.ID, error)
	Add, Remove func(client *api.Client, ctx context.Context, group, agent api.ID) error
	// Refused says why the platform may not keep an agent whom it took.
	Refused string
}

const agentID = "agent_id"

func (m Membership) groupID() string { return m.Group + "_id" }

// Resource returns the resource.
func (m Membership) Resource() resource.Resource {
	return &membershipResource{Resource: Of(m.Type), Membership: m}
}

type membershipResource struct {
	Resource
	Membership
}

// membership is one membership in a configuration and in state. The name of the group's attribute depends on the type.
type membership struct{ id, group, agent types.String }

func (r *membershipResource) read(ctx context.Context, from interface {
	GetAttribute(ctx context.Context, path path.Path, target any) diag.Diagnostics
}, diags *diag.Diagnostics,
) membership {
	var m membership

	diags.Append(from.GetAttribute(ctx, path.Root("id"), &m.id)...)
	diags.Append(from.GetAttribute(ctx, path.Root(r.groupID()), &m.group)...)
	diags.Append(from.GetAttribute(ctx, path.Root(agentID), &m.agent)...)

	return m
}

func (r *membershipResource) write(ctx context.Context, m membership, state *tfsdk.State, identity *tfsdk.ResourceIdentity, diags *diag.Diagnostics) {
	diags.Append(state.SetAttribute(ctx, path.Root("id"), m.group.ValueString()+"/"+m.agent.ValueString())...)
	diags.Append(state.SetAttribute(ctx, path.Root(r.groupID()), m.group)...)
	diags.Append(state.SetAttribute(ctx, path.Root(agentID), m.agent)...)

	if identity != nil {
		diags.Append(identity.SetAttribute(ctx, path.Root(accountID), r.Client.AccountID)...)
		diags.Append(identity.SetAttribute(ctx, path.Root(r.groupID()), m.group)...)
		diags.Append(identity.SetAttribute(ctx, path.Root(agentID), m.agent)...)
	}
}

func (m membership) groupID() api.ID { return api.ParseID(m.group.ValueString()) }
func (m membership) agentID() api.ID { return api.ParseID(m.agent.ValueString()) }

// Schema is the two ids.
func (r *membershipResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	part := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description, Required: true, Validators: []validator.String{attribute.IntegerID()},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		}
	}

	resp.Schema = schema.Schema{
		MarkdownDescription: r.Description,
		Attributes: map[string]schema.Attribute{
			"id":        attribute.JoinedID("The id of the "+r.Group+" and that of the agent, joined by a slash.", r.groupID(), agentID),
			r.groupID(): part("The " + r.Group + ". Another one is another membership."),
			agentID:     part("The agent. Another one is another membership."),
		},
	}
}

// IdentitySchema is the account and the two ids.
func (r *membershipResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = IdentitySchema(map[string]string{r.groupID(): "The id of the " + r.Group + ".", agentID: "The id of the agent."})
}

// Create adds the agent, and looks whether the platform kept them.
func (r *membershipResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := r.read(ctx, req.Plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	key := plan.group.ValueString() + "/" + plan.agent.ValueString()
	if !r.Claims.Claim(r.Type, key) {
		adopt.AddManaged(&resp.Diagnostics, r.Type, key)
		return
	}

	err := r.Add(r.Client, ctx, plan.groupID(), plan.agentID())

	var members []api.ID
	if err == nil {
		members, err = r.Client.AddedMembers(ctx, plan.agentID(), func(ctx context.Context) ([]api.ID, error) {
			return r.Members(r.Client, ctx, plan.groupID())
		})
	}

	action := fmt.Sprintf("add agent %s to %s %s", plan.agent.ValueString(), r.Group, plan.group.ValueString())

	switch {
	case err != nil:
		apidiag.Add(&resp.Diagnostics, action, err)
	case !slices.Contains(members, plan.agentID()):
		resp.Diagnostics.AddAttributeError(path.Root(agentID), "Unable to "+action, "The platform accepted the request, and did not keep the agent. "+r.Refused)
	default:
		r.write(ctx, plan, &resp.State, resp.Identity, &resp.Diagnostics)
		r.warnOwned(plan, &resp.Diagnostics)

		return
	}

	r.Claims.Release(r.Type, key)
}

// Read drops a membership that is gone, with its group or alone.
func (r *membershipResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state := r.read(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	r.write(ctx, state, &resp.State, resp.Identity, &resp.Diagnostics)

	members, err := r.Members(r.Client, ctx, state.groupID())

	switch {
	case transport.IsNotFound(err), err == nil && !slices.Contains(members, state.agentID()):
		resp.State.RemoveResource(ctx)
	case err != nil:
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("read the members of %s %s", r.Group, state.group.ValueString()), err)
	default:
		r.warnOwned(state, &resp.Diagnostics)
	}
}

// Update is never called: every change is another membership.
func (r *membershipResource) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete takes this agent out, and no other.
func (r *membershipResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := r.read(ctx, req.State, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Remove(r.Client, ctx, state.groupID(), state.agentID())
	if err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("take agent %s out of %s %s", state.agent.ValueString(), r.Group, state.group.ValueString()), err)
		return
	}

	r.Claims.Release(r.Type, state.group.ValueString()+"/"+state.agent.ValueString())
}

// ImportState takes the group's id and the agent's, or an identity.
func (r *membershipResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	form := importid.Form{Type: r.Type, Parts: []importid.Part{
		{Name: r.groupID(), Form: importid.Integer, Example: "3"}, {Name: agentID, Form: importid.Integer, Example: "12"},
	}}
	r.ImportForm(ctx, form, nil, req, resp)
}

// warnOwned warns that the resource of the group owns the whole list of members in this run: the two undo each other's
// changes.
func (r *membershipResource) warnOwned(m membership, diags *diag.Diagnostics) {
	owner := "chatlake_" + r.Group

	r.Claims.Note(r.Type, m.group.ValueString())

	if r.Claims.IsNoted(owner, m.group.ValueString()) {
		diags.AddAttributeWarning(path.Root(r.groupID()), "Two resources decide about the members of "+r.Group+" "+m.group.ValueString(), fightDetail(owner, r.Type))
	}
}

func fightDetail(owner, single string) string {
	return fmt.Sprintf("%s has member_ids, which takes out whom it does not name, and %s puts one agent in. They undo each other's changes. "+
		"Take member_ids out of the one, or name the agent there and take the other out.", owner, single)
}

// MemberIDs is the attribute of a group that lists its members.
func MemberIDs(group, description string) schema.SetAttribute {
	return Managed(schema.SetAttribute{
		MarkdownDescription: description + ", all of them: others are taken out. Left out, they are neither read nor changed: " +
			"the data source `chatlake_" + group + "` tells them. Taken out of the configuration, they stay. `[]` is the " + group + " without members.",
		ElementType: types.StringType, CustomType: tfvalue.Texts, Optional: true,
		Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.IntegerID())},
	})
}

// IsWanted reports whether the plan names members other than those that the group has. A plan that names none leaves them.
func IsWanted(prior, plan tfvalue.TextSet) bool {
	return !plan.IsNull() && tfvalue.Changed(prior, plan)
}

// ReadMembers returns who is in a group if that is managed, as the state's members tell, or if all is asked for, as by an
// import.
func ReadMembers(ctx context.Context, list func(ctx context.Context, group api.ID) ([]api.ID, error), group api.ID, prior tfvalue.TextSet, all bool) (tfvalue.TextSet, error) {
	if prior.IsNull() && !all {
		return prior, nil
	}

	members, err := list(ctx, group)
	if err != nil || len(members) == 0 && prior.IsNull() {
		return prior, err
	}

	return IDSet(members), nil
}

// OwnMembers notes that a resource owns the whole list of members of its object, if its configuration has the list or had
// it in the last apply, and warns if another resource puts single agents into it.
func (r *Resource) OwnMembers(ctx context.Context, private ownership.Reader, id types.String, diags *diag.Diagnostics) {
	managed, problems := ownership.Load(ctx, private)
	diags.Append(problems...)

	if !managed.Has("member_ids") {
		return
	}

	r.Claims.Note(r.typeName, id.ValueString())

	single := r.typeName + "_member"
	if r.Claims.IsNoted(single, id.ValueString()) {
		diags.AddAttributeWarning(path.Root("member_ids"), "Two resources decide about the members of "+noun.Of(r.typeName)+" "+id.ValueString(), fightDetail(r.typeName, single))
	}
}

// groupMember is one member of a group.
type groupMember struct {
	group, agent api.ID
	name         string
}

// List returns the list resource: the members of one group, by the names of the account's agents.
func (m Membership) List() list.ListResource {
	return Listing[groupMember, types.Object]{
		Type: m.Type, Noun: m.Group + " members",
		Description: m.ListDescription,
		Arguments:   map[string]listschema.Attribute{m.groupID(): lookup.Owner("The "+m.Group+".", attribute.IntegerID())},
		Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[groupMember, error] {
			return lookup.Each(func() ([]groupMember, error) { return m.named(ctx, client, api.ParseID(given.Text(m.groupID()))) })
		},
		Name: func(found groupMember) string { return found.name },
		Identity: func(found groupMember, _ lookup.Arguments) map[string]string {
			return map[string]string{m.groupID(): found.group.String(), agentID: found.agent.String()}
		},
		Fill: func(ctx context.Context, _ *api.Client, object *types.Object, found groupMember, _ *diag.Diagnostics) {
			attributes := object.Attributes()
			attributes["id"] = types.StringValue(found.group.String() + "/" + found.agent.String())
			*object = types.ObjectValueMust(object.AttributeTypes(ctx), attributes)
		},
	}.New()
}

// named returns the members of a group with their names.
func (m Membership) named(ctx context.Context, client *api.Client, group api.ID) ([]groupMember, error) {
	members, err := m.Members(client, ctx, group)
	if err != nil {
		return nil, err
	}

	agents, err := client.Agents(ctx)
	if err != nil {
		return nil, err
	}

	names := map[api.ID]string{}
	for _, agent := range agents {
		names[agent.ID] = agent.Name
	}

	found := make([]groupMember, len(members))
	for i, agent := range members {
		found[i] = groupMember{group, agent, cmp.Or(names[agent], "Agent "+agent.String())}
	}

	return found, nil
}
