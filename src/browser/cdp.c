#include "browser/cdp.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"
#include "browser/browser.h"

#define READ_BYTES 65536
#define READS_PER_TURN 64
#define WORK_MS 10   /* of other work while the browser may speak, too */
#define SLICE_MS 100 /* hooks are asked at least this often */
#define EVENTS_KEPT ((size_t)1 << 20) /* of the arena between two events */

int64_t
fa_cdp_now_ms(void)
{
	struct timespec t = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
fa_cdp_init(
	struct fa_cdp *c, int to, int from, const struct fa_cdp_hooks *hooks)
{
	*c = (struct fa_cdp){ .to = to, .from = from, .hooks = *hooks };
	fa_frames_init(&c->in, FA_BROWSER_MESSAGE_BYTES);
	fa_buf_init(&c->out, FA_CDP_OUT_BYTES);
	fa_arena_init(&c->events, FA_CDP_EVENT_BYTES);
}

void
fa_cdp_done(struct fa_cdp *c)
{
	fa_frames_done(&c->in);
	fa_buf_done(&c->out);
	fa_arena_done(&c->events);
}

struct fa_jw *
fa_cdp_begin(struct fa_cdp *c, struct fa_str session, const char *method)
{
	fa_jw_init(&c->w, &c->out, 0);
	fa_jw_object(&c->w);
	fa_jw_kint(&c->w, "id", (int64_t)++c->last_id);
	fa_jw_kstr(&c->w, "method", fa_str_c(method));
	if (session.p != NULL)
		fa_jw_kstr(&c->w, "sessionId", session);
	fa_jw_key(&c->w, "params");
	fa_jw_object(&c->w);
	return &c->w;
}

/* Writes what the pipe takes. */
static void
flush(struct fa_cdp *c)
{
	if (c->out.rc != FA_OK)
		c->dead = true;
	while (!c->dead && c->written < c->out.n) {
		ssize_t n = write(
			c->to, c->out.p + c->written, c->out.n - c->written);

		if (n > 0) {
			c->written += (size_t)n;
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		c->dead = true;
	}
	fa_buf_reset(&c->out);
	c->written = 0;
}

uint64_t
fa_cdp_send(struct fa_cdp *c)
{
	fa_jw_end(&c->w, '}');
	fa_jw_end(&c->w, '}');
	fa_buf_addc(&c->out, '\0');
	flush(c);
	return c->last_id;
}

/* The id of an answer, from the beginning of its text: 0 for an event. */
static uint64_t
id_of(struct fa_str text)
{
	static const char prefix[] = "{\"id\":";
	struct fa_str rest = fa_str_sub(text, sizeof(prefix) - 1, text.n);
	size_t n = 0;
	uint64_t id;

	if (!fa_str_starts(text, FA_STR("{\"id\":")))
		return 0;
	while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
		n++;
	return fa_num_u64(fa_str_sub(rest, 0, n), UINT64_MAX, &id) ? id : 0;
}

static void
take_reply(struct fa_cdp *c, const struct fa_frame *frame)
{
	struct fa_json *tree = NULL;

	c->arrived = true;
	c->too_large = frame->cut;
	if (frame->cut)
		return;
	/* What cannot be read is an answer all the same: to a question that
	 * was too much. */
	if (fa_json_parse(&tree, frame->text, c->reply_arena, NULL) != FA_OK)
		c->too_large = true;
	c->reply = tree;
}

/* Pages may say as much as they like on their console. */
static bool
is_noise(struct fa_str text)
{
	return fa_str_starts(text,
		       FA_STR("{\"method\":\"Runtime.consoleAPICalled")) ||
		fa_str_starts(text,
			FA_STR("{\"method\":\"Runtime.exceptionThrown")) ||
		fa_str_starts(text, FA_STR("{\"method\":\"Animation."));
}

static void
take_other(struct fa_cdp *c, const struct fa_frame *frame, uint64_t id)
{
	struct fa_json *tree = NULL;

	if (frame->cut || is_noise(frame->text))
		return;
	if (id != 0 && !c->hooks.wants(c->hooks.self, id))
		return;
	if (fa_json_parse(&tree, frame->text, &c->events, NULL) != FA_OK)
		tree = NULL;
	if (id != 0)
		c->hooks.answer(
			c->hooks.self, id, fa_json_find(tree, "result"));
	else if (tree != NULL)
		c->hooks.event(c->hooks.self, fa_json_text(tree, "sessionId"),
			fa_json_text(tree, "method"),
			fa_json_find(tree, "params"));
	if (c->events.used_bytes > EVENTS_KEPT) {
		fa_arena_done(&c->events);
		fa_arena_init(&c->events, FA_CDP_EVENT_BYTES);
	}
	fa_arena_reset(&c->events);
}

static bool
take_frames(struct fa_cdp *c)
{
	struct fa_frame frame;
	bool any = false;

	while (fa_frames_next(&c->in, &frame)) {
		uint64_t id = id_of(frame.text);

		any = true;
		if (id != 0 && id == c->awaited)
			take_reply(c, &frame);
		else
			take_other(c, &frame, id);
		if (c->arrived)
			break; /* the rest comes after who waits has seen it */
	}
	return any;
}

static void
read_some(struct fa_cdp *c)
{
	char bytes[READ_BYTES];

	for (int i = 0; i < READS_PER_TURN; i++) {
		ssize_t n = read(c->from, bytes, sizeof(bytes));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0 ||
			fa_frames_add(&c->in,
				(struct fa_str){ bytes, (size_t)n },
				NULL) != FA_OK) {
			c->dead = true;
			return;
		}
	}
}

/* One turn: other work, then the pipe for at most ms. */
static int
turn(struct fa_cdp *c, int64_t ms, bool *any, struct fa_err *err)
{
	bool more = c->hooks.work(c->hooks.self, ms < WORK_MS ? ms : WORK_MS);
	struct pollfd fds[2] = { { .fd = c->from, .events = POLLIN },
		{ .fd = c->to, .events = POLLOUT } };
	int64_t wait_ms = more ? 0 : ms < SLICE_MS ? ms : SLICE_MS;
	int rc;

	flush(c);
	rc = poll(fds, c->written < c->out.n ? 2 : 1,
		wait_ms < 0 ? 0 : (int)wait_ms);
	if (rc > 0 && fds[0].revents != 0)
		read_some(c);
	*any = take_frames(c);
	flush(c);
	return c->hooks.ended(c->hooks.self, err);
}

static int
fail_dead(struct fa_err *err)
{
	return fa_fail(err, FA_E_IO, "the browser ended");
}

static int
refused(const struct fa_json *reply, struct fa_err *err)
{
	const struct fa_json *e = fa_json_find(reply, "error");
	struct fa_str text = fa_json_text(e, "message");

	return fa_fail(
		err, FA_E_INPUT, "the browser refused: %.*s", FA_STR_ARG(text));
}

int
fa_cdp_wait(struct fa_cdp *c, uint64_t id, int64_t ms,
	const struct fa_json **result, struct fa_arena *a, struct fa_err *err)
{
	struct fa_patience patience;
	int rc = FA_OK;
	bool any;

	fa_patience_begin(&patience, ms, fa_cdp_now_ms());
	c->awaited = id;
	c->arrived = c->too_large = false;
	c->reply = NULL;
	c->reply_arena = a;
	any = take_frames(c);
	while (rc == FA_OK && !c->arrived) {
		int64_t now = fa_cdp_now_ms();

		if (c->dead && !any)
			rc = fail_dead(err);
		else if (fa_patience_over(&patience, &c->hooks.patience, now))
			rc = fa_fail(err, FA_E_LIMIT,
				"no answer of the page within %lld ms",
				(long long)ms);
		else
			rc = turn(c, patience.end_ms - now, &any, err);
	}
	c->awaited = 0;
	if (!c->arrived && rc == FA_OK)
		rc = fail_dead(err);
	c->arrived = false;
	if (rc != FA_OK)
		return rc;
	if (c->too_large)
		return fa_fail(err, FA_E_LIMIT,
			"an answer of the browser is too large");
	if (fa_json_find(c->reply, "result") == NULL)
		return refused(c->reply, err);
	if (result != NULL)
		*result = fa_json_find(c->reply, "result");
	return FA_OK;
}

int
fa_cdp_pump(struct fa_cdp *c, int64_t ms, struct fa_err *err)
{
	int64_t end = fa_cdp_now_ms() + ms;
	bool any = take_frames(c);
	int rc = FA_OK;

	while (rc == FA_OK && !any) {
		int64_t left = end - fa_cdp_now_ms();

		if (c->dead)
			return fail_dead(err);
		rc = turn(c, left, &any, err);
		if (left <= 0)
			break;
	}
	return rc;
}
