package chatlake

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// csatResponse is a customer's answer to a survey.
type csatResponse struct {
	id, rating int64
	feedback   *string
	message    *message
	agent      *user
	created    time.Time
	notes      *string
	noted      time.Time
	notedBy    *user
}

func (r *csatResponse) key() int64   { return r.id }
func (r *csatResponse) owner() int64 { return r.message.conversation.account.id }

func (p *Platform) csatKind() kind {
	const (
		all     = "/csat_survey_responses"
		survey  = "//public/api/v1/csat_survey/{uuid}"
		filters = " rating user_ids[] inbox_id team_id since until sort"
	)

	return kind{
		name: "csat_survey_responses",
		endpoints: append(
			ofEnterprise(patch(all+"/{response}", admin, p.noteOnCSAT)),
			get(all, reporter, p.listCSAT).takes("page"+filters),
			get(all+"/metrics", reporter, p.countCSAT).takes(filters),
			get(survey, public, p.showSurvey),
			patch(survey, public, p.answerSurvey),
		),
		held: func(*call) []map[string]any {
			rows := rowsOf[*csatResponse](p, "csat_survey_responses").Where(func(r *csatResponse) bool { return r.owner() == AccountID })
			return mapped(rows, func(r *csatResponse) map[string]any { return plain(p.csatJSON(r)) })
		},
	}
}

func (p *Platform) csatJSON(r *csatResponse) object {
	conv := r.message.conversation

	out := object{
		"id": r.id, "rating": r.rating, "feedback_message": r.feedback, "account_id": conv.account.id, "message_id": r.message.id,
		"conversation_id": conv.display, "created_at": epoch(r.created), "contact": p.contactJSON(conv.contact, false),
		"csat_review_notes": r.notes, "review_notes_updated_at": nil,
	}

	if r.notedBy != nil {
		out["review_notes_updated_at"] = epoch(r.noted)
		out["review_notes_updated_by"] = object{"id": r.notedBy.id, "name": r.notedBy.name}
	}

	if r.agent != nil {
		out["assigned_agent"] = p.agentJSON(r.agent, conv.account.id)
	}

	return out
}

// sendSurvey asks the customer of a resolved conversation, once.
func (p *Platform) sendSurvey(conv *conversation) {
	if conv.inbox.csatSurveyEnabled == nil || !*conv.inbox.csatSurveyEnabled {
		return
	}

	p.later(func() {
		_, found := p.conversations.Get(conversationKey{conv.account.id, conv.display})
		if !found || conv.survey() != nil || conv.status != "resolved" {
			return
		}

		text := "Please rate the conversation"
		p.keepMessage(&message{
			conversation: conv, content: &text, kind: template, contentType: "input_csat", status: "sent", attributes: object{}, additional: object{},
		})
	})
}

// survey is the message of a conversation that asks the customer, or nil.
func (conv *conversation) survey() *message {
	for _, m := range slices.Backward(conv.messages) {
		if m.contentType == "input_csat" {
			return m
		}
	}

	return nil
}

// findSurvey looks for a survey by its conversation's uuid, which is all that a customer needs.
func (p *Platform) findSurvey(c *call) *message {
	conv, found := p.conversations.Find(func(conv *conversation) bool { return conv.uuid == c.PathValue("uuid") })
	if !found {
		return nil
	}

	return conv.survey()
}

func (p *Platform) showSurvey(c *call) sandbox.Reply {
	m := p.findSurvey(c)
	if m == nil {
		return p.unknownPath(c.Request)
	}

	return ok(p.surveyJSON(m))
}

func (p *Platform) surveyJSON(m *message) object {
	conv := m.conversation
	answer, _ := m.attributes["csat_survey_response"].(object)

	if answer == nil {
		answer = object{}
	}

	return object{
		"id": m.id, "csat_survey_response": answer, "display_type": "emoji", "content": nil, "inbox_avatar_url": conv.inbox.avatar,
		"inbox_name": conv.inbox.name, "locale": conv.account.locale, "conversation_id": conv.display, "created_at": iso(m.created),
	}
}

