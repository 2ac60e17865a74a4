package intentgate.policy_test

import data.intentgate.policy

decide(tool, args) := decision if {
	decision := policy.decision with input as {"tool": tool, "args": args}
}

test_small_payments_pass if {
	decide("pay_invoice", {"amount": 1000}).allow == true
	decide("pay_invoice", {"amount": 0}).allow == true
}

test_larger_ones_need_a_human if {
	decision := decide("pay_invoice", {"amount": 1000.01})
	decision.escalate == true
	decision.allow == false
	decision.reason == "payment of 1000.01 above 1000 needs approval"
}

test_beyond_the_ceiling_nobody_can_agree if {
	decision := decide("transfer_funds", {"amount_eur": 100001})
	decision.allow == false
	not decision.escalate
}

test_the_largest_member_counts if decide("refund", {"amount": 1, "total": 5000}).escalate == true

test_what_is_no_amount_is_denied if {
	every args in [{}, {"amount": null}, {"amount": "5"}, {"amount": -5}, {"amount": true}] {
		decide("pay_invoice", args).allow == false
		not decide("pay_invoice", args).escalate
	}
}

test_other_tools_pass if decide("read_invoice", {}).allow == true
