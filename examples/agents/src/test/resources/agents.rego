package intentgate.policy

default decision := {"allow": false, "reason": "no rule allows this tool"}

decision := {"allow": true, "reason": "reading"} if startswith(input.tool, "read_")

decision := {"allow": true, "reason": "small payment"} if {
	input.tool == "pay_invoice"
	input.args.amount <= 1000
}

decision := {"allow": true, "escalate": true, "reason": "payment above 1000"} if {
	input.tool == "pay_invoice"
	input.args.amount > 1000
}
