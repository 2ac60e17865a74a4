-- Calls whose stream ended before their answer came. Whoever deletes a row records the outcome.
-- "rpc_id" is JSON or a hash, "event" the outcome event's JSON but for the outcome.

CREATE TABLE ig_open_calls (
  tenant   text   NOT NULL,
  chain_id text   NOT NULL,
  session  text   NOT NULL,
  rpc_id   text   NOT NULL,
  call_id  text   NOT NULL,
  tool     text   NOT NULL,
  event    text   NOT NULL,
  since_us bigint NOT NULL,
  PRIMARY KEY (tenant, chain_id, session, rpc_id)
);
CREATE INDEX ig_open_calls_since ON ig_open_calls (since_us);
