-- Signed checkpoints that close what retention took away: the rows of a chain up to "seq" are gone.

CREATE TABLE ig_audit_closings (
  chain text   NOT NULL,
  seq   bigint NOT NULL,
  note  text   NOT NULL,
  PRIMARY KEY (chain, seq)
);
