/* Any text as a rule file beside sound instruments, weights and lexicons. A
 * line "%%" separates several files. */
#include "fuzz/invariant_rules.h"
#include "rules/load.h"

#define FILES_MAX 6

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char instruments[] =
	"instruments:\n  FRM:\n    title:\n      zh: '办法'\n      en: 'M'\n"
	"    issuer:\n      zh: '网信办'\n      en: 'CAC'\n"
	"    in_force_from: '2025-06-01'\n    page: 'https://www.cac.gov.cn/'\n"
	"    binding: yes\n";

static const char weights[] =
	"weights:\n  critical: 750\n  high: 450\n  medium: 200\n  low: 80\n"
	"  advisory: 0\ntiers:\n  established: 900\n  probable: 700\n";

static const char lexicons[] =
	"lexicons:\n  face:\n    words:\n      - '人脸'\n      - '刷脸'\n"
	"  refuse:\n    words:\n      - '拒绝'\n      - '不同意'\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_load_source sources[3 + FILES_MAX] = {
		{ FA_STR("i.yaml"), fa_str_c(instruments) },
		{ FA_STR("w.yaml"), fa_str_c(weights) },
		{ FA_STR("l.yaml"), fa_str_c(lexicons) },
	};
	struct fa_str rest = { (const char *)data, size };
	struct fa_bundle *b = NULL;
	struct fa_arena a;
	struct fa_err err;
	size_t n = 3;
	int rc;

	while (n < FA_COUNT(sources)) {
		size_t cut = fa_str_find(rest, FA_STR("\n%%\n"), 0);

		sources[n].path = FA_STR("fuzz.yaml");
		sources[n++].text = fa_str_sub(rest, 0, cut);
		if (cut == SIZE_MAX)
			break;
		rest = fa_str_sub(rest, cut + 4, rest.n);
	}
	fa_arena_init(&a, 256u << 20);
	rc = fa_load_sources(&b, FA_STR("fuzz"), sources, n, &a, &err);
	must((rc == FA_OK) == (b != NULL));
	must(rc == FA_OK || err.msg[0] != '\0');
	if (rc == FA_OK)
		bundle_holds(b, &a);
	fa_arena_done(&a);
	return 0;
}
