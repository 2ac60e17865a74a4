-- The tenant leads the key of whatever belongs to one. Ids stay unique among all tenants, because
-- superadmins, and operators who sign in, name nothing else. SQLite makes such tables anew.
ALTER TABLE ig_approvals RENAME TO ig_old;
CREATE TABLE ig_approvals (
  id         TEXT    NOT NULL,
  tenant     TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  tool       TEXT    NOT NULL,
  agent      TEXT    NOT NULL,
  standing   INTEGER NOT NULL,
  exact_call TEXT    NOT NULL,
  cover_call TEXT    NOT NULL,
  expires_us INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  line       TEXT    NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
INSERT INTO ig_approvals SELECT id, tenant, status, tool, agent, standing, exact_call, cover_call,
  expires_us, ordinal, version, line FROM ig_old;
DROP TABLE ig_old;
CREATE UNIQUE INDEX ig_approvals_id ON ig_approvals (id);
CREATE INDEX ig_approvals_newest ON ig_approvals (tenant, ordinal);
CREATE INDEX ig_approvals_exact ON ig_approvals (tenant, exact_call);
CREATE INDEX ig_approvals_cover ON ig_approvals (tenant, cover_call) WHERE cover_call <> '';
CREATE INDEX ig_approvals_version ON ig_approvals (version);
CREATE INDEX ig_approvals_waiting ON ig_approvals (expires_us) WHERE status = 'pending';

ALTER TABLE ig_policy_drafts RENAME TO ig_old;
CREATE TABLE ig_policy_drafts (
  id       TEXT    NOT NULL,
  tenant   TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  saved    INTEGER NOT NULL,
  deleted  INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
INSERT INTO ig_policy_drafts SELECT id, tenant, revision, saved, deleted FROM ig_old;
DROP TABLE ig_old;
CREATE UNIQUE INDEX ig_policy_drafts_id ON ig_policy_drafts (id);
CREATE INDEX ig_policy_drafts_saved ON ig_policy_drafts (tenant, saved);

ALTER TABLE ig_policy_revisions RENAME TO ig_old;
CREATE TABLE ig_policy_revisions (
  draft_id TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  tenant   TEXT    NOT NULL,
  line     TEXT    NOT NULL,
  PRIMARY KEY (tenant, draft_id, revision)
) WITHOUT ROWID;
INSERT INTO ig_policy_revisions SELECT draft_id, revision, tenant, line FROM ig_old;
DROP TABLE ig_old;
CREATE UNIQUE INDEX ig_policy_revisions_draft ON ig_policy_revisions (draft_id, revision);

ALTER TABLE ig_policy_loaded RENAME TO ig_old;
CREATE TABLE ig_policy_loaded (
  gate         TEXT    NOT NULL,
  tenant       TEXT    NOT NULL,
  slot_version INTEGER NOT NULL,
  PRIMARY KEY (tenant, gate)
) WITHOUT ROWID;
INSERT INTO ig_policy_loaded SELECT gate, tenant, slot_version FROM ig_old;
DROP TABLE ig_old;

ALTER TABLE ig_operators RENAME TO ig_old;
CREATE TABLE ig_operators (
  id              TEXT    NOT NULL,
  tenant          TEXT    NOT NULL,
  name            TEXT    NOT NULL,
  role            TEXT    NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  subject         TEXT    NOT NULL,
  created_us      INTEGER NOT NULL,
  expires_us      INTEGER,
  revoked_us      INTEGER,
  token_sha256    TEXT    NOT NULL,
  previous_sha256 TEXT,
  previous_us     INTEGER,
  version         INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
INSERT INTO ig_operators SELECT id, tenant, name, role, subject, created_us, expires_us, revoked_us,
  token_sha256, previous_sha256, previous_us, version FROM ig_old;
DROP TABLE ig_old;
CREATE UNIQUE INDEX ig_operators_id ON ig_operators (id);
CREATE INDEX ig_operators_version ON ig_operators (version);
