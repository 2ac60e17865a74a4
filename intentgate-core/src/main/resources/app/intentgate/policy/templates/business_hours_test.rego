package intentgate.policy_test

import data.intentgate.policy

# Wednesday, 2026-07-01T10:00:00Z: 12:00 in Berlin, 06:00 in New York.
wednesday := 1782900000000000000

# Saturday, 2026-07-04T10:00:00Z.
saturday := 1783159200000000000

decide(tool, zone, now) := decision if {
	decision := policy.decision with input as {"tool": tool, "capability": {"zone": zone}}
		with time.now_ns as now
}

test_within_hours if decide("pay_invoice", "finance", wednesday).allow == true

test_the_zone_sets_the_clock if decide("pay_invoice", "support", wednesday).escalate == true

test_the_weekend_needs_a_human if decide("pay_invoice", "finance", saturday).escalate == true

test_reading_is_always_allowed if decide("read_invoice", "finance", saturday).allow == true

test_an_unlisted_zone_may_only_read if {
	decision := decide("pay_invoice", "elsewhere", wednesday)
	decision.allow == false
	not decision.escalate
}

test_a_call_without_a_token_may_only_read if {
	decision := policy.decision with input as {"tool": "pay_invoice"}
	decision.allow == false
	not decision.escalate
}
