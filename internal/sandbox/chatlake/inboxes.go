package chatlake

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// inbox is a row with its channel and its members.
type inbox struct {
	id, account                int64
	name                       string
	channel                    *channel
	avatar                     string
	greetingEnabled            *bool
	greetingMessage            *string
	enableEmailCollect         *bool
	csatSurveyEnabled          *bool
	csatConfig                 object
	enableAutoAssignment       *bool
	autoAssignmentConfig       object
	workingHoursEnabled        *bool
	outOfOfficeMessage         *string
	timezone                   *string
	allowMessagesAfterResolved *bool
	lockToSingleConversation   bool
	senderNameType             string
	businessName               *string
	portal                     *portal
	hours                      [7]workingHours
	members                    []int64
	bot                        *agentBot
	policy                     *policy
	conversations              []*conversation
	created, updated           time.Time
}

type workingHours struct {
	DayOfWeek    int64  `json:"day_of_week"`
	ClosedAllDay bool   `json:"closed_all_day"`
	OpenHour     *int64 `json:"open_hour"`
	OpenMinutes  *int64 `json:"open_minutes"`
	CloseHour    *int64 `json:"close_hour"`
	CloseMinutes *int64 `json:"close_minutes"`
	OpenAllDay   bool   `json:"open_all_day"`
}

func newInbox(account int64) *inbox {
	yes, no, utc := true, false, "UTC"

	i := &inbox{
		account: account, greetingEnabled: &no, enableEmailCollect: &yes, csatSurveyEnabled: &no, csatConfig: object{},
		enableAutoAssignment: &yes, autoAssignmentConfig: object{}, workingHoursEnabled: &no, timezone: &utc,
		allowMessagesAfterResolved: &yes, senderNameType: "friendly",
	}
	for day := range i.hours {
		i.hours[day] = workingHours{DayOfWeek: int64(day), ClosedAllDay: true}
		if day > 0 && day < 6 {
			open, shut, zero := int64(9), int64(17), int64(0)
			i.hours[day] = workingHours{
				DayOfWeek: int64(day), OpenHour: &open, OpenMinutes: &zero, CloseHour: &shut, CloseMinutes: &zero,
			}
		}
	}

	return i
}

func (p *Platform) keepInbox(i *inbox) {
	if i.id == 0 {
		i.id, i.created = p.nextID("inboxes"), p.core.Now()
	}

	i.updated = p.core.Now()
	p.inboxes.Put(i.id, i)

	key, has := i.channel.key()
	if has {
		p.channelKeys[key] = i.channel.id
	}
}

func (ch *channel) key() (channelKey, bool) {
	value, _ := ch.fields[ch.spec.unique].(string)
	return channelKey{ch.kind, value}, value != ""
}

// slim is the inbox inside of a session.
func (i *inbox) slim() object {
	return object{
		"id": i.id, "avatar_url": i.avatar, "channel_id": i.channel.id, "name": i.name, "channel_type": i.channel.kind,
		"provider": i.channel.fields["provider"],
	}
}

// inboxRow is the row with all its columns, as contact create shows it.
func (p *Platform) inboxRow(i *inbox) object {
	row := object{
		"id": i.id, "channel_id": i.channel.id, "account_id": i.account, "created_at": iso(i.created),
		"updated_at": iso(i.updated), "channel_type": i.channel.kind, "email_address": nil, "portal_id": nil,
	}
	if i.portal != nil {
		row["portal_id"] = i.portal.id
	}

	maps.Copy(row, i.settings(p))

	return row
}

// settings are the columns that answers show under their own names.
func (i *inbox) settings(p *Platform) object {
	out := object{
		"name": i.name, "greeting_enabled": i.greetingEnabled, "greeting_message": i.greetingMessage,
		"working_hours_enabled": i.workingHoursEnabled, "enable_email_collect": i.enableEmailCollect,
		"csat_survey_enabled": i.csatSurveyEnabled, "enable_auto_assignment": i.enableAutoAssignment,
		"auto_assignment_config": i.autoAssignmentConfig, "out_of_office_message": i.outOfOfficeMessage,
		"timezone": i.timezone, "allow_messages_after_resolved": i.allowMessagesAfterResolved,
		"lock_to_single_conversation": i.lockToSingleConversation, "sender_name_type": i.senderNameType,
		"business_name": i.businessName,
	}
	if p.has(inboxSurvey) {
		out["csat_config"] = i.csatConfig
	}

	return out
}

