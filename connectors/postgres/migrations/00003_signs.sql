-- One, two and three signs in a row of what is searched, and marks for what
-- lists are filtered by. Filled before there is an index, which is faster.
ALTER TABLE fairlead.connectors ADD COLUMN signs tsvector NOT NULL DEFAULT '';
