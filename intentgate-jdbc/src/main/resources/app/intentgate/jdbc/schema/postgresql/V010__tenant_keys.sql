-- The tenant leads the key of whatever belongs to one. Ids stay unique among all tenants, because
-- superadmins, and operators who sign in, name nothing else.
ALTER TABLE ig_approvals DROP CONSTRAINT ig_approvals_pkey, ADD PRIMARY KEY (tenant, id);
CREATE UNIQUE INDEX ig_approvals_id ON ig_approvals (id);

ALTER TABLE ig_policy_drafts DROP CONSTRAINT ig_policy_drafts_pkey, ADD PRIMARY KEY (tenant, id);
CREATE UNIQUE INDEX ig_policy_drafts_id ON ig_policy_drafts (id);

ALTER TABLE ig_policy_revisions
  DROP CONSTRAINT ig_policy_revisions_pkey, ADD PRIMARY KEY (tenant, draft_id, revision);
CREATE UNIQUE INDEX ig_policy_revisions_draft ON ig_policy_revisions (draft_id, revision);

ALTER TABLE ig_policy_loaded
  DROP CONSTRAINT ig_policy_loaded_pkey, ADD PRIMARY KEY (tenant, gate);

ALTER TABLE ig_operators DROP CONSTRAINT ig_operators_pkey, ADD PRIMARY KEY (tenant, id);
CREATE UNIQUE INDEX ig_operators_id ON ig_operators (id);
