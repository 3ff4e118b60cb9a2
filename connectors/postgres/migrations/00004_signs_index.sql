-- What a program that was killed has left under way ends first: two that hold
-- a weaker lock would wait for each other.
LOCK TABLE fairlead.connectors IN SHARE ROW EXCLUSIVE MODE;

-- What is new waits in a list that is merged into the index when it is long: a
-- short one, since each search reads it.
CREATE INDEX connectors_signs ON fairlead.connectors USING gin (signs) WITH (gin_pending_list_limit = 256);

-- How common a sign is decides how a search is done.
ANALYZE fairlead.connectors;
