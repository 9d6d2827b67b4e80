-- Version 3: the custody log, what was done with the evidence. Lines are kept
-- as they were written (faceaudit-store(5)); nothing is ever changed or
-- removed, and nothing comes in but the next event.

CREATE TABLE custody (
	seq INTEGER PRIMARY KEY,    -- from 1
	line TEXT NOT NULL,         -- JSON, one line, without line feed
	h BLOB NOT NULL             -- SHA-256 of the line's bytes
) STRICT;

CREATE TRIGGER custody_append BEFORE INSERT ON custody
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM custody)
	OR length(NEW.h) IS NOT 32
	OR instr(NEW.line, '{"v":1,"seq":' || NEW.seq
		|| ',"prev":"sha256:' || coalesce(
		(SELECT lower(hex(h)) FROM custody ORDER BY seq DESC LIMIT 1),
		lower(hex(zeroblob(32)))) || '","t":"') IS NOT 1
BEGIN
	SELECT raise(ABORT, 'the line does not follow the custody log');
END;
CREATE TRIGGER custody_keep BEFORE UPDATE ON custody
BEGIN
	SELECT raise(ABORT, 'the custody log is append-only');
END;
CREATE TRIGGER custody_stay BEFORE DELETE ON custody
BEGIN
	SELECT raise(ABORT, 'the custody log is append-only');
END;

-- Logs of stores that were joined to this one, each a chain of its own.
CREATE TABLE custody_shard (
	chain TEXT NOT NULL,        -- SHA-256 of its first line
	seq INTEGER NOT NULL,
	line TEXT NOT NULL,
	h BLOB NOT NULL,
	PRIMARY KEY (chain, seq)
) STRICT;

CREATE TRIGGER custody_shard_append BEFORE INSERT ON custody_shard
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM custody_shard
		WHERE chain = NEW.chain)
	OR length(NEW.h) IS NOT 32
	OR (NEW.seq = 1 AND lower(hex(NEW.h)) IS NOT NEW.chain)
	OR instr(NEW.line, '{"v":1,"seq":' || NEW.seq
		|| ',"prev":"sha256:' || coalesce(
		(SELECT lower(hex(h)) FROM custody_shard
		 WHERE chain = NEW.chain AND seq = NEW.seq - 1),
		lower(hex(zeroblob(32)))) || '","t":"') IS NOT 1
BEGIN
	SELECT raise(ABORT, 'the line does not follow the custody log');
END;
CREATE TRIGGER custody_shard_keep BEFORE UPDATE ON custody_shard
BEGIN
	SELECT raise(ABORT, 'the custody log is append-only');
END;
CREATE TRIGGER custody_shard_stay BEFORE DELETE ON custody_shard
BEGIN
	SELECT raise(ABORT, 'the custody log is append-only');
END;

-- What persons said of findings: read from the log, and kept nowhere else.
-- For those who look into the file; this program asks the log itself, since
-- it does not let a schema call functions (PRAGMA trusted_schema).
CREATE VIEW review AS
SELECT chain, seq, json_extract(line, '$.t') AS t,
	json_extract(line, '$.detail.finding') AS finding,
	json_extract(line, '$.detail.state') AS state,
	json_extract(line, '$.actor.id') AS reviewer,
	json_extract(line, '$.actor.role') AS role,
	json_extract(line, '$.detail.note') AS note
FROM (SELECT NULL AS chain, seq, line FROM custody
	UNION ALL SELECT chain, seq, line FROM custody_shard)
WHERE json_extract(line, '$.op') = 'review';
