#include "fixture_warc.h"

#include <signal.h>
#include <sys/resource.h>

static void
a_reopened_archive_goes_on_behind_its_end(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place lost;
	struct fa_str id;
	int64_t end;

	fixture_open(p, 0);
	(void)fixture_add(p, &x);
	end = fixture_sync(p);
	lost = fixture_add(p, &x);
	assert_true(lost.offset == end);
	assert_true(fixture_sync(p) > end); /* never committed */
	fixture_close(p);
	fixture_open(p, end);
	assert_true(file_size() == end);
	assert_true(fixture_add(p, &x).offset == end);
	(void)fixture_sync(p);
	fixture_read(p);
	id = fixture_next(p).id;
	for (size_t i = 0; i < 6; i++)
		(void)fixture_next(p);
	assert_at_end(p);
	/* the records name the warcinfo record that is there */
	assert_int_equal(count(file_text(p), "WARC-Warcinfo-ID"), 6);
	assert_int_equal(count(file_text(p), fa_arena_dup(&p->a, id).p), 1 + 6);
}

static void
other_software_gets_a_warcinfo_record_of_its_own(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at;
	struct fa_warc_record rec;
	int64_t end;

	fixture_open(p, 0);
	end = fixture_sync(p);
	fixture_close(p);
	assert_int_equal(
		fa_warc_open(&p->w, NAME, end, FA_STR("faceaudit 9"), &p->err),
		FA_OK);
	assert_true(fa_warc_end(p->w) == end); /* nothing to tell so far */
	at = fixture_add(p, &x);
	assert_true(at.offset > end);
	(void)fixture_add(p, &x);
	(void)fixture_sync(p);
	fixture_read(p);
	(void)fixture_next(p);
	rec = fixture_next(p);
	assert_str(rec.type, "warcinfo");
	assert_true(
		fa_str_starts(rec.block, FA_STR("software: faceaudit 9\r\n")));
	assert_int_equal(
		count(file_text(p), fa_arena_dup(&p->a, rec.id).p), 1 + 6);
	assert_int_equal(fixture_next(p).offset, at.offset);
}

static void
a_damaged_archive_is_not_continued(void **state)
{
	struct place *p = *state;
	int64_t end;

	fixture_open(p, 0);
	end = fixture_sync(p);
	fixture_close(p);
	assert_int_equal(
		fa_warc_open(&p->w, NAME, end + 1, FA_STR("x"), &p->err),
		FA_E_INPUT);
	assert_non_null(strstr(p->err.msg, "the archive was damaged"));
	assert_null(p->w);
	put_file(FA_STR("no archive at all"));
	assert_int_equal(
		fa_warc_open(&p->w, NAME, 3, FA_STR("x"), &p->err), FA_E_INPUT);
	assert_int_equal(file_size(), 17); /* and was not cut */
	assert_int_equal(unlink("a.warc.gz"), 0);
	assert_int_equal(
		fa_warc_open(&p->w, NAME, 3, FA_STR("x"), &p->err), FA_E_IO);
}

static void
what_cannot_be_opened_is_named(void **state)
{
	struct place *p = *state;

	assert_int_equal(fa_warc_open(&p->w, FA_STR("no/a.warc.gz"), 0,
				 FA_STR("x"), &p->err),
		FA_E_IO);
	assert_string_equal(p->err.msg,
		"cannot open no/a.warc.gz: No such file or directory");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(
		fa_warc_open(&p->w, FA_STR("fifo"), 0, FA_STR("x"), &p->err),
		FA_E_IO);
	assert_int_equal(unlink("fifo"), 0);
	assert_int_equal(
		fa_warc_open(&p->w, FA_STR(""), 0, FA_STR("x"), &p->err),
		FA_E_USAGE);
	assert_int_equal(
		fa_warc_open(&p->w, NAME, 0, FA_STR("x\r\ny"), &p->err),
		FA_E_USAGE);
	assert_null(p->w);
}

