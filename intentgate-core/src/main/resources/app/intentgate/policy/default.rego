# METADATA
# title: The built-in policy
# description: >-
#   Decides when no other policy is in force. Everything that no rule names is denied. The rules
#   exclude each other, so that two can never disagree about one call.
package intentgate.policy

default decision := {"allow": false, "reason": "no policy rule matched (default deny)"}

decision := {"allow": true, "reason": "read-only tool"} if startswith(input.tool, "read_")

decision := {"allow": true, "reason": "routine write tool"} if input.tool in routine_tools

decision := {"allow": true, "reason": "transfer at or below 10000 EUR threshold"} if {
	input.tool == "transfer_funds"
	amount_eur <= 10000
}

decision := {"allow": false, "reason": "transfer above 10000 EUR threshold"} if {
	input.tool == "transfer_funds"
	amount_eur > 10000
}

decision := {"allow": false, "reason": "destructive tool blocked by policy"} if {
	input.tool in destructive_tools
}

routine_tools := {"fetch_company_data", "record_in_ledger", "verify_vendor", "web_search"}

destructive_tools := {"delete", "drop_table", "factory_reset", "purge_audit"}

# A threshold is passed only by a number of at least zero, or a text that is one: to_number alone
# would also take null, true and "10_000".
amount_eur := amount if {
	is_number(input.args.amount_eur)
	amount := input.args.amount_eur
	amount >= 0
}

amount_eur := amount if {
	is_string(input.args.amount_eur)
	regex.match(`^[0-9]{1,15}(\.[0-9]{1,6})?$`, input.args.amount_eur)
	amount := to_number(input.args.amount_eur)
}
