package imichat

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// chatIdentity is what identifies a chat across tenants. The domain is not known where an access token was given.
type chatIdentity struct {
	ChatID types.String `tfsdk:"chat_id"`
	Domain types.String `tfsdk:"domain"`
}

// identify sets the identity of a chat that has none yet: it must not change after that.
func (r *chatResource) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, id string) diag.Diagnostics {
	var prior chatIdentity

	if identity == nil {
		return nil
	}

	if !identity.Raw.IsNull() {
		diags := identity.Get(ctx, &prior)
		if diags.HasError() || tfvalue.IsSet(prior.ChatID) {
			return diags
		}
	}

	return identity.Set(ctx, r.identity(id))
}

func (r *chatResource) identity(id string) chatIdentity {
	return chatIdentity{ChatID: types.StringValue(id), Domain: tfvalue.StringOrNull(r.client.Domain)}
}

// chatID is the form of an id: the vendor's samples are CSR and 13 or 14 letters and digits.
var chatID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// importID is what import was given, checked for its form.
func (r *chatResource) importID(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) string {
	id := req.ID
	if id == "" && req.Identity != nil {
		var identity chatIdentity
		diags.Append(req.Identity.Get(ctx, &identity)...)
		checkDomain(r.client, identity.Domain.ValueString(), "chat", diags)
		id = identity.ChatID.ValueString()
	}

	problem := importProblem(id)
	if problem != "" {
		diags.AddError("Invalid import id", problem)
	}

	return id
}

// checkDomain refuses an identity of another tenant.
func checkDomain(client *api.Client, domain, noun string, diags *diag.Diagnostics) {
	if domain != "" && client.Domain != "" && !strings.EqualFold(domain, client.Domain) {
		diags.AddError("The "+noun+" is another tenant's", fmt.Sprintf("The identity has domain %q, and the provider is configured for %q.", domain, client.Domain))
	}
}

// importProblem says what is wrong with an import id, or nothing.
func importProblem(id string) string {
	if alias, ok := aliasOf(id); ok {
		if strings.TrimSpace(alias) == "" {
			return "Write the alias after alias:, such as alias:order-4711."
		}

		return ""
	}

	if !chatID.MatchString(id) {
		return fmt.Sprintf("%q is neither the id of a chat, such as CSR6M0VZHRFMQ2XW, nor alias: and the alias_id of a chat, such as alias:order-4711.", id)
	}

	return ""
}

func aliasOf(id string) (string, bool) { return strings.CutPrefix(id, "alias:") }

// aliased is the id of the chat with an alias: the one that is open, or else the newest.
func (r *chatResource) aliased(ctx context.Context, alias string, diags *diag.Diagnostics) string {
	chats, err := r.client.ChatsByAlias(ctx, alias)
	if err != nil {
		apidiag.Add(diags, fmt.Sprintf("look for a chat with alias_id %q", alias), err)
		return ""
	}

	if len(chats) == 0 {
		diags.AddError("Chat does not exist", fmt.Sprintf("No chat of the tenant has alias_id %q.", alias))
		return ""
	}

	var open []string

	for _, chat := range chats {
		if !chat.Closed() {
			open = append(open, chat.ID)
		}
	}

	switch len(open) {
	case 0:
		return chats[0].ID
	case 1:
		return open[0]
	default:
		diags.AddError("Several chats have the alias", fmt.Sprintf("alias_id %q is that of %s. Import one of them by its id.", alias, strings.Join(open, ", ")))
		return ""
	}
}
