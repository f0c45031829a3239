package api

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// UnmarshalJSON reads a chat in every form that the pages show or hint at: a whole one and a row of the list, tag or tags,
// ids as numbers or strings, one message or many.
func (c *Chat) UnmarshalJSON(raw []byte) error {
	var wire struct {
		ID            wirejson.Text               `json:"chat_id"`
		AliasID       wirejson.Text               `json:"alias_id"`
		TeamID        wirejson.Text               `json:"team_id"`
		TeamName      wirejson.Text               `json:"team_name"`
		CreatedAt     wirejson.Time               `json:"created_at"`
		UpdatedAt     wirejson.Time               `json:"updated_at"`
		Status        wirejson.Text               `json:"status"`
		Channel       wirejson.Text               `json:"channel"`
		Subject       wirejson.Text               `json:"subject"`
		ThreadID      wirejson.Text               `json:"thread_id"`
		Asset         Asset                       `json:"asset"`
		Customer      *Customer                   `json:"customer"`
		CustomerID    wirejson.Text               `json:"customer_id"`
		DestinationID wirejson.Text               `json:"destination_id"`
		Messages      wirejson.OneOrMany[Message] `json:"messages"`
		Assignee      wirejson.Text               `json:"assignee"`
		Flag          wirejson.Text               `json:"flag"`
		Tag           wirejson.Texts              `json:"tag"`
		Tags          wirejson.Texts              `json:"tags"`
		RouteParams   wirejson.Pairs              `json:"route_params"`
		OtherDetails  details                     `json:"other_details"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}

	if wire.ID == "" || wire.Status == "" {
		return errors.New("a chat without chat_id or status")
	}

	*c = Chat{
		ID: string(wire.ID), AliasID: string(wire.AliasID), TeamID: string(wire.TeamID), TeamName: string(wire.TeamName),
		CreatedAt: wire.CreatedAt.Time, UpdatedAt: wire.UpdatedAt.Time,
		Status: word(wire.Status), Channel: word(wire.Channel), Subject: string(wire.Subject), ThreadID: string(wire.ThreadID),
		Asset: wire.Asset, Messages: wire.Messages, Assignee: string(wire.Assignee), Flag: string(wire.Flag), Tags: wire.Tag,
		RouteParams: wire.RouteParams, OtherDetails: wire.OtherDetails.texts, Details: wire.OtherDetails.raw, Listed: wire.Customer == nil,
	}
	if wire.Tag == nil {
		c.Tags = wire.Tags
	}

	if wire.Customer != nil {
		c.Customer = *wire.Customer
	} else {
		c.Customer = Customer{ID: string(wire.CustomerID), DestinationID: string(wire.DestinationID)}
	}

	if c.TeamID == "0" {
		c.TeamID = ""
	}

	return nil
}

// UnmarshalJSON also accepts the bare id: the platform's events name an asset so.
func (a *Asset) UnmarshalJSON(raw []byte) error {
	*a = Asset{}

	if wirejson.IsNothing(raw) {
		return nil
	}

	var wire struct {
		ID   wirejson.Text `json:"id"`
		Name wirejson.Text `json:"name"`
	}

	target := any(&wire)
	if !isObject(raw) {
		target = &wire.ID
	}

	if err := json.Unmarshal(raw, target); err != nil {
		return err
	}

	*a = Asset{ID: string(wire.ID), Name: string(wire.Name)}

	return nil
}

// UnmarshalJSON accepts ids as numbers and as strings.
func (c *Customer) UnmarshalJSON(raw []byte) error {
	*c = Customer{}

	if wirejson.IsNothing(raw) {
		return nil
	}

	var wire struct {
		ID            wirejson.Text `json:"id"`
		DestinationID wirejson.Text `json:"destination_id"`
		Name          wirejson.Text `json:"name"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}

	*c = Customer{ID: string(wire.ID), DestinationID: string(wire.DestinationID), Name: string(wire.Name)}

	return nil
}

// chatName is an answer that holds the id of a chat.
type chatName struct{ ID string }

// UnmarshalJSON reads the id of a chat that an answer names without showing the rest.
func (n *chatName) UnmarshalJSON(raw []byte) error {
	var wire struct {
		ID wirejson.Text `json:"chat_id"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}

	if wire.ID == "" {
		return errors.New("an answer without chat_id")
	}

	n.ID = string(wire.ID)

	return nil
}

// word returns a value of an enumeration in lower case: the platform's events write LiveChat where its pages write livechat.
func word(t wirejson.Text) string { return strings.ToLower(strings.TrimSpace(string(t))) }
