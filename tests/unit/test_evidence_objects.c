/* Objects that are named by what they hold. */
#include "fixture_custody.h"

#include <sys/stat.h>

#include "evidence/objects.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define ABC_SM3                                                                \
	"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"

struct place {
	struct fa_arena a;
	struct fa_err err;
	char dir[64], objects[96], path[FA_FILE_PATH_BYTES];
};

static int
set_up(void **state)
{
	static struct place p;

	memset(&p, 0, sizeof(p));
	fa_arena_init(&p.a, 16u << 20);
	(void)snprintf(p.dir, sizeof(p.dir), "/tmp/fa-objects-XXXXXX");
	assert_non_null(mkdtemp(p.dir));
	(void)snprintf(p.objects, sizeof(p.objects), "%s/objects", p.dir);
	*state = &p;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *p = *state;

	log_empty(p->dir);
	fa_arena_done(&p->a);
	return 0;
}

static struct fa_object
put(struct place *p, struct fa_str data)
{
	struct fa_object o;

	if (fa_object_put(&o, fa_str_c(p->objects), data, &p->err) != FA_OK)
		fail_msg("%s", p->err.msg);
	return o;
}

static const char *
path_of(struct place *p, const char *sha256)
{
	assert_int_equal(fa_object_path(p->path, fa_str_c(p->objects),
				 fa_str_c(sha256), &p->err),
		FA_OK);
	return p->path;
}

static size_t
files_in(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		n += strcmp(e->d_name, ".") != 0 &&
			strcmp(e->d_name, "..") != 0;
	(void)closedir(d);
	return n;
}

static void
an_object_is_kept_under_its_digest_and_only_to_be_read(void **state)
{
	struct place *p = *state;
	struct fa_object o = put(p, FA_STR("abc"));
	struct fa_str data;
	struct stat st;

	assert_string_equal(o.sha256, ABC);
	assert_string_equal(o.sm3, ABC_SM3);
	assert_int_equal(o.bytes, 3);
	assert_int_equal(stat(path_of(p, ABC), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0444);
	assert_non_null(strstr(p->path, "/objects/ba/7816bf"));
	assert_int_equal(fa_object_get(&data, fa_str_c(p->objects), FA_STR(ABC),
				 3, &p->a, &p->err),
		FA_OK);
	assert_true(fa_str_eq(data, FA_STR("abc")));
	assert_int_equal(
		fa_object_check(&o, fa_str_c(p->objects), FA_STR(ABC), &p->err),
		FA_OK);
	/* No temporary file is left. */
	assert_int_equal(files_in(p->objects), 1);
}

static void
the_same_object_is_kept_once(void **state)
{
	struct place *p = *state;
	struct stat before, after;

	put(p, FA_STR("abc"));
	assert_int_equal(stat(path_of(p, ABC), &before), 0);
	put(p, FA_STR("abc"));
	assert_int_equal(stat(path_of(p, ABC), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(files_in(p->objects), 1);
}

static void
an_empty_object_is_one_too(void **state)
{
	struct place *p = *state;
	struct fa_object o = put(p, FA_STR("")), again;

	assert_int_equal(o.bytes, 0);
	assert_true(strncmp(o.sha256, "e3b0c442", 8) == 0);
	assert_int_equal(fa_object_digest(&again, FA_STR_NONE, &p->err), FA_OK);
	assert_string_equal(again.sha256, o.sha256);
}

static void
damage(struct place *p, const char *sha256, const char *text)
{
	FILE *f;

	assert_int_equal(chmod(path_of(p, sha256), 0644), 0);
	f = fopen(p->path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
an_object_that_was_changed_is_never_taken_for_what_it_was(void **state)
{
	struct place *p = *state;
	struct fa_str data = FA_STR_NONE;
	struct fa_object o = { .bytes = 7 };

	put(p, FA_STR("abc"));
	damage(p, ABC, "abd");
	assert_int_equal(fa_object_get(&data, fa_str_c(p->objects), FA_STR(ABC),
				 9, &p->a, &p->err),
		FA_E_INPUT);
	assert_null(data.p);
	assert_int_equal(
		fa_object_check(&o, fa_str_c(p->objects), FA_STR(ABC), &p->err),
		FA_E_INPUT);
	assert_int_equal(
		fa_object_put(&o, fa_str_c(p->objects), FA_STR("abc"), &p->err),
		FA_E_INPUT);
	assert_int_equal(o.bytes, 7);
	/* And it is not overwritten: what was found is evidence as well. */
	assert_int_equal(files_in(p->objects), 1);
}

static void
what_is_missing_or_too_large_is_told_apart(void **state)
{
	struct place *p = *state;
	struct fa_str data = FA_STR_NONE;
	struct fa_object o;

	assert_int_equal(fa_object_get(&data, fa_str_c(p->objects), FA_STR(ABC),
				 9, &p->a, &p->err),
		FA_E_NOTFOUND);
	assert_int_equal(
		fa_object_check(&o, fa_str_c(p->objects), FA_STR(ABC), &p->err),
		FA_E_NOTFOUND);
	put(p, FA_STR("abc"));
	assert_int_equal(fa_object_get(&data, fa_str_c(p->objects), FA_STR(ABC),
				 2, &p->a, &p->err),
		FA_E_LIMIT);
}

static void
a_name_that_is_no_digest_leads_nowhere(void **state)
{
	static const char *const names[] = { "", "abc", "../../etc/passwd",
		"BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015"
		"ad",
		"../816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015"
		"ad" };
	struct place *p = *state;

	for (size_t i = 0; i < FA_COUNT(names); i++)
		assert_int_equal(fa_object_path(p->path, fa_str_c(p->objects),
					 fa_str_c(names[i]), &p->err),
			FA_E_USAGE);
}

static void
a_file_becomes_an_object(void **state)
{
	struct place *p = *state;
	char file[128];
	struct fa_object o, d;
	struct fa_str data;
	FILE *f;

	(void)snprintf(file, sizeof(file), "%s/file", p->dir);
	f = fopen(file, "w");
	assert_non_null(f);
	for (int i = 0; i < 50000; i++)
		assert_true(fprintf(f, "line %d\n", i) > 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(fa_object_put_file(&o, fa_str_c(p->objects),
				 fa_str_c(file), &p->err),
		FA_OK);
	assert_int_equal(
		fa_object_digest_file(&d, fa_str_c(file), &p->err), FA_OK);
	assert_memory_equal(&o, &d, sizeof(o));
	assert_int_equal(fa_object_get(&data, fa_str_c(p->objects),
				 fa_str_c(o.sha256), 1u << 20, &p->a, &p->err),
		FA_OK);
	assert_int_equal(data.n, o.bytes);
	assert_int_equal(fa_object_put_file(&o, fa_str_c(p->objects),
				 fa_str_c("/no/such/file"), &p->err),
		FA_E_NOTFOUND);
	assert_int_equal(
		fa_object_digest_file(&d, fa_str_c(p->dir), &p->err), FA_E_IO);
	assert_int_equal(files_in(p->objects), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			an_object_is_kept_under_its_digest_and_only_to_be_read,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_same_object_is_kept_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_empty_object_is_one_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_object_that_was_changed_is_never_taken_for_what_it_was,
			set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_missing_or_too_large_is_told_apart, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_name_that_is_no_digest_leads_nowhere, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_file_becomes_an_object, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