// channelKeysOfAll are in every inbox, null where the channel has no such column.
var channelKeysOfAll = []string{
	"widget_color", "website_url", "hmac_mandatory", "welcome_title", "welcome_tagline", "website_token",
	"selected_feature_flags", "reply_time", "allowed_domains", "messaging_service_sid", "phone_number", "provider",
}

// inboxJSON is the whole inbox; secrets are for administrators.
func (p *Platform) inboxJSON(i *inbox, administrator bool) object {
	fields := i.channel.fields
	out := i.settings(p)
	maps.Copy(out, object{
		"id": i.id, "avatar_url": i.avatar, "channel_id": i.channel.id, "channel_type": i.channel.kind,
		"working_hours": i.hours, "callback_webhook_url": p.callbackURL(i), "web_widget_script": nil,
	})

	for _, key := range channelKeysOfAll {
		out[key] = fields[key]
	}

	if !p.has(widgetDomains) {
		delete(out, "allowed_domains")
	}

	if i.portal != nil {
		out["help_center"] = object{"name": i.portal.name, "slug": i.portal.slug}
	}

	copyKeys := func(keys ...string) {
		for _, key := range keys {
			out[key] = fields[key]
		}
	}
	p.channelJSON(i, out, copyKeys, administrator)

	return out
}

// channelJSON adds what only one kind of channel has.
func (p *Platform) channelJSON(i *inbox, out object, copyKeys func(...string), administrator bool) {
	fields := i.channel.fields
	switch i.channel.kind {
	case "Channel::Api":
		copyKeys("webhook_url", "additional_attributes")

		out["inbox_identifier"] = fields["identifier"]

		if administrator {
			copyKeys("hmac_token")

			if p.has(inboxSecret) {
				copyKeys("secret")
			}
		}
	case "Channel::WebWidget":
		copyKeys("pre_chat_form_enabled", "pre_chat_form_options", "continuity_via_email")

		token, _ := fields["website_token"].(string)
		out["web_widget_script"] = "<script>/* sandbox widget " + token + " */</script>"

		if administrator {
			copyKeys("hmac_token")
		}
	case "Channel::Email":
		copyKeys("email")

		p.forwardJSON(i, out)

		if administrator {
			for _, column := range emailColumns {
				isShown := strings.HasPrefix(column.name, "imap_") || strings.HasPrefix(column.name, "smtp_")
				if isShown && (column.since == "" || p.since(column.since)) {
					copyKeys(column.name)
				}
			}
		}
	case "Channel::Telegram":
		copyKeys("bot_name")
	case twilioClass:
		twilioJSON(copyKeys, administrator)
	case "Channel::Whatsapp":
		copyKeys("message_templates", "reauthorization_required", "voice_enabled", "inbound_calls_enabled")

		if administrator {
			copyKeys("provider_config")
		}
	}
}

// forwardJSON tells where mail is forwarded to, if the installation receives any. Older releases made an address of it all
// the same.
func (p *Platform) forwardJSON(i *inbox, out object) {
	local, _ := i.channel.fields["forward_to"].(string)
	domain := p.switches.InboundEmailDomain

	if p.has(mailForwarding) {
		out["forwarding_enabled"] = domain != ""
	} else if domain == "" {
		domain = "false"
	}

	if domain != "" {
		out["forward_to_email"] = local + "@" + domain
	}
}

// callbackURL is null for API inboxes: their webhook is the channel's webhook_url.
func (p *Platform) callbackURL(i *inbox) any {
	base := "http://chatlake.sandbox.invalid/webhooks/"
	value := func(key string) string { text, _ := i.channel.fields[key].(string); return text }

	switch i.channel.kind {
	case twilioClass:
		return strings.TrimSuffix(base, "webhooks/") + "twilio/callback"
	case "Channel::Line":
		return base + "line/" + value("line_channel_id")
	case "Channel::Sms":
		return base + "sms/" + strings.TrimPrefix(value("phone_number"), "+")
	case "Channel::Whatsapp":
		return base + "whatsapp/" + value("phone_number")
	}

	return nil
}

func (c *call) findInbox() (*inbox, *sandbox.Reply) {
	going := c.p.goingAnswer(c.id("inbox"))
	if going != nil {
		return nil, going
	}

	i, found := c.p.inboxes.Get(c.id("inbox"))
	if !found || i.account != c.account.id {
		reply := notFound()
		return nil, &reply
	}

	if !c.seesInbox(i) {
		reply := forbidden()
		return nil, &reply
	}

	return i, nil
}

