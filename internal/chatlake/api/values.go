package api

import "github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"

// ID is an integer id. It is read as a number or a text, and sent as a number: lists of ids that are texts do harm.
type ID = wirejson.ID

// Object is a free JSON object. Its numbers keep their digits.
type Object = wirejson.Object

// List is a free JSON list. Its numbers keep their digits.
type List = wirejson.List

// Time is an instant in any of the forms that the platform writes.
type Time = wirejson.Time

// Nullable is a field of a request that can be left out, null, or set. Its tag needs omitzero.
type Nullable[T any] = wirejson.Nullable[T]

// ParseID returns the id that Terraform holds as a text, or 0.
func ParseID(text string) ID { return wirejson.ParseID(text) }

// Set returns a field that sends a value.
func Set[T any](value T) Nullable[T] { return wirejson.Set(value) }

// Null returns a field that sends null.
func Null[T any]() Nullable[T] { return wirejson.Null[T]() }
