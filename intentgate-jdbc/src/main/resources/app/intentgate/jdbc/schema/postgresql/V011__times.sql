-- When each operator last signed in; 0 for never. Written behind, at most once a minute by each gate.
ALTER TABLE ig_operators ADD COLUMN used_us bigint NOT NULL DEFAULT 0;
