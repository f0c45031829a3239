package sandbox

import "time"

// View is what a platform holds, in words that are the same for all platforms: for people to look at, not for tests. It
// holds no credentials.
type View struct {
	Name     string        `json:"name"` // As in the path.
	Title    string        `json:"title"`
	Accounts []AccountView `json:"accounts"`
}

// AccountView is one tenant of a platform.
type AccountView struct {
	ID            string             `json:"id"`
	Name          string             `json:"name"`
	People        []PersonView       `json:"people,omitempty"`
	Conversations []ConversationView `json:"conversations,omitempty"`
	HelpCenters   []HelpCenterView   `json:"help_centers,omitempty"`
	Settings      []TableView        `json:"settings,omitempty"` // Everything else.
}

// PersonView is an agent, a bot, or a customer.
type PersonView struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Role   string   `json:"role"`
	State  string   `json:"state,omitempty"` // Such as "deactivated".
	Labels []string `json:"labels,omitempty"`
	Facts  []Fact   `json:"facts,omitempty"`
}

// ConversationView is a conversation or a chat.
type ConversationView struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Status   string        `json:"status"`
	Assignee string        `json:"assignee,omitempty"`
	Labels   []string      `json:"labels,omitempty"`
	Facts    []Fact        `json:"facts,omitempty"`
	Messages []MessageView `json:"messages,omitempty"`
}

// Sides of a message: who speaks.
const (
	SideCustomer = "customer"
	SideTeam     = "team"
	SideBot      = "bot"
	SidePlatform = "platform"
)

// MessageView is one message. Parts are what is not plain text.
type MessageView struct {
	ID      string    `json:"id"`
	Sender  string    `json:"sender,omitempty"`
	Side    string    `json:"side"`
	Private bool      `json:"private,omitempty"` // A note that the customer does not see.
	Deleted bool      `json:"deleted,omitempty"`
	Kind    string    `json:"kind,omitempty"` // Such as "form"; empty for plain text.
	Text    string    `json:"text,omitempty"`
	Time    time.Time `json:"time,omitzero"`
	Parts   []Part    `json:"parts,omitempty"`
}

// Kinds of parts.
const (
	PartCard    = "card"    // Title, text, picture, buttons.
	PartButton  = "button"  // Title, and what it does in Text.
	PartField   = "field"   // Of a form: title, the kind of input in Text, options as parts.
	PartOption  = "option"  // One of several answers.
	PartRow     = "row"     // Of a list: title, text, picture.
	PartFile    = "file"    // Title is its name, Text its type and size.
	PartPicture = "picture" // Title is its caption, Text its address.
	PartText    = "text"    // Anything else.
)

// Part is a piece of a rich message. Addresses are shown, never fetched.
type Part struct {
	Kind    string `json:"kind"`
	Title   string `json:"title,omitempty"`
	Text    string `json:"text,omitempty"`
	Picture string `json:"picture,omitempty"`
	Parts   []Part `json:"parts,omitempty"`
}

// HelpCenterView is a help center with its articles, in the order of its categories.
type HelpCenterView struct {
	Name     string        `json:"name"`
	Facts    []Fact        `json:"facts,omitempty"`
	Articles []ArticleView `json:"articles,omitempty"`
}

// ArticleView is an article of a help center.
type ArticleView struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Category string `json:"category,omitempty"`
	Locale   string `json:"locale,omitempty"`
	Status   string `json:"status"`
	Text     string `json:"text,omitempty"`
}

// TableView lists objects of one kind.
type TableView struct {
	Title   string     `json:"title"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// Fact is a name and a value.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Facts returns the pairs whose value is not empty.
func Facts(pairs ...string) []Fact {
	var facts []Fact

	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			facts = append(facts, Fact{pairs[i], pairs[i+1]})
		}
	}

	return facts
}
