#include "flow/json_view.h"

#include "base/num.h"

enum fa_tri
fa_json_view_tri(const struct fa_json *obj, const char *key)
{
	const struct fa_json *v = fa_json_find(obj, key);

	if (v == NULL)
		return FA_TRI_UNKNOWN;
	if (v->kind == FA_JSON_BOOL)
		return v->boolean ? FA_TRI_YES : FA_TRI_NO;
	return v->kind == FA_JSON_STRING ? fa_native_tri(v->str)
					 : FA_TRI_UNKNOWN;
}

int32_t
fa_json_view_int(const struct fa_json *obj, const char *key, int32_t fallback)
{
	const struct fa_json *v = fa_json_find(obj, key);
	uint64_t n;

	if (v == NULL)
		return fallback;
	if (v->kind == FA_JSON_INT && v->integer >= INT32_MIN &&
		v->integer <= INT32_MAX)
		return (int32_t)v->integer;
	if (v->kind == FA_JSON_STRING && fa_num_u64(v->str, INT32_MAX, &n))
		return (int32_t)n;
	return fallback;
}
