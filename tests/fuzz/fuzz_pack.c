/* What a pack holds, read as a verifier reads it. The first byte says what:
 * Z a zip file, P datapackage.json, J judging.json, O a proof (behind a log of
 * its own), U a URL for its key. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "case/pack.h"
#include "case/pack_log.h"
#include "case/wacz.h"
#include "case/zip.h"

#define ARENA_BYTES (256u << 20)
#define TEXT_BYTES (64u << 20)
#define INPUT_BYTES 200000
#define AT_MS INT64_C(1795671600000) /* of zip files among the seeds */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

static char file_name[64], out_name[72];

static void
remove_files(void)
{
	(void)unlink(file_name);
	(void)unlink(out_name);
}

static int
make_file(void)
{
	int fd;

	memcpy(file_name, "/tmp/fa_fuzz_XXXXXX", sizeof("/tmp/fa_fuzz_XXXXXX"));
	fd = mkstemp(file_name);
	check(fd >= 0);
	(void)snprintf(out_name, sizeof(out_name), "%s.out", file_name);
	check(atexit(remove_files) == 0);
	return fd;
}

/* What is accepted has one form: its files, written again, give the same
 * bytes. */
static void
write_again(struct fa_str s, const struct fa_zip *z, int64_t at_ms,
	struct fa_arena *a)
{
	struct fa_zip_writer *w = NULL;
	struct fa_str again;
	struct fa_err err;

	check(fa_zip_create(&w, fa_str_c(out_name), at_ms, a, &err) == FA_OK);
	for (size_t i = 0; i < z->n; i++) {
		const struct fa_zip_entry *e = &z->at[i];
		size_t from = (size_t)e->offset + 30 + e->name.n;
		struct fa_str data =
			fa_str_sub(s, from, from + (size_t)e->bytes);

		check(fa_zip_add(w, e->name, data, &err) == FA_OK);
	}
	check(fa_zip_end(w, &err) == FA_OK);
	check(fa_file_read(&again, fa_str_c(out_name), INPUT_BYTES, a, &err) ==
		FA_OK);
	check(fa_str_eq(again, s));
}

/* Every entry has a name that leads nowhere else, once, and what comes out has
 * the length that it states. */
static void
zip(struct fa_str s, struct fa_arena *a)
{
	bool whole = true;
	static int fd = -1;
	struct fa_zip z = { .n = 0 };
	struct fa_err err;

	if (fd < 0)
		fd = make_file();
	check(ftruncate(fd, 0) == 0);
	check(pwrite(fd, s.p, s.n, 0) == (ssize_t)s.n);
	if (fa_zip_open(&z, fa_str_c(file_name), a, &err) < 0)
		return;
	for (size_t i = 0; i < z.n && i < 20; i++) {
		const struct fa_zip_entry *e = &z.at[i];

		check(fa_zip_name_ok(e->name));
		check(fa_zip_find(&z, e->name) == e);
		check(i == 0 || fa_str_cmp(z.at[i - 1].name, e->name) < 0);
		(void)unlink(out_name);
		if (e->bytes < INPUT_BYTES * 16 &&
			fa_zip_extract(&z, e, fa_str_c(out_name), &err) ==
				FA_OK) {
			FILE *f = fopen(out_name, "rb");

			check(f && fseek(f, 0, SEEK_END) == 0 &&
				ftell(f) == (long)e->bytes);
			(void)fclose(f);
		} else {
			whole = false;
		}
	}
	if (whole && z.n <= 20 && z.time == fa_zip_time(AT_MS))
		write_again(s, &z, AT_MS, a);
	fa_zip_close(&z);
}

