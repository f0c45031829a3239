package connect_test

import (
	"os"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/connect"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, connect.Kinds().Resources(), campaignCase, oneOffCampaignCase, integrationHookCase, dialogflowCase, integrationAppsCase)
}