// answerSurvey keeps the latest answer of a customer. A rating that is none from 1 to 5 is dropped without a word.
func (p *Platform) answerSurvey(c *call) sandbox.Reply {
	m := p.findSurvey(c)
	if m == nil {
		return p.unknownPath(c.Request)
	}

	var sent struct {
		Message struct {
			Submitted struct {
				Response *struct {
					Rating   json.RawMessage `json:"rating"`
					Feedback *string         `json:"feedback_message"`
				} `json:"csat_survey_response"`
			} `json:"submitted_values"`
		} `json:"message"`
	}

	if json.Unmarshal(c.Raw, &sent) != nil || sent.Message.Submitted.Response == nil {
		return crash(c.Request, "no answer in message.submitted_values.csat_survey_response")
	}

	answer := sent.Message.Submitted.Response

	rating, err := strconv.ParseInt(string(answer.Rating), 10, 64)
	if err != nil || rating < 1 || rating > 5 {
		c.Complain("the rating %s is none from 1 to 5: the server drops it", answer.Rating)
		return ok(p.surveyJSON(m))
	}

	rows := rowsOf[*csatResponse](p, "csat_survey_responses")

	r, found := rows.Find(func(r *csatResponse) bool { return r.message == m })
	if !found {
		r = &csatResponse{id: p.nextID("csat_survey_responses"), message: m, created: p.core.Now(), agent: m.conversation.assignee}
		rows.Put(r.id, r)
	}

	r.rating, r.feedback = rating, answer.Feedback
	m.attributes["csat_survey_response"] = object{"rating": rating, "feedback_message": answer.Feedback}

	return ok(p.surveyJSON(m))
}

// askedCSAT are the answers that the filters of a request leave.
func (p *Platform) askedCSAT(c *call) []*csatResponse {
	query := c.URL.Query()
	is := func(key string, id int64) bool { return query.Get(key) == "" || leadingInteger(query.Get(key)) == id }

	return rowsOf[*csatResponse](p, "csat_survey_responses").Where(func(r *csatResponse) bool {
		conv := r.message.conversation
		team, agent := int64(0), int64(0)

		if conv.team != nil {
			team = conv.team.ID
		}

		if r.agent != nil {
			agent = r.agent.id
		}

		users := query["user_ids[]"]
		isOfUser := len(users) == 0 || slices.ContainsFunc(users, func(id string) bool { return leadingInteger(id) == agent })

		return r.owner() == c.account.id && is("rating", r.rating) && is("inbox_id", conv.inbox.id) && is("team_id", team) && isOfUser && c.inRange(r.created)
	})
}

// listCSAT is a bare list, without a count.
func (p *Platform) listCSAT(c *call) sandbox.Reply {
	rows := p.askedCSAT(c)
	sortRows(c, p, rows, func(r *csatResponse) time.Time { return r.created }, func(r *csatResponse) int64 { return r.id })

	number, _ := c.page()

	return ok(orEmpty(mapped(sandbox.Page(rows, number, reportPage), p.csatJSON)))
}

func (p *Platform) countCSAT(c *call) sandbox.Reply {
	rows, ratings, sent := p.askedCSAT(c), map[string]int{}, 0
	for _, r := range rows {
		ratings[number(r.rating)]++
	}

	for _, m := range p.messages {
		if m.conversation.account == c.account && m.contentType == "input_csat" && c.inRange(m.created) {
			sent++
		}
	}

	return ok(object{"total_count": len(rows), "ratings_count": ratings, "total_sent_messages_count": sent})
}

// noteOnCSAT keeps what is written about an answer. What is not sent is taken for null.
func (p *Platform) noteOnCSAT(c *call) sandbox.Reply {
	r, found := rowsOf[*csatResponse](p, "csat_survey_responses").Get(c.id("response"))
	if !found || r.owner() != c.account.id {
		return notFound()
	}

	in, refused := read(c.Request, "csat_review_notes")
	if refused != nil {
		return *refused
	}

	var notes *string

	in.optString("csat_review_notes", &notes, maxText)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	r.notes, r.noted, r.notedBy = notes, p.core.Now(), c.user

	return ok(p.csatJSON(r))
}

// dropCSAT takes a contact's answers along.
func (p *Platform) dropCSAT(x *contact) {
	rows := rowsOf[*csatResponse](p, "csat_survey_responses")
	for _, r := range rows.Where(func(r *csatResponse) bool { return r.message.conversation.contact == x }) {
		rows.Delete(r.id)
	}
}

// sortRows orders rows by sort=created_at or -created_at. Without it no order is promised.
func sortRows[R any](c *call, p *Platform, rows []R, created func(R) time.Time, id func(R) int64) {
	slices.SortFunc(rows, func(a, b R) int { return cmp.Or(created(a).Compare(created(b)), cmp.Compare(id(a), id(b))) })

	switch c.URL.Query().Get("sort") {
	case "created_at":
	case "-created_at":
		slices.Reverse(rows)
	default:
		if p.switches.ShuffleUnsorted {
			p.core.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
	}
}
