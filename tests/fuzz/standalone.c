/* Runs a fuzz target over files, without a fuzzing engine, so that `make
 * check` replays the corpus. Arguments are files or directories of files;
 * output is TAP, one test per argument. A finding ends the program. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define STANDALONE_MAX_BYTES (16u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data;
	size_t n;

	if (f == NULL) {
		printf("# cannot open %s\n", path);
		return -1;
	}
	data = malloc(STANDALONE_MAX_BYTES);
	if (data == NULL) {
		fclose(f);
		return -1;
	}
	n = fread(data, 1, STANDALONE_MAX_BYTES, f);
	fclose(f);
	/* An exact copy, so that a sanitizer sees a read behind its end. */
	uint8_t *exact = malloc(n > 0 ? n : 1);
	if (exact == NULL) {
		free(data);
		return -1;
	}
	memcpy(exact, data, n);
	free(data);
	/* Printed first: when the target aborts, it is the last line. */
	printf("# %s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 0;
}

/* Files run, or -1. */
static int
run_path(const char *path)
{
	struct dirent **list;
	struct stat st;
	int i, n, ran = 0;

	if (stat(path, &st) != 0)
		return -1;
	if (!S_ISDIR(st.st_mode))
		return run_file(path) == 0 ? 1 : -1;
	n = scandir(path, &list, NULL, alphasort);
	for (i = 0; i < n; i++) {
		char name[4096];
		int len = snprintf(
			name, sizeof(name), "%s/%s", path, list[i]->d_name);

		if (list[i]->d_name[0] != '.' && len > 0 &&
			(size_t)len < sizeof(name) && ran >= 0)
			ran = run_file(name) == 0 ? ran + 1 : -1;
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return n < 0 ? -1 : ran;
}

int
main(int argc, char **argv)
{
	int i, failed = 0;

	printf("1..%d\n", argc - 1);
	for (i = 1; i < argc; i++) {
		int ran = run_path(argv[i]);

		printf("%sok %d - %s: %d files\n", ran > 0 ? "" : "not ", i,
			argv[i], ran);
		failed += ran <= 0;
	}
	return failed > 0 || argc < 2;
}
