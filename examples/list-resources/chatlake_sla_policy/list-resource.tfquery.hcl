# All SLA policies, with everything that an import reads.
list "chatlake_sla_policy" "all" {
  provider = chat

  include_resource = true
}
