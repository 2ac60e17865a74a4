# METADATA
# title: Business hours and zones
# description: >-
#   Tools that change something are allowed in business hours of the agent's zone and, outside
#   them, only with a human's agreement. A zone that is not listed may read and nothing else, and
#   so may a call without a token.
package intentgate.policy

default decision := {"allow": false, "reason": "this zone may only read"}

# Where each zone's clock stands, and its hours: from the first hour to before the last.
zones := {
	"default": {"timezone": "UTC", "from": 8, "to": 18},
	"finance": {"timezone": "Europe/Berlin", "from": 9, "to": 17},
	"support": {"timezone": "America/New_York", "from": 7, "to": 22},
}

working_days := {"Friday", "Monday", "Thursday", "Tuesday", "Wednesday"}

decision := {"allow": true, "reason": "read-only tool"} if reading

decision := {"allow": true, "reason": "within business hours"} if {
	not reading
	zone
	within_hours
}

decision := {"allow": false, "escalate": true, "reason": "outside business hours"} if {
	not reading
	zone
	not within_hours
}

reading if startswith(input.tool, "read_")

zone := zones[input.capability.zone]

within_hours if {
	now := [time.now_ns(), zone.timezone]
	time.weekday(now) in working_days
	[hour, _, _] := time.clock(now)
	hour >= zone.from
	hour < zone.to
}
