package gitlab

import (
	"os"
	"strings"
	"testing"
)

// TestExample wants the pipeline of examples/gitops to be one that GitLab takes.
func TestExample(t *testing.T) {
	t.Parallel()

	pipeline, err := os.ReadFile("../../../examples/gitops/.gitlab-ci.yml")
	if err != nil {
		t.Fatal(err)
	}

	if err := Check(pipeline); err != nil {
		t.Error(err)
	}

	for before, after := range map[string]string{
		"script:\n    - ./pipeline.sh test": "scripts:\n    - ./pipeline.sh test",
		"expire_in: 1 day":                  "expire_in: [1]",
		"action: prepare":                   "action: plan",
		"stages: [test":                     "stages: [1",
		"stage: drift":                      "stage: nightly",
		"extends: .environments":            "extends: .environment",
		"resource_group":                    "resource_groups",
	} {
		broken := strings.Replace(string(pipeline), before, after, 1)
		if broken == string(pipeline) {
			t.Errorf("the pipeline does not say %q any more", before)
		}

		if err := Check([]byte(broken)); err == nil {
			t.Errorf("a pipeline with %q passes", after)
		}
	}
}
