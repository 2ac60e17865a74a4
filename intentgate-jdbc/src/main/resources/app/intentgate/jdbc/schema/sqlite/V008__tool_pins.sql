-- Tools as they were last listed and as they were accepted. Tool '' marks that a server's first
-- complete list was seen.

CREATE TABLE ig_tool_pins (
  upstream            text   NOT NULL,
  tool                text   NOT NULL,
  sha256              text   NOT NULL,
  definition          text   NOT NULL,
  accepted_sha256     text,
  accepted_definition text,
  status              text   NOT NULL CHECK (status IN ('accepted', 'quarantined', 'rejected')),
  first_seen_us       bigint NOT NULL,
  version             bigint NOT NULL,
  PRIMARY KEY (upstream, tool)
);
CREATE INDEX ig_tool_pins_version ON ig_tool_pins (version);
