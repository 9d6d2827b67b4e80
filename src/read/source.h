/* The text of a document as decoded UTF-8, with a way back to its bytes. */
#ifndef FA_READ_SOURCE_H
#define FA_READ_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/cpu.h"
#include "model/doc.h"
#include "read/enc.h"

#define FA_SOURCE_KEEP_BYTES ((size_t)1 << 20) /* of a view, behind */

struct fa_source {
	struct fa_str raw;
	enum fa_encoding encoding;
	size_t bom_bytes;
	struct fa_str text; /* decoded, valid UTF-8; lives with the source */
	enum fa_simd simd;
	bool same;  /* text is raw behind the mark, byte for byte */
	bool paged; /* raw is a view of a file, of which was let go: */
	size_t gone;
	uint32_t bad_bytes;
	struct fa_buf own;          /* text, unless same */
	size_t at_text, at_raw;     /* where the walk of fa_source_raw stands */
	size_t back_text, back_raw; /* the line's beginning, to go back to */
};

/* Decodes raw, which must outlive the source; paged: it is a view of a file.
 * fa_source_done frees it, also after failure. */
FA_MUST_CHECK int fa_source_init(struct fa_source *s, struct fa_str raw,
	struct fa_enc_pick pick, bool paged, struct fa_arena *a,
	struct fa_err *err);
void fa_source_done(struct fa_source *s);
/* What is before raw offset raw will not be needed for now. */
void fa_source_let_go(struct fa_source *s, size_t raw);
static inline void
fa_source_pass(struct fa_source *s, size_t raw)
{
	if (s->paged && raw - s->gone >= FA_SOURCE_KEEP_BYTES)
		fa_source_let_go(s, raw);
}
/* The raw bytes behind text[from, to), which must begin and end at character
 * boundaries. Cheap when calls go forward; a call that goes back starts from
 * the beginning of the line where the last one ended, or else of the text. */
struct fa_range fa_source_raw(struct fa_source *s, size_t from, size_t to);
/* The caller has found that text offset text is raw offset raw; no line ends
 * lie between there and where it asked last. */
void fa_source_move(struct fa_source *s, size_t text, size_t raw);

#endif
