package account

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
)

// Action is embedded by every action. It holds the client.
type Action struct {
	Client   *api.Client
	typeName string
}

// ActionOf returns what an action of the type embeds.
func ActionOf(typeName string) Action { return Action{typeName: typeName} }

// Metadata names the type.
func (a *Action) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.typeName
}

// Configure takes the platform's client.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Client = providerdata.Client(req.ProviderData, clientSource.Chatlake, &resp.Diagnostics)
}

// Report tells the user what the action does.
func Report(resp *action.InvokeResponse, format string, values ...any) {
	resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, values...)})
}
