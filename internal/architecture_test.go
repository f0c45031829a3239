package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/seed-426837f5/terraform-provider-chat/"

var (
	rooms = []string{"kommunicate", "chatlake", "imichat"}
	areas = []string{"talk", "desk", "inbox", "help", "rules", "enterprise", "captain", "platform", "connect", "report"} // Of Chatlake.
)

// arrows is who may import whom of this module, tests aside. Names are below internal/.
func arrows() map[string][]string {
	allowed := map[string][]string{
		"reads":          {},
		"wirejson":       {},
		"localfile":      {},
		"noun":           {},
		"transport":      {"reads", "wirejson"},
		"providerdata":   {},
		"apidiag":        {"noun", "transport"},
		"tfvalue":        {},
		"attribute":      {"tfvalue"},
		"planned":        {"noun", "tfvalue"},
		"ownership":      {"noun", "tfvalue"},
		"adopt":          {"apidiag", "noun", "transport"},
		"importid":       {"apidiag", "noun"},
		"lookup":         {"apidiag", "attribute", "noun", "transport"},
		"provider":       {"apidiag", "attribute", "localfile", "ownership", "providerdata", "tfvalue", "transport"}, // And the rooms, below.
		"plugin":         {"reads", "transport"},
		"export":         {"apidiag"},
		"sandbox":        {},
		"replay":         {},
		"sandbox/page":   {"sandbox"},
		"sandbox/server": {"sandbox", "sandbox/page"},
		"acctest":        {"plugin", "provider", "sandbox", "sandbox/server", "replay", "sandbox/chatlake"},
		"promises":       {}, // Tests alone.
	}

	// What every resource and data source may build on.
	kit := []string{"adopt", "apidiag", "attribute", "importid", "localfile", "lookup", "noun", "ownership", "planned", "providerdata", "tfvalue", "transport"}

	for _, room := range rooms {
		allowed[room] = append([]string{room + "/api"}, kit...)
		allowed[room+"/api"] = []string{"transport", "reads", "wirejson"}
		allowed["provider"] = append(allowed["provider"], room, room+"/api")
		allowed["sandbox/"+room] = []string{"sandbox"}
		allowed["sandbox/server"] = append(allowed["sandbox/server"], "sandbox/"+room)
	}

	// What each release of Chatwoot knows, and whom it lets in, is plain data: the client, the room and the documents read it.
	allowed["chatlake/release"] = []string{}
	allowed["chatlake/permission"] = []string{"chatlake/release", "noun"}

	// Chatlake has an area of the product in each package. No area imports another: what two need is in account.
	allowed["chatlake"] = []string{"chatlake/account"}

	shared := append([]string{"chatlake/api", "chatlake/permission", "chatlake/release"}, kit...)
	allowed["chatlake/account"] = shared

	for _, area := range areas {
		allowed["chatlake/"+area] = append([]string{"chatlake/account"}, shared...)
		allowed["chatlake"] = append(allowed["chatlake"], "chatlake/"+area)
	}

	allowed["chatlake/chatlaketest"] = []string{"acctest", "chatlake/permission", "sandbox", "sandbox/chatlake"} // The table says where objects are.
	allowed["chatlake/api"] = append(allowed["chatlake/api"], "chatlake/release", "chatlake/permission")

	return allowed
}

// TestArrows keeps the architecture: rooms do not know each other, clients and transport are plain Go that could be
// published tomorrow, and the sandbox shares nothing with what it checks.
func TestArrows(t *testing.T) {
	seen, arrows := 0, arrows()

	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}

		name := filepath.ToSlash(filepath.Dir(file))

		allowed, known := arrows[name]
		if !known {
			t.Errorf("internal/%s is not on the map: say in this test who it may import, and in CONTRIBUTING what it is", name)
			return nil
		}

		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}

		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}

			seen++

			if ours, ok := strings.CutPrefix(imported, module+"internal/"); ok && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports internal/%s: %s may import %v only", file, ours, name, allowed)
			}

			problem := foreign(name, imported)
			if problem != "" {
				t.Errorf("%s imports %s: %s", file, imported, problem)
			}
		}

		return nil
	})
	if err != nil || seen == 0 {
		t.Fatalf("%d imports read, %v", seen, err)
	}
}

func foreign(name, imported string) string {
	plain := name == "transport" || name == "reads" || name == "wirejson" || path.Base(name) == "api"
	switch {
	case strings.Contains(imported, "terraform-plugin-sdk"):
		return "the provider is built on the framework alone"
	case plain && strings.Contains(imported, "hashicorp/terraform-plugin-framework"):
		return "clients and transport know nothing of Terraform"
	case imported == "github.com/hashicorp/terraform-plugin-log/tflog" && name != "transport":
		return "requests are logged by transport's log layer, nowhere else"
	case imported == "net/http" && !plain && !strings.HasPrefix(name, "sandbox") && name != "replay" && !strings.HasSuffix(name, "test"):
		return "only transport, the clients and the recorder speak HTTP"
	default:
		return ""
	}
}