/* What is accepted is laid out as we write it. */
static void
package(struct fa_str s, struct fa_arena *a)
{
	struct fa_wacz_package p;
	struct fa_buf again, digest;
	struct fa_err err;

	if (fa_wacz_package_parse(&p, s, a, &err) < 0)
		return;
	fa_buf_init(&again, TEXT_BYTES);
	fa_buf_init(&digest, TEXT_BYTES);
	p.software = FA_STR("x");
	fa_wacz_package_write(&again, &p);
	check(fa_buf_rc(&again, "text", &err) == FA_OK);
	check(fa_wacz_package_parse(&p, fa_buf_str(&again), a, &err) == FA_OK);
	check(fa_wacz_digest_write(&digest, s, &err) == FA_OK);
	check(fa_wacz_digest_check(fa_buf_str(&digest), s, &err) == FA_OK);
	fa_buf_done(&digest);
	fa_buf_done(&again);
}

/* Written and read again, a plan is the same. */
static void
plan(struct fa_str s, struct fa_arena *a)
{
	struct fa_pack_plan p, q;
	struct fa_buf first, second;
	struct fa_err err;

	if (fa_pack_plan_parse(&p, s, a, &err) < 0)
		return;
	fa_buf_init(&first, TEXT_BYTES);
	fa_buf_init(&second, TEXT_BYTES);
	fa_pack_plan_write(&first, &p);
	check(fa_buf_rc(&first, "text", &err) == FA_OK);
	check(fa_pack_plan_parse(&q, fa_buf_str(&first), a, &err) == FA_OK);
	fa_pack_plan_write(&second, &q);
	check(fa_str_eq(fa_buf_str(&first), fa_buf_str(&second)));
	for (size_t i = 0; i < q.targets_n; i++)
		for (size_t k = 0; k < q.targets[i].wants_n; k++)
			check(q.targets[i].wants[k].document <
				(int64_t)q.docs_n);
	fa_buf_done(&second);
	fa_buf_done(&first);
}

/* A log, then "\n\n", then what may be a proof of it. */
static void
proof(struct fa_str s, struct fa_arena *a)
{
	size_t cut = fa_str_find(s, FA_STR("\n\n"), 0);
	struct fa_pack_log log;
	struct fa_err err;
	int64_t seq = 0;

	if (cut == SIZE_MAX)
		return;
	check(fa_pack_log_parse(&log, fa_str_sub(s, 0, cut + 1), a, &err) !=
		FA_E_INPUT);
	check(log.leaves_n == (size_t)log.chain.seq);
	if (fa_pack_proof_check(
		    &seq, &log, fa_str_sub(s, cut + 2, s.n), a, &err) == FA_OK)
		check(seq >= 1 && seq <= (int64_t)log.leaves_n);
	for (size_t i = 1; i <= log.leaves_n; i++) {
		struct fa_buf b;

		fa_buf_init(&b, TEXT_BYTES);
		check(fa_pack_proof_write(&b, &log, (int64_t)i, a, &err) ==
			FA_OK);
		check(fa_pack_proof_check(
			      &seq, &log, fa_buf_str(&b), a, &err) == FA_OK);
		check(seq == (int64_t)i);
		fa_buf_done(&b);
	}
}

/* A key has no blank that the URL has not, and no upper case of the web. */
static void
surt(struct fa_str s)
{
	struct fa_buf b;
	struct fa_err err;

	fa_buf_init(&b, TEXT_BYTES);
	fa_wacz_surt(&b, s);
	check(fa_buf_rc(&b, "key", &err) == FA_OK);
	if (fa_str_starts(s, FA_STR("https://")))
		for (size_t i = 0; i < b.n; i++)
			check(b.p[i] < 'A' || b.p[i] > 'Z');
	fa_buf_done(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data + 1, size - 1 };
	struct fa_arena a;

	if (size < 1 || size > INPUT_BYTES)
		return 0;
	fa_arena_init(&a, ARENA_BYTES);
	switch (data[0]) {
	case 'Z':
		zip(s, &a);
		break;
	case 'P':
		package(s, &a);
		break;
	case 'J':
		plan(s, &a);
		break;
	case 'O':
		proof(s, &a);
		break;
	case 'U':
		surt(s);
		break;
	default:
		break;
	}
	fa_arena_done(&a);
	return 0;
}
