/* What is said of what pages loaded. */
#include "case/browse_net.h"
#include "store/capture.h"

#define TURN_MS 200

/* What was sent is told of, also when it is of no use any more: its end is
 * waited for, which the limits of a request bring about. */
static int
drain(struct fa_browse_net *n, struct fa_err *err)
{
	struct fa_browser_net web = fa_walk_net_browser(n->web);
	int rc = FA_OK;
	bool busy;

	web.forget(web.self);
	while (rc == FA_OK && fa_note_is_live(&n->note))
		rc = web.work(web.self, &n->face, TURN_MS, &busy, err);
	return rc;
}

int
fa_browse_net_tell(struct fa_browse_net *n, struct fa_err *err)
{
	struct fa_buf file FA_CLEANUP(fa_buf_done);
	int64_t end;
	int rc;

	if (!n->web)
		return FA_OK;
	rc = drain(n, err);
	fa_buf_init(&file, FA_FILE_PATH_BYTES);
	fa_buf_addf(&file, "archive/%.*s", FA_STR_ARG(n->archive));
	if (rc == FA_OK)
		rc = fa_buf_rc(&file, "name of an archive", err);
	if (rc == FA_OK)
		rc = fa_warc_sync(n->warc, &end, err);
	if (rc == FA_OK)
		rc = fa_store_put_archive(n->s->store, n->archive, end, err);
	if (rc < 0)
		return rc;
	return fa_note_tell(&n->note,
		&(struct fa_note_about){ .s = n->s,
			.purpose = "resource",
			.is_minor = true,
			.file = fa_buf_str(&file),
			.robots = n->o->robots_reason.p ? n->o->robots_reason
							: FA_STR("obeyed"),
			.body_bytes = n->o->body_bytes },
		err);
}

static struct fa_str
plain(struct fa_str url)
{
	return fa_str_cut(&url, '#');
}

int
fa_browse_net_write(struct fa_jw *w, const struct fa_browse_net *n,
	struct fa_arena *a, struct fa_err *err)
{
	int64_t *said = fa_arena_new(a, n->got_n + 1, sizeof(*said));
	size_t said_n = 0;

	if (!said)
		return fa_fail(err, FA_E_NOMEM, "no memory for a list");
	fa_jw_key(w, "resources");
	fa_jw_array(w);
	for (size_t i = 0; i < n->got_n; i++) {
		int64_t seq = fa_note_seq(&n->note, plain(n->got[i]));
		size_t k = 0;

		while (k < said_n && said[k] != seq)
			k++;
		if (seq == 0 || k < said_n)
			continue;
		said[said_n++] = seq;
		fa_jw_int(w, seq);
	}
	fa_jw_end(w, ']');
	fa_jw_key(w, "left_out");
	fa_jw_array(w);
	for (size_t i = 0; i < n->left_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "url", n->left[i].url);
		fa_jw_kstr(w, "kind", n->left[i].kind);
		fa_jw_kstr(w, "why", n->left[i].why);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_kint(w, "requests_without_answer", (int64_t)n->left_all);
	return FA_OK;
}
