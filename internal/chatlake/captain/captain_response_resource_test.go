package captain_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var responseCase = chatlaketest.Case{
	Type:    "chatlake_captain_response",
	Needs:   []acctest.Need{assistantNeed("helper"), assistantNeed("other")},
	Minimal: values{"assistant_id": acctest.Ref("helper", "id"), "question": "Minimal?", "answer": "Yes."},
	Stages: []values{
		{"assistant_id": acctest.Ref("helper", "id"), "question": "One?", "answer": "First.", "status": "pending"},
		{"assistant_id": acctest.Ref("other", "id"), "question": "Two?", "answer": "Second.", "status": "approved"},
	},
	Refused: []acctest.Refused{
		{Config: values{"question": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"assistant_id": "x"}, Want: `must be a whole number`},
		{Config: values{"status": "draft"}, Want: `value must be one of`},
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/captain/assistant_responses/%s", Body: `{"assistant_response":{"answer":"By hand."}}`, Required: true},
	},
	Late:     map[string]string{"edited": "The server tells it."},
	Moved:    map[string]string{"edited": "A change of question or answer makes it true."},
	Import:   acctest.Import{Keys: []string{"question"}},
	HasNoKey: true,
}

// TestResponse_pages reads more responses than a page has, by the plural and by the list.
func TestResponse_pages(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	other := chatlaketest.Create(t, p, "chatlake_captain_assistant", values{"name": "Other", "description": "x"}).String("id")

	for range 60 {
		chatlaketest.Request(t, w, "POST", "/captain/assistant_responses", `{"assistant_response":{"question":"Why?","answer":"So.","assistant_id":`+assistant+`}}`)
	}

	chatlaketest.Request(t, w, "POST", "/captain/assistant_responses", `{"assistant_response":{"question":"How?","answer":"Thus.","assistant_id":`+other+`}}`)
	chatlaketest.ExpectList(t, p, "captain_responses", values{}, 61, "question", "Why?")
	chatlaketest.ExpectList(t, p, "captain_responses", values{"assistant_id": other}, 1, "question", "How?")

	_, diags := p.Data(t.Context(), "chatlake_captain_response", values{"question": "Why?"})
	if !strings.Contains(diags.String(), "The platform has 60 objects of the kind Captain response") {
		t.Error(diags)
	}

	listed := p.List("chatlake_captain_response", 0, values{"assistant_id": assistant})
	if len(listed) != 60 {
		t.Errorf("%d are listed", len(listed))
	}
}

// TestResponse_otherAccount refuses an assistant of another account, which the server would take.
func TestResponse_otherAccount(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, nil)

	nothing, diags := p.Create(t.Context(), "chatlake_captain_response", values{"assistant_id": "987654", "question": "Why?", "answer": "So."})
	if !nothing.Gone() || !strings.Contains(diags.String(), "There is no Captain assistant 987654") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}
}
