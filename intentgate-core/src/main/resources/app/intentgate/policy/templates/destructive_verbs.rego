# METADATA
# title: Destructive verbs are denied
# description: >-
#   Denies every tool whose name contains a destructive verb as a word of its own, in any letter
#   case: delete_user, DB.drop, users:purge. Everything else is allowed, so combine it with a token
#   that names the tools an agent may call.
package intentgate.policy

default decision := {"allow": true, "reason": "no destructive verb in the tool's name"}

decision := {"allow": false, "reason": reason} if {
	some verb in found
	verb == min(found)
	reason := sprintf("destructive verb %q in the tool's name", [verb])
}

verbs := {"delete", "destroy", "drop", "erase", "format", "kill", "purge", "remove", "reset", "shutdown", "terminate", "truncate", "wipe"}

found := {word | some word in words; word in verbs}

# The words of a name: at every character that is no letter or digit, and where a capital follows a
# small letter, so that dropTable is two words.
words := {lower(word) |
	spaced := regex.replace(input.tool, `([a-z0-9])([A-Z])`, "$1 $2")
	some word in regex.split(`[^A-Za-z0-9]+`, spaced)
	word != ""
}
