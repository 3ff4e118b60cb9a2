-- Numbers stand in the order of the names, so that an index which gives them in
-- their order gives connectors in the order of lists: the first of those that
-- have a word are found at once, wherever in the list they begin. There is room
-- between them for those that come.
UPDATE connectors SET number = 4611686018427387904 + 1048576 * ranked.rank
    FROM (SELECT id, row_number() OVER (ORDER BY name_key) AS rank FROM connectors) AS ranked
    WHERE connectors.id = ranked.id;
CREATE INDEX connectors_number ON connectors (number);

-- Every three signs of what is searched, with the connectors that have them. The
-- two line ends let every sign begin three.
CREATE VIRTUAL TABLE signs USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE signs_terms USING fts5vocab (signs, instance);
INSERT INTO signs (rowid, text) SELECT number, search || char(10, 10) FROM connectors ORDER BY number;

CREATE TRIGGER connectors_inserted AFTER INSERT ON connectors BEGIN
    INSERT INTO placing VALUES (new.id, new.name_key);
    INSERT INTO signs (rowid, text) SELECT number, search || char(10, 10) FROM connectors WHERE id = new.id;
END;
CREATE TRIGGER connectors_renamed AFTER UPDATE OF name_key ON connectors WHEN new.name_key <> old.name_key BEGIN
    DELETE FROM signs WHERE rowid = old.number;
    UPDATE connectors SET number = NULL WHERE id = new.id;
    INSERT INTO placing VALUES (new.id, new.name_key);
    INSERT INTO signs (rowid, text) SELECT number, search || char(10, 10) FROM connectors WHERE id = new.id;
END;
CREATE TRIGGER connectors_updated AFTER UPDATE OF search ON connectors WHEN new.search <> old.search BEGIN
    DELETE FROM signs WHERE rowid = old.number;
    INSERT INTO signs (rowid, text) VALUES (new.number, new.search || char(10, 10));
END;
CREATE TRIGGER connectors_deleted AFTER DELETE ON connectors BEGIN
    DELETE FROM signs WHERE rowid = old.number;
END;

-- Gives a connector without a number one between those of its neighbours.
CREATE VIEW placing AS SELECT id, name_key FROM connectors WHERE false;
CREATE TRIGGER placed INSTEAD OF INSERT ON placing BEGIN
    INSERT INTO room SELECT
        (SELECT number FROM connectors WHERE name_key < new.name_key ORDER BY name_key DESC LIMIT 1),
        (SELECT number FROM connectors WHERE name_key > new.name_key ORDER BY name_key LIMIT 1);
    INSERT INTO numbering SELECT new.id,
        (SELECT number FROM connectors WHERE name_key < new.name_key ORDER BY name_key DESC LIMIT 1),
        (SELECT number FROM connectors WHERE name_key > new.name_key ORDER BY name_key LIMIT 1),
        (SELECT number FROM connectors WHERE id <> new.id ORDER BY rowid DESC LIMIT 1);
END;

-- In the middle, unless one of the two was the last to come: then more are likely
-- to follow on the same side, which leave each other less room.
CREATE VIEW numbering AS SELECT id, number AS low, number AS high, number AS latest FROM connectors WHERE false;
CREATE TRIGGER numbered INSTEAD OF INSERT ON numbering BEGIN
    UPDATE connectors SET number = CASE
        WHEN new.low IS NULL AND new.high IS NULL THEN 4611686018427387904
        WHEN new.latest = new.low THEN new.low + min(65536, coalesce((new.high - new.low) / 2, 65536))
        WHEN new.latest = new.high THEN new.high - min(65536, coalesce((new.high - new.low) / 2, 65536))
        WHEN new.high IS NULL THEN new.low + 4294967296
        WHEN new.low IS NULL THEN new.high - 4294967296
        ELSE new.low + (new.high - new.low) / 2
    END WHERE id = new.id;
END;

-- Where there is no room, the connectors around are spread over the smallest
-- range of numbers that has few for its width. Ranges double in width, and so
-- a connector is moved a few times at most, however many come to one place.
CREATE VIEW room AS SELECT number AS low, number AS high FROM connectors WHERE false;
CREATE TRIGGER made_room INSTEAD OF INSERT ON room WHEN new.high - new.low < 2 BEGIN
    INSERT INTO spreading SELECT (new.low >> value) << value, 1 << value
        FROM json_each('[6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,22,24,26,28,30,32,34,36,38,40,44,48,52,56,60]')
        WHERE (SELECT count(*) FROM connectors WHERE number >= (new.low >> value) << value
            AND number < ((new.low >> value) << value) + (1 << value)) < 1 << value / 2
        LIMIT 1;
END;
CREATE VIEW spreading AS SELECT number AS first, number AS width FROM connectors WHERE false;
CREATE TRIGGER spread INSTEAD OF INSERT ON spreading BEGIN
    DELETE FROM signs WHERE rowid IN
        (SELECT number FROM connectors WHERE number >= new.first AND number < new.first + new.width);
    UPDATE connectors SET number = new.first + placed.rank * (new.width / (placed.count + 1))
        FROM (SELECT id, row_number() OVER (ORDER BY number) AS rank, count(*) OVER () AS count
            FROM connectors WHERE number >= new.first AND number < new.first + new.width) AS placed
        WHERE connectors.id = placed.id;
    INSERT INTO signs (rowid, text) SELECT number, search || char(10, 10)
        FROM connectors WHERE number >= new.first AND number < new.first + new.width;
END;
