package inbox

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// channelClasses are what the server calls the types of channel that can be made by request.
var channelClasses = map[string]string{
	"api": "Channel::Api", "web_widget": "Channel::WebWidget", "email": "Channel::Email", "line": "Channel::Line",
	"telegram": "Channel::Telegram", "whatsapp": "Channel::Whatsapp", "sms": "Channel::Sms",
	"twilio_sms": api.TwilioClass, "twilio_whatsapp": api.TwilioClass,
}

// channelTypes are the types in the order of the documentation.
var channelTypes = []string{"api", "web_widget", "email", "line", "telegram", "whatsapp", "sms", "twilio_sms", "twilio_whatsapp"}

// channelField is one field of a channel, under the platform's own name for it.
type channelField struct {
	name string
	// in are the types of channel that have the field; it is needed in all or in none of them.
	in     []string
	needed bool
	// oneOf are the types of channel that need exactly one of the fields that have them here, instead of each needed one.
	oneOf []string
	// attribute is the field in a schema. One that is not computed is cleared with the clear value.
	attribute schema.Attribute
	clear     any
	// byDefault is the value of a field that follows the platform in a new channel, if it is known.
	byDefault attr.Value
	// noneIn are the types of channel in which a new one has no value instead.
	noneIn []string
	// initial is the value of a field that is cleared in a new channel. An import takes it for nothing.
	initial map[string]any
	// secret fields are write-only, under the name with _wo behind it and a version beside it.
	secret bool
	// unread fields are not in the platform's answers.
	unread bool
	// since is the first release that knows the field.
	since string
}

func (f channelField) has(kind string) bool { return slices.Contains(f.in, kind) }

// written is the attribute's name in a configuration.
func (f channelField) written() string {
	if f.secret {
		return f.name + "_wo"
	}

	return f.name
}

// isFollowed reports whether the field follows the platform if it is not configured.
func (f channelField) isFollowed() bool { return f.attribute.IsComputed() }

// planned returns the attribute as it stands in the schema: a field that is cleared is computed, so that what an import found
// may stay.
func (f channelField) planned() schema.Attribute {
	if f.needed || f.secret {
		return f.attribute
	}

	switch a := f.attribute.(type) {
	case schema.StringAttribute:
		a.Computed = true
		return a
	case schema.BoolAttribute:
		a.Computed = true
		return a
	case schema.Int64Attribute:
		a.Computed = true
		return a
	case schema.DynamicAttribute:
		a.Computed = true
		return a
	default:
		return a
	}
}

func (f channelField) version() string { return f.name + "_wo_version" }

// channelAttributes are the attributes of channel beside type.
func channelAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{}
	for _, f := range channelFields {
		attributes[f.written()] = f.planned()
		if f.secret {
			attributes[f.version()] = secretVersion(f.written())
		}
	}

	return attributes
}

// channelAttrTypes are the types of all attributes of channel.
var channelAttrTypes = func() map[string]attr.Type {
	all := map[string]attr.Type{"type": types.StringType}
	for name, attribute := range channelAttributes() {
		all[name] = attribute.GetType()
	}

	return all
}()

// channelType is which type of channel an object says it is; "" for none yet.
func channelType(channel types.Object) string {
	kind, ok := channel.Attributes()["type"].(types.String)
	if !ok {
		return ""
	}

	return kind.ValueString()
}

// channelChange returns the fields that turn the channel of prior into that of the plan. Their names are those of the
// attributes, so the table of fields is all that knows them. Secrets are in the configuration only, and sent when they are
// new or their version changed.
func channelChange(prior, plan, config types.Object) api.Object {
	fields := api.Object{}
	before, after, secrets := prior.Attributes(), plan.Attributes(), config.Attributes()

	for _, f := range channelFields {
		if !f.has(channelType(plan)) {
			continue
		}

		old, value, isChanged := before[f.name], after[f.name], false

		switch {
		case f.secret:
			value = secrets[f.written()]
			isNew := prior.IsNull() || !tfvalue.Same(after[f.version()], before[f.version()])
			isChanged = isNew && value != nil && !tfvalue.IsEmpty(value) && !value.IsUnknown()
		case prior.IsNull():
			isChanged = account.IsChanged(types.StringNull(), value)
		default:
			isChanged = account.IsChanged(old, value)
		}

		if !isChanged {
			continue
		}

		fields[f.name] = tfvalue.JSON(value)
		if fields[f.name] == nil {
			fields[f.name] = f.clear
		}
	}

	return fields
}

// channelName returns the type of an inbox's channel; "" for one that cannot be made by request.
func channelName(found api.Inbox) string {
	if found.ChannelType == api.TwilioClass {
		if found.Channel["medium"] == "whatsapp" {
			return "twilio_whatsapp"
		}

		return "twilio_sms"
	}

	for name, class := range channelClasses {
		if class == found.ChannelType {
			return name
		}
	}

	return ""
}

