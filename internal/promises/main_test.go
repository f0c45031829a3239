package promises_test

import (
	"os"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

func writeFile(t *testing.T, name, content string, mode os.FileMode) {
	t.Helper()

	if err := os.WriteFile(name, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}
