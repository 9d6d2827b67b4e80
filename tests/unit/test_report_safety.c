/* What holds for all writers: hostile text stays text, the same input gives
 * the same bytes, and errors are errors. */
#include "base/utf8.h"
#include "fixture_report.h"
#include "report/common.h"

static struct fa_str
write_all(struct fixture_report *x, const char *writer, bool color)
{
	fixture_open(x, writer);
	x->report.opts.color = color;
	x->report.opts.verbose = true;
	return fixture_write_all(x);
}

/* Nothing but line ends, and what the form asks for: CSV begins with a mark
 * and ends lines with CRLF. */
static void
assert_visible_text(const struct fa_writer *w, struct fa_str s)
{
	bool csv = w == &fa_report_csv;

	assert_true(fa_utf8_valid(s));
	if (csv) {
		assert_true(fa_str_starts(s, FA_STR("\xEF\xBB\xBF")));
		s = fa_str_sub(s, 3, s.n);
	}
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);
		bool end = csv && cp == '\r' && s.n > 1 && s.p[1] == '\n';

		assert_true(cp == '\n' || end || !fa_report_hidden(cp) ||
			(cp == '\t' &&
				(w == &fa_report_html ||
					w == &fa_report_junit)));
		s = fa_str_sub(s, n, s.n);
	}
}

static void
no_writer_lets_a_hidden_character_through(void **state)
{
	(void)state;
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		struct fixture_report x;

		assert_visible_text(fa_report_writers[i],
			write_all(&x, fa_report_writers[i]->name, false));
		fixture_close(&x);
	}
}

/* Random bytes, many of them special to some format or terminal. */
static void
fill(char *p, size_t n, uint64_t *seed)
{
	static const char special[] = "<>&\"'\\\n\r\t\x1B[]{}%\xE2\x80\xAE\xC2";

	for (size_t i = 0; i < n; i++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		p[i] = *seed >> 63
			? special[(*seed >> 33) % (sizeof(special) - 1)]
			: (char)(*seed >> 40);
	}
}

static void
random_bytes_stay_text_in_every_writer(void **state)
{
	uint64_t seed = 11;
	size_t writers = 0;

	(void)state;
	while (fa_report_writers[writers] != NULL)
		writers++;
	for (size_t i = 0; i < 20 * writers; i++) {
		const struct fa_writer *w = fa_report_writers[i % writers];
		struct fixture_report x;
		struct fixture policy;
		struct fa_evidence e = fixture_hostile[0];
		char bytes[97];
		struct fa_str s;

		fill(bytes, sizeof(bytes), &seed);
		s = (struct fa_str){ bytes, i % sizeof(bytes) };
		fixture_open(&x, w->name);
		fixture_hostile_policy(&policy, &x.arena);
		e.text = e.quote = e.before = e.after = e.section = s;
		policy.findings[OB_SOLE].pro = &e;
		policy.findings[OB_SEPARATE].reason = s;
		policy.res.title = s;
		policy.res.name = s;
		fixture_begin(&x);
		fixture_doc(&x, &policy.res);
		assert_visible_text(w, fixture_end(&x));
		fixture_close(&x);
	}
}

static void
colour_is_the_only_source_of_escape_sequences(void **state)
{
	static const char *const names[] = { "text", "line" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		struct fixture_report x;
		struct fa_str s = write_all(&x, names[i], true);
		size_t at = 0;
		size_t seen = 0;

		while ((at = fa_str_find(s, FA_STR("\033"), at)) != SIZE_MAX) {
			struct fa_str rest = fa_str_sub(s, at + 1, s.n);
			size_t n = 1;

			assert_true(rest.n > 1 && rest.p[0] == '[');
			while (n < rest.n &&
				((rest.p[n] >= '0' && rest.p[n] <= '9') ||
					rest.p[n] == ';'))
				n++;
			assert_int_equal(rest.p[n], 'm');
			at++;
			seen++;
		}
		assert_true(seen > 10);
		fixture_close(&x);
	}
}

static void
the_same_results_give_the_same_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		struct fixture_report x, y;
		struct fa_str a =
			write_all(&x, fa_report_writers[i]->name, false);
		struct fa_str b =
			write_all(&y, fa_report_writers[i]->name, false);

		assert_true(fa_str_eq(a, b));
		fixture_close(&x);
		fixture_close(&y);
	}
}