// channelValue returns a field of an inbox's channel as its attribute has it, and whether the platform tells it.
func channelValue(found api.Inbox, name string) (any, bool) {
	value, told := found.Channel[name]

	number, isText := value.(string)
	if isText && name == "phone_number" && found.ChannelType == api.TwilioClass {
		return strings.TrimPrefix(number, api.TwilioWhatsApp), told
	}

	return value, told
}

// lineChannelID returns the id of a LINE channel. It is not told itself, but is the end of the address that LINE calls.
func lineChannelID(found api.Inbox) string {
	return found.CallbackWebhookURL[strings.LastIndex(found.CallbackWebhookURL, "/")+1:]
}

// channelFromAPI takes over the channel of an inbox; of what is optional, only what is managed, or all after an import. What
// the platform does not tell stays as it is.
func channelFromAPI(prior types.Object, found api.Inbox, all bool) (types.Object, diag.Diagnostics) {
	var diags diag.Diagnostics

	kind := channelName(found)
	if kind == "" {
		diags.AddError("Channel of a type that cannot be managed",
			fmt.Sprintf("Inbox %s has the channel %s, which is set up in a browser. Types that can be managed: %s.",
				found.ID, found.ChannelType, strings.Join(channelTypes, ", ")))

		return types.ObjectNull(channelAttrTypes), diags
	}

	before, values := prior.Attributes(), map[string]attr.Value{"type": types.StringValue(kind)}
	for _, f := range channelFields {
		old, ok := before[f.written()]
		if !ok {
			old = noValue(f.attribute)
		}

		value, told := channelValue(found, f.name)
		switch {
		case !f.has(kind), f.secret:
			values[f.written()] = noValue(f.attribute)
		case f.name == "line_channel_id" && found.CallbackWebhookURL != "":
			values[f.name] = types.StringValue(lineChannelID(found))
		case !told, f.unread:
			values[f.name] = known(old, f.attribute)
		case !f.isFollowed() && !f.needed && !all && old.IsNull():
			values[f.name] = old
		case f.initial != nil && (all || tfvalue.IsEmpty(old)) && tfvalue.SameJSON(any(f.initial), value):
			values[f.name] = noValue(f.attribute)
		default:
			values[f.name] = fieldFromAPI(f.attribute, old, value)
		}

		if f.secret {
			version, ok := before[f.version()]
			if !ok {
				version = types.StringNull()
			}

			values[f.version()] = version
		}
	}

	object, problems := types.ObjectValue(channelAttrTypes, values)
	diags.Append(problems...)

	return object, diags
}

// known is the value, or null where the plan left it open.
func known(value attr.Value, attribute schema.Attribute) attr.Value {
	if value.IsUnknown() {
		return noValue(attribute)
	}

	return value
}

// noValue is the attribute's null.
func noValue(attribute schema.Attribute) attr.Value {
	switch attribute.(type) {
	case schema.BoolAttribute:
		return types.BoolNull()
	case schema.Int64Attribute:
		return types.Int64Null()
	case schema.SetAttribute:
		return types.SetNull(types.StringType)
	case schema.MapAttribute:
		return types.MapNull(types.StringType)
	case schema.DynamicAttribute:
		return types.DynamicNull()
	default:
		return types.StringNull()
	}
}

// fieldFromAPI is one field as the platform answered it. Empty is null, for the platform does not tell them apart. A
// value of an unexpected kind is null as well: a field must not make the whole inbox unreadable.
func fieldFromAPI(attribute schema.Attribute, prior attr.Value, found any) attr.Value {
	switch found := found.(type) {
	case string:
		if _, ok := attribute.(schema.StringAttribute); ok {
			return tfvalue.StringOrNull(found)
		}
	case bool:
		if _, ok := attribute.(schema.BoolAttribute); ok {
			return types.BoolValue(found)
		}
	case json.Number:
		if n, err := found.Int64(); err == nil && n != 0 {
			if _, ok := attribute.(schema.Int64Attribute); ok {
				return types.Int64Value(n)
			}
		}
	case []any:
		if _, ok := attribute.(schema.SetAttribute); ok {
			elements := make([]string, 0, len(found))
			for _, element := range found {
				elements = append(elements, fmt.Sprint(element))
			}

			return tfvalue.StringSet(elements)
		}
	case map[string]any:
		if _, ok := attribute.(schema.DynamicAttribute); ok && len(found) > 0 {
			old, _ := prior.(types.Dynamic)
			return tfvalue.Object(old, maps.Clone(found))
		}
	}

	return noValue(attribute)
}

// channelValidator refuses fields of other types of channel, and misses those that the type needs.
type channelValidator struct{}

func (channelValidator) Description(context.Context) string {
	return "must have only fields of its type"
}

func (v channelValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }
