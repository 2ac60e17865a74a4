package intentgate.policy_test

import data.intentgate.policy

denied(tool) if policy.decision.allow == false with input as {"tool": tool}

test_verbs_are_found_as_words if {
	every tool in ["delete_user", "DB.drop", "users:purge", "dropTable", "WIPE", "server-shutdown"] {
		denied(tool)
	}
}

test_words_that_merely_contain_a_verb_pass if {
	every tool in ["read_invoice", "undeleted_items", "information", "backdrop_list", "formatter"] {
		not denied(tool)
	}
}

test_the_reason_names_the_verb if {
	decision := policy.decision with input as {"tool": "purge_and_delete"}
	decision.reason == `destructive verb "delete" in the tool's name`
}

test_no_tool_at_all_is_no_error if policy.decision.allow == true with input as {}
