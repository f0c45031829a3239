package chatlake

import (
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Labels of contacts and conversations are tags: free words, shared by the whole installation, that need no row among the
// account's labels.

// readLabels reads the set that replaces the present one. Null clears, as absence does.
func readLabels(req *sandbox.Request) ([]string, *sandbox.Reply) {
	in, refused := read(req, "labels[]")
	if refused != nil {
		return nil, refused
	}

	labels, sent := in.strings("labels")
	if !sent {
		req.Complain("labels without a list clears all labels")
	}

	return labels, nil
}

// tags parses what was sent: echo is what the answer to the same request shows, kept what is stored.
func (p *Platform) tagList(sent []string) (echo, kept []string) {
	seen := map[string]bool{}

	for _, text := range sent {
		for part := range strings.SplitSeq(text, ",") {
			name := strings.TrimSpace(part)

			folded := strings.ToLower(name)
			if name == "" || seen[folded] {
				continue
			}

			seen[folded] = true

			echo = append(echo, name)
			if p.tags[folded] == "" {
				p.tags[folded] = name
			}

			kept = append(kept, p.tags[folded])
		}
	}

	return orEmpty(echo), kept
}

// shuffledTags is a set of tags in no order.
func (p *Platform) shuffledTags(tags []string) []string {
	out := append([]string{}, tags...)
	if p.switches.ShuffleUnsorted {
		p.core.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}

	return out
}

func (p *Platform) contactLabels(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	return ok(object{"payload": p.shuffledTags(x.labels)})
}

func (p *Platform) setContactLabels(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	sent, refused := readLabels(c.Request)
	if refused != nil {
		return *refused
	}

	echo, kept := p.tagList(sent)
	x.labels = kept

	return ok(object{"payload": p.shuffledTags(echo)})
}
