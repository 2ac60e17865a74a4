-- Operators' accounts: hashes of their tokens, never a token. Tenant '' is all tenants.

CREATE TABLE ig_operators (
  id              text   NOT NULL PRIMARY KEY,
  tenant          text   NOT NULL,
  name            text   NOT NULL,
  role            text   NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  subject         text   NOT NULL,
  created_us      bigint NOT NULL,
  expires_us      bigint,
  revoked_us      bigint,
  token_sha256    text   NOT NULL,
  previous_sha256 text,
  previous_us     bigint,
  version         bigint NOT NULL
);
CREATE INDEX ig_operators_version ON ig_operators (version);
