package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// SurveyTemplate is the template by which an inbox of WhatsApp asks for a rating, as its carrier knows it: Meta, or Twilio.
type SurveyTemplate struct {
	Name, ID, Language string
	// Status is what the carrier says of it, in capitals; "" if the carrier does not know it, or cannot be asked.
	Status string
	// fields are what csat_config keeps of it.
	fields Object
}

// SurveyTemplateRequest is the text of a template. The carrier puts the address of the survey behind the button.
type SurveyTemplateRequest struct {
	Message    string `json:"message"`
	ButtonText string `json:"button_text"`
	Language   string `json:"language"`
}

// IsThere reports whether there is a template at all.
func (t SurveyTemplate) IsThere() bool { return t.Name != "" || t.ID != "" }

// Is reports whether two are the same template.
func (t SurveyTemplate) Is(other SurveyTemplate) bool {
	if t.ID != "" && other.ID != "" {
		return t.ID == other.ID
	}

	return t.Name != "" && t.Name == other.Name
}

// SurveyTemplateIn returns the template that a csat_config holds; the zero value if it holds none.
//
// Unverified: the keys, which differ between Meta and Twilio. They are read in the server's source, and all are looked at.
func SurveyTemplateIn(config Object) SurveyTemplate {
	fields, _ := config["template"].(map[string]any)
	return surveyTemplateOf(fields)
}

func surveyTemplateOf(fields Object) SurveyTemplate {
	first := func(keys ...string) string {
		for _, key := range keys {
			switch value := fields[key].(type) {
			case string:
				if value != "" {
					return value
				}
			case json.Number:
				if number, err := value.Int64(); err == nil {
					return strconv.FormatInt(number, 10)
				}
			}
		}

		return ""
	}

	return SurveyTemplate{
		Name: first("name", "friendly_name", "template_name"), ID: first("template_id", "content_sid", "id"),
		Language: first("language"), Status: strings.ToUpper(first("status")), fields: fields,
	}
}

// WithSurveyTemplate returns a csat_config that holds the template, too.
func WithSurveyTemplate(config Object, template SurveyTemplate) Object {
	all := Object{"template": template.fields}

	for key, value := range config {
		if key != "template" {
			all[key] = value
		}
	}

	return all
}

// SurveyTemplateStatus asks the carrier, by way of the server, what has become of an inbox's template; "" if the carrier does not
// know it, or cannot be asked: the server does not tell these apart.
//
// Unverified: the answer about a template that is there. No recorded server reached a carrier.
func (c *Client) SurveyTemplateStatus(ctx context.Context, inbox ID) (string, error) {
	call := c.read("GET", "/inboxes/%s/csat_template", inbox.String())

	answer, err := transport.Do[Object](ctx, c.sender, call)
	if err != nil {
		return "", err
	}

	found := surveyTemplateOf(inTemplate(answer))

	_, isTold := answer["template_exists"].(bool)
	if !isTold && !found.IsThere() {
		return "", unusable(call, "the answer does not say whether there is a template")
	}

	return found.Status, nil
}

// CreateSurveyTemplate has the carrier make a template, in place of the one that the inbox has. Newer servers keep it in csat_config.
//
// Unverified: the answer of a success, which no recorded server gave. One that names no template is unusable, and the caller looks
// into csat_config.
func (c *Client) CreateSurveyTemplate(ctx context.Context, inbox ID, request SurveyTemplateRequest) (SurveyTemplate, error) {
	defer c.inboxes.Drop()

	call := c.create("POST", "/inboxes/%s/csat_template", inbox.String()).WithJSON(wrapped("template", request))

	answer, err := transport.Do[Object](ctx, c.sender, call)
	if err != nil {
		return SurveyTemplate{}, explainTemplate(err)
	}

	made := surveyTemplateOf(inTemplate(answer))
	if !made.IsThere() {
		return SurveyTemplate{}, unusable(call, "the answer names no template")
	}

	return made, nil
}

// explainTemplate says what to do about a template that was not made. The recorded answer of a server that fails between itself and the
// carrier looks like a crash, and is one of the server's own sentences: then csat_config has no new template, so nothing is lost.
func explainTemplate(err error) error {
	failure := transport.As(err)
	if failure == nil {
		return err
	}

	own := *failure

	switch {
	case own.Status == http.StatusInternalServerError && !own.IsOwn && own.Message == "Template creation failed":
		own.Lost = false
		own.Advice = "The server writes the reason to its log. It must reach graph.facebook.com, or content.twilio.com for a channel at Twilio."
	case own.Lost:
		own.Advice = "If it was made, a refresh shows it. Otherwise the next apply makes it."
	}

	return &own
}

// inTemplate returns the object under "template", or the answer itself.
func inTemplate(answer Object) Object {
	inside, ok := answer["template"].(map[string]any)
	if ok {
		return inside
	}

	return answer
}
