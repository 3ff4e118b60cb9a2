-- The index of texts that registries had before, which knew no order and nothing
-- of what lists are filtered by.
DROP TRIGGER IF EXISTS connectors_inserted;
DROP TRIGGER IF EXISTS connectors_updated;
DROP TRIGGER IF EXISTS connectors_deleted;
DROP TABLE IF EXISTS search_terms;
DROP TABLE IF EXISTS search;
DROP INDEX IF EXISTS connectors_number;
