package kommunicate_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate"
)

// TestResources runs the cases of every resource. It fails for a type, or an attribute, that no case covers.
func TestResources(t *testing.T) {
	acctest.RunCases(t, kommunicate.Resources(), userCases, conversationCases, memberCases, messageCases, attachmentCases)
}
