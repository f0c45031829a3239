// Package gitlab checks pipelines of GitLab before they are pushed.
package gitlab

import (
	"bytes"
	_ "embed" // The schema.
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// schema is strict about a part of the language. A pipeline that uses more of it needs a line there.
//
//go:embed schema.json
var schema []byte

// Check reports what is wrong with a pipeline: misspelt keywords, values of other kinds, and jobs of no stage or script.
func Check(pipeline []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return err
	}

	compiler := jsonschema.NewCompiler()

	if err := compiler.AddResource("ci.json", document); err != nil {
		return err
	}

	compiled, err := compiler.Compile("ci.json")
	if err != nil {
		return err
	}

	var parsed map[string]any

	if err := yaml.Unmarshal(pipeline, &parsed); err != nil {
		return err
	}

	text, err := json.Marshal(parsed)
	if err != nil {
		return err
	}

	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}

	return errors.Join(compiled.Validate(instance), checkJobs(parsed))
}

// checkJobs reports what a schema cannot say: a stage has to be listed, a template has to exist, and a job that is no
// template runs something.
func checkJobs(pipeline map[string]any) error {
	stages, _ := pipeline["stages"].([]any)

	var problems []error

	for name, value := range pipeline {
		job, ok := value.(map[string]any)
		if !ok || slices.Contains([]string{"default", "variables"}, name) {
			continue
		}

		stage, ok := job["stage"]
		if ok && !slices.Contains(stages, stage) {
			problems = append(problems, fmt.Errorf("%s: there is no stage %v", name, stage))
		}

		template, ok := job["extends"].(string)
		if ok && pipeline[template] == nil {
			problems = append(problems, fmt.Errorf("%s: there is no %s to extend", name, template))
		}

		if name[0] != '.' && (job["script"] == nil || stage == nil) {
			problems = append(problems, fmt.Errorf("%s: a job needs a script and a stage", name))
		}
	}

	return errors.Join(problems...)
}
