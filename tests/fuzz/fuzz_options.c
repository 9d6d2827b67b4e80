/* Option parsing. Invariant: every argument is taken once, and operands keep
 * their order. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "cli/options.h"

#define ARGS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct fa_option table[] = {
	{ 1, 'o', "output", "FILE", FA_CLI_TEXT("写", "write") },
	{ 2, 'q', "quiet", NULL, FA_CLI_TEXT("静", "quiet") },
	{ 3, 0, "as-of", "DATE", FA_CLI_TEXT("日", "date") },
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	size_t *taken = ctx;

	(void)err;
	assert(id >= 1 && id <= 3);
	assert((value != NULL) == (id != 2));
	(*taken)++;
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_options options = { table, FA_COUNT(table) };
	char *args[ARGS_MAX + 1], *before[ARGS_MAX + 1];
	struct fa_err err;
	size_t taken = 0, at = 0;
	int i, j = 1, n, argc = 1;
	char *text = malloc(size + 1);

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	args[0] = text;
	while (at < size && argc < ARGS_MAX) {
		args[argc++] = text + at;
		at += strlen(text + at) + 1;
	}
	memcpy(before, args, sizeof(before[0]) * (size_t)argc);
	if (fa_options_parse(&n, options, argc, args, take, &taken, &err) ==
		0) {
		assert(n >= 0 && n < argc);
		for (i = 1; i <= n; i++) {
			while (j < argc && before[j] != args[i])
				j++;
			assert(j < argc);
			j++;
		}
	} else {
		assert(err.rc == FA_E_USAGE && err.msg[0] != '\0');
	}
	free(text);
	return 0;
}
