/* PDF, by the pdftotext of the system; small ones are written here, and one
 * with Chinese text is a golden case. */
#include "unit/fixture_read.h"

#include <stdlib.h>

/* Poppler finds objects without a table of them. */
#define HEAD                                                                   \
	"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"               \
	"2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj\n"             \
	"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
#define PAGE(number, content)                                                  \
	number " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/"        \
	       "Resources<</Font<</F 4 0 R>>>>/Contents " content              \
	       " 0 R>>endobj\n"
#define STREAM(number, text)                                                   \
	number " 0 obj<</Length 4000>>stream\nBT /F 10 Tf 12 TL 10 380 "       \
	       "Td " text " ET\nendstream endobj\n"
#define TAIL "trailer<</Root 1 0 R>>\n%%EOF\n"

static void
read_pdf(struct reading *r, struct fa_str raw)
{
	struct fa_read_opts opts = { .name = FA_STR("x.pdf"), .derive = true };

	memset(r, 0, sizeof(*r));
	fa_arena_init(&r->a, (size_t)1 << 30);
	r->rc = fa_read(&r->doc, raw, &opts, &r->a, &r->err);
	if (r->rc == FA_OK)
		invariant_read(&r->doc);
}

static const struct fa_str two_pages = FA_STR_INIT(HEAD PAGE("3", "5") STREAM(
	"5",
	"(Running head of the policy) Tj T* "
	"(We ask you for your face when you log in, and we keep nothing of) Tj "
	"T* (it at all.) Tj T* "
	"(If you refuse, other ways are open to you, as they are to all who) "
	"Tj "
	"T* (1) Tj") PAGE("6", "7") STREAM("7",
	"(Running head of the policy) Tj T* "
	"(would rather not. That is the end.) Tj T* (2) "
	"Tj") TAIL);

static void
lines_of_the_paper_are_joined_over_pages(void **state)
{
	struct reading r;

	(void)state;
	read_pdf(&r, two_pages);
	if (r.rc != FA_OK)
		fail_msg("%s", r.err.msg);
	assert_int_equal(r.doc.format, FA_FORMAT_PDF);
	assert_false(r.doc.loose);
	assert_str(r.doc.derived, "text of the pages, by pdftotext -raw");
	assert_int_equal(r.doc.blocks_n, 3);
	assert_str(reading_text(&r, 0), "Running head of the policy");
	assert_str(reading_text(&r, 1),
		"We ask you for your face when you log in, and we keep "
		"nothing of it at all.");
	assert_str(reading_text(&r, 2),
		"If you refuse, other ways are open to you, as they are to "
		"all who would rather not. That is the end.");
	assert_str(fa_doc_key_at(&r.doc, 2)->name, "p.1");
	reading_done(&r);
}

static void
passages_are_named_after_their_pages(void **state)
{
	struct reading r;

	(void)state;
	read_pdf(&r,
		FA_STR(HEAD PAGE("3", "5") STREAM("5", "(One.) Tj")
				PAGE("6", "7") STREAM("7", "(Two.) Tj") TAIL));
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.blocks_n, 2);
	assert_str(fa_doc_key_at(&r.doc, 0)->name, "p.1");
	assert_str(fa_doc_key_at(&r.doc, 1)->name, "p.2");
	reading_done(&r);
}

static void
what_cannot_be_read_is_an_error_and_no_empty_document(void **state)
{
	static const struct {
		struct fa_str raw;
		int rc;
		const char *said;
	} cases[] = {
		{ FA_STR_INIT(HEAD PAGE("3", "5") STREAM("5", "") PAGE("6", "7")
				  STREAM("7", "") TAIL),
			FA_E_UNSUPPORTED,
			"x.pdf: no text on the 2 pages of the PDF: are they "
			"scanned?" },
		{ FA_STR_INIT("%PDF-1.4\nnothing else\n"), FA_E_INPUT,
			"x.pdf: damaged PDF (pdftotext: " },
		{ FA_STR_INIT(HEAD
			  "8 0 obj<</Filter/Standard/V 1/R 2/P -4"
			  "/O<0000000000000000000000000000000000000000000000000"
			  "000000000000000>/U<000000000000000000000000000000000"
			  "0000000000000000000000000000000>>>endobj\n"
			  "trailer<</Root 1 0 R/Encrypt 8 0 R/ID[<00><00>]>>\n"
			  "%%EOF\n"),
			FA_E_UNSUPPORTED,
			"x.pdf: the PDF is encrypted or does not permit "
			"copying" },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct reading r;

		read_pdf(&r, cases[i].raw);
		assert_int_equal(r.rc, cases[i].rc);
		if (strncmp(r.err.msg, cases[i].said, strlen(cases[i].said)) !=
			0)
			fail_msg("%s", r.err.msg);
		reading_done(&r);
	}
}

static void
a_missing_pdftotext_is_named_with_its_package(void **state)
{
	const char *path = getenv("PATH");
	char kept[4096];
	struct reading r;

	(void)state;
	(void)snprintf(kept, sizeof(kept), "%s", path == NULL ? "" : path);
	assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
	read_pdf(&r, two_pages);
	assert_int_equal(setenv("PATH", kept, 1), 0);
	assert_int_equal(r.rc, FA_E_UNSUPPORTED);
	assert_string_equal(r.err.msg,
		"x.pdf: PDF is read by pdftotext, which is not there: install "
		"poppler-utils");
	reading_done(&r);
}

static void
nothing_is_made_unless_it_is_asked_for(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r, two_pages, FA_FORMAT_AUTO);
	assert_int_equal(r.rc, FA_E_UNSUPPORTED);
	reading_done(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_the_paper_are_joined_over_pages),
		cmocka_unit_test(passages_are_named_after_their_pages),
		cmocka_unit_test(
			what_cannot_be_read_is_an_error_and_no_empty_document),
		cmocka_unit_test(a_missing_pdftotext_is_named_with_its_package),
		cmocka_unit_test(nothing_is_made_unless_it_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
