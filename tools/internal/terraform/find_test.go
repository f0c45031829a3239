package terraform

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

// machine returns a finder on a machine with the given programs: name or path -> "product version".
func machine(t *testing.T, env map[string]string, programs map[string]string) finder {
	t.Helper()

	return finder{
		getenv: func(name string) string { return env[name] },
		look: func(name string) (string, error) {
			if _, ok := programs[name]; !ok {
				return "", os.ErrNotExist
			}

			return name, nil
		},
		inspect: func(_ context.Context, path string) (CLI, error) {
			name, number, ok := strings.Cut(programs[path], " ")
			if !ok {
				return CLI{}, errors.New("does not tell its version")
			}

			return CLI{Path: path, Name: name, Version: version.Must(version.NewVersion(number))}, nil
		},
		install: func(context.Context) (string, error) {
			if programs["installed"] == "" {
				return "", errors.New("no network")
			}

			return "installed", nil
		},
		notes: io.Discard,
	}
}

func TestFind(t *testing.T) {
	t.Parallel()

	for name, tc := range map[string]struct {
		env      map[string]string
		programs map[string]string
		want     string
		wantErr  string
	}{
		"terraform before tofu": {
			programs: map[string]string{"terraform": "terraform 1.14.0", "tofu": "tofu 1.12.0"},
			want:     "terraform",
		},
		"only tofu": {
			programs: map[string]string{"tofu": "tofu 1.10.0"},
			want:     "tofu",
		},
		"named wins over PATH": {
			env:      map[string]string{"TERRAFORM": "elsewhere/tofu"},
			programs: map[string]string{"terraform": "terraform 1.14.0", "elsewhere/tofu": "tofu 1.12.0"},
			want:     "elsewhere/tofu",
		},
		"named but absent": {
			env:      map[string]string{"TERRAFORM": "nowhere"},
			programs: map[string]string{"terraform": "terraform 1.14.0"},
			wantErr:  "TERRAFORM=nowhere: file does not exist",
		},
		"named but too old": {
			env:      map[string]string{"TERRAFORM": "old"},
			programs: map[string]string{"old": "terraform 1.5.7", "terraform": "terraform 1.14.0"},
			wantErr:  "TERRAFORM=old: terraform 1.5.7 is older than 1.11.0",
		},
		"too old on PATH gives way to tofu": {
			programs: map[string]string{"terraform": "terraform 1.5.7", "tofu": "tofu 1.11.1"},
			want:     "tofu",
		},
		"pre-release of the oldest": {
			programs: map[string]string{"terraform": "terraform 1.11.0-rc1"},
			want:     "terraform",
		},
		"a broken one gives way": {
			programs: map[string]string{"terraform": "garbage", "tofu": "tofu 1.11.1"},
			want:     "tofu",
		},
		"none: installed": {
			programs: map[string]string{"installed": "terraform 1.11.4"},
			want:     "installed",
		},
		"none, and no network": {
			wantErr: "no usable terraform or tofu on PATH, and installing Terraform 1.11.4 failed: no network\n" +
				"Put one on PATH, or set TERRAFORM to its path",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			cli, err := machine(t, tc.env, tc.programs).find(t.Context())
			switch {
			case tc.wantErr != "":
				if err == nil || err.Error() != tc.wantErr {
					t.Fatalf("got error %v, want %q", err, tc.wantErr)
				}
			case err != nil:
				t.Fatal(err)
			case cli.Path != tc.want:
				t.Errorf("got %s, want %s", cli.Path, tc.want)
			}
		})
	}
}

// A program that only says that it is OpenTofu must be found out, whatever its file is called.
func TestInspectTellsTheTwoApart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "terraform")

	script := "#!/bin/sh\nif [ \"$2\" = -json ]; then echo '{\"terraform_version\":\"1.12.6\"}'; else echo OpenTofu v1.12.6; fi\n"
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}

	cli, err := inspect(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}

	got, want := cli.String(), "OpenTofu 1.12.6 ("+path+")"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestEnvKeepsNothingOfTheUsers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()

	env, err := CLI{Path: "/bin/tofu", Name: "tofu"}.AcceptanceEnv(dir, []string{
		"HOME=/home/somebody", "TF_LOG=DEBUG", "TF_CLI_CONFIG_FILE=/nowhere", "TF_CLI_ARGS_plan=-lock=false",
		"TF_VAR_name=x", "CHATLAKE_API_ACCESS_TOKEN=real", "IMICHAT_API_KEY=real", "IMICHAT_LIVE=1",
	})
	if err != nil {
		t.Fatal(err)
	}

	want := []string{
		"HOME=/home/somebody", "TF_LOG=DEBUG", "IMICHAT_API_KEY=real", "IMICHAT_LIVE=1",
		"TF_CLI_CONFIG_FILE=" + filepath.Join(dir, "terraform.rc"), "CHECKPOINT_DISABLE=1",
		"TF_ACC=1", "TERRAFORM=/bin/tofu", "TF_ACC_TERRAFORM_PATH=/bin/tofu", "TF_ACC_PROVIDER_HOST=registry.opentofu.org",
	}
	if !slices.Equal(env, want) {
		t.Errorf("got  %q\nwant %q", env, want)
	}

	if _, err := os.Stat(filepath.Join(dir, "terraform.rc")); err != nil {
		t.Error(err)
	}
}

// TestDiscovers tells which programs have the command query.
func TestDiscovers(t *testing.T) {
	t.Parallel()

	for program, want := range map[string]bool{"terraform 1.13.5": false, "terraform 1.14.0": true, "terraform 1.17.0-dev": true, "tofu 1.14.0": false} {
		name, number, _ := strings.Cut(program, " ")

		got := CLI{Name: name, Version: version.Must(version.NewVersion(number))}.Discovers()
		if got != want {
			t.Errorf("%s: %t", program, got)
		}
	}
}
