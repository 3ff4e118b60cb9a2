-- +goose Up

CREATE TABLE fairlead.connectors (
    id             text        PRIMARY KEY,
    name           text        NOT NULL,
    name_key       text        NOT NULL COLLATE "C" UNIQUE, -- the name as it is compared
    description    text        NOT NULL,
    provider       text        NOT NULL,
    tenant         text        NOT NULL,
    services       json        NOT NULL, -- a list of texts
    settings       json        NOT NULL, -- texts by name
    secret_key     text        NOT NULL, -- the item's name in the keyring, never the secret
    secret_keyring text        NOT NULL,
    secret_holder  text        NOT NULL,
    secret_session boolean     NOT NULL,
    secret_since   timestamptz NOT NULL,
    platform       text        NOT NULL,
    created        timestamptz NOT NULL,
    updated        timestamptz NOT NULL
);

-- The places that one connector alone can hold.
CREATE TABLE fairlead.claims (
    provider  text NOT NULL,
    tenant    text NOT NULL, -- as it is compared
    service   text NOT NULL, -- empty: every service of the tenant
    connector text NOT NULL REFERENCES fairlead.connectors (id) ON DELETE CASCADE,
    PRIMARY KEY (provider, tenant, service)
);

CREATE INDEX claims_connector ON fairlead.claims (connector);

-- No cascade: a connector that is in use cannot be deleted.
CREATE TABLE fairlead.attachments (
    connector text NOT NULL REFERENCES fairlead.connectors (id) ON DELETE RESTRICT,
    service   text NOT NULL COLLATE "C",
    task      text NOT NULL COLLATE "C",
    PRIMARY KEY (connector, service, task)
);

CREATE TABLE fairlead.reports (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connector text   NOT NULL REFERENCES fairlead.connectors (id) ON DELETE CASCADE,
    report    json   NOT NULL -- as `fairleadctl check --json` prints it
);

CREATE INDEX reports_connector ON fairlead.reports (connector, id);

CREATE TABLE fairlead.intents (
    id        text        PRIMARY KEY,
    kind      text        NOT NULL CHECK (kind IN ('register', 'delete')),
    connector json        NOT NULL,
    created   timestamptz NOT NULL,
    pid       bigint      NOT NULL
);

CREATE TABLE fairlead.drafts (
    id      text        PRIMARY KEY,
    flow    text        NOT NULL,
    title   text        NOT NULL,
    page    text        NOT NULL,
    answers json        NOT NULL, -- the wizard's own, without secrets
    updated timestamptz NOT NULL
);
