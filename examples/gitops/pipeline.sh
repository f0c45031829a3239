#!/bin/sh
# What the pipelines do. GitHub and GitLab call this script, and so can you.
#
#   pipeline.sh check  ENVIRONMENT   formatted, and valid
#   pipeline.sh plan   ENVIRONMENT   writes plan.tfplan, comment.md and report.json into the environment's folder
#   pipeline.sh apply  ENVIRONMENT   applies plan.tfplan, and nothing else
#   pipeline.sh drift  ENVIRONMENT   fails if the platform is not as it was applied, and lists what differs
#   pipeline.sh test                 tests the module against the provider's simulator, without an account
#
# TERRAFORM is the CLI, "terraform" by default. STATE_ADDRESS is where the states are: each environment's is below it. The
# credentials are the provider's own variables, such as CHATLAKE_API_ACCESS_TOKEN.
set -eu
cd "$(dirname "$0")"

terraform=${TERRAFORM:-terraform}
export TF_IN_AUTOMATION=1 TF_INPUT=0

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 64
}

# enter goes to the folder of an environment and names its state.
enter() {
  [ -d "environments/$1" ] || { echo "pipeline.sh: there is no environment $1" >&2; exit 64; }
  environment=$1
  cd "environments/$1"
  if [ -n "${STATE_ADDRESS:-}" ]; then
    export TF_HTTP_ADDRESS="$STATE_ADDRESS/$environment"
    export TF_HTTP_LOCK_ADDRESS="$TF_HTTP_ADDRESS/lock" TF_HTTP_LOCK_METHOD=POST
    export TF_HTTP_UNLOCK_ADDRESS="$TF_HTTP_ADDRESS/lock" TF_HTTP_UNLOCK_METHOD=DELETE
  fi
}

# make_plan plans into a file. It leaves Terraform's status in $changes: 0 for an empty plan, 2 for changes.
make_plan() {
  changes=0
  "$terraform" init -no-color >init.log 2>&1 || { cat init.log >&2; exit 1; }
  "$terraform" plan -no-color -detailed-exitcode -out="$1" >plan.log 2>&1 || changes=$?
  if [ "$changes" != 0 ] && [ "$changes" != 2 ]; then
    cat plan.log >&2
    exit 1
  fi
}

# changed lists the objects that a saved plan changes, one on a line.
changed() {
  "$terraform" show -no-color "$1" | sed -n 's/^  # \(.* \(will\|must\) be .*\)$/\1/p'
}

# count prints how many objects a plan creates, changes or destroys, by Terraform's own word for it.
count() {
  number=$(sed -n "s/^Plan:.* \([0-9][0-9]*\) to $1.*/\1/p" plan.log)
  echo "${number:-0}"
}

check() {
  "$terraform" fmt -check -diff
  "$terraform" init -no-color -backend=false >/dev/null
  "$terraform" validate -no-color
}

plan() {
  make_plan plan.tfplan
  {
    echo "### $environment"
    echo
    sed -n 's/^\(Plan: .*\|No changes\. .*\)$/\1/p' plan.log
    echo
    echo "<details><summary>The whole plan</summary>"
    echo
    echo '```'
    "$terraform" show -no-color plan.tfplan | head -c 60000
    echo '```'
    echo
    echo "</details>"
  } >comment.md
  printf '{"create": %s, "update": %s, "delete": %s}\n' "$(count add)" "$(count change)" "$(count destroy)" >report.json
  sed -n 3p comment.md
}

apply() {
  [ -f plan.tfplan ] || { echo "pipeline.sh: there is no plan to apply: run pipeline.sh plan $environment" >&2; exit 1; }
  "$terraform" init -no-color >/dev/null
  "$terraform" apply -no-color plan.tfplan
  rm plan.tfplan # It has had its effect, and holds what the state holds.
}

drift() {
  make_plan drift.tfplan
  drifted=$(changed drift.tfplan)
  rm drift.tfplan
  if [ "$changes" = 0 ]; then
    echo "$environment: no drift"
    return
  fi
  echo "$environment has drifted:" >&2
  echo "${drifted:-only outputs}" | sed 's/^/  /' >&2
  exit 2
}

run_tests() {
  "$terraform" -chdir=desk init -no-color >/dev/null
  provider=$(find -L desk/.terraform/providers -type f -name 'terraform-provider-chat*' | head -n 1)
  exports=$(mktemp)
  "$provider" -sandbox -listen 127.0.0.1:0 >"$exports" &
  simulator=$!
  trap 'kill $simulator; rm -f "$exports"' EXIT
  until grep -q '^# sandbox ready' "$exports"; do
    kill -0 $simulator || { echo "pipeline.sh: the simulator did not start" >&2; exit 1; }
    sleep 0.1
  done
  . "$exports"
  "$terraform" -chdir=desk test -no-color
}

case "${1:-}:$#" in
check:2 | plan:2 | apply:2 | drift:2) enter "$2"; "$1" ;;
test:1) run_tests ;;
*) usage ;;
esac
