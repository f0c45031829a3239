package chatlake

import "github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"

type note struct{}
type message struct{}
type policy struct{}
type portal struct {
	id        int64
	AccountID int64
	Name      string
	Slug      string
}
type conversationKey struct{ account, display int64 }
type conversation struct {
	account  *account
	inbox    *inbox
	contact  *contact
	assignee *user
	team     *team
	labels   []string
}
type agentBot struct {
	id, account   int64
	name          *string
	botType       string
	config        object
	token, secret string
}
type definitionKey struct {
	account int64
	model   string
	key     string
}

func (p *Platform) conversationJSON(*conversation) object { return nil }
func (p *Platform) removeConversation(*conversation)      {}
func (p *Platform) makeNoise()                            {}

var _ sandbox.Reply
