#!/bin/sh
# Makes a set of policies and tests to measure "policy test" with: 600 policies, 500 files of four
# tests each, so 2,000 tests in 1,100 files. Usage: policy-test-set.sh FOLDER
set -eu
folder=$1
mkdir -p "$folder"
i=0
while [ $i -lt 600 ]; do
  team=$((i % 20))
  mkdir -p "$folder/team$team"
  cat > "$folder/team$team/policy$i.rego" <<EOF
# METADATA
# title: Policy $i
package team$team.policy$i

import data.team$team.limits

default allow := false

allow if {
  input.method in {"GET", "HEAD"}
  input.user in data.team$team.members
}

allow if {
  some role in input.roles
  role == "admin-$i"
}

deny contains reason if {
  input.amount > limit
  reason := sprintf("amount %v is above %v", [input.amount, limit])
}

deny contains "no weekend transfers" if {
  input.day in ["saturday", "sunday"]
  startswith(input.tool, "transfer")
}

limit := object.get(limits, input.tool, 100 + $i)

tools[name] := cost if {
  some name, cost in limits
  cost > 10
}

path_ok(path) if {
  regex.match(\`^/team$team/[a-z0-9-]+\$\`, path)
  not contains(path, "..")
}
EOF
  if [ $i -lt 500 ]; then
    cat > "$folder/team$team/policy${i}_test.rego" <<EOF
package team$team.policy${i}_test

import data.team$team.policy$i

test_members_read if {
  policy$i.allow with input as {"method": "GET", "user": "ann"} with data.team$team.members as {"ann"}
}

test_admins_may if {
  policy$i.allow with input as {"method": "POST", "user": "bob", "roles": ["x", "admin-$i"]}
  not policy$i.allow with input as {"method": "POST", "user": "bob", "roles": ["admin"]}
}

test_large_amounts_are_denied if {
  reasons := policy$i.deny with input as {"amount": 1000, "tool": "pay", "day": "monday"}
  reasons == {"amount 1000 is above $((100 + i))"}
}

test_paths if {
  every p in ["/team$team/a", "/team$team/b-1"] { policy$i.path_ok(p) }
  not policy$i.path_ok("/team$team/../x")
}
EOF
  fi
  i=$((i + 1))
done
team=0
while [ $team -lt 20 ]; do
  printf '{"limits": {"read": 5, "transfer": 500}, "members": []}\n' > "$folder/team$team/data.json"
  team=$((team + 1))
done
