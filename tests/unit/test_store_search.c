/* Finding sentences. */
#include "fixture_sweep.h"

#include "store/search.h"

#define TODAY 20261121
#define PAGE(text) SWEEP_POLICY text SWEEP_TAIL

struct found {
	unsigned n, places;
	char last[512];
};

static int
on_hit(void *ctx, const struct fa_search_hit *h, struct fa_err *err)
{
	struct found *f = ctx;

	(void)err;
	f->n++;
	(void)snprintf(f->last, sizeof(f->last), "%.*s", FA_STR_ARG(h->text));
	return FA_OK;
}

static struct found
search(struct sweep *x, struct sweep_store *t, const char *query,
	uint64_t limit)
{
	struct found f = { 0 };
	struct fa_search q;

	OK(x, fa_search_parse(&q, fa_str_c(query), &x->a, &x->err));
	OK(x, fa_store_search(t->s, &q, limit, on_hit, &f, &x->err));
	return f;
}

static struct sweep_store *
fill(struct sweep *x)
{
	struct sweep_store *t = sweep_open(x, 0, "a");

	sweep_target(x, t, "app", "http://h/p");
	sweep_target(x, t, "bpp", "http://h/p");
	sweep_page(x, t, "a", "http://h/p",
		PAGE("您可以自愿刷臉登录。刷脸完成后删除照片。"
		     "请使用 Face ID 或者 100%_真人 认证。"));
	sweep_audit(x, t, TODAY);
	return t;
}

static void
words_of_any_length_are_found(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = fill(x);

	assert_int_equal(search(x, t, "刷", 9).n, 2);
	assert_int_equal(search(x, t, "刷脸", 9).n, 2);
	assert_int_equal(search(x, t, "刷脸登", 9).n, 1);
	assert_int_equal(search(x, t, "自愿刷脸登录", 9).n, 1);
	assert_int_equal(search(x, t, "面部", 9).n, 0);
	assert_int_equal(search(x, t, "面部识别", 9).n, 0);
}

static void
all_words_have_to_stand_in_one_sentence(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = fill(x);

	assert_int_equal(search(x, t, "刷脸 删除照片", 9).n, 1);
	assert_int_equal(search(x, t, "删除照片 刷脸", 9).n, 1);
	assert_int_equal(search(x, t, "自愿 删除照片", 9).n, 0);
	assert_int_equal(search(x, t, "刷脸 -删除照片", 9).n, 1);
	assert_int_equal(
		search(x, t, "刷脸\xE3\x80\x80-\"删除 照片\"", 9).n, 1);
}

static void
queries_are_folded_like_texts(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = fill(x);

	assert_int_equal(search(x, t, "刷臉", 9).n, 2);
	assert_int_equal(search(x, t, "\"刷 脸 登录\"", 9).n, 1);
	assert_int_equal(search(x, t, "ｆａｃｅ", 9).n, 1);
	assert_int_equal(search(x, t, "\"face id\"", 9).n, 1);
}

static void
wildcards_and_operators_mean_themselves(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = fill(x);

	assert_int_equal(search(x, t, "100%_真人", 9).n, 1);
	assert_int_equal(search(x, t, "100_%真人", 9).n, 0);
	assert_int_equal(search(x, t, "刷%登录", 9).n, 0);
	assert_int_equal(search(x, t, "刷脸 AND 登录", 9).n, 0);
	assert_int_equal(search(x, t, "text:刷脸*", 9).n, 0);
	assert_int_equal(search(x, t, "x') OR 1 --", 9).n, 0);
}

static void
the_limit_keeps_the_first(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = fill(x);
	struct found one = search(x, t, "刷脸", 1);

	assert_int_equal(one.n, 1);
	assert_string_equal(one.last, "您可以自愿刷脸登录。");
}

static int
on_place(void *ctx, const struct fa_search_place *p, struct fa_err *err)
{
	struct found *f = ctx;

	(void)err;
	f->places++;
	(void)snprintf(f->last, sizeof(f->last), "%.*s %.*s",
		FA_STR_ARG(p->target), FA_STR_ARG(p->url));
	return FA_OK;
}

static void
a_document_is_placed_at_every_target(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = fill(x);
	struct fa_store_app app = sweep_app(x, t, "app");
	struct found f = { 0 };

	OK(x,
		fa_store_places(t->s, app.documents[0].document, on_place, &f,
			&x->err));
	assert_int_equal(f.places, 2);
	assert_string_equal(f.last, "bpp http://h/p");
}

static void
bad_queries_are_refused(void **state)
{
	static const char *const queries[] = { "", " ", "-a", "\"a", "\"\"",
		"\xff", "a b c d e f g h i j k l m n o p q" };
	struct sweep *x = *state;
	struct fa_search q = { .n = 77 };

	for (size_t i = 0; i < FA_COUNT(queries); i++)
		assert_int_equal(fa_search_parse(&q, fa_str_c(queries[i]),
					 &x->a, &x->err),
			FA_E_USAGE);
	assert_int_equal(q.n, 77);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEP_TEST(words_of_any_length_are_found),
		SWEEP_TEST(all_words_have_to_stand_in_one_sentence),
		SWEEP_TEST(queries_are_folded_like_texts),
		SWEEP_TEST(wildcards_and_operators_mean_themselves),
		SWEEP_TEST(the_limit_keeps_the_first),
		SWEEP_TEST(a_document_is_placed_at_every_target),
		SWEEP_TEST(bad_queries_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
