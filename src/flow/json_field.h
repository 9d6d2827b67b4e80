/* Members of a consent-flow/1 object, taken strictly. The first failure sticks
 * in the reader and names its place ("screens[2].elements[0].box"); after it
 * every function gives what is unknown. Only json_*.c includes this. */
#ifndef FA_FLOW_JSON_FIELD_H
#define FA_FLOW_JSON_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"
#include "model/flow.h"

/* A place in the text, as a chain of steps that ends at the top. */
struct fa_field_at {
	const struct fa_field_at *up; /* NULL: top */
	const char *key;              /* or NULL, then index */
	size_t index;
};

struct fa_field_reader {
	struct fa_arena *a;
	struct fa_err *err;
	int rc;
};

void fa_field_fail(struct fa_field_reader *r, const struct fa_field_at *at,
	int rc, const char *fmt, ...) FA_PRINTF(4, 5);
/* v must be an object with no member but those of names (ends with NULL). */
void fa_field_object(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *v, const char *const *names);
/* Text of a member; absent when it is missing or null. */
struct fa_str fa_field_text(struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *obj,
	const char *key);
/* ... that must be there and not be empty. */
struct fa_str fa_field_name(struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *obj,
	const char *key);
enum fa_tri fa_field_tri(struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *obj,
	const char *key);
/* An integer of 0..max; 0 when it is missing or null. */
uint32_t fa_field_count(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key, uint32_t max);
/* A number with at most two decimals, in hundredths, of min..max; 0 when it is
 * missing or null. */
uint32_t fa_field_hundredths(struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *obj,
	const char *key, uint32_t min, uint32_t max);
/* "#rrggbb", which must be there. */
uint32_t fa_field_colour(struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *obj,
	const char *key);
/* A time, "2026-11-21T03:25:00.000Z", in ms UTC; 0 when missing or null. */
int64_t fa_field_time(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key);
/* A list of at most max values, or NULL when it is missing or null. */
const struct fa_json *fa_field_list(struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *obj,
	const char *key, size_t max);
/* One of the names that parse knows (it gives -1 for others); must be there. */
int fa_field_choice(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key,
	int (*parse)(struct fa_str s));
/* Zeroed memory for n objects, or NULL with the failure noted. */
void *fa_field_new(struct fa_field_reader *r, size_t n, size_t size);

#endif
