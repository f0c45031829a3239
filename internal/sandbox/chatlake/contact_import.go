package chatlake

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// importContacts takes a file and answers at once. A job reads it.
func (p *Platform) importContacts(c *call) sandbox.Reply {
	in, refused := read(c.Request, "import_file")
	if refused != nil {
		return *refused
	}

	files, account := in.files["import_file"], c.account.id

	switch {
	case len(files) > 0:
		p.later(func() { p.importTable(account, files[0].data) })
		return empty(http.StatusOK)
	case isBlank(in.values["import_file"]):
		return answer(http.StatusUnprocessableEntity, object{"error": "File is blank"})
	default:
		return crash(c.Request, "import_file is a text")
	}
}

// importTable makes a contact of each row, or changes the one that has its identifier, e-mail address or phone number. Columns
// without a meaning become custom attributes.
func (p *Platform) importTable(account int64, data []byte) {
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1

	rows, err := reader.ReadAll()
	if err != nil || len(rows) < 2 {
		return // No table: the job ends.
	}

	for _, cells := range rows[1:] {
		row := map[string]string{}

		for i, column := range rows[0] {
			if i < len(cells) {
				row[column] = cells[i]
			}
		}

		p.importRow(account, row)
	}
}

func (p *Platform) importRow(account int64, row map[string]string) {
	phone := row["phone_number"]
	if phone != "" && !strings.HasPrefix(phone, "+") {
		row["phone_number"] = "+" + phone
	}

	x := &contact{account: account, name: new(string), additional: object{}, custom: object{}, created: p.core.Now()}

	for _, column := range []string{"identifier", "email", "phone_number"} {
		id, known := p.contactKeys[contactKey{account, column, row[column]}]
		if known && row[column] != "" {
			x, _ = p.contacts.Get(id)
			break
		}
	}

	if x.id == 0 {
		x.id = p.nextID("contacts")
	}

	p.dropContactKeys(x)

	for column, field := range map[string]**string{"name": &x.name, "email": &x.email, "phone_number": &x.phone, "identifier": &x.identifier} {
		text := row[column]
		if text != "" {
			*field = &text
		}

		delete(row, column)
	}

	labels := row["labels"]
	if labels != "" {
		x.labels = strings.Split(labels, ",")
	}

	delete(row, "labels")

	for column, cell := range row {
		x.custom[column] = any(nil)
		if cell != "" {
			x.custom[column] = cell
		}
	}

	p.keepContact(x)
}

// syncTemplates is for WhatsApp inboxes only. A job would ask the carrier, which is not played.
func (p *Platform) syncTemplates(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	if !i.channel.isWhatsApp() {
		return answer(http.StatusUnprocessableEntity, object{"error": "Template sync is only available for WhatsApp channels"})
	}

	return ok(object{"message": "Template sync initiated successfully"})
}
