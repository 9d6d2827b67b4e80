/* Answers from WARC archives: those of an earlier walk, in its order. What was
 * asked for several times gives its answers one after the other, then the last
 * one for ever. */
#include <stdio.h>
#include <string.h>

#include "evidence/http.h"
#include "evidence/warc_read.h"
#include "walk/net_internal.h"

#define RECORD_BYTES ((size_t)200 << 20) /* memory for one record */
#define ENTRIES_MAX 1000000u

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for an archive");
}

/* Method and digest of the body of an archived request. */
static int
read_request(struct fa_net_entry *e, struct fa_arena *a,
	const struct fa_warc_record *r, struct fa_err *err)
{
	struct fa_str block = r->block, line;
	size_t head = fa_http_head_bytes(block);
	struct fa_str body = fa_str_sub(block, head, block.n);

	line = fa_http_first_line(&block);
	e->method = fa_arena_dup(a, fa_str_cut(&line, ' '));
	if (!e->method.p)
		return no_memory(err);
	return body.n > 0 ? fa_hash_sha256(e->body, body, err) : FA_OK;
}

static int
add_response(struct fa_walk_net *n, const struct fa_warc_record *r,
	uint32_t archive, struct fa_err *err)
{
	struct fa_net_archive *x = n->archive;
	struct fa_net_entry *grown = fa_arena_grow(
		&n->arena, x->entries, &x->cap, x->n + 1, sizeof(*grown));
	struct fa_net_entry *e;

	if (!grown)
		return no_memory(err);
	if (x->n == ENTRIES_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"the archive has more than %u answers", ENTRIES_MAX);
	x->entries = grown;
	e = &grown[x->n++];
	memset(e, 0, sizeof(*e));
	e->url = fa_arena_dup(&n->arena, fa_net_plain_url(r->url));
	e->archive = archive;
	e->offset = r->offset;
	e->next = UINT32_MAX;
	return e->url.p ? FA_OK : no_memory(err);
}

/* A request stands behind its response, or before it; which of them it is its
 * URL tells. */
static int
add_record(struct fa_walk_net *n, const struct fa_warc_record *r,
	uint32_t archive, struct fa_net_entry *early, struct fa_err *err)
{
	struct fa_net_archive *x = n->archive;
	struct fa_net_entry *last = x->n > 0 ? &x->entries[x->n - 1] : NULL;
	int rc;

	if (!r->url.p || !r->block.p)
		return FA_OK;
	if (fa_str_eq(r->type, FA_STR("request"))) {
		if (last && !last->method.p && fa_str_eq(last->url, r->url))
			return read_request(last, &n->arena, r, err);
		early->url = fa_arena_dup(&n->arena, r->url);
		early->body[0] = '\0';
		return early->url.p ? read_request(early, &n->arena, r, err)
				    : no_memory(err);
	}
	if (!fa_str_eq(r->type, FA_STR("response")) ||
		!fa_str_starts(r->url, FA_STR("http")))
		return FA_OK;
	rc = add_response(n, r, archive, err);
	if (rc == FA_OK && early->method.p && fa_str_eq(early->url, r->url)) {
		last = &x->entries[x->n - 1];
		last->method = early->method;
		memcpy(last->body, early->body, sizeof(last->body));
		early->method = FA_STR_NONE;
	}
	return rc;
}

static int
read_archive(struct fa_walk_net *n, uint32_t archive, struct fa_err *err)
{
	struct fa_str path = n->o.archives[archive];
	struct fa_net_entry early;
	struct fa_warc_reader *reader;
	struct fa_warc_record r;
	struct fa_arena a;
	struct fa_err why;
	int rc = fa_warc_reader_open(&reader, path, err);

	if (rc < 0)
		return rc;
	memset(&early, 0, sizeof(early));
	fa_arena_init(&a, RECORD_BYTES);
	while ((rc = fa_warc_read_next(reader, &r, &a, &why)) == 1) {
		rc = add_record(n, &r, archive, &early, &why);
		if (rc < 0)
			break;
		fa_arena_reset(&a);
	}
	fa_arena_done(&a);
	fa_warc_reader_close(reader);
	/* What was read before a torn end holds; that it is torn is said by
	 * the answers that are missing. */
	if (rc == FA_E_INPUT && n->archive->n > 0)
		return FA_OK;
	return rc < 0 ? fa_fail(err, rc, "%.*s: %s", FA_STR_ARG(path), why.msg)
		      : FA_OK;
}

static bool
is_same(const struct fa_net_entry *a, const struct fa_net_entry *b)
{
	return fa_str_eq(a->url, b->url) && fa_str_eq(a->method, b->method) &&
		strcmp(a->body, b->body) == 0;
}

