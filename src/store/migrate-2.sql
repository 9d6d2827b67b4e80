-- Version 2: what the texts say and how they were judged. Rows are made from
-- captures and rules alone; times say when, and nothing else depends on them.

-- The rules that judgements were made by, in their canonical form.
CREATE TABLE bundle (
	sha256 TEXT PRIMARY KEY,
	json BLOB NOT NULL
) WITHOUT ROWID;

-- A payload as this program reads it.
CREATE TABLE document (
	id INTEGER PRIMARY KEY,     -- of the five columns that follow
	payload TEXT NOT NULL,      -- capture.payload
	media_type TEXT, charset TEXT, coding TEXT,
	reader INTEGER NOT NULL,    -- version of reading and normalising
	text TEXT,                  -- SHA-256 of the normalised text
	title TEXT,
	encoding TEXT,
	bytes INTEGER NOT NULL,     -- content coding removed
	clauses INTEGER NOT NULL,   -- rows of clause
	kind TEXT,                  -- outcome of looking at it as a policy
	kind_other TEXT,            -- ... as a document of another role
	kind_detail TEXT,
	error TEXT                  -- why there is no text
);
CREATE INDEX document_payload ON document (payload);

-- Its sentences, as folded for matching.
CREATE TABLE clause (
	id INTEGER PRIMARY KEY,     -- of this store only
	document INTEGER NOT NULL,
	ord INTEGER NOT NULL,
	text TEXT NOT NULL
);
CREATE UNIQUE INDEX clause_document ON clause (document, ord);
CREATE VIRTUAL TABLE clause_fts USING fts5 (
	text, content = 'clause', content_rowid = 'id',
	tokenize = 'trigram', detail = 'none', columnsize = 0
);

CREATE TABLE judgement (
	id INTEGER PRIMARY KEY,     -- of document, bundle and as_of
	document INTEGER NOT NULL,
	bundle TEXT NOT NULL,
	as_of INTEGER NOT NULL,     -- YYYYMMDD
	scopes INTEGER NOT NULL,    -- bits of FACE_ID, OS_BIO, FACE_FX ...
	hi INTEGER NOT NULL,        -- 10^9: 100 points
	lo INTEGER NOT NULL,
	coverage_bp INTEGER NOT NULL,
	grade TEXT NOT NULL,
	vector TEXT NOT NULL,
	error TEXT                  -- why it was not judged
);
CREATE INDEX judgement_document ON judgement (document);

-- One obligation of a judgement; what does not apply has no row.
CREATE TABLE verdict (
	judgement INTEGER NOT NULL,
	obligation TEXT NOT NULL,
	verdict TEXT NOT NULL,
	rule TEXT,                  -- that decided
	confidence INTEGER NOT NULL,-- thousandths
	tier TEXT NOT NULL,
	reason TEXT,
	PRIMARY KEY (judgement, obligation)
) WITHOUT ROWID;

CREATE TABLE evidence (
	judgement INTEGER NOT NULL,
	obligation TEXT NOT NULL,
	side INTEGER NOT NULL,      -- 0 for the verdict, 1 against it
	ord INTEGER NOT NULL,
	rule TEXT,
	raw_from INTEGER NOT NULL,  -- bytes of the decoded body
	raw_to INTEGER NOT NULL,
	line INTEGER NOT NULL, col INTEGER NOT NULL,
	end_line INTEGER NOT NULL, end_col INTEGER NOT NULL,
	quote TEXT NOT NULL,        -- these bytes as UTF-8, verbatim
	text TEXT NOT NULL,         -- as a reader sees them
	section TEXT,
	PRIMARY KEY (judgement, obligation, side, ord)
) WITHOUT ROWID;

-- A target judged over all its documents.
CREATE TABLE app_judgement (
	id INTEGER PRIMARY KEY,     -- of all that follows but at_ms
	target INTEGER NOT NULL,
	bundle TEXT NOT NULL,
	as_of INTEGER NOT NULL,
	reader INTEGER NOT NULL,
	at_ms INTEGER NOT NULL,     -- last time that an audit came to it
	outcome TEXT NOT NULL,      -- ok, or why there is no policy
	documents INTEGER NOT NULL, -- judged
	scopes INTEGER NOT NULL,
	hi INTEGER NOT NULL, lo INTEGER NOT NULL,
	coverage_bp INTEGER NOT NULL,
	grade TEXT NOT NULL,
	vector TEXT NOT NULL
);
CREATE INDEX app_judgement_target ON app_judgement (target, at_ms);
CREATE INDEX app_judgement_at ON app_judgement (at_ms);

-- What it was made of: all that was wanted.
CREATE TABLE app_document (
	app INTEGER NOT NULL,
	ord INTEGER NOT NULL,
	role TEXT NOT NULL,
	url INTEGER NOT NULL,
	final INTEGER NOT NULL,     -- where redirects end
	outcome TEXT NOT NULL,      -- of obtaining it as what it was wanted
	detail TEXT,
	document INTEGER,           -- that was judged; NULL: none
	stands_in INTEGER NOT NULL, -- 1: of an earlier capture
	PRIMARY KEY (app, ord)
) WITHOUT ROWID;
CREATE INDEX app_document_document ON app_document (document);

CREATE TABLE app_verdict (
	app INTEGER NOT NULL,
	obligation TEXT NOT NULL,
	verdict TEXT NOT NULL,
	rule TEXT,
	confidence INTEGER NOT NULL,
	tier TEXT NOT NULL,
	reason TEXT,
	contradiction INTEGER NOT NULL, -- 1: one document breaks, one meets it
	PRIMARY KEY (app, obligation)
) WITHOUT ROWID;

-- Differences to the judgement before.
CREATE TABLE change (
	app INTEGER NOT NULL,       -- app_judgement
	before INTEGER NOT NULL,    -- app_judgement
	subject TEXT NOT NULL,      -- an obligation, or the URL of a document
	cause TEXT NOT NULL,        -- source, extractor, rules,
	                            -- extractor+rules, capture
	kind TEXT NOT NULL,         -- gained, lost, changed, capture-failed
	was TEXT NOT NULL,          -- verdict or outcome
	became TEXT NOT NULL,
	PRIMARY KEY (app, before, subject, cause)
) WITHOUT ROWID;
