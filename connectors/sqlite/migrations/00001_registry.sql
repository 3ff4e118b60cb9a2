-- "FRLD": says that the file is a registry of Fairlead and of nobody else.
PRAGMA application_id = 1179798596;

CREATE TABLE connectors (
    id             TEXT    PRIMARY KEY,
    name           TEXT    NOT NULL,
    name_key       TEXT    NOT NULL UNIQUE, -- the name as it is compared
    description    TEXT    NOT NULL,
    provider       TEXT    NOT NULL,
    tenant         TEXT    NOT NULL,
    services       TEXT    NOT NULL, -- JSON, a list of texts
    settings       TEXT    NOT NULL, -- JSON, texts by name
    secret_key     TEXT    NOT NULL, -- the item's name in the keyring, never the secret
    secret_keyring TEXT    NOT NULL,
    secret_holder  TEXT    NOT NULL,
    secret_session INTEGER NOT NULL CHECK (secret_session IN (0, 1)),
    secret_since   INTEGER NOT NULL, -- times are microseconds since 1970, UTC
    platform       TEXT    NOT NULL,
    created        INTEGER NOT NULL,
    updated        INTEGER NOT NULL
) STRICT;

-- The places that one connector alone can hold.
CREATE TABLE claims (
    provider  TEXT NOT NULL,
    tenant    TEXT NOT NULL, -- as it is compared
    service   TEXT NOT NULL, -- empty: every service of the tenant
    connector TEXT NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    PRIMARY KEY (provider, tenant, service)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_connector ON claims (connector);

-- No cascade: a connector that is in use cannot be deleted.
CREATE TABLE attachments (
    connector TEXT NOT NULL REFERENCES connectors (id) ON DELETE RESTRICT,
    service   TEXT NOT NULL,
    task      TEXT NOT NULL,
    PRIMARY KEY (connector, service, task)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    connector TEXT    NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    report    TEXT    NOT NULL -- JSON, as `fairleadctl check --json` prints it
) STRICT;

CREATE INDEX reports_connector ON reports (connector, id);

CREATE TABLE intents (
    id        TEXT    PRIMARY KEY,
    kind      TEXT    NOT NULL CHECK (kind IN ('register', 'delete')),
    connector TEXT    NOT NULL, -- JSON
    created   INTEGER NOT NULL,
    pid       INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
    id      TEXT    PRIMARY KEY,
    flow    TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    page    TEXT    NOT NULL,
    answers TEXT    NOT NULL, -- JSON, the wizard's own, without secrets
    updated INTEGER NOT NULL
) STRICT;