static void
a_second_writer_is_refused_and_changes_nothing(void **state)
{
	struct place *p = *state;
	struct fa_warc *second = NULL;
	int64_t end;

	fixture_open(p, 0);
	end = fixture_sync(p);
	assert_int_equal(
		fa_warc_open(&second, NAME, 0, FA_STR("x"), &p->err), FA_E_IO);
	assert_string_equal(p->err.msg,
		"cannot write a.warc.gz: another process is writing it");
	assert_true(file_size() == end);
	fixture_close(p);
	fixture_open(p, end);
}

/* Files may grow to bytes; the signal of the kernel is ignored by then. */
static void
limit_files(rlim_t bytes)
{
	struct rlimit l;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &l), 0);
	l.rlim_cur = bytes < l.rlim_max ? bytes : l.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &l), 0);
}

/* Random enough to stay large. */
static struct fa_str
noise(struct place *p, size_t n)
{
	char *s = fa_arena_new(&p->a, n, 1);
	uint32_t x = 7;

	assert_non_null(s);
	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		s[i] = (char)(x >> 24);
	}
	return (struct fa_str){ s, n };
}

static void
a_full_disk_leaves_whole_record_sets_and_a_way_on(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at = { .offset = 7 };
	struct fa_warc_place kept;
	int64_t end;

	(void)signal(SIGXFSZ, SIG_IGN);
	fixture_open(p, 0);
	end = fixture_sync(p);
	kept = fixture_add(p, &x); /* stays in memory for now */
	x.body = noise(p, 3 << 20);
	limit_files(1 << 20);
	assert_int_equal(fa_warc_add(&at, p->w, &x, &p->err), FA_E_IO);
	assert_string_equal(
		p->err.msg, "cannot write a.warc.gz: File too large");
	assert_int_equal(at.offset, 7);
	assert_true(file_size() == end);
	limit_files((rlim_t)end + 10);
	assert_int_equal(fa_warc_sync(p->w, &end, &p->err), FA_E_IO);
	assert_true(file_size() == end);
	/* there is room again */
	limit_files(RLIM_INFINITY);
	assert_true(fixture_add(p, &x).offset > kept.offset);
	(void)fixture_sync(p);
	fixture_read(p);
	(void)fixture_next(p);
	assert_str(fixture_next(p).id, kept.id);
	for (size_t i = 0; i < 5; i++)
		(void)fixture_next(p);
	assert_at_end(p);
}

static void
large_bodies_and_many_small_ones_come_back_whole(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at[300];
	int64_t end;
	struct fa_warc_record rec;
	struct fa_http h;
	struct fa_str all = noise(p, 9 << 20);

	x.body = all;
	fixture_open(p, 0);
	for (size_t i = 0; i < FA_COUNT(at); i++) {
		at[i] = fixture_add(p, &x);
		x.body.n = i * 37; /* at times over what is held back */
	}
	end = fixture_sync(p);
	assert_true(file_size() == end);
	fixture_read(p);
	for (size_t i = FA_COUNT(at); i-- > 0;) {
		size_t want = i == 0 ? 9 << 20 : (i - 1) * 37;

		assert_int_equal(fa_warc_read_at(&rec, p->r, at[i].offset,
					 &p->a, &p->err),
			FA_OK);
		assert_str(rec.id, at[i].id);
		assert_true(rec.length == at[i].length);
		assert_int_equal(
			fa_http_parse(&h, rec.block, &p->a, &p->err), FA_OK);
		assert_true(fa_str_eq(h.body, fa_str_sub(all, 0, want)));
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_reopened_archive_goes_on_behind_its_end),
		TEST(other_software_gets_a_warcinfo_record_of_its_own),
		TEST(a_damaged_archive_is_not_continued),
		TEST(what_cannot_be_opened_is_named),
		TEST(a_second_writer_is_refused_and_changes_nothing),
		TEST(a_full_disk_leaves_whole_record_sets_and_a_way_on),
		TEST(large_bodies_and_many_small_ones_come_back_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
