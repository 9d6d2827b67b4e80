#include "browser/snap.h"

static const char *const style_names[FA_SNAP_STYLES] = { "display",
	"visibility", "opacity", "color", "font-size", "background-color",
	"background-image", "pointer-events", "cursor", "position",
	"overflow-x" };

const char *
fa_snap_style_name(enum fa_snap_style s)
{
	return style_names[s];
}

struct fa_str
fa_snap_string(const struct fa_snap *s, const struct fa_json *index)
{
	if (index == NULL || index->kind != FA_JSON_INT || index->integer < 0 ||
		(uint64_t)index->integer >= s->strings_n)
		return FA_STR_NONE;
	return s->strings[index->integer]->str;
}

struct fa_str
fa_snap_attr(const struct fa_snap *s, uint32_t node, const char *name)
{
	const struct fa_json *v = s->nodes[node].attrs;

	for (; v != NULL && v->next != NULL; v = v->next->next)
		if (fa_str_eq(fa_snap_string(s, v), fa_str_c(name))) {
			struct fa_str value = fa_snap_string(s, v->next);

			/* An empty text has no index. */
			return value.p == NULL ? FA_STR("") : value;
		}
	return FA_STR_NONE;
}

bool
fa_snap_is(const struct fa_snap *s, uint32_t node, const char *name)
{
	return fa_str_eq(s->nodes[node].name, fa_str_c(name));
}

/* HTML, 4.10.5.1 */
const char *
fa_snap_timed(const struct fa_snap *s, uint32_t i)
{
	static const char *const classes[] = { "input-date", "input-month",
		"input-week", "input-time", "input-datetime-local" };
	struct fa_str type = fa_snap_attr(s, i, "type");

	for (size_t k = 0; fa_snap_is(s, i, "INPUT") && k < FA_COUNT(classes);
		k++)
		if (fa_str_ieq(type, fa_str_c(classes[k] + 6)))
			return classes[k];
	return NULL;
}