static struct fa_str
write_policy(struct fixture_report *x, const char *writer, bool digests)
{
	struct fixture policy;

	fixture_open(x, writer);
	fixture_hostile_policy(&policy, &x->arena);
	if (!digests)
		policy.res.sha256[0] = policy.res.sm3[0] = '\0';
	fixture_begin(x);
	fixture_doc(x, &policy.res);
	return fixture_end(x);
}

/* What no writer shows need not be computed; one that shows it has to ask. */
static void
a_writer_says_whether_it_shows_digests(void **state)
{
	(void)state;
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		const struct fa_writer *w = fa_report_writers[i];
		struct fixture_report x, y;
		struct fa_str with = write_policy(&x, w->name, true);
		struct fa_str without = write_policy(&y, w->name, false);

		if (fa_str_eq(with, without) == w->digests)
			fail_msg("%s", w->name);
		fixture_close(&x);
		fixture_close(&y);
	}
}

static void
time_appears_only_when_it_is_given(void **state)
{
	static const char *const names[] = { "json", "ndjson", "sarif",
		"html" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		struct fixture_report x;

		assert_false(fixture_has(
			write_all(&x, names[i], false), "2026-11-20T"));
		fixture_close(&x);
		fixture_open(&x, names[i]);
		x.report.opts.now_ms_utc = 1795132800000;
		assert_true(fixture_has(fixture_write_all(&x), "2026-11-20T"));
		fixture_close(&x);
	}
}

static void
a_full_buffer_is_an_error_in_every_writer(void **state)
{
	(void)state;
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		const struct fa_writer *w = fa_report_writers[i];
		struct fixture_report x;
		struct fixture policy;
		struct fa_err err;
		int rc;

		fixture_open(&x, w->name);
		fixture_policy(&policy, &x.arena);
		x.out.max_bytes = 200;
		rc = w->begin(&x.report, &x.out, &err);
		if (rc == FA_OK)
			rc = w->doc(&x.report, &policy.res, &x.out, &err);
		if (rc == FA_OK)
			rc = w->end(&x.report, &x.totals, &x.out, &err);
		assert_int_equal(rc, FA_E_LIMIT);
		fixture_close(&x);
	}
}

static void
a_full_arena_is_an_error_and_not_a_crash(void **state)
{
	(void)state;
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		const struct fa_writer *w = fa_report_writers[i];

		for (size_t limit = 0; limit < 4096; limit += 64) {
			struct fixture_report x;
			struct fixture policy;
			struct fa_arena tiny;
			struct fa_err err;
			int rc;

			fixture_open(&x, w->name);
			fixture_policy(&policy, &x.arena);
			fa_arena_init(&tiny, limit);
			x.report.arena = &tiny;
			rc = w->begin(&x.report, &x.out, &err);
			if (rc == FA_OK)
				rc = w->doc(
					&x.report, &policy.res, &x.out, &err);
			assert_true(rc == FA_OK || rc == FA_E_NOMEM);
			fixture_close(&x);
			fa_arena_done(&tiny);
		}
	}
}

/* Nothing found is no line. */
static bool
is_of_lines(const struct fa_writer *w)
{
	return w == &fa_report_line || w == &fa_report_github ||
		w == &fa_report_rdjsonl;
}

static void
a_run_without_documents_is_complete(void **state)
{
	(void)state;
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		struct fixture_report x;
		struct fa_str s;

		fixture_open(&x, fa_report_writers[i]->name);
		fixture_begin(&x);
		s = fixture_end(&x);
		assert_true(s.n > 0 || is_of_lines(fa_report_writers[i]));
		fixture_close(&x);
	}
}

static void
writers_are_found_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		assert_ptr_equal(fa_report_writers[i],
			fa_report_find(fa_str_c(fa_report_writers[i]->name)));
	}
	assert_null(fa_report_find(FA_STR("tex")));
	assert_null(fa_report_find(FA_STR("")));
}

static void
assert_visible(const char *in, bool lines, const char *want)
{
	struct fa_buf out;

	fa_buf_init(&out, FIXTURE_OUT_BYTES);
	fa_report_visible(&out, fa_str_c(in), lines);
	assert_string_equal(out.p, want);
	fa_buf_done(&out);
}

