package chatlake_test

import (
	"fmt"
	"testing"
)

// TestMacro_execute runs a macro on a conversation, which the query names, and sees what its actions did.
func TestMacro_execute(t *testing.T) {
	w := newWorld(t)
	contact := w.contact(`{"inbox_id":101,"name":"Ana"}`)
	conversation := w.make("/conversations", fmt.Sprintf(`{"inbox_id":101,"contact_id":%s}`, contact), "id")
	macro := w.make("/macros", `{"name":"M","visibility":"global","actions":[
		{"action_name":"add_label","action_params":["new"]},{"action_name":"remove_label","action_params":["old"]},
		{"action_name":"change_priority","action_params":["urgent"]},{"action_name":"assign_team","action_params":[201]},
		{"action_name":"assign_agent","action_params":["self"]},{"action_name":"snooze_conversation","action_params":[]}]}`, "payload.id")

	w.send("POST", "/conversations/"+conversation+"/labels", `{"labels":["old"]}`)
	w.want("POST", "/macros/"+macro+"/execute?conversation_ids[]="+conversation, "", 200, "")
	w.want("GET", "/conversations/"+conversation, "", 200,
		`{"labels":["new"],"priority":"urgent","status":"snoozed","meta":{"assignee":{"id":11},"team":{"id":201}}}`)
}
