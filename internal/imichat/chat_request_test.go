package imichat

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// TestMergedDetails sends back what others put there as it came: as a text, their number would be another value.
func TestMergedDetails(t *testing.T) {
	found := &api.Chat{Details: map[string]json.RawMessage{
		"theirs": []byte(`{"score":4.50}`), "count": []byte(`1`), "ours": []byte(`"1"`), "gone": []byte(`"1"`),
	}}
	for _, test := range []struct {
		prior, plan map[string]string
		want        string
	}{
		{map[string]string{"ours": "1", "gone": "1"}, map[string]string{"ours": "2"}, `{"count":1,"ours":"2","theirs":{"score":4.50}}`},
		{nil, map[string]string{"ours": "2"}, `{"count":1,"gone":"1","ours":"2","theirs":{"score":4.50}}`},
		{map[string]string{"ours": "1", "gone": "1"}, nil, `{"count":1,"theirs":{"score":4.50}}`},
	} {
		sent, err := json.Marshal(mergedDetails(found, tfvalue.MapOf(test.prior), tfvalue.MapOf(test.plan), ownership.Managed{}))
		if err != nil || string(sent) != test.want {
			t.Errorf("%v to %v sends %s, %v", test.prior, test.plan, sent, err)
		}
	}

	none := mergedDetails(&api.Chat{}, types.MapNull(types.StringType), types.MapNull(types.StringType), ownership.Managed{})
	if *none == nil || len(*none) > 0 {
		t.Errorf("nothing is %v", none)
	}
}
