// Package page is the web page that shows what the simulated platforms hold. It reads their views, and changes nothing.
//
// What it shows was written by callers, and is never trusted: the browser gets it as JSON, the script puts it into the page
// as text, and the policy below lets the browser run nothing but the files here.
package page

import (
	"embed"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io/fs"
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

//go:embed static
var files embed.FS

// policy lets the page load its own files, and ask its own server. Trusted types forbid to make markup of text at all.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// Source is what the page shows: what a platform holds. Its lock is held while the view is made.
type Source interface {
	Lock()
	Unlock()
	View() sandbox.View
}

// World is what the page asks for.
type World struct {
	Platforms []sandbox.View `json:"platforms"`
}

// Handler serves the page at /, and its files and its data among the control endpoints.
func Handler(sources ...Source) http.Handler {
	mux := http.NewServeMux()

	static, err := fs.Sub(files, "static")
	if err != nil {
		panic(err) // The folder is part of the binary.
	}

	for path, name := range map[string]string{
		"/{$}": "page.html", sandbox.ControlPath + "page/page.css": "page.css", sandbox.ControlPath + "page/page.js": "page.js",
		sandbox.ControlPath + "page/icon.svg": "icon.svg",
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, static, name) })
	}

	mux.HandleFunc("GET "+sandbox.ControlPath+"world", func(w http.ResponseWriter, r *http.Request) { serveWorld(w, r, sources) })

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cache-Control", "no-store")

		mux.ServeHTTP(w, r)
	})
}

// serveWorld answers 304 to a page that has the world as it is.
func serveWorld(w http.ResponseWriter, r *http.Request, sources []Source) {
	world := World{Platforms: []sandbox.View{}}
	for _, source := range sources {
		world.Platforms = append(world.Platforms, view(source))
	}

	body, err := json.Marshal(world)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}

	hash := fnv.New64a()
	_, _ = hash.Write(body)
	tag := fmt.Sprintf(`"%x"`, hash.Sum64())

	w.Header().Set("ETag", tag)

	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}

	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(body)
}

func view(source Source) sandbox.View {
	source.Lock()
	defer source.Unlock()

	return source.View()
}
