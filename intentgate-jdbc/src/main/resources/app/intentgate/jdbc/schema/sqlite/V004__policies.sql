-- Policies: drafts with their revisions, each tenant's slot, its history, and the gates that load
-- them. "line" is the thing whole, as JSON. Tenant '' is the default slot.

-- "saved" is the order in which drafts were saved last. A deleted draft stays for history.
CREATE TABLE ig_policy_drafts (
  id       TEXT    NOT NULL PRIMARY KEY,
  tenant   TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  saved    INTEGER  NOT NULL,
  deleted  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX ig_policy_drafts_saved ON ig_policy_drafts (tenant, saved);

CREATE TABLE ig_policy_revisions (
  draft_id TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  tenant   TEXT    NOT NULL,
  line     TEXT    NOT NULL,
  PRIMARY KEY (draft_id, revision)
) WITHOUT ROWID;

CREATE TABLE ig_policy_slots (
  tenant       TEXT   NOT NULL PRIMARY KEY,
  slot_version INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  line         TEXT   NOT NULL
) WITHOUT ROWID;

CREATE TABLE ig_policy_changes (
  tenant  TEXT   NOT NULL,
  ordinal INTEGER NOT NULL,
  id      TEXT   NOT NULL,
  line    TEXT   NOT NULL,
  PRIMARY KEY (tenant, ordinal),
  UNIQUE (tenant, id)
) WITHOUT ROWID;

CREATE TABLE ig_policy_gates (
  gate    TEXT   NOT NULL PRIMARY KEY,
  seen_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE ig_policy_loaded (
  gate         TEXT   NOT NULL,
  tenant       TEXT   NOT NULL,
  slot_version INTEGER NOT NULL,
  PRIMARY KEY (gate, tenant)
) WITHOUT ROWID;
