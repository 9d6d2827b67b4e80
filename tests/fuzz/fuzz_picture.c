/* Any bytes as a picture: what is told of it is within limits, and its data
 * URI holds all of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report/picture.h"

#define URI_BYTES (64u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int ok)
{
	if (!ok)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data, size };
	struct fa_picture p = { "none", 7, 9 };
	struct fa_buf uri;
	size_t digits;

	if (!fa_picture_read(&p, s)) {
		must(strcmp(p.media, "none") == 0 && p.w == 7 && p.h == 9);
		return 0;
	}
	must(p.w >= 1 && p.w <= FA_PICTURE_SIDE_MAX);
	must(p.h >= 1 && p.h <= FA_PICTURE_SIDE_MAX);
	fa_buf_init(&uri, URI_BYTES);
	fa_picture_data_uri(&uri, &p, s);
	digits = uri.n - strlen("data:;base64,") - strlen(p.media);
	must(uri.rc != 0 || digits == (size + 2) / 3 * 4);
	fa_buf_done(&uri);
	return 0;
}
