# METADATA
# title: A human agrees above a value
# description: >-
#   Payments up to a threshold are allowed, above it a human must agree, and above a hard ceiling
#   nobody can. The amount must be a number of at least zero in one of the known members; a payment
#   without one is denied. Other tools are allowed: pair this with a token that names them.
package intentgate.policy

default decision := {"allow": false, "reason": "the amount is missing, negative or no number"}

escalate_above := 1000

never_above := 100000

payment_tools := {"create_payment", "pay_invoice", "refund", "transfer_funds"}

amount_arguments := {"amount", "amount_eur", "amount_usd", "total", "value"}

decision := {"allow": true, "reason": "not a payment"} if not input.tool in payment_tools

decision := {"allow": true, "reason": "payment within the threshold"} if {
	payment
	amount <= escalate_above
}

decision := {"allow": false, "escalate": true, "reason": reason} if {
	payment
	amount > escalate_above
	amount <= never_above
	reason := sprintf("payment of %v above %v needs approval", [amount, escalate_above])
}

decision := {"allow": false, "reason": sprintf("payment above %v", [never_above])} if {
	payment
	amount > never_above
}

payment if input.tool in payment_tools

# The largest of the members counts; one that is no number leaves the amount undefined.
amount := max({value | some value in stated}) if {
	count(stated) > 0
	every value in stated {
		is_number(value)
		value >= 0
	}
}

stated[name] := input.args[name] if some name in amount_arguments
