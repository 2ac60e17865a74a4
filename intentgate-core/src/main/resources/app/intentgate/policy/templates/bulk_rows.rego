# METADATA
# title: A ceiling on rows
# description: >-
#   Denies calls that ask for or touch more rows than the ceiling. Tools whose name says that they
#   work on many rows must state how many; leaving the number out is denied, not taken for few.
package intentgate.policy

default decision := {"allow": false, "reason": "the number of rows is missing or is no number"}

max_rows := 1000

row_arguments := {"batch_size", "count", "limit", "max_rows", "page_size", "row_count", "rows", "top"}

decision := {"allow": true, "reason": "not a bulk call"} if {
	not bulk_tool
	count(stated) == 0
}

decision := {"allow": true, "reason": sprintf("at most %d rows", [max_rows])} if {
	count(stated) > 0
	all_numbers
	max(sizes) <= max_rows
}

decision := {"allow": false, "reason": sprintf("more than %d rows", [max_rows])} if {
	count(stated) > 0
	all_numbers
	max(sizes) > max_rows
}

bulk_tool if regex.match(`(?i)(^|[^a-z])(bulk|batch|export|mass|dump|all)($|[^a-z])`, input.tool)

stated[name] := input.args[name] if some name in row_arguments

# A list counts by its length, so that {"rows": [...]} is held to the same ceiling.
sizes contains value if {
	some value in stated
	is_number(value)
	value >= 0
}

sizes contains count(value) if {
	some value in stated
	is_array(value)
}

all_numbers if {
	every value in stated {
		countable(value)
	}
}

countable(value) if {
	is_number(value)
	value >= 0
}

countable(value) if is_array(value)
