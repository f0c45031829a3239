// Terraform-provider-chat lets Terraform declare what lives on three customer-chat platforms: Kommunicate, Chatlake (and
// every Chatwoot), and IMIchat.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/seed-426837f5/terraform-provider-chat/internal/plugin"
	"github.com/seed-426837f5/terraform-provider-chat/internal/provider"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// version is set when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print how to attach, and stay until interrupted")
	show := flag.Bool("version", false, "print the version and exit")
	simulate := flag.Bool("sandbox", false, "serve a simulator of all three platforms instead of the provider")
	printOnly := flag.Bool("env", false, "with -sandbox: print only how to point the provider at the sandbox on -listen, and exit")

	var settings server.Settings

	flag.StringVar(&settings.Address, "listen", "127.0.0.1:8484", "loopback `address` of the sandbox; port 0 takes a free one")
	flag.StringVar(&settings.Data, "data", "", "`file` that keeps the sandbox's state over restarts; made if missing")
	flag.StringVar(&settings.Seed, "seed", "", "JSON `file` of assets, teams and people that the sandbox holds from the start, beside its own")
	flag.StringVar(&settings.Chatwoot, "chatwoot-version", "", "`release` of Chatwoot that the sandbox plays, as 4.11.2; the newest known unless set")

	var wanted exportFlags

	wanted.define()

	flag.Usage = usage

	flag.Parse()

	var err error

	switch {
	case flag.NArg() > 0:
		usage()
		os.Exit(2)
	case *show:
		fmt.Println("terraform-provider-chat", version)
	case *simulate && *printOnly:
		err = server.PrintEnvironment(settings, os.Stdout)
	case *simulate:
		err = serveSandbox(settings)
	case wanted.isGiven():
		err = wanted.run()
	case !isPlugin() && !*debug:
		flag.CommandLine.SetOutput(os.Stdout)
		usage()
	default:
		err = plugin.Serve(provider.New(version), *debug)
	}

	if err != nil {
		log.Fatal(err)
	}
}

func serveSandbox(settings server.Settings) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	return server.Run(ctx, settings, os.Stdout)
}
