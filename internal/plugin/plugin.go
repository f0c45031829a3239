// Package plugin serves the provider to Terraform, and keeps what that costs small.
package plugin

import (
	"context"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Address is what a debugger's attach instructions name the provider.
const Address = "registry.terraform.io/seed-426837f5/chat"

const (
	// gcPercent lets garbage grow to four times what is live before it is collected: the live heap is a few MiB, and
	// collecting it for every few objects was a fifth of the CPU.
	gcPercent = 400
	// settle is longer than Terraform takes between the answer to one call and the next one.
	settle = 100 * time.Millisecond
	// memoryLimit is where collecting gets eager again.
	memoryLimit = 40 << 20
)

// Serve serves the provider until Terraform has no more use for it.
func Serve(newProvider func() provider.Provider, debugging bool) error {
	quiet(os.Environ(), os.Setenv)
	tune(os.LookupEnv)

	defer profile()()

	var options []tf6server.ServeOpt
	if debugging {
		options = append(options, tf6server.WithManagedDebug())
	}

	serve := Server(newProvider())

	if served, ok := serve().(*releasing); ok && !debugging {
		served.settle = settle

		serve = func() tfprotov6.ProviderServer { return served }

		go watch(context.Background(), time.Second, os.Getppid, served.running.leave)
	}

	return tf6server.Serve(Address, serve, options...)
}

// Server is the framework's protocol server, which lets go of calls that are over.
func Server(p provider.Provider) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		s := release(providerserver.NewProtocol6(p)())

		if wrapped, ok := s.(*releasing); ok {
			wrapped.types = &types{provider: p}

			if informed, ok := p.(interface{ Notices() []string }); ok {
				wrapped.notices = informed.Notices
			}
		}

		return s
	}
}

// quiet switches logging off where it is not read. Without it, every trace line is encoded and sent to Terraform,
// which parses and drops it: half the CPU of both.
func quiet(environment []string, set func(name, value string) error) {
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "TF_LOG") && name != "TF_LOG_PATH" && value != "" {
			return
		}
	}

	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER"} {
		if err := set(name, "OFF"); err != nil {
			return // Only slower.
		}
	}
}

// tune sets the garbage collector, unless the user did.
func tune(lookup func(string) (string, bool)) {
	_, percent := lookup("GOGC")

	_, limit := lookup("GOMEMLIMIT")
	if percent || limit {
		return
	}

	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
}
