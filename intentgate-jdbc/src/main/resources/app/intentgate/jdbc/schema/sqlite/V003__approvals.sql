-- Calls that wait for a human. "line" is the row whole, as JSON; the columns before it repeat members
-- of it so that it can be found. "ordinal" is the order in which rows came, "version" that of their
-- latest changes.
CREATE TABLE ig_approvals (
  id         TEXT    NOT NULL PRIMARY KEY,
  tenant     TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  tool       TEXT    NOT NULL,
  agent      TEXT    NOT NULL,
  standing   INTEGER NOT NULL,
  exact_call TEXT    NOT NULL,
  cover_call TEXT    NOT NULL,
  expires_us INTEGER  NOT NULL,
  ordinal    INTEGER  NOT NULL,
  version    INTEGER  NOT NULL,
  line       TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX ig_approvals_newest ON ig_approvals (tenant, ordinal);
CREATE INDEX ig_approvals_exact ON ig_approvals (tenant, exact_call);
CREATE INDEX ig_approvals_cover ON ig_approvals (tenant, cover_call) WHERE cover_call <> '';
CREATE INDEX ig_approvals_version ON ig_approvals (version);
CREATE INDEX ig_approvals_waiting ON ig_approvals (expires_us) WHERE status = 'pending';
