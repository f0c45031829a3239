package kommunicate

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// call runs a function with the argument that the JSON says.
func call(t *testing.T, name, argument string) (string, string, *function.FuncError) {
	t.Helper()

	decoder := json.NewDecoder(strings.NewReader(argument))
	decoder.UseNumber()

	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%s: %v", argument, err)
	}
	// An object is the only thing that tfvalue turns into HCL's types, so a list travels inside of one.
	wrapped, ok := tfvalue.Object(types.DynamicNull(), map[string]any{"x": value}).UnderlyingValue().(types.Object)
	if !ok {
		t.Fatal("no object")
	}

	for _, build := range Functions() {
		f := build()

		var meta function.MetadataResponse
		f.Metadata(t.Context(), function.MetadataRequest{}, &meta)

		if meta.Name != name {
			continue
		}

		resp := function.RunResponse{Result: function.NewResultData(types.ObjectUnknown(richTypes))}
		f.Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{types.DynamicValue(wrapped.Attributes()["x"])})}, &resp)

		if resp.Error != nil {
			return "", "", resp.Error
		}

		result, ok := resp.Result.Value().(types.Object)
		if !ok {
			t.Fatalf("%T", resp.Result.Value())
		}

		text := func(name string) string {
			value, _ := result.Attributes()[name].(types.String)
			return value.ValueString()
		}

		return text("template_id"), text("payload"), nil
	}

	t.Fatalf("no function %s", name)

	return "", "", nil
}

