-- Policies: drafts with their revisions, each tenant's slot, its history, and the gates that load
-- them. "line" is the thing whole, as JSON. Tenant '' is the default slot.

-- "saved" is the order in which drafts were saved last. A deleted draft stays for history.
CREATE TABLE ig_policy_drafts (
  id       text    NOT NULL PRIMARY KEY,
  tenant   text    NOT NULL,
  revision integer NOT NULL,
  saved    bigint  NOT NULL,
  deleted  boolean NOT NULL
);
CREATE INDEX ig_policy_drafts_saved ON ig_policy_drafts (tenant, saved);

CREATE TABLE ig_policy_revisions (
  draft_id text    NOT NULL,
  revision integer NOT NULL,
  tenant   text    NOT NULL,
  line     text    NOT NULL,
  PRIMARY KEY (draft_id, revision)
);

CREATE TABLE ig_policy_slots (
  tenant       text   NOT NULL PRIMARY KEY,
  slot_version bigint NOT NULL,
  version      bigint NOT NULL,
  line         text   NOT NULL
);

CREATE TABLE ig_policy_changes (
  tenant  text   NOT NULL,
  ordinal bigint NOT NULL,
  id      text   NOT NULL,
  line    text   NOT NULL,
  PRIMARY KEY (tenant, ordinal),
  UNIQUE (tenant, id)
);

CREATE TABLE ig_policy_gates (
  gate    text   NOT NULL PRIMARY KEY,
  seen_ms bigint NOT NULL
);

CREATE TABLE ig_policy_loaded (
  gate         text   NOT NULL,
  tenant       text   NOT NULL,
  slot_version bigint NOT NULL,
  PRIMARY KEY (gate, tenant)
);
