-- How many bytes a row's line had when it came: what waits is bounded by their sum. The index alone
-- tells it.
ALTER TABLE ig_approvals ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE ig_approvals SET bytes = octet_length(line) WHERE status = 'pending';
CREATE INDEX ig_approvals_held ON ig_approvals (tenant, bytes) WHERE status = 'pending';