func (p *Platform) listInboxes(c *call) sandbox.Reply {
	rows := p.inboxes.Where(func(i *inbox) bool { return i.account == c.account.id && c.seesInbox(i) })
	slices.SortStableFunc(rows, func(a, b *inbox) int { return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })

	return ok(object{"payload": mapped(rows, func(i *inbox) object { return p.inboxJSON(i, c.isAdmin()) })})
}

func (p *Platform) showInbox(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	return ok(p.inboxJSON(i, c.isAdmin()))
}

var inboxFields = []string{
	"name", "avatar", "greeting_enabled", "greeting_message", "enable_email_collect", "csat_survey_enabled",
	"csat_config{}", "enable_auto_assignment", "auto_assignment_config{}", "working_hours_enabled",
	"out_of_office_message", "timezone", "allow_messages_after_resolved", "lock_to_single_conversation",
	"sender_name_type", "business_name", "portal_id", "channel*",
}

// readInbox reads the fields; a top-level string "null" is null.
func readInbox(c *call, more ...string) (*input, *sandbox.Reply) {
	in, refused := read(c.Request, append(slices.Clone(inboxFields), more...)...)
	if refused != nil {
		return nil, refused
	}

	for key, value := range in.values {
		if value == "null" {
			in.values[key] = nil
		}
	}

	return in, nil
}

func (p *Platform) createInbox(c *call) sandbox.Reply {
	in, refused := readInbox(c)
	if refused != nil {
		return *refused
	}

	limit := limitOf(c.account, "inboxes", p.switches.InboxLimit)
	if limit > 0 {
		have := len(p.inboxes.Where(func(i *inbox) bool { return i.account == c.account.id }))
		if have >= limit {
			return *refuse(http.StatusPaymentRequired, "Account limit exceeded. Upgrade to a higher plan")
		}
	}

	row, refused := p.createChannel(c, in)
	if refused != nil {
		return *refused
	}

	i := newInbox(c.account.id)

	i.channel = row
	if row == nil {
		c.Complain("channel.type is none of the known ones")
		in.errs.add("channel", "Channel must exist")
	} else if row.kind == "Channel::Telegram" {
		i.name, _ = row.fields["bot_name"].(string)
	}

	p.assignInbox(c, i, in)

	config := p.csatConfig(in)
	if config != nil {
		i.csatConfig = config
	}

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	p.keepInbox(i)

	return ok(p.inboxJSON(i, true))
}

// assignInbox puts the inbox's own fields on the row and validates them.
func (p *Platform) assignInbox(c *call, i *inbox, in *input) {
	name := &i.name
	in.optString("name", &name, maxString)

	i.name = deref(name)
	if strings.TrimSpace(i.name) == "" {
		in.errs.add("name", "Name can't be blank")
	}

	if !p.has(inboxFreeName) && !plainName.MatchString(i.name) {
		in.errs.add("name", `Name should not start or end with symbols, and it should not have < > / \ @ characters.`)
	}

	in.optFlag("greeting_enabled", &i.greetingEnabled)
	in.optString("greeting_message", &i.greetingMessage, 10_000)
	in.optFlag("enable_email_collect", &i.enableEmailCollect)
	in.optFlag("csat_survey_enabled", &i.csatSurveyEnabled)
	in.optFlag("enable_auto_assignment", &i.enableAutoAssignment)

	config := in.sub("auto_assignment_config")
	if config != nil {
		config.keep([]string{"max_assignment_limit*"})
		i.autoAssignmentConfig = config.values

		limit, sent := config.values["max_assignment_limit"]
		if p.switches.Enterprise && sent && limit != nil && castInteger(limit) <= 0 {
			in.errs.addEnglish("auto_assignment_config", "Auto assignment config max_assignment_limit must be greater than 0")
		}
	}

	in.optFlag("working_hours_enabled", &i.workingHoursEnabled)
	in.optString("out_of_office_message", &i.outOfOfficeMessage, 10_000)
	in.optString("timezone", &i.timezone, maxString)

	if in.has("timezone") && !knownTimezone(deref(i.timezone)) {
		in.errs.add("timezone", "Timezone is not included in the list")
	}

	in.optFlag("allow_messages_after_resolved", &i.allowMessagesAfterResolved)
	in.flag("lock_to_single_conversation", &i.lockToSingleConversation)
	in.enum("sender_name_type", []string{"friendly", "professional"}, &i.senderNameType)
	in.optString("business_name", &i.businessName, maxString)

	p.assignAvatar(c.Request, in, &i.avatar)
	p.assignPortal(c, i, in)
}

