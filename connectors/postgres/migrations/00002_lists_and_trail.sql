ALTER TABLE fairlead.connectors ADD COLUMN version bigint NOT NULL DEFAULT 1;

-- What lists sort by and search in, derived from the connector and its last
-- report whenever one of them is written.
ALTER TABLE fairlead.connectors
    ADD COLUMN tenant_key text   NOT NULL COLLATE "C" DEFAULT '', -- as it is compared
    ADD COLUMN state      bigint NOT NULL DEFAULT 0, -- what to look at first has the lowest
    ADD COLUMN words      text   NOT NULL DEFAULT '', -- for the state
    ADD COLUMN tested     bigint NOT NULL DEFAULT 0, -- microseconds since 1970; 0: never
    ADD COLUMN expires    bigint NOT NULL DEFAULT 9223372036854775807, -- the highest: never
    ADD COLUMN search     text   NOT NULL COLLATE "C" DEFAULT '';

-- One for each order, with all that a page of ids needs.
CREATE INDEX connectors_name ON fairlead.connectors (name_key, id);
CREATE INDEX connectors_tenant ON fairlead.connectors (tenant_key, name_key, id);
CREATE INDEX connectors_state ON fairlead.connectors (state, name_key, id);
CREATE INDEX connectors_tested ON fairlead.connectors (tested, id);
CREATE INDEX connectors_expires ON fairlead.connectors (expires, id);
CREATE INDEX connectors_created ON fairlead.connectors (created, id);

-- Who did what, when. No reference: events outlive their connector.
CREATE TABLE fairlead.events (
    id        text        COLLATE "C" PRIMARY KEY,
    at        timestamptz NOT NULL,
    by        text        NOT NULL,
    kind      text        NOT NULL,
    connector text        NOT NULL,
    name      text        NOT NULL, -- what it was called then
    detail    text        NOT NULL
);

CREATE INDEX events_at ON fairlead.events (at, id);
CREATE INDEX events_connector ON fairlead.events (connector, at, id);

CREATE TABLE fairlead.documents (
    kind    text        NOT NULL COLLATE "C",
    id      text        NOT NULL COLLATE "C",
    title   text        NOT NULL COLLATE "C",
    content json        NOT NULL, -- without secrets
    version bigint      NOT NULL,
    updated timestamptz NOT NULL,
    by      text        NOT NULL,
    PRIMARY KEY (kind, id)
);

ALTER TABLE fairlead.intents DROP CONSTRAINT intents_kind_check;
ALTER TABLE fairlead.intents ADD CONSTRAINT intents_kind_check CHECK (kind IN ('register', 'delete', 'rotate'));
