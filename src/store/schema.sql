-- Version 1 of the store: what was asked for, what came back. Ids are the
-- first 63 bits of the SHA-256 of what the row stands for (fa_hash_id), so
-- that stores of several machines can be joined. Times are UTC, at_ms in
-- milliseconds, at_us in microseconds. Documented in faceaudit-store(5).

CREATE TABLE meta (
	name TEXT PRIMARY KEY,
	value NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (
	id INTEGER PRIMARY KEY,     -- of store, kind, started_ms and options
	kind TEXT NOT NULL,         -- crawl, audit
	started_ms INTEGER NOT NULL,
	ended_ms INTEGER,           -- NULL: was broken off, or goes on
	tool TEXT NOT NULL,         -- name and version
	options TEXT NOT NULL       -- JSON
);

CREATE TABLE target (
	id INTEGER PRIMARY KEY,     -- of key
	key TEXT NOT NULL,
	app TEXT, package TEXT, store TEXT, version TEXT, publisher TEXT,
	category TEXT, store_url TEXT, policy_url TEXT,
	children INTEGER NOT NULL,  -- 0 unknown, 1 no, 2 yes
	note TEXT                   -- why there is no URL to ask for
);
CREATE UNIQUE INDEX target_key ON target (key);

CREATE TABLE url (
	id INTEGER PRIMARY KEY,     -- of url
	url TEXT NOT NULL,          -- canonical
	host TEXT NOT NULL,
	outcome TEXT NOT NULL,      -- faceaudit-store(5); pending: not done
	detail TEXT,
	status INTEGER,             -- HTTP, of the last answer
	at_ms INTEGER NOT NULL,     -- of the last attempt; 0: none
	tries INTEGER NOT NULL,     -- since it became pending
	not_before INTEGER NOT NULL,-- ms
	redirect INTEGER,           -- url to which it leads
	capture INTEGER,            -- last one with a page
	kind TEXT,                  -- outcome of looking at it as a policy
	kind_other TEXT,            -- ... as a document of another role
	kind_detail TEXT
);
CREATE INDEX url_pending ON url (host, not_before, id)
	WHERE outcome = 'pending';

-- Why a target wants a URL. step: documents between it and the root (0 a
-- listing or home page, 1 a policy, 2 what a policy links to); hops:
-- redirects since the last of these.
CREATE TABLE edge (
	url INTEGER NOT NULL,
	target INTEGER NOT NULL,
	role TEXT NOT NULL,
	step INTEGER NOT NULL,
	hops INTEGER NOT NULL,
	root INTEGER NOT NULL,      -- 1: given by the list of targets
	PRIMARY KEY (url, target, role, step)
) WITHOUT ROWID;
CREATE INDEX edge_target ON edge (target);

-- References found on a page. via: listing, policy (a hub) or related.
CREATE TABLE link (
	url INTEGER NOT NULL,
	via TEXT NOT NULL,
	ord INTEGER NOT NULL,
	to_url INTEGER NOT NULL,
	href TEXT NOT NULL,         -- canonical
	role TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (url, via, ord)
) WITHOUT ROWID;

CREATE TABLE attempt (
	url INTEGER NOT NULL,
	at_us INTEGER NOT NULL,
	run INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	detail TEXT,
	status INTEGER,
	ip TEXT,
	elapsed_ms INTEGER NOT NULL,
	capture INTEGER,
	PRIMARY KEY (url, at_us)
) WITHOUT ROWID;

CREATE TABLE archive (
	name TEXT PRIMARY KEY,      -- below archive/, or an absolute path
	bytes INTEGER NOT NULL      -- committed; what lies behind is cut off
) WITHOUT ROWID;

CREATE TABLE capture (
	id INTEGER PRIMARY KEY,     -- of url, at_us, archive and offset
	url INTEGER NOT NULL,
	at_us INTEGER NOT NULL,
	run INTEGER NOT NULL,
	status INTEGER NOT NULL,
	revisit INTEGER NOT NULL,   -- 0 new, 1 same payload, 2 not modified
	cut INTEGER NOT NULL,       -- 1: the body is not whole
	payload TEXT NOT NULL,      -- SHA-256 of the body, coded as it came
	bytes INTEGER NOT NULL,     -- of the body
	media_type TEXT, charset TEXT, coding TEXT,
	etag TEXT, last_modified TEXT,
	archive TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
	record TEXT NOT NULL,       -- WARC-Record-ID
	refers INTEGER              -- capture that holds the payload
);
CREATE INDEX capture_payload ON capture (payload)
	WHERE revisit = 0 AND cut = 0;
CREATE INDEX capture_url ON capture (url, at_us);

CREATE TABLE robots (
	origin TEXT PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	status INTEGER,
	body BLOB                   -- decoded; NULL: see outcome
) WITHOUT ROWID;