func (p *Platform) assignPortal(c *call, i *inbox, in *input) {
	if !in.has("portal_id") {
		return
	}

	var id *int64
	in.whole("portal_id", &id)

	i.portal = nil

	if id == nil {
		return
	}

	found, known := p.portals.Get(*id)
	if !known {
		in.refuseColumn("portal_id %d is no portal", *id)
		return
	}

	if found.account != c.account.id {
		c.Complain("portal_id %d is of another account", *id)
	}

	i.portal = found
}

// plainName is what an inbox could be called before the rule was dropped.
var plainName = regexp.MustCompile(`\A[\p{L}\p{N}_](?:[^/\\<>@]*[\p{L}\p{N}_])?\z`)

var zoneName = regexp.MustCompile(`\A[A-Z][A-Za-z]+(/[A-Z][A-Za-z0-9_+-]*)+\z`)

// knownTimezone asks the zone database, or only the form of the name where there is none.
func knownTimezone(name string) bool {
	if name == "UTC" || name == "GMT" {
		return true
	}

	if !zoneName.MatchString(name) {
		return false
	}

	if _, err := time.LoadLocation("Europe/Berlin"); err != nil {
		return true
	}

	_, err := time.LoadLocation(name)

	return err == nil
}

func (p *Platform) updateInbox(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	in, refused := readInbox(c, "working_hours*")
	if refused != nil {
		return *refused
	}

	draft := *i
	p.assignInbox(c, &draft, in)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	refused = p.saveInbox(c, i, draft, in)
	if refused != nil {
		return *refused
	}

	failed := p.mailTestFails(i)
	if failed != nil && in.has("channel") {
		return *failed
	}

	return ok(p.inboxJSON(i, true))
}

// saveInbox keeps what was read, part by part, as the server does: what a later part refuses leaves the earlier ones changed.
func (p *Platform) saveInbox(c *call, i *inbox, draft inbox, in *input) *sandbox.Reply {
	*i = draft
	p.keepInbox(i)

	config := p.csatConfig(in)
	if config != nil {
		i.csatConfig = p.defaultCSAT(config)
	}

	p.assignHours(i, in)

	refused := in.done(p)
	if refused != nil {
		return refused
	}

	fields, refused := p.updateChannel(c, i, in)
	if refused != nil {
		return refused
	}

	key, has := i.channel.key()
	if has {
		delete(p.channelKeys, key)
	}

	i.channel.fields = fields
	p.keepInbox(i)

	return nil
}

// csatConfig reads what the server lets through; nil if nothing was sent.
func (p *Platform) csatConfig(in *input) object {
	config := in.sub("csat_config")
	if config == nil || len(config.values) == 0 || !p.has(inboxSurvey) {
		return nil
	}

	config.keep([]string{"display_type", "message", "button_text", "language", "survey_rules{}", "template{}"})

	p.keepTemplate(config)

	if !p.has(surveyButton) {
		delete(config.values, "button_text")
		delete(config.values, "language")
	}

	rules := config.sub("survey_rules")
	if rules != nil {
		rules.keep([]string{"operator", "values*"})
	}

	return config.values
}

// defaultCSAT fills what an update leaves out.
func (p *Platform) defaultCSAT(config object) object {
	out := object{"display_type": "emoji", "message": ""}
	if p.has(surveyButton) {
		out["button_text"], out["language"] = "Please rate us", "en"
	}

	maps.Copy(out, config)

	rules := object{"operator": "contains", "values": []any{}}
	sent, _ := config["survey_rules"].(object)
	maps.Copy(rules, sent)
	out["survey_rules"] = rules

	return out
}

// assignHours matches entries by day. An invalid entry is not saved, and no error says so.
func (p *Platform) assignHours(i *inbox, in *input) {
	rows, isList := in.values["working_hours"].([]any)
	if !isList && in.notBlank("working_hours") {
		in.fail(crash(in.req, "working_hours is no list"))
		return
	}

	for _, row := range rows {
		values, _ := row.(object)
		one := &input{req: in.req, values: maps.Clone(values)}
		one.keep([]string{
			"day_of_week", "closed_all_day", "open_hour", "open_minutes", "close_hour", "close_minutes", "open_all_day",
		})
		day, isNumber := one.values["day_of_week"].(json.Number)

		n, err := day.Int64()
		if !isNumber || err != nil || n < 0 || n > 6 {
			in.fail(crash(in.req, "working hours for day %v", one.values["day_of_week"]))
			return
		}

		hours := i.hours[n]
		one.flag("closed_all_day", &hours.ClosedAllDay)
		one.flag("open_all_day", &hours.OpenAllDay)
		one.whole("open_hour", &hours.OpenHour)
		one.whole("open_minutes", &hours.OpenMinutes)
		one.whole("close_hour", &hours.CloseHour)
		one.whole("close_minutes", &hours.CloseMinutes)

		if hours.complete() {
			i.hours[n] = hours
		}
	}
}

