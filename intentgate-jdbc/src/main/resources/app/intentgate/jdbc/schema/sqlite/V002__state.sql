-- Revocations, kill switches, budgets: the same tables as on PostgreSQL; see there. Times are microseconds
-- since 1970 where their name ends in "_us", milliseconds where it ends in "_ms", seconds in "_s".

-- What gates hold in memory follows these tables by version: each change of a topic takes the next
-- version, and its row's lock is held until the change is committed, so that whoever sees a version
-- sees every change before it.
CREATE TABLE ig_feed_heads (
  topic   TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL
) WITHOUT ROWID;

-- Tenant '' stands for all tenants.
CREATE TABLE ig_revocations (
  tenant     TEXT NOT NULL,
  id         TEXT NOT NULL,
  revoked_us INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  version    INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX ig_revocations_version ON ig_revocations (version);
CREATE INDEX ig_revocations_newest ON ig_revocations (revoked_us DESC, id);

-- A released switch stays as a row that is not engaged.
CREATE TABLE ig_kill_switches (
  tenant  TEXT NOT NULL,
  scope   TEXT NOT NULL CHECK (scope IN ('global', 'tenant', 'agent')),
  agent   TEXT NOT NULL,
  engaged INTEGER NOT NULL,
  reason  TEXT NOT NULL,
  set_us  INTEGER  NOT NULL,
  set_by  TEXT NOT NULL,
  version INTEGER  NOT NULL,
  PRIMARY KEY (tenant, scope, agent)
) WITHOUT ROWID;
CREATE INDEX ig_kill_switches_version ON ig_kill_switches (version);

-- What tokens spent for certain. "moments" is used by rates: time:amount, comma separated.
CREATE TABLE ig_budgets (
  tenant     TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('max_calls', 'rate_limit', 'max_cost')),
  counter    TEXT NOT NULL,
  used       INTEGER NOT NULL,
  moments    TEXT NOT NULL,
  expires_s  INTEGER,
  touched_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant, kind, counter)
) WITHOUT ROWID;
CREATE INDEX ig_budgets_expiry ON ig_budgets (expires_s) WHERE expires_s IS NOT NULL;

-- What a gate may have spent beside that. It is written only while the counter's row is locked.
CREATE TABLE ig_budget_leases (
  tenant       TEXT NOT NULL,
  kind         TEXT NOT NULL,
  counter      TEXT NOT NULL,
  gate         TEXT NOT NULL,
  held         INTEGER  NOT NULL,
  counts_at_ms INTEGER  NOT NULL,
  recalled     INTEGER NOT NULL,
  PRIMARY KEY (tenant, kind, counter, gate)
) WITHOUT ROWID;
CREATE INDEX ig_budget_leases_recalled ON ig_budget_leases (gate) WHERE recalled;

-- When each gate that holds leases was last heard of.
CREATE TABLE ig_budget_gates (
  gate    TEXT NOT NULL PRIMARY KEY,
  seen_ms INTEGER NOT NULL
) WITHOUT ROWID;
