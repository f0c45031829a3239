package terraform

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// foreign are the prefixes of variables that would change what Terraform or the provider does. TF_LOG and its relatives
// stay: who sets them wants to see something. The acceptance framework's own TF_ACC_* stay too.
var foreign = []string{
	"TF_CLI_", "TF_VAR_", "TF_DATA_DIR=", "TF_WORKSPACE=", "TF_PLUGIN_CACHE_", "TF_REATTACH_PROVIDERS=", "TF_INPUT=",
	"TF_IN_AUTOMATION=", "TF_REGISTRY_", "TF_TOKEN_", "TERRAFORM_CONFIG=", "TOFU_", "CHAT_REQUEST_", "CHAT_MAX_",
}

// platforms are the prefixes of the provider's credentials.
var platforms = []string{"KOMMUNICATE", "CHATLAKE", "IMICHAT"}

// CleanEnv leaves out the user's Terraform settings and credentials. A platform whose <PLATFORM>_LIVE is set keeps its
// own: the contract tests run against a real tenant then.
func CleanEnv(env []string) []string {
	unwanted := slices.Clone(foreign)

	for _, platform := range platforms {
		if !slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, platform+"_LIVE=") }) {
			unwanted = append(unwanted, platform+"_")
		}
	}

	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		return slices.ContainsFunc(unwanted, func(prefix string) bool { return strings.HasPrefix(v, prefix) })
	})
}

// Env returns the environment for this CLI: the given one without the user's settings, and with a CLI configuration, written
// into dir, that holds the given text.
func (c CLI) Env(dir string, env []string, config string) ([]string, error) {
	path := filepath.Join(dir, "terraform.rc")
	if err := os.WriteFile(path, []byte("disable_checkpoint = true\n"+config), 0o600); err != nil {
		return nil, fmt.Errorf("CLI configuration: %w", err)
	}

	return append(CleanEnv(env), "TF_CLI_CONFIG_FILE="+path, "CHECKPOINT_DISABLE=1"), nil
}

// AcceptanceEnv adds what terraform-plugin-testing wants to know.
func (c CLI) AcceptanceEnv(dir string, env []string) ([]string, error) {
	env, err := c.Env(dir, env, "")
	if err != nil {
		return nil, err
	}

	env = append(env, "TF_ACC=1", "TERRAFORM="+c.Path, "TF_ACC_TERRAFORM_PATH="+c.Path)
	if c.Name == "tofu" {
		// OpenTofu looks for a provider without a host in its own registry.
		env = append(env, "TF_ACC_PROVIDER_HOST=registry.opentofu.org")
	}

	return env, nil
}
