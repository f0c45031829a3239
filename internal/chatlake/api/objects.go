package api

import (
	"context"
	"fmt"
	"sync"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Objects are the objects of a kind of which the account has a whole list: one list answers every read of a refresh. V is an
// object, and R a request. Where they are, package permission says.
type Objects[V Identified, R any] struct {
	form

	client *Client
	list   *rowList[V]
	noun   string
	path   string
}

// form is how the requests and answers about a kind look.
type form struct {
	// root is the only member of a request, of which the value is the object.
	root string
	// inPayload is set where answers come in an envelope.
	inPayload bool
	// crashesIfGone is set where the server answers 500 to a request about an object that does not exist.
	crashesIfGone bool
}

// shelf is what a client holds of all kinds, by their types.
type shelf struct {
	mu    sync.Mutex
	kinds map[string]any
}

// kindOf returns what the client holds of a kind. It is made by the first call, so that every reader shares one list.
func kindOf[K any](c *Client, typeName string, build func() *K) *K {
	c.shelf.mu.Lock()
	defer c.shelf.mu.Unlock()

	held, ok := c.shelf.kinds[typeName].(*K)
	if ok {
		return held
	}

	if c.shelf.kinds == nil {
		c.shelf.kinds = map[string]any{}
	}

	held = build()
	c.shelf.kinds[typeName] = held

	return held
}

// objectsOf returns the objects of a type, such as chatlake_custom_role.
func objectsOf[V Identified, R any](c *Client, typeName string, form form) *Objects[V, R] {
	return kindOf(c, typeName, func() *Objects[V, R] {
		entry, _ := permission.Find(typeName)
		o := &Objects[V, R]{form: form, client: c, noun: entry.Noun(), path: "/" + entry.Path}
		o.list = newRowList(o.noun, c.read("GET", o.path), o.rows)

		return o
	})
}

// rows reads the list.
func (o *Objects[V, R]) rows(ctx context.Context) (wirejson.Rows[V], error) {
	call := o.client.read("GET", o.path)

	if o.inPayload {
		rows, err := payloadRows[V](ctx, o.client, call)
		return byID(rows), err
	}

	rows, err := transport.Do[wirejson.Rows[V]](ctx, o.client.sender, call)

	return byID(rows), err
}

// All lists all objects.
func (o *Objects[V, R]) All(ctx context.Context) ([]V, error) { return o.list.All(ctx) }

// One reads one object, from the list.
func (o *Objects[V, R]) One(ctx context.Context, id ID) (V, error) { return o.list.Get(ctx, id) }

// Create makes an object.
func (o *Objects[V, R]) Create(ctx context.Context, request R) (V, error) {
	defer o.list.Drop()
	return doEnveloped[V](ctx, o.client, o.client.create("POST", o.path).WithJSON(wrapped(o.root, request)))
}

// Update changes fields of an object.
func (o *Objects[V, R]) Update(ctx context.Context, id ID, request R) (V, error) {
	defer o.list.Drop()

	updated, err := doEnveloped[V](ctx, o.client, o.client.write("PATCH", o.path+"/%s", id.String()).WithJSON(wrapped(o.root, request)))

	return updated, o.explainCrash(ctx, id, err)
}

// Delete deletes an object.
func (o *Objects[V, R]) Delete(ctx context.Context, id ID) error {
	defer o.list.Drop()

	err := transport.Run(ctx, o.client.sender, o.client.write("DELETE", o.path+"/%s", id.String()))

	return o.explainCrash(ctx, id, err)
}

// explainCrash tells a crash over an object that does not exist from any other.
func (o *Objects[V, R]) explainCrash(ctx context.Context, id ID, err error) error {
	if !o.crashesIfGone {
		return err
	}

	return notFoundAfterCrash(ctx, o.list, id, err)
}

// DeleteAndAwait deletes an object that the server deletes in the background, and waits until it is gone.
func (o *Objects[V, R]) DeleteAndAwait(ctx context.Context, id ID) error {
	err := o.Delete(ctx, id)
	if err != nil {
		return err
	}

	return o.Await(ctx, id)
}

// Await waits until an object that was deleted is gone.
func (o *Objects[V, R]) Await(ctx context.Context, id ID) error {
	return waitUntilGone(ctx, fmt.Sprintf("%s %s", o.noun, id), func(ctx context.Context) error {
		o.list.Drop()
		_, err := o.One(ctx, id)

		return err
	})
}
