-- Filters by provider and by kind in the order of names: names often begin with
-- the provider, so that all of one may stand last.
CREATE INDEX connectors_provider ON fairlead.connectors (provider, name_key, id);
CREATE INDEX connectors_cloud ON fairlead.connectors (name_key, id) WHERE provider <> 'exchange';
