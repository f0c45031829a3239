package chatlake

type note struct{}
type policy struct{}
type portal struct {
	id        int64
	AccountID int64
	Name      string
	Slug      string
}
type definitionKey struct {
	account int64
	model   string
	key     string
}
