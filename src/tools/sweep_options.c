/* The options of `crawl` and `run`. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"
#include "tools/sweep.h"

/* "0s", "90m", "12h", "30d" */
static int
age(int64_t *out, const char *value, struct fa_err *err)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 },
		{ 'd', 86400000 } };
	struct fa_str s = fa_str_c(value);
	uint64_t n;

	for (size_t i = 0; i < FA_COUNT(units) && s.n > 1; i++) {
		if (s.p[s.n - 1] == units[i].unit &&
			fa_num_u64(fa_str_sub(s, 0, s.n - 1), 1000000, &n)) {
			*out = (int64_t)n * units[i].ms;
			return 0;
		}
	}
	return fa_fail(err, FA_E_USAGE,
		"'%s' is no age, expected one like 0s, 90m, 12h or 30d", value);
}

/* The path as the store keeps it: absolute. */
static int
add_archive(struct fa_sweep *s, const char *value, struct fa_err *err)
{
	char dir[FA_FILE_PATH_BYTES];
	struct fa_str path = fa_str_c(value);
	struct fa_buf b;

	fa_buf_init(&b, 2 * FA_FILE_PATH_BYTES);
	if (value[0] != '/') {
		if (!getcwd(dir, sizeof(dir)))
			return fa_fail(
				err, FA_E_IO, "%s: %s", value, strerror(errno));
		fa_buf_addf(&b, "%s/", dir);
	}
	fa_buf_add(&b, path);
	path = b.rc == 0 ? fa_arena_dup(&s->tool->arena, fa_buf_str(&b))
			 : FA_STR_NONE;
	fa_buf_done(&b);
	if (!path.p)
		return fa_fail(err, FA_E_NOMEM, "out of memory");
	return fa_tool_add(s->from_warc, &s->from_warc_n, path.p, err);
}

/* What goes into a request must not break its lines. */
static int
contact(struct fa_sweep *s, const char *value, struct fa_err *err)
{
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p < ' ' || (unsigned char)*p > '~')
			return fa_fail(err, FA_E_USAGE,
				"--contact is one line of ASCII");
	if (strlen(value) > FA_SWEEP_CONTACT_MAX)
		return fa_fail(err, FA_E_USAGE,
			"--contact is %zu bytes, limit %d", strlen(value),
			FA_SWEEP_CONTACT_MAX);
	s->contact = value;
	return 0;
}

static int
take_number(struct fa_sweep *s, int id, const char *value, struct fa_err *err)
{
	switch (id) {
	case FA_SWEEP_OPT_DEPTH:
		return fa_tool_number(&s->depth, value, 0, 8, err);
	case FA_SWEEP_OPT_DELAY:
		return fa_tool_number(&s->delay_ms, value, 0, 3600000, err);
	case FA_SWEEP_OPT_ADDRESS_DELAY:
		return fa_tool_number(
			&s->address_delay_ms, value, 0, 3600000, err);
	case FA_SWEEP_OPT_PER_ADDRESS:
		return fa_tool_number(&s->per_address, value, 1, 64, err);
	case FA_SWEEP_OPT_IN_FLIGHT:
		return fa_tool_number(
			&s->in_flight, value, 1, FA_FETCH_IN_FLIGHT_MAX, err);
	case FA_SWEEP_OPT_TRIES:
		return fa_tool_number(&s->tries, value, 1, 100, err);
	case FA_SWEEP_OPT_BACKOFF:
		return fa_tool_number(&s->backoff_ms, value, 0, 3600000, err);
	case FA_SWEEP_OPT_TIMEOUT:
		return fa_tool_number(&s->timeout_s, value, 1, 3600, err);
	case FA_SWEEP_OPT_STALL:
		return fa_tool_number(&s->stall_s, value, 1, 3600, err);
	default:
		return fa_tool_number(
			&s->max_bytes, value, 1024, 64u << 20, err);
	}
}

int
fa_sweep_take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct fa_sweep *s = ctx;

	switch (id) {
	case FA_SWEEP_OPT_STORE:
		s->store_dir = value;
		return 0;
	case FA_SWEEP_OPT_CHECK:
		s->check = true;
		return 0;
	case FA_SWEEP_OPT_RECRAWL:
		return age(&s->recrawl_age_ms, value, err);
	case FA_SWEEP_OPT_CONTACT:
		return contact(s, value, err);
	case FA_SWEEP_OPT_ROBOTS:
		return fa_tool_reason(&s->robots_reason, value, err);
	case FA_SWEEP_OPT_ALLOW_NET:
		return fa_guard_allow(&s->guard, fa_str_c(value), err);
	case FA_SWEEP_OPT_RESOLVE:
		return fa_tool_add(s->resolve, &s->resolve_n, value, err);
	case FA_SWEEP_OPT_CACERT:
		s->cacert = value;
		return 0;
	case FA_SWEEP_OPT_FROM_WARC:
		return add_archive(s, value, err);
	case FA_SWEEP_OPT_STORES:
		s->stores_dir = value;
		return 0;
	case FA_SWEEP_OPT_SHARD:
		return fa_shard_parse(&s->shard, value, err);
	case FA_SWEEP_OPT_QUIET:
		s->tool->con.quiet = true;
		return 0;
	default:
		return take_number(s, id, value, err);
	}
}
