package chatlake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// captainModel is a language model that the server knows.
type captainModel struct {
	id, name, provider string
	multiplier         int
	isComing           bool
}

// captainModels are the models of 4.15.1. Unverified: that earlier releases have the same ones.
var captainModels = []captainModel{
	{"gpt-4.1", "GPT-4.1", "openai", 3, false},
	{"gpt-4.1-mini", "GPT-4.1 Mini", "openai", 1, false},
	{"gpt-4.1-nano", "GPT-4.1 Nano", "openai", 1, false},
	{"gpt-5.1", "GPT-5.1", "openai", 2, false},
	{"gpt-5-mini", "GPT-5 Mini", "openai", 1, false},
	{"gpt-5-nano", "GPT-5 Nano", "openai", 1, false},
	{"gpt-5.2", "GPT-5.2", "openai", 3, false},
	{"claude-haiku-4.5", "Claude Haiku 4.5", "anthropic", 2, true},
	{"claude-sonnet-4.5", "Claude Sonnet 4.5", "anthropic", 3, true},
	{"gemini-3-flash", "Gemini 3 Flash", "gemini", 1, true},
	{"gemini-3-pro", "Gemini 3 Pro", "gemini", 3, true},
	{"whisper-1", "Whisper", "openai", 1, false},
	{"text-embedding-3-small", "Text Embedding 3 Small", "openai", 1, false},
}

// captainFeature is something that Captain can do, with the models that may do it.
type captainFeature struct{ key, preset, models string }

const assistantModels = "gpt-5-mini gpt-4.1 gpt-5.1 gpt-5.2 claude-haiku-4.5 claude-sonnet-4.5 gemini-3-flash gemini-3-pro"

var captainFeatures = []captainFeature{
	{"editor", "gpt-4.1-mini", "gpt-4.1-mini gpt-4.1-nano gpt-5-mini gpt-4.1 gpt-5.1 gpt-5.2 claude-haiku-4.5 gemini-3-flash gemini-3-pro"},
	{"assistant", "gpt-5.1", assistantModels},
	{"copilot", "gpt-5.1", assistantModels},
	{"label_suggestion", "gpt-4.1-nano", "gpt-4.1-nano gpt-4.1-mini gpt-5-mini gemini-3-flash claude-haiku-4.5"},
	{"audio_transcription", "whisper-1", "whisper-1"},
	{"help_center_search", "text-embedding-3-small", "text-embedding-3-small"},
}

// captainPreferencesKind is what an account chooses of Captain. A server of the community edition has it, too.
func (p *Platform) captainPreferencesKind() kind {
	const path, since = "/captain/preferences", "4.10.0"

	return kind{
		name: "captain/preferences",
		endpoints: []endpoint{
			get(path, member, p.showCaptainPreferences).from(since),
			patch(path, admin, p.updateCaptainPreferences).from(since),
		},
		held: func(*call) []map[string]any { return nil },
	}
}

func (m captainModel) json() object {
	out := object{"provider": m.provider, "display_name": m.name, "credit_multiplier": m.multiplier}
	if m.isComing {
		out["coming_soon"] = true
	}

	return out
}

func (p *Platform) showCaptainPreferences(c *call) sandbox.Reply {
	models := object{}
	for _, model := range captainModels {
		models[model.id] = model.json()
	}

	chosen, _ := c.account.settings["captain_models"].(object)
	switched, _ := c.account.settings["captain_features"].(object)
	features := object{}

	for _, feature := range captainFeatures {
		rows := []any{}

		for _, id := range strings.Fields(feature.models) {
			i := slices.IndexFunc(captainModels, func(m captainModel) bool { return m.id == id })
			row := object{"coming_soon": nil}
			maps.Copy(row, captainModels[i].json())
			row["id"] = id
			rows = append(rows, row)
		}

		selected, _ := chosen[feature.key].(string)
		if selected == "" {
			selected = feature.preset
		}

		features[feature.key] = object{"models": rows, "default": feature.preset, "enabled": switched[feature.key] == true, "selected": selected}
	}

	return ok(object{"providers": nil, "models": models, "features": features})
}

// updateCaptainPreferences merges what it knows into what is set, and drops the rest. What is set can become null, and goes never.
func (p *Platform) updateCaptainPreferences(c *call) sandbox.Reply {
	in, refused := read(c.Request, "captain_models*", "captain_features*")
	if refused != nil {
		return *refused
	}

	settings := maps.Clone(c.account.settings)

	for _, name := range []string{"captain_models", "captain_features"} {
		sent, isObject := in.values[name].(object)
		if !isObject && in.values[name] != nil {
			return crash(c.Request, "%s is no object", name)
		}

		known := object{}

		for _, key := range sortedKeys(sent) {
			if slices.ContainsFunc(captainFeatures, func(f captainFeature) bool { return f.key == key }) {
				known[key] = sent[key]
			} else {
				in.req.Complain("%s.%s: the server drops it", name, key)
			}
		}

		if len(known) == 0 {
			continue
		}

		merged := object{}

		before, _ := settings[name].(object)
		maps.Copy(merged, before)
		maps.Copy(merged, known)
		settings[name] = merged
	}

	checkCaptainModels(in, settings)
	checkCaptainFeatures(in, settings)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	c.account.settings = settings

	return p.showCaptainPreferences(c)
}

func checkCaptainModels(in *input, settings object) {
	chosen, _ := settings["captain_models"].(object)

	for _, feature := range captainFeatures {
		model, isSet := chosen[feature.key]
		if !isSet || model == nil || model == "" {
			continue
		}

		allowed := strings.Fields(feature.models)

		text, isText := model.(string)
		if isText && slices.Contains(allowed, text) {
			continue
		}

		in.errs.addEnglish("captain_models", fmt.Sprintf("Captain models '%v' is not a valid model for %s. Allowed: %s", model, feature.key, strings.Join(allowed, ", ")))
	}
}

func checkCaptainFeatures(in *input, settings object) {
	switched, _ := settings["captain_features"].(object)

	for _, feature := range captainFeatures {
		_, isFlag := switched[feature.key].(bool)
		if !isFlag && switched[feature.key] != nil {
			in.errs.addEnglish("captain_features/"+feature.key, "Captain features/"+feature.key+" must be of type type")
		}
	}
}
