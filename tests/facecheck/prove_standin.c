/* All proofs with the matcher of the tests; one line each: "calls proved ...".
 * The status is 0 when none is refuted. */
#include <stdio.h>

#include "facecheck/child/prove.h"
#include "facecheck/standin.h"

static int
picture(void *ctx, uint32_t person, uint32_t take, uint8_t *pixels,
	uint32_t width, uint32_t height)
{
	(void)ctx;
	(void)height;
	standin_picture(pixels, width, person, take);
	return 0;
}

int
main(void)
{
	struct fc_prove_opts o = { .plugin = &standin,
		.picture = picture,
		.width = STANDIN_SIDE,
		.height = STANDIN_SIDE };
	struct fc_proofs proofs;
	struct fa_err err;
	int refuted = 0;

	if (fc_prove_run(&proofs, &o, &err) != FA_OK) {
		printf("failed %s: %s\n", fa_rc_name(err.rc), err.msg);
		return err.rc == FA_E_UNSUPPORTED ? 77 : 2;
	}
	printf("level %s\n", fc_level_name(proofs.level));
	for (int i = 0; i < FC_PROOFS; i++) {
		printf("%s %s %s\n", proofs.result[i].name,
			fc_proved_name(proofs.result[i].proved),
			proofs.result[i].note);
		refuted |= proofs.result[i].proved == FC_REFUTED;
	}
	return refuted;
}
