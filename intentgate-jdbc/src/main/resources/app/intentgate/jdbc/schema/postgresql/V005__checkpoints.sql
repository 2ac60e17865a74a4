-- Signed statements of where each chain stood, and the public halves of the keys that signed.

CREATE TABLE ig_checkpoints (
  tenant    text   NOT NULL,
  sequence  bigint NOT NULL,
  head_hash text   NOT NULL,
  at_us     bigint NOT NULL,
  key_id    text   NOT NULL,
  note      text   NOT NULL,
  PRIMARY KEY (tenant, sequence, key_id)
);

CREATE TABLE ig_checkpoint_keys (
  key_id        text   NOT NULL PRIMARY KEY,
  public_key    text   NOT NULL,
  not_before_us bigint NOT NULL
);