// complete forces the times of a day that is open throughout, and reports whether the row is valid. A closed day keeps its
// times.
func (h *workingHours) complete() bool {
	if h.OpenAllDay && h.ClosedAllDay {
		return false
	}

	if h.OpenAllDay {
		zero, last, minute := int64(0), int64(23), int64(59)
		h.OpenHour, h.OpenMinutes, h.CloseHour, h.CloseMinutes = &zero, &zero, &last, &minute
	}

	if h.ClosedAllDay {
		return true
	}

	within := func(n *int64, limit int64) bool { return n != nil && *n >= 0 && *n <= limit }
	if !within(h.OpenHour, 23) || !within(h.OpenMinutes, 59) || !within(h.CloseHour, 23) || !within(h.CloseMinutes, 59) {
		return false
	}

	return *h.CloseHour*60+*h.CloseMinutes > *h.OpenHour*60+*h.OpenMinutes
}

func (p *Platform) deleteInbox(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	if len(p.switches.GoingAnswers) > 0 {
		p.going[i.id] = slices.Clone(p.switches.GoingAnswers)
	} else {
		p.later(func() {
			p.removeInbox(i)
			p.going[i.id] = p.chanceOfGoing()
		})
	}

	return ok(object{"message": "Your inbox deletion request will be processed in some time."})
}

// chanceOfGoing draws how the first request after the removal of an inbox is answered.
func (p *Platform) chanceOfGoing() []int {
	chance := float64(p.core.Intn(1000)) / 1000

	switch {
	case chance < p.switches.GoingRefused:
		return []int{http.StatusUnauthorized}
	case chance < p.switches.GoingRefused+p.switches.GoingCrashes:
		return []int{http.StatusInternalServerError}
	default:
		return nil
	}
}

// goingAnswer is what a request to an inbox that is being deleted hears before 404; nil leaves the answer to the row.
func (p *Platform) goingAnswer(id int64) *sandbox.Reply {
	answers := p.going[id]
	if len(answers) == 0 {
		return nil
	}

	p.going[id] = answers[1:]

	i, found := p.inboxes.Get(id)
	if found && (len(answers) == 1 || answers[0] == http.StatusNotFound) {
		defer p.removeInbox(i)
	}

	var reply sandbox.Reply

	switch answers[0] {
	case http.StatusUnauthorized:
		reply = forbidden()
	case http.StatusInternalServerError:
		reply = internal()
	case http.StatusNotFound:
		reply = notFound()
	default:
		return nil
	}

	return &reply
}

// removeInbox takes the inbox with all that hangs on it.
func (p *Platform) removeInbox(i *inbox) {
	_, found := p.inboxes.Get(i.id)
	if !found {
		return
	}

	for _, conv := range slices.Clone(i.conversations) {
		p.removeConversation(conv)
	}

	for key, s := range p.sessions {
		if key.inbox == i.id {
			p.dropSession(s)
		}
	}

	key, has := i.channel.key()
	if has {
		delete(p.channelKeys, key)
	}

	for _, r := range p.hooks.Where(func(r *integration) bool { return r.inbox == i }) {
		p.hooks.Delete(r.id)
	}

	for _, r := range p.campaigns.Where(func(r *campaign) bool { return r.inbox == i }) {
		p.campaigns.Delete(r.key())
	}

	p.dropCaptainInbox(i)
	p.dropInboxLimits(i)
	p.inboxes.Delete(i.id)
}

func (p *Platform) deleteInboxAvatar(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	i.avatar = ""

	return empty(http.StatusOK)
}

// resetInboxSecret is for API inboxes; the 404 of others has no body.
func (p *Platform) resetInboxSecret(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	if i.channel.kind != "Channel::Api" {
		return empty(http.StatusNotFound)
	}

	i.channel.fields["secret"] = p.newToken()

	return ok(p.inboxJSON(i, true))
}
