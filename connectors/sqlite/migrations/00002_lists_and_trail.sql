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

-- What an index of texts knows a connector by: SQLite's own number changes when
-- the file is written anew.
ALTER TABLE connectors ADD COLUMN number INTEGER;

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
