/* The inside of telling a judgement. Private to case. */
#ifndef FA_CASE_JUDGE_PARTS_H
#define FA_CASE_JUDGE_PARTS_H

#include "case/judge.h"
#include "store/app.h"
#include "store/judge.h"

struct fa_judge_one { /* a document that was judged */
	struct fa_store_document d;
	struct fa_store_judgement j;
	const struct fa_store_app_document *as;
	struct fa_str url, final;
};

struct fa_judge_work {
	struct fa_session *s;
	const struct fa_audit *audit;
	struct fa_arena a;
	struct fa_str key;
	struct fa_store_app app;
	struct fa_judge_one *at;
	size_t n;
};

/* Members that say which document it is. */
void fa_judge_write_document(struct fa_jw *w, const struct fa_judge_one *x);
/* Was this document told already, or not judged at all? The same one may be
 * wanted twice. */
bool fa_judge_is_again(const struct fa_judge_work *w, size_t i);
/* judge_text.c: the extract events. */
FA_MUST_CHECK int fa_judge_texts(struct fa_judge_work *w, struct fa_err *err);

#endif
