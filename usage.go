package main

import (
	"flag"
	"fmt"
	"os"
)

// explanation is for people who start the binary by hand.
const explanation = `terraform-provider-chat %s is a plugin: Terraform and OpenTofu start it to manage what lives on three
customer-chat platforms, Kommunicate, Chatlake (any Chatwoot) and IMIchat.

In a configuration, name it and run "terraform init" or "tofu init":

  terraform {
    required_providers {
      chat = { source = "seed-426837f5/chat" }
    }
  }

To use this file without a registry, name its folder in the CLI configuration (~/.terraformrc, ~/.tofurc):

  provider_installation {
    dev_overrides {
      "seed-426837f5/chat" = "/folder/of/this/file"
    }
    direct {}
  }

To try it without an account, start the simulator of the three platforms; it prints how to point the provider at it:

  terraform-provider-chat -sandbox

To bring an existing account under Terraform, export it into an empty folder. The environment says which account, as it does for
the provider. Then "terraform init" and "terraform plan" there say what would be imported:

  terraform-provider-chat -export chat

Flags:

`

// usage explains the binary and lists its flags.
func usage() {
	w := flag.CommandLine.Output()
	fmt.Fprintf(w, explanation, version)
	flag.PrintDefaults()
}

// isPlugin reports whether Terraform or OpenTofu started the process: they set this variable for every plugin.
func isPlugin() bool { return os.Getenv("TF_PLUGIN_MAGIC_COOKIE") != "" }
