# METADATA
# title: Refunds by tenant
# description: Refunds up to the tenant's own ceiling; the ceilings are data, not code.
package intentgate.policy

default decision := {"allow": false, "reason": "refunds only, and only within the tenant's ceiling"}

decision := {"allow": true, "reason": sprintf("refund within %v", [ceiling])} if {
	input.tool == "refund"
	is_number(input.args.amount)
	input.args.amount >= 0
	input.args.amount <= ceiling
}

ceiling := data.ceilings[input.capability.tenant]
