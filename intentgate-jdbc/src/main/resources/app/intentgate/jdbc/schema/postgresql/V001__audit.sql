-- Audit events, their chains' heads, and the commits they came in. docs/postgresql.md explains it.

-- One row per event. "line" is the event's JSON as it is served and hashed; the columns before it
-- repeat members of it, escaped as they stand there, so that they can be found. Verification compares
-- them. "chain" is the tenant, or default; "month" is the month it was stored in, and never decreases
-- along a chain.
CREATE TABLE ig_audit_events (
  chain        text   NOT NULL,
  seq          bigint NOT NULL,
  month        integer NOT NULL,
  ts           timestamptz NOT NULL,
  tenant       text   NOT NULL,
  event        text   NOT NULL,
  decision     text   NOT NULL,
  "check"      text   NOT NULL,
  agent_id     text   NOT NULL,
  tool         text   NOT NULL,
  jti          text   NOT NULL,
  elevation_id text   NOT NULL,
  call_id      text   NOT NULL,
  line         text   NOT NULL,
  PRIMARY KEY (chain, seq, month)
) PARTITION BY RANGE (month);
CREATE INDEX ig_audit_events_ts ON ig_audit_events USING brin (ts);
CREATE INDEX ig_audit_events_tool ON ig_audit_events (chain, tool, seq);
CREATE INDEX ig_audit_events_agent ON ig_audit_events (chain, agent_id, seq);
CREATE INDEX ig_audit_events_call ON ig_audit_events (call_id);

-- Months that nobody made a partition for in time.
CREATE TABLE ig_audit_events_other PARTITION OF ig_audit_events DEFAULT;

-- The newest event of each chain. Whoever appends to a chain locks its row.
CREATE TABLE ig_chain_heads (
  chain text    NOT NULL PRIMARY KEY,
  seq   bigint  NOT NULL,
  hash  text    NOT NULL,
  at    text    NOT NULL,
  month integer NOT NULL
);

-- Which events of which chain came in which commit: the order between chains. "position" is the
-- transaction's number.
CREATE TABLE ig_audit_commits (
  position  bigint NOT NULL,
  chain     text   NOT NULL,
  first_seq bigint NOT NULL,
  last_seq  bigint NOT NULL,
  PRIMARY KEY (position, chain)
);
