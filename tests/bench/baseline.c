/* The ratios of an earlier run. A regression is one that fell by more than
 * 15 %; ratios of another corpus are not compared. */
#include "bench/bench.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"

#define KEPT_MILLI 850

static void
write_it(const struct bench *b, const char *path)
{
	struct fa_buf out FA_CLEANUP(fa_buf_done);
	struct fa_jw w;
	struct fa_err err;

	fa_buf_init(&out, 1 << 20);
	fa_jw_init(&w, &out, 2);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "corpus", fa_str_c(b->corpus));
	fa_jw_key(&w, "ratios");
	fa_jw_object(&w);
	for (size_t i = 0; i < b->ratios_n; i++)
		fa_jw_kint(&w, b->ratios[i].name, b->ratios[i].milli);
	fa_jw_end(&w, '}');
	fa_jw_end(&w, '}');
	fa_buf_addc(&out, '\n');
	if (fa_buf_rc(&out, "baseline", &err) < 0 ||
		fa_file_replace(fa_str_c(path), fa_buf_str(&out), &err) < 0)
		bench_die("%s", err.msg);
	printf("%s: %zu ratios written\n", path, b->ratios_n);
}

static void
compare(struct bench *b, const struct fa_json *ratios)
{
	for (size_t i = 0; i < b->ratios_n; i++) {
		const struct bench_ratio *r = &b->ratios[i];
		int64_t was = fa_json_int(ratios, r->name, 0);
		char x[BENCH_MILLI_BYTES], y[BENCH_MILLI_BYTES];

		if (was > 0 && r->milli * 1000 < was * KEPT_MILLI)
			bench_fail(b, "%s fell from %s to %s", r->name,
				bench_milli(x, was), bench_milli(y, r->milli));
	}
}

void
bench_baseline(struct bench *b, const char *path, bool anew)
{
	struct fa_json *json;
	struct fa_str text;
	struct fa_err err;

	if (anew) {
		write_it(b, path);
		return;
	}
	if (fa_file_read(&text, fa_str_c(path), FA_JSON_MAX_BYTES, &b->a,
		    &err) < 0 ||
		fa_json_parse(&json, text, &b->a, &err) < 0) {
		printf("left out: comparison with a baseline: %s\n", err.msg);
		return;
	}
	if (!fa_str_eq(fa_json_text(json, "corpus"), fa_str_c(b->corpus))) {
		printf("left out: comparison with %s, which is of another "
		       "corpus\n",
			path);
		return;
	}
	compare(b, fa_json_find(json, "ratios"));
}
