-- Calls that wait for a human. "line" is the row whole, as JSON; the columns before it repeat members
-- of it so that it can be found. "ordinal" is the order in which rows came, "version" that of their
-- latest changes.
CREATE TABLE ig_approvals (
  id         text    NOT NULL PRIMARY KEY,
  tenant     text    NOT NULL,
  status     text    NOT NULL,
  tool       text    NOT NULL,
  agent      text    NOT NULL,
  standing   boolean NOT NULL,
  exact_call text    NOT NULL,
  cover_call text    NOT NULL,
  expires_us bigint  NOT NULL,
  ordinal    bigint  NOT NULL,
  version    bigint  NOT NULL,
  line       text    NOT NULL
);
CREATE INDEX ig_approvals_newest ON ig_approvals (tenant, ordinal);
CREATE INDEX ig_approvals_exact ON ig_approvals (tenant, exact_call);
CREATE INDEX ig_approvals_cover ON ig_approvals (tenant, cover_call) WHERE cover_call <> '';
CREATE INDEX ig_approvals_version ON ig_approvals (version);
CREATE INDEX ig_approvals_waiting ON ig_approvals (expires_us) WHERE status = 'pending';
