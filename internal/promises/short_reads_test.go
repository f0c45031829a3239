package promises_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// TestShortReads reads an object of each type the short way and through the framework: as it is, where the state is another
// one, without its identity, after the platform has failed, and once it is gone. The answers are the same.
func TestShortReads(t *testing.T) {
	t.Parallel()

	settings := acctest.Values{"max_retries": 0}
	s := newStage(t, settings)

	for _, sub := range subjects() {
		t.Run(sub.kind, func(t *testing.T) {
			s := s.clear(t)
			config := sub.config(s)

			object, diags := s.Create(t.Context(), sub.kind, config)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			stranger := object
			stranger.Identity = nil

			for name, o := range map[string]acctest.Object{"as it is": object, "another state": otherTexts(t, object), "no identity": stranger} {
				wantSameRead(t, s, name, o)
			}

			s.world.Faults.Add(sandbox.Fault{Status: 500, Body: `{"error":"no"}`, Times: -1})
			wantSameRead(t, s, "a failing platform", object)
			s.world.Faults.Clear()

			_, diags = s.again().Apply(t.Context(), object, nil)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			wantSameRead(t, s, "destroyed", object)
		})
	}
}

func wantSameRead(t *testing.T, s *stage, name string, o acctest.Object) {
	t.Helper()

	short, shortDiags := s.world.Protocol(t, s.settings).Read(t.Context(), o)
	long, longDiags := s.world.Framework(t, s.settings).Read(t.Context(), o)

	if !short.State.Equal(long.State) {
		t.Errorf("%s: read %v, the framework %v", name, short.State, long.State)
	}

	if !maps.Equal(s.Identity(short), s.Identity(long)) {
		t.Errorf("%s: read the identity %v, the framework %v", name, s.Identity(short), s.Identity(long))
	}

	if !reflect.DeepEqual(private(t, short), private(t, long)) {
		t.Errorf("%s: read the private state %s, the framework %s", name, short.Private, long.Private)
	}

	if told(shortDiags) != told(longDiags) {
		t.Errorf("%s: told\n%s\nthe framework\n%s", name, told(shortDiags), told(longDiags))
	}
}

// requestNumber is what differs from one request to the next.
var requestNumber = regexp.MustCompile(`request id [^\s,]+`)

func told(diags acctest.Diagnostics) string {
	return requestNumber.ReplaceAllString(diags.String(), "request id")
}

func private(t *testing.T, o acctest.Object) map[string][]byte {
	t.Helper()

	members := map[string][]byte{}
	if len(o.Private) > 0 && json.Unmarshal(o.Private, &members) != nil {
		t.Errorf("the private state is %s", o.Private)
	}

	return members
}

// otherTexts returns an object whose state has other texts than the platform, but for its ids.
func otherTexts(t *testing.T, o acctest.Object) acctest.Object {
	t.Helper()

	var members map[string]tftypes.Value
	if err := o.State.As(&members); err != nil {
		t.Fatal(err)
	}

	changed := maps.Clone(members)

	for name, value := range members {
		isID := name == "id" || strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_key")
		if value.Type().Is(tftypes.String) && value.IsKnown() && !value.IsNull() && !isID {
			changed[name] = tftypes.NewValue(tftypes.String, "other")
		}
	}

	o.State = tftypes.NewValue(o.State.Type(), changed)

	return o
}
