package intentgate.policy_test

import data.intentgate.policy

allowed(tool, args) if policy.decision.allow == true with input as {"tool": tool, "args": args}

test_small_and_ordinary_calls_pass if {
	allowed("read_invoice", {"id": 7})
	allowed("query_rows", {"limit": 1000})
	allowed("update_rows", {"rows": [1, 2, 3]})
	allowed("export_orders", {"limit": 10})
}

test_more_than_the_ceiling_is_denied if {
	not allowed("query_rows", {"limit": 1001})
	not allowed("query_rows", {"limit": 10, "count": 5000})
	not allowed("update_rows", {"rows": numbers.range(1, 1001)})
}

test_a_bulk_tool_must_say_how_many if {
	not allowed("export_orders", {})
	not allowed("mass_update", {"where": "1=1"})
}

test_what_is_no_number_is_denied if {
	every limit in ["10", null, true, -1, {"n": 1}] {
		not allowed("query_rows", {"limit": limit})
	}
}

test_the_reason_names_the_ceiling if {
	decision := policy.decision with input as {"tool": "query_rows", "args": {"limit": 5000}}
	decision.reason == "more than 1000 rows"
}
