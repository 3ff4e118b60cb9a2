ALTER TABLE connectors ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- What lists sort by and search in, derived from the connector and its last
-- report whenever one of them is written.
ALTER TABLE connectors ADD COLUMN tenant_key TEXT NOT NULL DEFAULT ''; -- as it is compared
ALTER TABLE connectors ADD COLUMN state INTEGER NOT NULL DEFAULT 0; -- what to look at first has the lowest
ALTER TABLE connectors ADD COLUMN words TEXT NOT NULL DEFAULT ''; -- for the state
ALTER TABLE connectors ADD COLUMN tested INTEGER NOT NULL DEFAULT 0; -- 0: never
ALTER TABLE connectors ADD COLUMN expires INTEGER NOT NULL DEFAULT 9223372036854775807; -- the highest: never
ALTER TABLE connectors ADD COLUMN search TEXT NOT NULL DEFAULT '';

-- One for each order, with all that a page of ids needs.
CREATE INDEX connectors_name ON connectors (name_key, id);
CREATE INDEX connectors_tenant ON connectors (tenant_key, name_key, id);
CREATE INDEX connectors_state ON connectors (state, name_key, id);
CREATE INDEX connectors_tested ON connectors (tested, id);
CREATE INDEX connectors_expires ON connectors (expires, id);
CREATE INDEX connectors_created ON connectors (created, id);

-- Every three signs of the texts that are searched, with the connectors that
-- have them. The two line ends let every sign begin three. The number is the
-- connector's there: SQLite's own changes when the file is written anew.
ALTER TABLE connectors ADD COLUMN number INTEGER;
UPDATE connectors SET number = rowid;
CREATE UNIQUE INDEX connectors_number ON connectors (number);

CREATE VIRTUAL TABLE search USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE search_terms USING fts5vocab (search, row);

CREATE TRIGGER connectors_inserted AFTER INSERT ON connectors BEGIN
    UPDATE connectors SET number = (SELECT coalesce(max(number), 0) + 1 FROM connectors) WHERE id = new.id;
    INSERT INTO search (rowid, text) SELECT number, search || char(10, 10) FROM connectors WHERE id = new.id;
END;
CREATE TRIGGER connectors_updated AFTER UPDATE OF search ON connectors WHEN new.search <> old.search BEGIN
    DELETE FROM search WHERE rowid = old.number;
    INSERT INTO search (rowid, text) VALUES (new.number, new.search || char(10, 10));
END;
CREATE TRIGGER connectors_deleted AFTER DELETE ON connectors BEGIN
    DELETE FROM search WHERE rowid = old.number;
END;

-- Who did what, when. No reference: events outlive their connector.
CREATE TABLE events (
    id        TEXT    PRIMARY KEY,
    at        INTEGER NOT NULL,
    by        TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    connector TEXT    NOT NULL,
    name      TEXT    NOT NULL, -- what it was called then
    detail    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX events_at ON events (at, id);
CREATE INDEX events_connector ON events (connector, at, id);

CREATE TABLE documents (
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    content TEXT    NOT NULL, -- JSON, without secrets
    version INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    by      TEXT    NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

-- Intents of one more kind: SQLite changes a check only by making the table anew.
CREATE TABLE intents_2 (
    id        TEXT    PRIMARY KEY,
    kind      TEXT    NOT NULL CHECK (kind IN ('register', 'delete', 'rotate')),
    connector TEXT    NOT NULL, -- JSON
    created   INTEGER NOT NULL,
    pid       INTEGER NOT NULL
) STRICT;
INSERT INTO intents_2 SELECT id, kind, connector, created, pid FROM intents;
DROP TABLE intents;
ALTER TABLE intents_2 RENAME TO intents;