static void
hidden_characters_become_visible(void **state)
{
	(void)state;
	assert_visible("a\xE2\x80\xAE"
		       "b",
		false, "a⟨U+202E⟩b");
	assert_visible("\x1B[0m", false, "⟨U+001B⟩[0m");
	assert_visible("a\r\nb\tc", true, "a\nb\tc");
	assert_visible("a\r\nb\rc", false, "a⟨U+000D⟩⟨U+000A⟩b⟨U+000D⟩c");
	assert_visible("\xFF\xC2", false, "\xEF\xBF\xBD\xEF\xBF\xBD");
	assert_visible("人脸𠮷", false, "人脸𠮷");
}

static void
assert_uri(const char *path, const char *want)
{
	struct fa_buf out;

	fa_buf_init(&out, FIXTURE_OUT_BYTES);
	fa_report_uri(&out, fa_str_c(path));
	assert_string_equal(out.p, want);
	fa_buf_done(&out);
}

static void
paths_become_uri_references(void **state)
{
	(void)state;
	assert_uri("docs/privacy.md", "docs/privacy.md");
	assert_uri("./a b", "a%20b");
	assert_uri("隐私", "%E9%9A%90%E7%A7%81");
	assert_uri("c:d#e?f%", "c%3Ad%23e%3Ff%25");
	assert_uri("/tmp/a", "file:///tmp/a");
	assert_uri("//tmp/a", "file:///tmp/a");
	assert_uri("-", "-");
}

static void
assert_article(const char *in, enum fa_lang lang, const char *want)
{
	struct fa_buf out;

	fa_buf_init(&out, FIXTURE_OUT_BYTES);
	fa_report_article(&out, fa_str_c(in), lang);
	assert_string_equal(out.p, want);
	fa_buf_done(&out);
}

static void
articles_are_cited_in_the_language_of_the_report(void **state)
{
	(void)state;
	assert_article("10", FA_LANG_ZH, "第10条");
	assert_article("10(1)", FA_LANG_ZH, "第10条第1款");
	assert_article("5(1)(2)", FA_LANG_ZH, "第5条第1款第2项");
	assert_article("253-1", FA_LANG_ZH, "第253条之1");
	assert_article("10(1)", FA_LANG_EN, "Art. 10(1)");
	assert_article("附录C", FA_LANG_ZH, "附录C");
	assert_article("10(x)", FA_LANG_ZH, "10(x)");
}

static void
assert_same_fingerprint(
	bool same, const char *quote, const char *other, const char *path)
{
	char a[FA_HASH_HEX_BYTES], b[FA_HASH_HEX_BYTES];
	struct fa_err err;

	assert_int_equal(fa_report_fingerprint_in(a, FA_STR("R"),
				 fa_str_c(quote), FA_STR("./a.md"), &err),
		FA_OK);
	assert_int_equal(fa_report_fingerprint_in(b, FA_STR("R"),
				 fa_str_c(other), fa_str_c(path), &err),
		FA_OK);
	assert_int_equal(strcmp(a, b) == 0, same);
}

static void
a_fingerprint_ignores_blanks_but_not_words_nor_the_path(void **state)
{
	(void)state;
	assert_same_fingerprint(
		true, "不进行 人脸识别", "不进行人脸　识别", "a.md");
	assert_same_fingerprint(
		false, "不进行人脸识别", "不进行人脸验证", "a.md");
	assert_same_fingerprint(
		false, "不进行人脸识别", "不进行人脸识别", "b.md");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_writer_lets_a_hidden_character_through),
		cmocka_unit_test(random_bytes_stay_text_in_every_writer),
		cmocka_unit_test(colour_is_the_only_source_of_escape_sequences),
		cmocka_unit_test(the_same_results_give_the_same_bytes),
		cmocka_unit_test(a_writer_says_whether_it_shows_digests),
		cmocka_unit_test(time_appears_only_when_it_is_given),
		cmocka_unit_test(a_full_buffer_is_an_error_in_every_writer),
		cmocka_unit_test(a_full_arena_is_an_error_and_not_a_crash),
		cmocka_unit_test(a_run_without_documents_is_complete),
		cmocka_unit_test(writers_are_found_by_name),
		cmocka_unit_test(hidden_characters_become_visible),
		cmocka_unit_test(paths_become_uri_references),
		cmocka_unit_test(
			articles_are_cited_in_the_language_of_the_report),
		cmocka_unit_test(
			a_fingerprint_ignores_blanks_but_not_words_nor_the_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
