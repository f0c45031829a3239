package transport_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// still answers every request with the same body.
type still struct{ body []byte }

func (s still) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(s.body)), ContentLength: int64(len(s.body)), Request: r,
	}, nil
}

// BenchmarkStack is a call through all layers, without a network.
func BenchmarkStack(b *testing.B) {
	base, err := url.Parse("https://platform.example/base")
	if err != nil {
		b.Fatal(err)
	}

	s := transport.New(transport.Config{
		Platform: "Platform", Base: base, UserAgent: "benchmark", Timeout: 30 * time.Second, MaxRetries: 4,
		Sign: transport.SignWith(http.Header{"Key": {"secret"}}), HTTP: still{[]byte(`{"id":1,"name":"Ana"}`)},
	})

	type object struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	}
	for name, call := range map[string]transport.Call{
		"read":  transport.Read("GET", "/objects/%s", "1"),
		"write": transport.Write("PUT", "/objects/%s", "1").WithJSON(object{ID: 1, Name: "Ana"}),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()

			for b.Loop() {
				if got, err := transport.Do[object](b.Context(), s, call); err != nil || got.ID != 1 {
					b.Fatal(got, err)
				}
			}
		})
	}
}

// BenchmarkCall is the building of a call, escaping and encoding included.
func BenchmarkCall(b *testing.B) {
	b.ReportAllocs()

	for b.Loop() {
		call := transport.Write("PUT", "/objects/%s", "a/b").WithHeader("Of-User-Id", "owner").WithJSON(map[string]string{"name": "Ana"})
		if call.Path == "" {
			b.Fatal("no path")
		}
	}
}
