-- When each operator last signed in; 0 for never. Written behind, at most once a minute.
ALTER TABLE ig_operators ADD COLUMN used_us INTEGER NOT NULL DEFAULT 0;

-- Between which times the events of each 1,024 numbers of a chain are, in microseconds since 1970:
-- what PostgreSQL's BRIN index says. The times of a chain grow with its numbers, but not strictly.
CREATE TABLE ig_audit_times (
  chain   TEXT    NOT NULL,
  block   INTEGER NOT NULL,
  lowest  INTEGER NOT NULL,
  highest INTEGER NOT NULL,
  PRIMARY KEY (chain, block)
) WITHOUT ROWID;
INSERT INTO ig_audit_times
  SELECT chain, seq / 1024, min(ts), max(ts) FROM ig_audit_events GROUP BY chain, seq / 1024;
