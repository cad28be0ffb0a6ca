-- The audit log is keyed by node and number, as the other engine has it: a file that takes over a shared store keeps the chains
-- of the nodes that wrote there, and each of them counts from 1.
CREATE TABLE audit_of_node (
  node   TEXT NOT NULL,          -- empty for the file's own chain
  no     INTEGER NOT NULL,       -- 1, 2, 3 … at that node
  at     INTEGER NOT NULL,
  who    TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  result TEXT NOT NULL,
  chain  BLOB NOT NULL,
  PRIMARY KEY (node, no)
) STRICT, WITHOUT ROWID;
INSERT INTO audit_of_node (node, no, at, who, action, object, result, chain)
  SELECT node, no, at, who, action, object, result, chain FROM audit;
DROP TABLE audit;
ALTER TABLE audit_of_node RENAME TO audit;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
