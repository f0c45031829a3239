package api

import "github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"

// CaptainAssistant answers customers with what it knows.
type CaptainAssistant struct {
	ID          ID             `json:"id"`
	Name        string         `json:"name"`
	Description string         `json:"description"`
	Config      Object         `json:"config"`
	Guidelines  wirejson.Texts `json:"response_guidelines"`
	Guardrails  wirejson.Texts `json:"guardrails"`
}

func (a CaptainAssistant) identity() ID { return a.ID }

// Check refuses an assistant that cannot be told from others.
func (a CaptainAssistant) Check() error { return checkID(a.ID) }

// CaptainAssistantRequest is what a create or an update of an assistant sends. A config replaces the one that is there.
type CaptainAssistantRequest struct {
	Name        Nullable[string]   `json:"name,omitzero"`
	Description Nullable[string]   `json:"description,omitzero"`
	Config      Nullable[Object]   `json:"config,omitzero"`
	Guidelines  Nullable[[]string] `json:"response_guidelines,omitzero"`
	Guardrails  Nullable[[]string] `json:"guardrails,omitzero"`
}

// CaptainAssistants are Captain's assistants. The vendor's pages do not have them.
func (c *Client) CaptainAssistants() *Objects[CaptainAssistant, CaptainAssistantRequest] {
	return objectsOf[CaptainAssistant, CaptainAssistantRequest](c, "chatlake_captain_assistant", form{root: "assistant", inPayload: true})
}

// CaptainTool is a request that assistants may send.
type CaptainTool struct {
	ID               ID     `json:"id"`
	Slug             string `json:"slug"`
	Title            string `json:"title"`
	Description      string `json:"description"`
	EndpointURL      string `json:"endpoint_url"`
	HTTPMethod       string `json:"http_method"`
	RequestTemplate  string `json:"request_template"`
	ResponseTemplate string `json:"response_template"`
	AuthType         string `json:"auth_type"`
	// AuthConfig is nil if the token's user may not see it.
	AuthConfig  *Object            `json:"auth_config"`
	ParamSchema []CaptainToolParam `json:"param_schema"`
	Enabled     bool               `json:"enabled"`
}

// CaptainToolParam is what an assistant fills in. Required is nil where nothing was said.
type CaptainToolParam struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
	Required    *bool  `json:"required,omitempty"`
}

func (t CaptainTool) identity() ID { return t.ID }

// Check refuses a tool that cannot be told from others.
func (t CaptainTool) Check() error { return checkID(t.ID) }

// CaptainToolRequest is what a create or an update of a tool sends. Credentials and parameters replace those that are there.
type CaptainToolRequest struct {
	Title            Nullable[string]             `json:"title,omitzero"`
	Description      Nullable[string]             `json:"description,omitzero"`
	EndpointURL      Nullable[string]             `json:"endpoint_url,omitzero"`
	HTTPMethod       Nullable[string]             `json:"http_method,omitzero"`
	RequestTemplate  Nullable[string]             `json:"request_template,omitzero"`
	ResponseTemplate Nullable[string]             `json:"response_template,omitzero"`
	AuthType         Nullable[string]             `json:"auth_type,omitzero"`
	AuthConfig       Nullable[Object]             `json:"auth_config,omitzero"`
	ParamSchema      Nullable[[]CaptainToolParam] `json:"param_schema,omitzero"`
	Enabled          Nullable[bool]               `json:"enabled,omitzero"`
}

// CaptainTools are the custom tools of the account, fifteen at most. The vendor's pages do not have them.
func (c *Client) CaptainTools() *Objects[CaptainTool, CaptainToolRequest] {
	return objectsOf[CaptainTool, CaptainToolRequest](c, "chatlake_captain_custom_tool", form{root: "custom_tool", inPayload: true})
}

// CaptainResponse is an answer that an assistant gives.
type CaptainResponse struct {
	ID        ID     `json:"id"`
	Question  string `json:"question"`
	Answer    string `json:"answer"`
	Status    string `json:"status"`
	Edited    bool   `json:"edited"`
	Assistant struct {
		ID ID `json:"id"`
	} `json:"assistant"`
}

func (r CaptainResponse) identity() ID { return r.ID }

// Check refuses a response that cannot be told from others.
func (r CaptainResponse) Check() error { return checkID(r.ID) }

// CaptainResponseRequest is what a create or an update of a response sends.
type CaptainResponseRequest struct {
	Question    Nullable[string] `json:"question,omitzero"`
	Answer      Nullable[string] `json:"answer,omitzero"`
	Status      Nullable[string] `json:"status,omitzero"`
	AssistantID Nullable[ID]     `json:"assistant_id,omitzero"`
}

// CaptainResponses are the responses of all assistants. The vendor's pages do not have them.
func (c *Client) CaptainResponses() *PagedObjects[CaptainResponse, CaptainResponseRequest] {
	return pagedObjectsOf[CaptainResponse, CaptainResponseRequest](c, "chatlake_captain_response", "assistant_response")
}
