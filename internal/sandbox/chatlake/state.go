package chatlake

import (
	"fmt"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// state is everything a reset forgets.
type state struct {
	lastIDs map[string]int64
	jobs    []job
	windows map[string]window
	noise   int

	accounts sandbox.Collection[int64, *account]
	users    sandbox.Collection[int64, *user]
	tokens   map[string]principal
	emails   map[string]*user

	contacts    sandbox.Collection[int64, *contact]
	contactKeys map[contactKey]int64
	sessions    map[sessionKey]*session
	sources     map[string][]*session
	// companyDomains has the companies by domain, "" included: there is one of each.
	companyDomains map[nameKey]int64
	tags           map[string]string // Folded name to the spelling that came first.

	inboxes     sandbox.Collection[int64, *inbox]
	going       map[int64][]int // How requests to an inbox that is being deleted are answered.
	channelKeys map[channelKey]int64
	teams       sandbox.Collection[int64, *team]
	teamNames   map[nameKey]int64
	labels      sandbox.Collection[int64, *label]
	labelNames  map[nameKey]int64
	bots        sandbox.Collection[int64, *agentBot]

	conversations sandbox.Collection[conversationKey, *conversation]
	messages      map[int64]*message
	blobs         sandbox.Collection[int64, *blob]

	canned         sandbox.Collection[int64, *cannedResponse]
	shortCodes     map[nameKey]int64
	webhooks       sandbox.Collection[int64, *webhook]
	webhookURLs    map[nameKey]int64
	definitions    sandbox.Collection[int64, *definition]
	definitionKeys map[definitionKey]int64
	rules          sandbox.Collection[int64, *rule]
	macros         sandbox.Collection[int64, *macro]
	filters        sandbox.Collection[int64, *savedFilter]
	apps           sandbox.Collection[int64, *dashboardApp]
	policies       sandbox.Collection[int64, *policy]
	policyNames    map[nameKey]int64
	campaigns      sandbox.Collection[int64, *campaign]
	hooks          sandbox.Collection[int64, *integration]

	portals       sandbox.Collection[int64, *portal]
	portalSlugs   map[string]int64
	portalDomains map[string]int64
	categorySlugs map[categoryKey]int64
	articleSlugs  map[string]int64
}

// nameKey is a unique index over names within an account.
type nameKey struct {
	account int64
	name    string
}

// principal is whom a token belongs to.
type principal struct {
	user *user
	bot  *agentBot
	app  *platformApp
}

// isTaken reports whether another object than the one with this id has the key.
func isTaken[K comparable](keys map[K]int64, key K, id int64) bool {
	other, taken := keys[key]
	return taken && other != id
}

func newState() state {
	return state{
		// Every table starts elsewhere, so that an id of the wrong kind finds nothing. Gaps are normal on a real server.
		lastIDs: map[string]int64{
			"users": 10, "bots": 30, "channels": 50, "inboxes": 100, "teams": 200, "labels": 300, "contacts": 1000,
			"contact_inboxes": 2000, "conversations": 3000, "messages": 5000, "attachments": 7000, "blobs": 8000,
			"canned_responses": 400, "webhooks": 450, "definitions": 500, "rules": 550, "macros": 600, "filters": 650,
			"account_users": 680, "portals": 700, "categories": 750, "articles": 800, "notes": 850, "apps": 900, "policies": 950, "hooks": 970,
		},
		windows:        map[string]window{},
		tokens:         map[string]principal{},
		emails:         map[string]*user{},
		contactKeys:    map[contactKey]int64{},
		sessions:       map[sessionKey]*session{},
		sources:        map[string][]*session{},
		companyDomains: map[nameKey]int64{},
		tags:           map[string]string{},
		going:          map[int64][]int{},
		channelKeys:    map[channelKey]int64{},
		teamNames:      map[nameKey]int64{},
		labelNames:     map[nameKey]int64{},
		messages:       map[int64]*message{},
		shortCodes:     map[nameKey]int64{},
		webhookURLs:    map[nameKey]int64{},
		definitionKeys: map[definitionKey]int64{},
		policyNames:    map[nameKey]int64{},
		portalSlugs:    map[string]int64{},
		portalDomains:  map[string]int64{},
		categorySlugs:  map[categoryKey]int64{},
		articleSlugs:   map[string]int64{},
	}
}

// nextID counts a table's ids, over all accounts.
func (p *Platform) nextID(table string) int64 {
	p.lastIDs[table]++
	return p.lastIDs[table]
}

const alphanumeric = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789"

// newToken is as long as the vendor's tokens.
func (p *Platform) newToken() string { return p.core.Text(alphanumeric, 24) }

// newUUID is a random one, version 4.
func (p *Platform) newUUID() string {
	hex := []byte(p.core.Text("0123456789abcdef", 32))
	hex[12], hex[16] = '4', "89ab"[p.core.Intn(4)]

	return fmt.Sprintf("%s-%s-%s-%s-%s", hex[:8], hex[8:12], hex[12:16], hex[16:20], hex[20:])
}

// account is one tenant of the installation.
type account struct {
	id            int64
	name          string
	locale        string
	domain        *string
	supportEmail  *string
	status        string // active, suspended
	settings      object
	custom        object
	features      map[string]bool // Of the platform API: what is switched on.
	limits        object
	created       time.Time
	conversations int64 // The last display id.
	campaigns     int64 // The last display id.
}

// blob is a stored file.
type blob struct {
	id   int64
	key  string
	file file
	held bool // Something has had it.
}

func (p *Platform) storeBlob(f file) *blob {
	b := &blob{id: p.nextID("blobs"), key: p.newToken(), file: f}
	p.blobs.Put(b.id, b)

	return b
}

// blobURL is where a file could be fetched; the sandbox does not serve it.
func (p *Platform) blobURL(b *blob) string {
	return "http://chatlake.sandbox.invalid/rails/active_storage/blobs/redirect/" + b.key + "/" + b.file.name
}
