-- What ../0002_shard_keys.sql does for SQLite. A statement has carried its case's number here from the first.

-- One chain a node: nodes do not wait for each other to note what was done at them.
ALTER TABLE audit ADD COLUMN node TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit DROP CONSTRAINT audit_pkey;
ALTER TABLE audit ADD PRIMARY KEY (node, no);
COMMENT ON TABLE audit IS 'spread: node';