/* Each answer gets to know the next one to the same request, from the last to
 * the first; table holds the first of those behind. */
static int
link_answers(struct fa_walk_net *n, struct fa_err *err)
{
	struct fa_net_archive *x = n->archive;
	size_t size = 2 * x->n + 1;
	uint32_t *table = fa_arena_new(&n->arena, size, sizeof(*table));

	if (!table)
		return no_memory(err);
	for (size_t i = x->n; i-- > 0;) {
		struct fa_net_entry *e = &x->entries[i];
		size_t at = fa_str_hash(e->url) % size;

		while (table[at] > 0 && !is_same(&x->entries[table[at] - 1], e))
			at = (at + 1) % size;
		if (table[at] > 0)
			e->next = table[at] - 1;
		table[at] = (uint32_t)i + 1;
	}
	return FA_OK;
}

int
fa_net_archive_open(struct fa_walk_net *n, struct fa_err *err)
{
	struct fa_net_archive *x = fa_arena_new(&n->arena, 1, sizeof(*x));
	int rc = FA_OK;

	if (!x)
		return no_memory(err);
	n->archive = x;
	for (size_t i = 0; i < n->o.archives_n && rc == FA_OK; i++)
		rc = read_archive(n, (uint32_t)i, err);
	for (size_t i = 0; i < x->n && rc == FA_OK; i++)
		if (!x->entries[i].method.p)
			x->entries[i].method = FA_STR("GET");
	return rc < 0 ? rc : link_answers(n, err);
}

/* The first answer to the request; with any body when strict is false. */
static uint32_t
find_first(const struct fa_net_archive *x, const struct fa_net_request *r,
	const char *body, bool strict)
{
	struct fa_str url = fa_net_plain_url(r->url);

	for (uint32_t i = 0; i < x->n; i++) {
		const struct fa_net_entry *e = &x->entries[i];

		if (fa_str_eq(e->url, url) && fa_str_eq(e->method, r->method) &&
			(!strict || strcmp(e->body, body) == 0))
			return i;
	}
	return UINT32_MAX;
}

/* The answer whose turn it is. */
static int
take_turn(uint32_t *out, struct fa_walk_net *n, const struct fa_net_request *r,
	struct fa_err *err)
{
	struct fa_net_archive *x = n->archive;
	char body[FA_HASH_HEX_BYTES] = "", key[FA_HASH_HEX_BYTES];
	struct fa_net_turn *t = NULL;
	int rc = r->body.n > 0 ? fa_hash_sha256(body, r->body, err) : FA_OK;

	if (rc == FA_OK)
		rc = fa_net_request_key(
			key, r->method, fa_net_plain_url(r->url), body, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < x->turns_n && !t; i++)
		if (strcmp(x->turns[i].key, key) == 0)
			t = &x->turns[i];
	if (!t) {
		t = fa_arena_grow(&n->arena, x->turns, &x->turns_cap,
			x->turns_n + 1, sizeof(*t));
		if (!t)
			return no_memory(err);
		x->turns = t;
		t = &x->turns[x->turns_n++];
		memcpy(t->key, key, sizeof(key));
		t->at = find_first(x, r, body, true);
		if (t->at == UINT32_MAX)
			t->at = find_first(x, r, body, false);
	}
	*out = t->at;
	if (t->at != UINT32_MAX && x->entries[t->at].next != UINT32_MAX)
		t->at = x->entries[t->at].next;
	return FA_OK;
}

int
fa_net_archive_request(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, struct fa_err *err)
{
	const struct fa_net_entry *e;
	struct fa_warc_record record;
	struct fa_warc_reader *reader;
	struct fa_net_found f;
	struct fa_http http;
	struct fa_err why;
	uint32_t at;
	int rc = take_turn(&at, n, r, err);

	if (rc < 0)
		return rc;
	if (at == UINT32_MAX)
		return fa_net_refuse(
			n, b, r, "Failed", "it is not in the archive", err);
	e = &n->archive->entries[at];
	rc = fa_warc_reader_open(&reader, n->o.archives[e->archive], &why);
	if (rc == FA_OK) {
		rc = fa_warc_read_at(
			&record, reader, e->offset, &n->scratch, &why);
		if (rc == FA_OK)
			rc = fa_http_parse(
				&http, record.block, &n->scratch, &why);
		fa_warc_reader_close(reader);
	}
	if (rc < 0)
		return fa_net_refuse(n, b, r, "Failed", why.msg, err);
	f = (struct fa_net_found){ http.status, http.head, http.body };
	rc = fa_net_write_once(n, r, &f, err);
	return rc < 0 ? rc : fa_net_give(n, b, r, &f, err);
}
