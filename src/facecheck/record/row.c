/* A row of the chain: its text, its digest, the way in and out. */
#include "facecheck/record/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define BEGIN_NAME "begin"

const char *
fc_record_event_name(uint8_t event)
{
	return event == FC_RECORD_BEGIN ? BEGIN_NAME : fc_event_name(event);
}

int
fc_state_parse(struct fa_str name)
{
	for (int i = 0; i < FC_S_COUNT; i++)
		if (fa_str_eq(name, fa_str_c(fc_state_name((uint8_t)i))))
			return i;
	return -1;
}

void
fc_facts_write(char out[FC_FACTS_BYTES], uint32_t facts)
{
	size_t n = 0;

	out[0] = '\0';
	for (unsigned i = 0; i < FC_FACTS; i++)
		if (facts & 1u << i)
			n += (size_t)snprintf(out + n, FC_FACTS_BYTES - n,
				"%s%s", n ? "," : "", fc_fact_name(i));
}

static int
fact_parse(struct fa_str name)
{
	for (unsigned i = 0; i < FC_FACTS; i++)
		if (fa_str_eq(name, fa_str_c(fc_fact_name(i))))
			return (int)i;
	return -1;
}

/* Only the one way of writing a set that fc_facts_write has, so that a digest
 * of what was read is one of what stands there. */
bool
fc_facts_parse(uint32_t *out, struct fa_str text)
{
	struct fa_str rest = text;
	char again[FC_FACTS_BYTES];
	uint32_t facts = 0;

	while (rest.n) {
		int bit = fact_parse(fa_str_cut(&rest, ','));

		if (bit < 0)
			return false;
		facts |= 1u << bit;
	}
	fc_facts_write(again, facts);
	if (!fa_str_eq(text, fa_str_c(again)))
		return false;
	*out = facts;
	return true;
}

static void
add_line(struct fa_buf *b, struct fa_str s)
{
	fa_buf_add(b, s);
	fa_buf_addc(b, '\n');
}

int
fc_row_digest(char hex[FA_HASH_HEX_BYTES], struct fc_store *s,
	const char *before, const struct fc_record_row *r, struct fa_err *err)
{
	char facts[FC_FACTS_BYTES];
	struct fa_buf *b = &s->text;
	int rc;

	fc_facts_write(facts, r->facts);
	fa_buf_reset(b);
	fa_buf_addf(b, "facecheck record 1\n%s\n%" PRId64 "\n%" PRId64 "\n",
		before, r->seq, r->at_ms);
	add_line(b, r->session);
	fa_buf_addf(b, "%s\n%s\n%s\n%s\n", fc_state_name(r->before),
		fc_record_event_name(r->event), fc_state_name(r->after), facts);
	add_line(b, r->text);
	add_line(b, r->method);
	add_line(b, r->answer);
	add_line(b, r->matcher);
	add_line(b, r->level);
	rc = fa_buf_rc(b, "record", err);
	if (rc < 0)
		return rc;
	rc = fa_sha256_begin(s->sha, err);
	if (rc == FA_OK)
		rc = fa_sha256_add(s->sha, fa_buf_str(b), err);
	return rc < 0 ? rc : fa_sha256_end(s->sha, hex, err);
}

static bool
one_line(struct fa_str s)
{
	if (s.n > FC_RECORD_FIELD_BYTES || (s.n > 0 && !fa_utf8_valid(s)))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return true;
}

static bool
fields_hold(const struct fc_record_row *r)
{
	return one_line(r->text) && one_line(r->method) &&
		one_line(r->answer) && one_line(r->matcher) &&
		one_line(r->level);
}

static int
event_parse(struct fa_str name)
{
	return fa_str_eq(name, FA_STR(BEGIN_NAME)) ? FC_RECORD_BEGIN
						   : fc_event_parse(name);
}

int
fc_row_read(struct fc_record_row *out, sqlite3_stmt *st, struct fa_err *err)
{
	struct fc_record_row r = {
		.seq = sqlite3_column_int64(st, FC_COL_SEQ),
		.at_ms = sqlite3_column_int64(st, FC_COL_AT),
		.session = fc_db_text(st, FC_COL_SESSION),
		.text = fc_db_text(st, FC_COL_TEXT),
		.method = fc_db_text(st, FC_COL_METHOD),
		.answer = fc_db_text(st, FC_COL_ANSWER),
		.matcher = fc_db_text(st, FC_COL_MATCHER),
		.level = fc_db_text(st, FC_COL_LEVEL),
	};
	int before = fc_state_parse(fc_db_text(st, FC_COL_BEFORE));
	int event = event_parse(fc_db_text(st, FC_COL_EVENT));
	int after = fc_state_parse(fc_db_text(st, FC_COL_AFTER));

	if (before < 0 || event < 0 || after < 0 ||
		!fc_facts_parse(&r.facts, fc_db_text(st, FC_COL_FACTS)) ||
		!one_line(r.session) || !fields_hold(&r) ||
		fc_db_text(st, FC_COL_SHA256).n != FA_HASH_HEX_BYTES - 1)
		return fa_fail(err, FA_E_INPUT,
			"record %" PRId64 " is not one that was written here",
			r.seq);
	r.before = (uint8_t)before;
	r.event = (uint8_t)event;
	r.after = (uint8_t)after;
	*out = r;
	return FA_OK;
}

int
fc_row_check(struct fc_record_row *out, struct fc_store *s,
	char before[FA_HASH_HEX_BYTES], sqlite3_stmt *st, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	struct fc_record_row r;
	int rc = fc_row_read(&r, st, err);

	if (rc == FA_OK)
		rc = fc_row_digest(hex, s, before, &r, err);
	if (rc < 0)
		return rc;
	if (!fa_str_eq(fa_str_c(hex), fc_db_text(st, FC_COL_SHA256)))
		return fa_fail(err, FA_E_INPUT,
			"record %" PRId64
			" does not fit the chain: its digest should be %s",
			r.seq, hex);
	memcpy(before, hex, FA_HASH_HEX_BYTES);
	*out = r;
	return FA_OK;
}

/* Empty and absent make the same digest, so only one of them is written. */
static struct fa_str
or_none(struct fa_str s)
{
	return s.n ? s : FA_STR_NONE;
}

int
fc_row_add(
	struct fc_store *s, const struct fc_record_row *row, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES], before[FA_HASH_HEX_BYTES];
	char facts[FC_FACTS_BYTES];
	struct fc_record_row r = *row;
	int64_t rc;

	if (!fields_hold(&r))
		return fa_fail(err, FA_E_USAGE,
			"what is recorded must be one line of utf-8 of at most "
			"%d bytes",
			FC_RECORD_FIELD_BYTES);
	rc = fc_record_head(s, &r.seq, before, err);
	if (rc < 0)
		return (int)rc;
	r.seq++;
	r.at_ms = fa_clock_now(s->clock);
	rc = fc_row_digest(hex, s, before, &r, err);
	if (rc < 0)
		return (int)rc;
	fc_facts_write(facts, r.facts);
	rc = fc_db_run(&s->db, err,
		"INSERT INTO records (" FC_ROW_COLUMNS
		") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
		"?13)",
		"iitzzzztttttz", r.seq, r.at_ms, r.session,
		fc_state_name(r.before), fc_record_event_name(r.event),
		fc_state_name(r.after), facts, or_none(r.text),
		or_none(r.method), or_none(r.answer), or_none(r.matcher),
		or_none(r.level), hex);
	return rc < 0 ? (int)rc : FA_OK;
}
