/* A bundle as C source: constants that are there when the program starts, so
 * that nothing is read, checked or allocated then, and that all processes
 * share.
 *
 *     static const char t[] = "FRM.10.1\000" ...;        every text, once
 *     static const struct fa_str words[] = {{t+9,6},...};
 *     static const struct fa_lexicon lexicons[] = {...};
 *     ...
 *     const struct fa_bundle *const fa_bundle_builtin = &bundle;
 *
 * What several structs have a list of stands in one table, one list behind the
 * other. Initialisers name no members and are complete: the compiler refuses
 * them (-Wmissing-field-initializers) when a struct has a member that is not
 * written here. */
#include "rules/source.h"

#include "rules/rules.h"

#define SOURCE_BYTES ((size_t)256 << 20)

static void
write_instruments(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;

	if (!fa_source_table_begin(
		    s, "struct fa_instrument", "instruments", b->instruments_n))
		return;
	for (size_t i = 0; i < b->instruments_n; i++) {
		const struct fa_instrument *it = &b->instruments[i];

		fa_source_item_begin(s);
		fa_source_str(s, it->code);
		fa_source_text2(s, &it->title);
		fa_source_text2(s, &it->issuer);
		fa_source_str(s, it->number);
		fa_buf_addf(s->body, "%ld,%ld,", (long)it->in_force_from,
			(long)it->in_force_to);
		fa_source_str(s, it->page);
		fa_source_number(s, it->binding);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
write_refs(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t total = 0;

	for (size_t i = 0; i < b->obligations_n; i++)
		total += b->obligations[i].refs_n;
	if (!fa_source_table_begin(s, "struct fa_ref", "refs", total))
		return;
	for (size_t i = 0; i < b->obligations_n; i++) {
		for (size_t k = 0; k < b->obligations[i].refs_n; k++) {
			fa_source_item_begin(s);
			fa_source_str(s, b->obligations[i].refs[k].instrument);
			fa_source_str(s, b->obligations[i].refs[k].article);
			fa_source_item_end(s);
		}
	}
	fa_source_table_end(s);
}

static void
write_obligation(
	struct fa_source *s, const struct fa_obligation *o, size_t refs)
{
	fa_source_item_begin(s);
	fa_source_str(s, o->id);
	if (o->part_of == NULL)
		fa_buf_adds(s->body, "NULL,");
	else
		fa_buf_addf(s->body, "obligations+%zu,",
			(size_t)(o->part_of - s->b->obligations));
	fa_source_number(s, o->instrument);
	fa_source_str(s, o->article);
	fa_source_number(s, o->kind);
	fa_source_number(s, o->severity);
	fa_source_number(s, o->silent);
	fa_source_number(s, o->scopes);
	fa_source_text2(s, &o->title);
	fa_source_text2(s, &o->why);
	fa_source_text2(s, &o->fix);
	fa_source_text2(s, &o->wording);
	fa_source_number(s, o->wording_line);
	fa_source_text2(s, &o->gap);
	fa_source_list(s, "struct fa_ref", "refs", refs, o->refs_n);
	fa_source_number(s, o->gap_rule);
	fa_source_number(s, o->loss);
	fa_source_item_begin(s);
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		fa_buf_addf(s->body, "{%lu,%lu},",
			(unsigned long)o->recall[i].labelled,
			(unsigned long)o->recall[i].found);
	fa_buf_adds(s->body, "},");
	fa_source_str(s, o->file);
	fa_source_number(s, o->line);
	fa_source_item_end(s);
}

static void
write_obligations(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t refs = 0;

	if (!fa_source_table_begin(
		    s, "struct fa_obligation", "obligations", b->obligations_n))
		return;
	for (size_t i = 0; i < b->obligations_n; i++) {
		write_obligation(s, &b->obligations[i], refs);
		refs += b->obligations[i].refs_n;
	}
	fa_source_table_end(s);
}

static void
write_sets(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;

	if (!fa_source_table_begin(
		    s, "struct fa_labelled_set", "sets", b->sets_n))
		return;
	for (size_t i = 0; i < b->sets_n; i++) {
		fa_source_item_begin(s);
		fa_source_str(s, b->sets[i].name);
		fa_source_number(s, b->sets[i].documents);
		fa_source_str(s, b->sets[i].sha256);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
write_covers(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t total = 0;

	for (size_t i = 0; i < b->ledger_n; i++)
		total += b->ledger[i].obligations_n;
	if (!fa_source_table_begin(s, "uint32_t", "covers", total))
		return;
	for (size_t i = 0; i < b->ledger_n; i++)
		for (size_t k = 0; k < b->ledger[i].obligations_n; k++)
			fa_source_number(s, b->ledger[i].obligations[k]);
	fa_source_table_end(s);
}

static void
write_ledger(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t covers = 0;

	if (!fa_source_table_begin(
		    s, "struct fa_ledger_entry", "ledger", b->ledger_n))
		return;
	for (size_t i = 0; i < b->ledger_n; i++) {
		const struct fa_ledger_entry *e = &b->ledger[i];

		fa_source_item_begin(s);
		fa_source_str(s, e->id);
		fa_source_number(s, e->instrument);
		fa_source_str(s, e->article);
		fa_source_number(s, e->status);
		fa_source_list(
			s, "uint32_t", "covers", covers, e->obligations_n);
		covers += e->obligations_n;
		fa_source_text2(s, &e->title);
		fa_source_text2(s, &e->ask);
		fa_source_str(s, e->file);
		fa_source_number(s, e->line);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
write_unmeasured(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;

	if (!fa_source_table_begin(
		    s, "struct fa_str", "unmeasured", b->unmeasured_n))
		return;
	for (size_t i = 0; i < b->unmeasured_n; i++)
		fa_source_str(s, b->unmeasured[i]);
	fa_source_table_end(s);
}

static void
write_whole(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;

	fa_buf_adds(s->body, "static const struct fa_bundle bundle = {\n");
	fa_source_str(s, b->version);
	fa_source_list(
		s, "struct fa_instrument", "instruments", 0, b->instruments_n);
	fa_source_list(
		s, "struct fa_obligation", "obligations", 0, b->obligations_n);
	fa_source_list(s, "struct fa_rule", "rules", 0, b->rules_n);
	fa_source_list(s, "struct fa_lexicon", "lexicons", 0, b->lexicons_n);
	fa_source_list(s, "struct fa_pattern", "patterns", 0, b->patterns_n);
	fa_source_list(s, "struct fa_labelled_set", "sets", 0, b->sets_n);
	fa_source_list(s, "struct fa_ledger_entry", "ledger", 0, b->ledger_n);
	fa_source_list(s, "struct fa_str", "unmeasured", 0, b->unmeasured_n);
	fa_source_item_begin(s);
	for (size_t i = 0; i < FA_SEVERITY_COUNT; i++)
		fa_source_number(s, b->loss[i]);
	fa_buf_adds(s->body, "},");
	fa_source_number(s, b->established);
	fa_source_number(s, b->probable);
	fa_buf_addf(s->body, "\"%s\",&table,&programs,", b->sha256);
	fa_source_table_end(s);
}

static void
write_tables(struct fa_source *s)
{
	write_instruments(s);
	write_refs(s);
	write_obligations(s);
	fa_source_rules(s);
	fa_source_words(s);
	fa_source_programs(s);
	write_sets(s);
	write_covers(s);
	write_ledger(s);
	write_unmeasured(s);
	write_whole(s);
}

static int
join(const struct fa_source *s, struct fa_buf *out, struct fa_err *err)
{
	int rc = s->rc < 0 ? fa_fail(err, FA_E_NOMEM,
				     "out of memory for the source of rules")
			   : fa_buf_rc(s->texts, "the texts of rules", err);

	if (rc == FA_OK)
		rc = fa_buf_rc(s->body, "the source of rules", err);
	if (rc != FA_OK)
		return rc;
	fa_buf_adds(out,
		"/* Written by `faceaudit rules compile --source'. */\n"
		"#include \"model/program.h\"\n"
		"#include \"model/words.h\"\n"
		"#include \"tools/bundle.h\"\n"
		"#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
		"#pragma GCC diagnostic ignored \"-Wcast-qual\"\n"
		"static const char t[] =\n\"\"\n");
	fa_buf_add(out, fa_buf_str(s->texts));
	fa_buf_adds(out, ";\n");
	fa_buf_add(out, fa_buf_str(s->body));
	fa_buf_adds(out,
		"const struct fa_bundle *const fa_bundle_builtin = "
		"&bundle;\n");
	return fa_buf_rc(out, "the source of rules", err);
}

int
fa_rules_write_source(const struct fa_bundle *b, struct fa_buf *out,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_buf body FA_CLEANUP(fa_buf_done);
	struct fa_buf texts FA_CLEANUP(fa_buf_done);
	struct fa_source *s = fa_arena_new(a, 1, sizeof(*s));

	fa_buf_init(&body, SOURCE_BYTES);
	fa_buf_init(&texts, SOURCE_BYTES);
	if (s == NULL)
		return fa_fail(err, FA_E_NOMEM,
			"out of memory for the source of rules");
	s->b = b;
	s->a = a;
	s->body = &body;
	s->texts = &texts;
	write_tables(s);
	return join(s, out, err);
}
