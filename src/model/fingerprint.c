#include "model/fingerprint.h"

#include "base/buf.h"
#include "base/utf8.h"

#define KEY_BYTES (1u << 20)

static void
add_folded(struct fa_buf *out, struct fa_str text)
{
	while (text.n > 0) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t n = fa_utf8_next(text, &cp);

		text = fa_str_sub(text, n, text.n);
		if (fa_rune_is_space(cp))
			continue;
		n = fa_rune_fold(cp, folded);
		fa_buf_add(out, (struct fa_str){ folded, n });
	}
}

int
fa_fingerprint(char hex[FA_HASH_HEX_BYTES], struct fa_str rule,
	struct fa_str text, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf key;
	int rc;

	fa_buf_init(&key, KEY_BYTES);
	fa_buf_add(&key, rule);
	fa_buf_addc(&key, '\n');
	add_folded(&key, text);
	rc = fa_buf_rc(&key, "fingerprint", err);
	return rc < 0 ? rc : fa_hash_sha256(hex, fa_buf_str(&key), err);
}

bool
fa_fingerprint_holds(struct fa_str text, struct fa_str part)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf whole;
	FA_CLEANUP(fa_buf_done) struct fa_buf piece;

	fa_buf_init(&whole, KEY_BYTES);
	fa_buf_init(&piece, KEY_BYTES);
	add_folded(&whole, text);
	add_folded(&piece, part);
	return whole.rc == FA_OK && piece.rc == FA_OK && piece.n > 0 &&
		fa_str_find(fa_buf_str(&whole), fa_buf_str(&piece), 0) !=
		SIZE_MAX;
}
