package intentgate.policy_test

import data.intentgate.policy

decide(tenant, amount) := decision if {
	decision := policy.decision with input as {
		"tool": "refund",
		"args": {"amount": amount},
		"capability": {"tenant": tenant},
	}
		with data.ceilings as {"acme": 100, "globex": 5}
}

test_each_tenant_has_its_own_ceiling if {
	decide("acme", 100).allow == true
	decide("globex", 100).allow == false
	decide("globex", 5).allow == true
}

test_an_unknown_tenant_has_none if decide("initech", 1).allow == false

test_what_is_no_amount_is_denied if {
	every amount in [null, "5", -1, true] {
		decide("acme", amount).allow == false
	}
}
