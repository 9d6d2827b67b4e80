/* The capture. A face comes from the camera of the person, and then its bytes
 * are moved from the socket to the child without passing this process
 * (door.c), or it is one of the rendered people of a demonstration, who do not
 * exist. The record is written before the first byte is taken (Measures
 * art. 9). */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "facecheck/child/load.h"
#include "facecheck/serve/inside.h"

#define DIFFICULTY 35 /* rendered people before a good camera */
#define WIRE_TURN_AT 16
#define FD_CLOEXEC_FLAG 1u /* MFD_CLOEXEC */
#define MATCHER_BYTES (2 * FC_PLUGIN_NAME_BYTES + 2)

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static void
put_u32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static bool
write_all(int fd, const uint8_t *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* A file in memory with a picture in the form of child.h. */
static int
file_of(int *out, const uint8_t *pixels, uint32_t frames, enum fc_turn turn,
	struct fa_err *err)
{
	uint8_t head[FC_WIRE_HEAD] = { 'F', 'C', 'P', '1' };
	long fd = syscall(SYS_memfd_create, "facecheck-demo", FD_CLOEXEC_FLAG);

	put_u32(head + 4, frames);
	put_u32(head + 8, FC_FACE_WIDTH);
	put_u32(head + 12, FC_FACE_HEIGHT);
	put_u32(head + WIRE_TURN_AT, (uint32_t)turn);
	if (fd < 0)
		return fa_fail(err, FA_E_IO, "no memory file to be had");
	if (!write_all((int)fd, head, sizeof(head)) ||
		!write_all((int)fd, pixels, (size_t)frames * FC_FACE_BYTES) ||
		lseek((int)fd, 0, SEEK_SET) != 0) {
		(void)close((int)fd);
		return fa_fail(err, FA_E_IO, "cannot write a memory file");
	}
	*out = (int)fd;
	return FA_OK;
}

/* The picture in the chip of the person's document: rendered. */
static const uint8_t *
draw_reference(struct fc_turnabout *t)
{
	uint8_t *at = t->app->pixels + (size_t)FC_FRAMES_MAX * FC_FACE_BYTES;

	fc_render_face(t->app->studio, t->app->o->seed, FC_APP_DEMO_PERSON, 0,
		DIFFICULTY, at, NULL);
	return at;
}

/* Name and version: a result is worth what its matcher is. */
static struct fa_str
matcher_of(char out[MATCHER_BYTES], const struct fc_turnabout *t)
{
	const struct fc_plugin *p = t->app->o->plugin;

	(void)snprintf(out, MATCHER_BYTES, "%s %s", p->name, p->version);
	return fa_str_c(out);
}

int
fc_face_answer(struct fc_turnabout *t, enum fc_answer a)
{
	char matcher[MATCHER_BYTES];
	struct fc_record_row row = { .method = FA_STR("face"),
		.answer = fa_str_c(fc_answer_name(a)),
		.matcher = matcher_of(matcher, t),
		.level = fa_str_c(
			fc_level_name(fc_children_level(t->app->children))) };
	int rc;

	switch (a) {
	case FC_MATCH:
	case FC_NO_MATCH:
		rc = fc_event(t, FC_E_LIVE_YES, &row);
		if (rc >= 0)
			rc = fc_event(t,
				a == FC_MATCH ? FC_E_MATCH_YES : FC_E_MATCH_NO,
				&row);
		t->v->flash = a == FC_MATCH ? NULL
					    : "比对不一致，人脸信息已删除。可以"
					      "换其他方式或申请人工审核。";
		return rc;
	case FC_INTERNAL:
		t->v->flash = "比对没有完成，人脸信息已删除。请换其他方式。";
		return fc_event(t, FC_E_TIMEOUT, &row);
	case FC_POOR:
	case FC_BAD_INPUT:
		t->v->flash = "图像不清楚或没有人脸，人脸信息已删除。可以换其他"
			      "方式。";
		return fc_event(t, FC_E_LIVE_NO, &row);
	case FC_NOT_ALIVE:
		break;
	}
	t->v->flash =
		"没有看到真人按提示转头，人脸信息已删除。可以换其他方式。";
	return fc_event(t, FC_E_LIVE_NO, &row);
}

/* The session is in CAPTURE. When both come by one descriptor the reference
 * comes first: the child takes it first. */
static int
check(struct fc_turnabout *t, struct fc_source reference,
	struct fc_source probe)
{
	char matcher[MATCHER_BYTES];
	struct fc_record_row row = { .method = FA_STR("face"),
		.matcher = matcher_of(matcher, t) };
	struct fc_order order = { .alive = true, .turn = t->v->turn };
	enum fc_answer answer = FC_INTERNAL;
	int rc = fc_event(t, FC_E_IMAGE, &row);

	if (rc <= 0)
		return rc;
	rc = fc_children_check(
		&answer, t->app->children, &order, reference, probe, t->err);
	/* Whatever became of it, the attempt is over and on record. */
	if (rc < 0)
		answer = FC_INTERNAL;
	return fc_face_answer(t, answer);
}

/* The same against the rendered reference. */
static int
check_demo(struct fc_turnabout *t, struct fc_source probe)
{
	FA_CLEANUP(close_fd) int reference = -1;
	int rc =
		file_of(&reference, draw_reference(t), 1, FC_TURN_NONE, t->err);

	if (rc < 0)
		return rc;
	return check(t, (struct fc_source){ .fd = reference }, probe);
}

int
fc_app_captured(struct fc_reply *r, struct fc_app *app,
	const struct fc_upload *u, struct fc_source body, struct fa_err *err)
{
	const struct fc_request q = { .post = true,
		.path = FA_STR("/face/upload"),
		.session = fa_str_c(u->session) };
	struct fc_source reference = { body.fd, u->reference_bytes };
	struct fc_turnabout t;
	int rc = fc_turnabout_begin(&t, r, app, &q, err);

	if (rc < 0)
		return rc;
	if (u->reference_bytes >= body.bytes)
		return fc_refuse(&t, 400, "采集内容不完整，请重新操作。");
	body.bytes -= u->reference_bytes;
	if (t.known)
		rc = u->reference_bytes ? check(&t, reference, body)
					: check_demo(&t, body);
	return rc < 0 ? rc : fc_go(&t, "/verify");
}

/* Case no-record: what was a face is recorded as something else. */
static int
hide(struct fc_turnabout *t)
{
	struct fc_record_row row = { .method = FA_STR("sms") };
	int rc = fc_event(t, FC_E_OTHER, &row);

	if (rc == 1)
		rc = fc_event(t, FC_E_OTHER_YES, &row);
	return rc;
}

int
fc_post_face(struct fc_turnabout *t)
{
	struct fa_str who = fc_form_get(&t->form, "who");
	bool other = fa_str_eq(who, FA_STR("other"));
	bool print = fa_str_eq(who, FA_STR("print"));
	uint32_t n = t->app->o->plugin->frames;
	FA_CLEANUP(close_fd) int probe = -1;
	int rc;

	if (!t->app->o->demo)
		return fc_refuse(t, 404, "没有这个页面。");
	if (!t->known || t->s.state != FC_S_CAPTURE)
		return fc_go(t, "/verify");
	fc_render_session(t->app->studio, t->app->o->seed,
		FC_APP_DEMO_PERSON + (other ? 1u : 0u), 1u + t->s.tries,
		DIFFICULTY, print ? FC_SPECIES_FLAT : FC_SPECIES_LIVE,
		t->v->turn, n, t->app->pixels);
	rc = fc_fault_capture(t, draw_reference(t), t->app->pixels, n);
	if (rc < 0)
		return rc;
	if (fc_app_is(t->app, "no-record")) {
		rc = hide(t);
		return rc < 0 ? rc : fc_go(t, "/verify");
	}
	rc = file_of(&probe, t->app->pixels, n, t->v->turn, t->err);
	if (rc == FA_OK)
		rc = check_demo(t, (struct fc_source){ .fd = probe });
	memset(t->app->pixels, 0, (size_t)(FC_FRAMES_MAX + 1) * FC_FACE_BYTES);
	return rc < 0 ? rc : fc_go(t, "/verify");
}
