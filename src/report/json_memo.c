#include "report/json_memo.h"

#include <string.h>

#define SLOTS 1024 /* a power of two */
#define MOST_KEPT (SLOTS / 2)
#define MOST_BYTES (8u << 20) /* of all that is kept */

struct kept {
	struct fa_report_memo_key key; /* kind 0: the slot is free */
	struct fa_str text;
};

struct fa_report_memo {
	struct fa_arena *a;
	size_t n, bytes;
	struct fa_report_memo_forms forms;
	struct kept at[SLOTS];
};

static const struct fa_str place_names[] = { FA_STR_INIT("line"),
	FA_STR_INIT("column"), FA_STR_INIT("end_line"),
	FA_STR_INIT("end_column"), FA_STR_INIT("byte_offset"),
	FA_STR_INIT("byte_length") };
static const struct fa_str words_names[] = { FA_STR_INIT("encoding"),
	FA_STR_INIT("quote"), FA_STR_INIT("text"), FA_STR_INIT("before"),
	FA_STR_INIT("after"), FA_STR_INIT("section"), FA_STR_INIT("cut") };

int
fa_report_memo_new(
	struct fa_report_memo **out, struct fa_arena *a, struct fa_err *err)
{
	struct fa_report_memo *m = fa_arena_new(a, 1, sizeof(*m));

	if (m == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	m->a = a;
	m->forms.place.n = FA_COUNT(place_names);
	memcpy(m->forms.place.name, place_names, sizeof(place_names));
	m->forms.words.n = FA_COUNT(words_names);
	memcpy(m->forms.words.name, words_names, sizeof(words_names));
	*out = m;
	return FA_OK;
}

struct fa_report_memo_forms *
fa_report_memo_forms(struct fa_report_memo *m)
{
	return &m->forms;
}

static bool
same(const struct fa_report_memo_key *a, const struct fa_report_memo_key *b)
{
	return a->kind == b->kind && a->rule == b->rule &&
		a->obligation == b->obligation && a->verdict == b->verdict &&
		a->confidence == b->confidence && a->tier == b->tier &&
		a->place == b->place;
}

/* That of the key, or the free one where it belongs. */
static struct kept *
slot_of(struct fa_report_memo *m, const struct fa_report_memo_key *k)
{
	uint32_t h = (k->rule * 31 + k->obligation) * 31 + k->confidence;
	size_t i;

	h = ((h * 31 + k->kind) * 31 + k->verdict * 8u + k->tier) * 31 +
		k->place;
	h *= 2654435769u; /* 2^32 by the golden ratio: its high bits mix */
	i = h >> 16 & (SLOTS - 1);
	while (m->at[i].key.kind != 0 && !same(&m->at[i].key, k))
		i = (i + 1) & (SLOTS - 1);
	return &m->at[i];
}

bool
fa_report_memo_begin(struct fa_report_memo_part *part, struct fa_report_memo *m,
	struct fa_jw *w, struct fa_report_memo_key key)
{
	const struct kept *k;

	key.place = (uint16_t)(w->depth << 1 | (w->first[w->depth] ? 1 : 0));
	k = slot_of(m, &key);
	if (k->key.kind != 0) {
		fa_jw_members(w, k->text);
		return true;
	}
	*part = (struct fa_report_memo_part){ key, w->out->n };
	return false;
}

void
fa_report_memo_end(const struct fa_report_memo_part *part,
	struct fa_report_memo *m, struct fa_jw *w)
{
	struct fa_str text =
		fa_str_sub(fa_buf_str(w->out), part->from, w->out->n);
	struct kept *k = slot_of(m, &part->key);

	if (w->out->rc != FA_OK || m->n == MOST_KEPT ||
		text.n > MOST_BYTES - m->bytes)
		return;
	k->text = fa_arena_dup(m->a, text);
	if (k->text.p == NULL) {
		w->out->rc = FA_E_NOMEM;
		return;
	}
	k->key = part->key;
	m->n++;
	m->bytes += text.n;
}
