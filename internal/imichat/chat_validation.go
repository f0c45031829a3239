package imichat

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	blankless = regexp.MustCompile(`^\S(.*\S)?$`)
	longCode  = regexp.MustCompile(`^\+?[0-9]{3,15}$`)
	mobile    = regexp.MustCompile(`^\+?[0-9]{6,15}$`)
	address   = regexp.MustCompile(`^[^\s@]+@[^\s@]+$`)
	digits    = regexp.MustCompile(`^[0-9]+$`)
)

func noBlanks() validator.String {
	return stringvalidator.RegexMatches(blankless, "must not be empty, or begin or end with a blank")
}

// form describes what an identifier looks like.
type form struct {
	pattern *regexp.Regexp
	text    string
}

// assetForm returns the form of a channel's assets, where the vendor's table gives one.
func assetForm(channel string) (form, bool) {
	f, ok := map[string]form{
		"sms":      {longCode, "a long code: 3 to 15 digits, such as \"447700900100\""},
		"facebook": {digits, "a page id: digits only"},
		"twitter":  {digits, "an owner id: digits only"},
		"email":    {address, "the business's e-mail address, such as \"support@example.com\""},
	}[channel]

	return f, ok
}

// customerForm returns the form of customers' addresses on a channel, where there is one.
func customerForm(channel string) (form, bool) {
	number := form{mobile, "a mobile number with its country code: 6 to 15 digits, such as \"447700900123\""}
	f, ok := map[string]form{
		"sms":      number,
		"whatsapp": number,
		"email":    {address, "an e-mail address, such as \"ana@example.com\""},
	}[channel]

	return f, ok
}

// ValidateConfig checks what depends on the channel. What is not known yet is let through.
func (r *chatResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config chatModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(config.check()...)
}

func (m *chatModel) check() (diags diag.Diagnostics) {
	channel := m.Channel.ValueString()
	assets, known := assetForm(channel)
	checkForm(&diags, known, assets, channel, m.Asset, path.Root("asset"), "id")
	customers, known := customerForm(channel)
	checkForm(&diags, known, customers, channel, m.Customer, path.Root("customer"), "destination_id")
	onlyOn(&diags, "email", channel, "subject", m.Subject)
	onlyOn(&diags, "livechat", channel, "thread_id", m.ThreadID)

	if tfvalue.IsSet(m.InitialMessages) {
		for i, element := range m.InitialMessages.Elements() {
			if message, ok := element.(types.Object); ok && tfvalue.IsSet(message) {
				diags.Append(checkMessage(channel, message.Attributes(), path.Root("initial_messages").AtListIndex(i))...)
			}
		}
	}

	if m.AdoptExisting.ValueBool() && isEmpty(m.AliasID) {
		diags.AddAttributeError(path.Root("adopt_existing"), "Nothing to find a chat by", "adopt_existing finds a chat by its alias_id. Set alias_id as well.")
	}

	if m.RecreateWhenClosed.ValueBool() && m.Status.ValueString() == "closed" {
		diags.AddAttributeError(path.Root("recreate_when_closed"), "Attributes that contradict each other",
			"status = \"closed\" closes the chat, and recreate_when_closed = true would then make a new one. Remove one of them.")
	}

	return diags
}

func checkForm(diags *diag.Diagnostics, known bool, f form, channel string, object types.Object, at path.Path, name string) {
	if !known || !tfvalue.IsSet(object) {
		return
	}

	value, ok := object.Attributes()[name].(types.String)
	if ok && tfvalue.IsSet(value) && !f.pattern.MatchString(value.ValueString()) {
		diags.AddAttributeError(at.AtName(name), "Invalid identifier for channel "+channel,
			fmt.Sprintf("On channel %s it must be %s.", channel, f.text))
	}
}

func onlyOn(diags *diag.Diagnostics, only, channel, name string, value attr.Value) {
	isKnown := slices.Contains(channels(), channel) // What another one takes, the server decides.
	if isKnown && channel != only && isGiven(value) {
		diags.AddAttributeError(path.Root(name), "Invalid attribute for channel "+channel,
			fmt.Sprintf("%s is for channel %s, and the chat's channel is %s.", name, only, channel))
	}
}
