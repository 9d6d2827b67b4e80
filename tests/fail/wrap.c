/* Linked into the program with --wrap: the allocation numbered FAIL_AT fails
 * (1 is the first; 0, none), and with FAIL_AFTER set all later ones too. At
 * the end the number of allocations is written to the file FAIL_COUNT. */
#include <stdio.h>
#include <stdlib.h>

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static unsigned long count, fail_at, fail_after;

__attribute__((constructor)) static void
setup(void)
{
	const char *at = getenv("FAIL_AT");
	const char *after = getenv("FAIL_AFTER");

	if (at != NULL)
		fail_at = strtoul(at, NULL, 10);
	if (after != NULL)
		fail_after = strtoul(after, NULL, 10);
}

__attribute__((destructor)) static void
report(void)
{
	const char *path = getenv("FAIL_COUNT");
	FILE *f = path != NULL ? fopen(path, "w") : NULL;

	if (f == NULL)
		return;
	fprintf(f, "%lu\n", count);
	fclose(f);
}

static int
fails(void)
{
	count++;
	return count == fail_at || (fail_after > 0 && count >= fail_after);
}

void *
__wrap_malloc(size_t n)
{
	return fails() ? NULL : __real_malloc(n);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *p, size_t n)
{
	return fails() ? NULL : __real_realloc(p, n);
}