func TestRichFunctions(t *testing.T) {
	for _, c := range []struct{ name, argument, template, payload string }{
		{
			"suggested_replies", `[{"title":"Yes","message":"Cool! send me more.","reply_metadata":{"k":1}},{"title":"No","message":"<No>"}]`, "6",
			`[{"message":"Cool! send me more.","replyMetadata":{"k":1},"title":"Yes"},{"message":"<No>","title":"No"}]`,
		},
		{
			"buttons", `[{"type":"link","name":"Go","url":"https://x.example","open_link_in_new_tab":false}]`, "3",
			`[{"name":"Go","openLinkInNewTab":false,"type":"link","url":"https://x.example"}]`,
		},
		{ // Template 3 has one address to post to, beside the payload.
			"buttons", `[{"type":"link","name":"Go","url":"https://x.example"},
				{"type":"submit","name":"Pay","form_action":"https://x.example/pay","form_data":{"amount":10},"request_type":"json","reply_text":"Paid"}]`, "11",
			`[{"action":{"url":"https://x.example"},"name":"Go","type":"link"},` +
				`{"action":{"formAction":"https://x.example/pay","formData":{"amount":10},"message":"Paid","requestType":"json"},"name":"Pay","type":"submit"}]`,
		},
		{
			"list", `{"header_text":"Animals","elements":[{"title":"Tiger","img_src":"https://x.example/t.png","action":{"type":"link","url":"https://x.example","open_link_in_new_tab":false}}],
				"buttons":[{"name":"Ask","action":{"type":"quick_reply","text":"Ask","reply_metadata":{"k":"v"}}}]}`, "7",
			`{"buttons":[{"action":{"replyMetadata":{"k":"v"},"text":"Ask","type":"quick_reply"},"name":"Ask"}],"elements":[{"action":{"openLinkInNewTab":false,"type":"link","url":"https://x.example"},` +
				`"imgSrc":"https://x.example/t.png","title":"Tiger"}],"headerText":"Animals"}`,
		},
		{
			"buttons", `[{"type":"link","name":"Go","url":"https://x.example","message":null,"form_data":null},{"type":"suggested_reply","name":"Yes","message":"Yes, please","reply_metadata":{"k":1}}]`, "11",
			`[{"action":{"url":"https://x.example"},"name":"Go","type":"link"},` +
				`{"action":{"message":"Yes, please","replyMetadata":{"k":1}},"name":"Yes","type":"suggestedReply"}]`,
		},
		{ // Typed variables have null in the attributes that are not given, and modules empty defaults.
			"cards", `[{"title":"OYO","subtitle":"","header":null,"buttons":[],"price":null}]`, "10", `[{"title":"OYO"}]`,
		},
		{"cards", `[{"title":"OYO","header":{"img_src":null,"overlay_text":null}}]`, "10", `[{"title":"OYO"}]`}, // From {} for a typed object.
		{
			"form", `[{"type":"text","label":"Name","options":null},{"type":"submit","name":"Send","post_form_data_as_message":true,"add_form_label_in_message":false,"reply_metadata":{"k":"v"}}]`, "12",
			`[{"data":{"label":"Name"},"type":"text"},{"data":{"action":{"addFormLabelInMessage":"false","postFormDataAsMessage":"true","replyMetadata":{"k":"v"}},` +
				`"name":"Send","type":"submit"},"type":"submit"}]`,
		},
		{
			"list", `{"elements":[{"title":"Returns","article_id":7,"source":"km"}],"buttons":[{"name":"Deutsch","action":{"type":"quick_reply","update_language":"de"}}]}`, "7",
			`{"buttons":[{"action":{"type":"quick_reply","updateLanguage":"de"},"name":"Deutsch"}],"elements":[{"articleId":"7","source":"km","title":"Returns"}]}`,
		},
		{
			"form", `[{"type":"textarea","name":"t","cols":40},{"type":"submit","name":"Send","post_back_to_kommunicate":true}]`, "12",
			`[{"data":{"cols":40,"name":"t"},"type":"textarea"},{"data":{"action":{"postBackToKommunicate":"true"},"name":"Send","type":"submit"},"type":"submit"}]`,
		},
		{"images", `[{"url":"https://x.example/a.png","caption":null}]`, "9", `[{"url":"https://x.example/a.png"}]`},
		{
			"cards", `[{"title":"OYO","title_ext":"$100","header":{"img_src":"https://x.example/a.png","overlay_text":"New"},"buttons":[
				{"name":"Book","action":{"type":"link","url":"https://x.example","open_link_in_new_tab":false}},{"name":"Ask","action":{"type":"quickReply","message":"Ask","title":"A"}},
				{"name":"Pay","action":{"type":"submit","form_action":"https://x.example","form_data":{"a":"b"}}}]}]`, "10",
			`[{"buttons":[{"action":{"openLinkInNewTab":false,"payload":{"url":"https://x.example"},"type":"link"},"name":"Book"},` +
				`{"action":{"payload":{"message":"Ask","title":"A"},"type":"quickReply"},"name":"Ask"},` +
				`{"action":{"payload":{"formAction":"https://x.example","formData":{"a":"b"}},"type":"submit"},"name":"Pay"}],` +
				`"header":{"imgSrc":"https://x.example/a.png","overlayText":"New"},"title":"OYO","titleExt":"$100"}]`,
		},
		{
			"form", `[{"type":"text","label":"Name","placeholder":"Your name","validation":{"regex":"[a-z]+","error_text":"Letters"}},
				{"type":"radio","name":"g","title":"G","options":[{"label":"A","value":"a"},{"label":"B","value":"b"}]},
				{"type":"dropdown","name":"d","title":"D","options":[{"label":"Choose","value":"","selected":true,"disabled":true},{"label":"A","value":"a"}],
				"validation":{"error_text":"Needed"}},{"type":"textarea","name":"t","rows":4},{"type":"hidden","name":"h","value":""},{"type":"date","label":"Day","validation":{"error_text":"When?"}},
				{"type":"submit","name":"Send","form_action":"https://x.example","request_type":"json","message":"Thanks"}]`, "12",
			`[{"data":{"label":"Name","placeholder":"Your name","validation":{"errorText":"Letters","regex":"[a-z]+"}},"type":"text"},` +
				`{"data":{"name":"g","options":[{"label":"A","value":"a"},{"label":"B","value":"b"}],"title":"G"},"type":"radio"},` +
				`{"data":{"name":"d","options":[{"disabled":true,"label":"Choose","selected":true,"value":""},{"label":"A","value":"a"}],"title":"D",` +
				`"validation":{"errorText":"Needed"}},"type":"dropdown"},{"data":{"name":"t","rows":4},"type":"textarea"},{"data":{"name":"h","value":""},"type":"hidden"},{"data":{"label":"Day","validation":{"errorText":"When?"}},"type":"date"},` +
				`{"data":{"action":{"formAction":"https://x.example","message":"Thanks","requestType":"json"},"name":"Send","type":"submit"},"type":"submit"}]`,
		},
		{"video", `[{"url":"https://x.example/a.mp4","caption":"A"},{"source":"https://x.example/b.mp4"}]`, "14", `[{"caption":"A","url":"https://x.example/a.mp4"},{"source":"https://x.example/b.mp4","url":"https://x.example/b.mp4"}]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			template, payload, err := call(t, "kommunicate_"+c.name, c.argument)
			if err != nil || template != c.template || payload != c.payload {
				t.Errorf("template %s, error %v, payload\n%s\nwant\n%s", template, err, payload, c.payload)
			}
		})
	}
}

func TestRichFunctionsRefuse(t *testing.T) {
	for _, c := range []struct{ name, argument, want string }{
		{"suggested_replies", `[]`, "replies must hold at least one element"},
		{"suggested_replies", `{"title":"x"}`, "replies must be a list"},
		{"suggested_replies", `[{"title":"x"}]`, "replies[0] needs message"},
		{"suggested_replies", `[{"title":"x","message":"y","url":"z"}]`, "replies[0].url is not an attribute here"},
		{"suggested_replies", `[{"title":" ","message":"y"}]`, "replies[0].title must not be empty"},
		{"suggested_replies", `["x"]`, "replies[0] must be an object with message, reply_metadata, title"},
		{"buttons", `[{"type":"link","name":"x","url":"http://x.example"}]`, "buttons[0].url must be an address that starts with https://"},
		{"buttons", `[{"type":"call","name":"x"}]`, "buttons[0].type must be one of link, submit, suggested_reply"},
		{"buttons", `[{"type":"submit","name":"x"}]`, "buttons[0] needs form_action"},
		{"buttons", `[{"type":"link","name":"x","url":"https://x.example","open_link_in_new_tab":"yes"}]`, "must be true or false"},
		{"buttons", `[{"type":"submit","name":"x","form_action":"https://x.example","request_type":"xml"}]`, "request_type must be one of json"},
		{"buttons", `[{"type":"submit","name":"x","form_action":"https://x.example","form_data":"a"}]`, "form_data must be an object"},
		{"list", `{"header_text":"x"}`, "list needs elements"},
		{"list", `{"elements":[{"title":"x","action":{"type":"quickReply"}}]}`, "list.elements[0].action.type must be one of link, quick_reply"},
		{"list", `[]`, "list must be an object"},
		{"images", `[{"caption":"x"}]`, "images[0] needs url"},
		{"cards", `[{"subtitle":"x"}]`, "cards[0] needs title"},
		{"cards", `[{"title":"x","buttons":[{"name":"y"}]}]`, "cards[0].buttons[0] needs action"},
		{"cards", `[{"title":"x","header":{"overlay_text":"y"}}]`, "cards[0].header needs img_src"},
		{"form", `[{"type":"text","label":"x"}]`, "fields must hold one element of the type submit, and holds 0"},
		{"form", `[{"type":"submit","name":"x"}]`, "something to fill in"},
		{"form", `[{"type":"slider","label":"x"}]`, "fields[0].type must be one of"},
		{"form", `[{"type":"radio","name":"x","title":"y","options":[]},{"type":"submit","name":"z"}]`, "fields[0].options must hold at least one"},
		{"form", `[{"type":"radio","name":"x","title":"y","options":[{"label":"a","value":"1"},{"label":"b","value":"1"}]},{"type":"submit","name":"z"}]`, "options[1].value is there twice"},
		{"form", `[{"type":"text","label":"x","validation":{"regex":"/a/","error_text":"b"}},{"type":"submit","name":"z"}]`, "without slashes around it"},
		{"form", `[{"type":"textarea","name":"x","rows":0},{"type":"submit","name":"z"}]`, "rows must be a whole number from 1"},
		{"video", `[{"url":"https://a.example","source":"https://b.example"}]`, "videos[0] needs exactly one of url, source"},
		{"video", `[{"caption":"x"}]`, "videos[0] needs exactly one of url, source"},
	} {
		_, _, err := call(t, "kommunicate_"+c.name, c.argument)
		if err == nil || !strings.Contains(err.Text, c.want) || strings.HasSuffix(err.Text, ".") { // Terraform ends the sentence.
			t.Errorf("%s(%s): %v, want %q", c.name, c.argument, err, c.want)
		}
	}
}

// TestRichFunctionsTyped gives each function what a typed variable with optional attributes holds: every attribute, of one
// type, null or empty where nothing was given. It builds what the attributes that were given build alone.
func TestRichFunctionsTyped(t *testing.T) {
	const link = "https://x.example"

	none := map[string]attr.Value{
		"bool": types.BoolNull(), "number": types.NumberNull(), "text": types.StringNull(), "empty text": types.StringValue(""),
		"list": types.ListNull(types.StringType), "empty list": types.ListValueMust(types.StringType, []attr.Value{}),
		"set": types.SetNull(types.StringType), "empty set": types.SetValueMust(types.StringType, []attr.Value{}),
		"map": types.MapNull(types.StringType), "empty map": types.MapValueMust(types.StringType, map[string]attr.Value{}),
		"object":       types.ObjectNull(map[string]attr.Type{"a": types.StringType}),
		"empty object": types.ObjectValueMust(map[string]attr.Type{}, map[string]attr.Value{}),
		"dynamic":      types.DynamicNull(), "dynamic null": types.DynamicValue(types.StringNull()),
	}
	typed := func(given map[string]string, empty attr.Value, optional ...string) attr.Value {
		attributes, kinds := map[string]attr.Value{}, map[string]attr.Type{}
		for name, text := range given {
			attributes[name] = types.StringValue(text)
		}

		for _, name := range optional {
			if empty != nil {
				attributes[name] = empty
			}
		}

		for name, value := range attributes {
			kinds[name] = value.Type(t.Context())
		}

		return types.ObjectValueMust(kinds, attributes)
	}
	one := func(value attr.Value) attr.Value {
		return types.ListValueMust(value.Type(t.Context()), []attr.Value{value})
	}
	arguments := map[string]func(empty attr.Value) attr.Value{
		"kommunicate_suggested_replies": func(empty attr.Value) attr.Value {
			return one(typed(map[string]string{"title": "a", "message": "b"}, empty, "reply_metadata"))
		},
		"kommunicate_buttons": func(empty attr.Value) attr.Value {
			return one(typed(map[string]string{"type": "submit", "name": "a", "form_action": link}, empty, "form_data", "request_type", "reply_text", "reply_metadata"))
		},
		"kommunicate_list": func(empty attr.Value) attr.Value {
			elements := one(typed(map[string]string{"title": "a"}, empty, "description", "img_src", "article_id", "source", "action"))
			kinds, attributes := map[string]attr.Type{"elements": elements.Type(t.Context())}, map[string]attr.Value{"elements": elements}

			for _, name := range []string{"header_img_src", "header_text", "buttons"} {
				if empty != nil {
					kinds[name], attributes[name] = empty.Type(t.Context()), empty
				}
			}

			return types.ObjectValueMust(kinds, attributes)
		},
		"kommunicate_images": func(empty attr.Value) attr.Value {
			return one(typed(map[string]string{"url": link}, empty, "caption"))
		},
		"kommunicate_cards": func(empty attr.Value) attr.Value {
			return one(typed(map[string]string{"title": "a"}, empty, "subtitle", "title_ext", "description", "header", "buttons"))
		},
		"kommunicate_form": func(empty attr.Value) attr.Value {
			text := typed(map[string]string{"type": "text", "label": "a"}, empty, "placeholder", "name", "validation")
			submit := typed(map[string]string{"type": "submit", "name": "b"}, empty, "form_action", "request_type", "message",
				"post_form_data_as_message", "add_form_label_in_message", "post_back_to_kommunicate", "reply_metadata")

			return types.TupleValueMust([]attr.Type{text.Type(t.Context()), submit.Type(t.Context())}, []attr.Value{text, submit})
		},
		"kommunicate_video": func(empty attr.Value) attr.Value {
			return one(typed(map[string]string{"url": link}, empty, "source", "caption", "type"))
		},
	}

	for _, build := range Functions() {
		f := build()

		var meta function.MetadataResponse
		f.Metadata(t.Context(), function.MetadataRequest{}, &meta)

		argument := arguments[meta.Name]
		if argument == nil {
			t.Errorf("%s: not tried", meta.Name)
			continue
		}

		run := func(value attr.Value) (attr.Value, *function.FuncError) {
			resp := function.RunResponse{Result: function.NewResultData(types.ObjectUnknown(richTypes))}
			f.Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{types.DynamicValue(value)})}, &resp)

			return resp.Result.Value(), resp.Error
		}

		want, err := run(argument(nil))
		if err != nil {
			t.Fatal(meta.Name, err)
		}

		for name, empty := range none {
			got, err := run(argument(empty))
			if err != nil || !got.Equal(want) {
				t.Errorf("%s: with %s: %s %v, want %s", meta.Name, name, got, err, want)
			}
		}
	}
}

func TestRichFunctionsUnknown(t *testing.T) {
	reply := types.ObjectValueMust(map[string]attr.Type{"title": types.StringType}, map[string]attr.Value{"title": types.StringUnknown()})
	for name, argument := range map[string]types.Dynamic{
		"all":    types.DynamicUnknown(),
		"nested": types.DynamicValue(types.TupleValueMust([]attr.Type{reply.Type(t.Context())}, []attr.Value{reply})),
	} {
		resp := function.RunResponse{Result: function.NewResultData(types.ObjectNull(richTypes))}
		richFunctions()[0]().Run(context.Background(), function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{argument})}, &resp)

		if resp.Error != nil || !resp.Result.Value().IsUnknown() {
			t.Errorf("%s: %v %v", name, resp.Error, resp.Result.Value())
		}
	}
}

// FuzzRichFunctions feeds every template whatever JSON can say: it may refuse, but not panic.
func FuzzRichFunctions(f *testing.F) {
	for _, seed := range []string{`[]`, `{}`, `[{"type":"submit"}]`, `[{"type":1}]`, `{"elements":[null]}`, `[[[]]]`, `"x"`, `null`, `[{"type":"radio","options":[1]}]`} {
		f.Add(seed)
	}

	readers := []reader{suggestedReplies(), buttons(), listTemplate(), images(), cards(), form(), video()}

	f.Fuzz(func(t *testing.T, text string) {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()

		var value any
		if decoder.Decode(&value) != nil {
			return
		}

		for _, read := range readers {
			if out, err := read("x", value); err == nil {
				if _, err := json.Marshal(out); err != nil {
					t.Errorf("%s: %v", text, err)
				}
			}
		}
	})
}
