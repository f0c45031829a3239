package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// repository is where the files of this checkout are on the web.
const repository = "https://github.com/seed-426837f5/terraform-provider-chat"

// A page is a Markdown file: where its links lead to, and what links to it may name.
type page struct {
	links   []string
	anchors []string
}

// avoided are words that readers whose first language is not English stumble over, and that have plain ones in their place.
var avoided = regexp.MustCompile(`(?i)\b(?:nobody|whoever|whilst|hence|thereof|mishaps?|twins?)\b`)

// checkPages looks for words that are avoided, and follows every link of every Markdown file of the checkout that leads into the checkout. Links between the
// pages of docs/ have to work in two places: in a checkout, which wants the file's whole name, and on a registry, which
// has no other files than those in docs/.
func checkPages(root string) error {
	names, err := markdown(root)
	if err != nil {
		return err
	}

	var problems []error

	pages := map[string]page{}

	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}

		pages[name] = parsePage(content)

		if strings.HasPrefix(name, "docs/") && !strings.HasPrefix(name, "docs/guides/") {
			continue // Made of descriptions in the code.
		}

		for _, word := range avoided.FindAllString(string(content), -1) {
			problems = append(problems, fmt.Errorf("%s: say %q in plainer words", name, word))
		}
	}

	for _, name := range names {
		for _, target := range pages[name].links {
			if err := follow(root, name, target, pages); err != nil {
				problems = append(problems, fmt.Errorf("%s: the link %s %w", name, target, err))
			}
		}
	}

	return errors.Join(problems...)
}

// markdown lists the Markdown files that people read, by path below root. The templates are read as what they become.
func markdown(root string) ([]string, error) {
	var names []string

	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}

		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}

		name = filepath.ToSlash(name)

		switch {
		case entry.IsDir() && name != "." && name != ".github" && (strings.HasPrefix(entry.Name(), ".") || slices.Contains([]string{"templates", "testdata", "dist", "bin"}, entry.Name())):
			return filepath.SkipDir
		case !entry.IsDir() && strings.HasSuffix(name, ".md"):
			names = append(names, name)
		}

		return nil
	})

	return names, err
}

var named = regexp.MustCompile(`<a (?:id|name)="([^"]+)"`)

func parsePage(content []byte) page {
	var found page

	for _, match := range named.FindAllSubmatch(content, -1) {
		found.anchors = append(found.anchors, string(match[1]))
	}

	document := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(content))

	_ = ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}

		switch n := node.(type) {
		case *ast.Heading:
			found.anchors = append(found.anchors, slug(plain(n, content), found.anchors))
		case *ast.Link:
			found.links = append(found.links, string(n.Destination))
		case *ast.Image:
			found.links = append(found.links, string(n.Destination))
		case *ast.AutoLink:
			found.links = append(found.links, string(n.URL(content)))
		}

		return ast.WalkContinue, nil
	})

	return found
}

// plain returns the text of a heading.
func plain(node ast.Node, content []byte) string {
	var b strings.Builder

	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if leaf, ok := child.(*ast.Text); ok {
			b.Write(leaf.Segment.Value(content))
		} else {
			b.WriteString(plain(child, content))
		}
	}

	return b.String()
}

// slug returns the name that a heading gets on GitHub and on the registry.
func slug(heading string, taken []string) string {
	base := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		default:
			return -1
		}
	}, strings.TrimSpace(heading))

	name := base
	for i := 1; slices.Contains(taken, name); i++ {
		name = fmt.Sprintf("%s-%d", base, i)
	}

	return name
}

// follow reports what is wrong with a link that leads into the checkout.
func follow(root, from, target string, pages map[string]page) error {
	link, err := url.Parse(target)
	if err != nil {
		return errors.New("is no address")
	}

	if link.Scheme == "mailto" {
		return nil
	}

	if link.Scheme != "" {
		inside, ours := strings.CutPrefix(target, repository+"/blob/main/")
		if !ours {
			inside, ours = strings.CutPrefix(target, repository+"/tree/main/")
		}

		if !ours {
			return nil
		}

		return leads(root, inside, pages)
	}

	if link.Path == "" {
		return leads(root, from+"#"+link.Fragment, pages)
	}

	path := filepath.ToSlash(filepath.Join(filepath.Dir(from), link.Path))

	if strings.HasPrefix(from, "docs/") && (!strings.HasPrefix(path, "docs/") || !strings.HasSuffix(path, ".md")) {
		return errors.New("does not open on the registry: link to a page in docs/ by its file name, and to other files by their address")
	}

	if link.Fragment != "" {
		path += "#" + link.Fragment
	}

	return leads(root, path, pages)
}

// leads reports whether a path below root exists, and the heading after its # too.
func leads(root, target string, pages map[string]page) error {
	path, fragment, _ := strings.Cut(target, "#")
	path = strings.TrimSuffix(path, "/")

	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(path))); err != nil {
		return errors.New("leads nowhere")
	}

	if found, ok := pages[path]; ok && fragment != "" && !slices.Contains(found.anchors, fragment) {
		return fmt.Errorf("leads to a page without the heading %q", fragment)
	}

	return nil
}

// checkAddresses asks every web address that the pages link to whether it is there.
func checkAddresses(ctx context.Context, root string) error {
	names, err := markdown(root)
	if err != nil {
		return err
	}

	asked := map[string]bool{}

	var problems []error

	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}

		for _, target := range parsePage(content).links {
			address, _, _ := strings.Cut(target, "#")
			if asked[address] || !strings.HasPrefix(address, "https://") || strings.Contains(address, "example.com") {
				continue
			}

			asked[address] = true

			if err := ask(ctx, address); err != nil {
				problems = append(problems, fmt.Errorf("%s: %s: %w", name, address, err))
			}
		}
	}

	return errors.Join(problems...)
}

func ask(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()

	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}

	request.Header.Set("User-Agent", "terraform-provider-chat link check")

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}

	_ = response.Body.Close()

	if response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusGone {
		return errors.New(response.Status)
	}

	return nil
}
