-- Audit events, their chains' heads, and the commits they came in. The same tables as on PostgreSQL,
-- without partitions; see there. "ts" is in microseconds since 1970.
CREATE TABLE ig_audit_events (
  chain        TEXT    NOT NULL,
  seq          INTEGER NOT NULL,
  ts           INTEGER NOT NULL,
  tenant       TEXT    NOT NULL,
  event        TEXT    NOT NULL,
  decision     TEXT    NOT NULL,
  "check"      TEXT    NOT NULL,
  agent_id     TEXT    NOT NULL,
  tool         TEXT    NOT NULL,
  jti          TEXT    NOT NULL,
  elevation_id TEXT    NOT NULL,
  call_id      TEXT    NOT NULL,
  line         TEXT    NOT NULL,
  PRIMARY KEY (chain, seq)
) WITHOUT ROWID;
CREATE INDEX ig_audit_events_tool ON ig_audit_events (chain, tool, seq);
CREATE INDEX ig_audit_events_agent ON ig_audit_events (chain, agent_id, seq);
CREATE INDEX ig_audit_events_call ON ig_audit_events (call_id);

CREATE TABLE ig_chain_heads (
  chain    TEXT    NOT NULL PRIMARY KEY,
  seq      INTEGER NOT NULL,
  hash     TEXT    NOT NULL,
  at       TEXT    NOT NULL,
  position INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE ig_audit_commits (
  position  INTEGER NOT NULL,
  chain     TEXT    NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq  INTEGER NOT NULL,
  PRIMARY KEY (position, chain)
) WITHOUT ROWID;
CREATE INDEX ig_audit_commits_chain ON ig_audit_commits (chain, last_seq);
