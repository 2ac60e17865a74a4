-- Revocations, kill switches, budgets. docs/postgresql.md explains it. Times are microseconds since
-- 1970 where their name ends in "_us", milliseconds where it ends in "_ms", seconds in "_s".

-- What gates hold in memory follows these tables by version: each change of a topic takes the next
-- version, and its row's lock is held until the change is committed, so that whoever sees a version
-- sees every change before it.
CREATE TABLE ig_feed_heads (
  topic   text   NOT NULL PRIMARY KEY,
  version bigint NOT NULL
);

-- Tenant '' stands for all tenants.
CREATE TABLE ig_revocations (
  tenant     text   NOT NULL,
  id         text   NOT NULL,
  revoked_us bigint NOT NULL,
  reason     text   NOT NULL,
  version    bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX ig_revocations_version ON ig_revocations (version);
CREATE INDEX ig_revocations_newest ON ig_revocations (revoked_us DESC, id);

-- A released switch stays as a row that is not engaged.
CREATE TABLE ig_kill_switches (
  tenant  text    NOT NULL,
  scope   text    NOT NULL CHECK (scope IN ('global', 'tenant', 'agent')),
  agent   text    NOT NULL,
  engaged boolean NOT NULL,
  reason  text    NOT NULL,
  set_us  bigint  NOT NULL,
  set_by  text    NOT NULL,
  version bigint  NOT NULL,
  PRIMARY KEY (tenant, scope, agent)
);
CREATE INDEX ig_kill_switches_version ON ig_kill_switches (version);

-- What tokens spent for certain. "moments" is used by rates: time:amount, comma separated.
CREATE TABLE ig_budgets (
  tenant     text   NOT NULL,
  kind       text   NOT NULL CHECK (kind IN ('max_calls', 'rate_limit', 'max_cost')),
  counter    text   NOT NULL,
  used       bigint NOT NULL,
  moments    text   NOT NULL,
  expires_s  bigint,
  touched_ms bigint NOT NULL,
  PRIMARY KEY (tenant, kind, counter)
);
CREATE INDEX ig_budgets_expiry ON ig_budgets (expires_s) WHERE expires_s IS NOT NULL;

-- What a gate may have spent beside that. It is written only while the counter's row is locked.
CREATE TABLE ig_budget_leases (
  tenant       text    NOT NULL,
  kind         text    NOT NULL,
  counter      text    NOT NULL,
  gate         text    NOT NULL,
  held         bigint  NOT NULL,
  counts_at_ms bigint  NOT NULL,
  recalled     boolean NOT NULL,
  PRIMARY KEY (tenant, kind, counter, gate)
);
CREATE INDEX ig_budget_leases_recalled ON ig_budget_leases (gate) WHERE recalled;

-- When each gate that holds leases was last heard of.
CREATE TABLE ig_budget_gates (
  gate    text   NOT NULL PRIMARY KEY,
  seen_ms bigint NOT NULL
);
