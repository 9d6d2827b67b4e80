/* Cases of data (cases_data.c): what must not be done, done with people who do
 * not exist, so that proofs have something to find. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "facecheck/serve/inside.h"

#define DISCARD_PORT 9 /* RFC 863, of this machine */
#define DATAGRAM 1400

bool
fc_fault_of_data(const struct fc_app *app)
{
	return app->cs->seen == FC_SEEN_PROOF;
}

static int
path_in(struct fa_str *out, struct fc_turnabout *t, const char *id,
	const char *suffix)
{
	struct fa_buf b;
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_add(&b, t->app->o->dir);
	fa_buf_addf(&b, "/%s.%s", id, suffix);
	*out = fa_arena_dup(&t->app->scratch, fa_buf_str(&b));
	rc = fa_buf_rc(&b, "a path", t->err);
	fa_buf_done(&b);
	if (rc == FA_OK && !out->p)
		rc = fa_fail(t->err, FA_E_NOMEM, "no memory for a path");
	return rc;
}

static int
keep(struct fc_turnabout *t, const char *suffix, struct fa_str bytes)
{
	struct fa_str path;
	int rc = path_in(&path, t, t->id, suffix);

	return rc < 0 ? rc : fa_file_replace(path, bytes, t->err);
}

static int
keep_template(struct fc_turnabout *t, const uint8_t *frame)
{
	const struct fc_plugin *p = t->app->o->plugin;
	const struct fc_picture picture = { frame, FC_FACE_WIDTH,
		FC_FACE_HEIGHT };
	struct fa_arena room;
	uint8_t *templ, *scratch;
	int rc;

	fa_arena_init(&room, FC_TEMPLATE_MAX + FC_SCRATCH_MAX + 65536);
	templ = fa_arena_new(&room, p->template_bytes, 1);
	scratch = fa_arena_new(&room, p->scratch_bytes + 64u, 1);
	if (!templ || !scratch)
		rc = fa_fail(t->err, FA_E_NOMEM, "no memory for a template");
	else if (p->encode(t->app->o->model, &picture, templ, scratch) !=
		FC_SAYS_YES)
		rc = FA_OK;
	else
		rc = keep(t, "template",
			(struct fa_str){
				(const char *)templ, p->template_bytes });
	fa_arena_done(&room);
	return rc;
}

static int
keep_score(struct fc_turnabout *t, const uint8_t *a, const uint8_t *b)
{
	const struct fc_plugin *p = t->app->o->plugin;
	const struct fc_picture x = { a, FC_FACE_WIDTH, FC_FACE_HEIGHT },
				y = { b, FC_FACE_WIDTH, FC_FACE_HEIGHT };
	struct fa_arena room;
	uint8_t *one, *two, *scratch;
	char line[96];
	int32_t score = 0;
	int rc = FA_OK;

	fa_arena_init(&room, 2 * FC_TEMPLATE_MAX + FC_SCRATCH_MAX + 65536);
	one = fa_arena_new(&room, p->template_bytes, 1);
	two = fa_arena_new(&room, p->template_bytes, 1);
	scratch = fa_arena_new(&room, p->scratch_bytes + 64u, 1);
	if (!one || !two || !scratch)
		rc = fa_fail(t->err, FA_E_NOMEM, "no memory for templates");
	if (rc == FA_OK &&
		p->encode(t->app->o->model, &x, one, scratch) == FC_SAYS_YES &&
		p->encode(t->app->o->model, &y, two, scratch) == FC_SAYS_YES)
		(void)p->compare(t->app->o->model, one, two, &score, scratch);
	fa_arena_done(&room);
	(void)snprintf(line, sizeof(line), "session %s score %ld\n", t->id,
		(long)score);
	return rc < 0 ? rc : keep(t, "log", fa_str_c(line));
}

/* To a port of this machine where nobody listens: the wire is what counts. */
static int
send_out(struct fc_turnabout *t, const uint8_t *pixels, size_t n)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(DISCARD_PORT),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0)
		return fa_fail(t->err, FA_E_IO, "no socket to be had");
	for (size_t at = 0; at < n; at += DATAGRAM)
		(void)sendto(fd, pixels + at,
			n - at < DATAGRAM ? n - at : DATAGRAM, 0,
			(const struct sockaddr *)&to, sizeof(to));
	(void)close(fd);
	return FA_OK;
}

int
fc_fault_capture(struct fc_turnabout *t, const uint8_t *reference,
	const uint8_t *frames, uint32_t n)
{
	const struct fc_app *app = t->app;
	struct fa_str all = { (const char *)frames, (size_t)n * FC_FACE_BYTES };

	if (fc_app_is(app, "stores-picture") || fc_app_is(app, "soft-delete") ||
		fc_app_is(app, "deletion-lies"))
		return keep(t, "face", all);
	if (fc_app_is(app, "stores-template"))
		return keep_template(t, frames);
	if (fc_app_is(app, "score-in-log"))
		return keep_score(t, reference, frames);
	if (fc_app_is(app, "sends-out"))
		return send_out(t, frames, all.n);
	return FA_OK;
}

/* Case soft-delete: the name changes, the face stays. */
static int
rename_face(struct fc_turnabout *t)
{
	struct fa_str from, to;
	int rc = path_in(&from, t, t->id, "face");

	if (rc == FA_OK)
		rc = path_in(&to, t, t->id, "face.deleted");
	if (rc == FA_OK)
		(void)rename(from.p, to.p);
	return rc;
}

/* Case record-erased: with the face go the records of three years. */
static int
erase_records(struct fc_turnabout *t)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct fc_app *app = t->app;
	char path[FA_FILE_PATH_BYTES];

	fc_store_close(app->store);
	app->store = NULL;
	for (size_t i = 0; i < FA_COUNT(ends); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", app->db.p, ends[i]);
		(void)unlink(path);
	}
	t->known = false;
	return fc_store_open(&app->store, app->db, app->o->clock, t->err);
}

int
fc_fault_withdraw(struct fc_turnabout *t)
{
	if (!t->known)
		return FA_OK;
	if (fc_app_is(t->app, "soft-delete"))
		return rename_face(t);
	if (fc_app_is(t->app, "record-erased"))
		return erase_records(t);
	return FA_OK;
}
