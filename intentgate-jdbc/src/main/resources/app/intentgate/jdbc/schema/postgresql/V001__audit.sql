-- Audit events, their chains' heads, and the commits they came in. docs/postgresql.md explains it.

-- One row per event. "line" is the event's JSON as it is served and hashed; the columns before it
-- repeat members of it, escaped as they stand there, so that they can be found. Verification compares
-- them. "chain" is the tenant, or default. Months are partitions, by the time the event says.
CREATE TABLE ig_audit_events (
  chain        text   NOT NULL,
  seq          bigint NOT NULL,
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
  PRIMARY KEY (chain, seq, ts)
) PARTITION BY RANGE (ts);
CREATE INDEX ig_audit_events_ts ON ig_audit_events USING brin (ts);
CREATE INDEX ig_audit_events_tool ON ig_audit_events (chain, tool, seq);
CREATE INDEX ig_audit_events_agent ON ig_audit_events (chain, agent_id, seq);
CREATE INDEX ig_audit_events_call ON ig_audit_events (call_id);

-- Months that nobody made a partition for in time.
CREATE TABLE ig_audit_events_other PARTITION OF ig_audit_events DEFAULT;

-- The newest event of each chain and the position of its commit. Whoever appends to a chain locks it.
CREATE TABLE ig_chain_heads (
  chain    text   NOT NULL PRIMARY KEY,
  seq      bigint NOT NULL,
  hash     text   NOT NULL,
  at       text   NOT NULL,
  position bigint NOT NULL
);

-- Which events of which chain came in which commit: the order between chains. "position" is the
-- transaction's number, which it gets after the locks of its chains.
CREATE TABLE ig_audit_commits (
  position  bigint NOT NULL,
  chain     text   NOT NULL,
  first_seq bigint NOT NULL,
  last_seq  bigint NOT NULL,
  PRIMARY KEY (position, chain)
);
CREATE INDEX ig_audit_commits_chain ON ig_audit_commits (chain, last_seq);

-- What is added to a transaction's number to make a position: not 0 in a database that was restored
-- from another one's dump, whose transactions had higher numbers.
CREATE TABLE ig_audit_epoch (base bigint NOT NULL);
INSERT INTO ig_audit_epoch VALUES (0);
