#include "read/pdf.h"

#include "base/child.h"
#include "model/doc.h"

#define STATUS_UNOPENED 1 /* pdftotext(1) */
#define STATUS_FORBIDDEN 3
#define HEAD_BYTES 1024 /* in which readers look for the mark */

bool
fa_pdf_is(struct fa_str raw)
{
	struct fa_str head = fa_str_sub(raw, 0, HEAD_BYTES);

	return fa_str_starts(head, FA_STR("%PDF-")) ||
		fa_str_find(head, FA_STR("%PDF-1."), 0) != SIZE_MAX;
}

/* What pdftotext says is written by the PDF in part: it is quoted as said. */
static int
judge_end(const struct fa_child_end *end, struct fa_str raw, struct fa_err *err)
{
	struct fa_str said = fa_str_c(end->said);

	if (end->late)
		return fa_fail(err, FA_E_LIMIT,
			"pdftotext took longer than %u seconds",
			FA_PDF_WALL_MS / 1000);
	if (end->too_much)
		return fa_fail(err, FA_E_LIMIT,
			"the text of the PDF is longer than %u bytes",
			FA_DOC_MAX_BYTES);
	/* Warnings may stand before what it says of a password. */
	if (end->status == STATUS_FORBIDDEN ||
		(end->status == STATUS_UNOPENED &&
			fa_str_find(raw, FA_STR("/Encrypt"), 0) != SIZE_MAX))
		return fa_fail(err, FA_E_UNSUPPORTED,
			"the PDF is encrypted or does not permit copying: "
			"save it without a password (pdftotext: %.*s)",
			FA_STR_ARG(said));
	if (end->status < 0)
		return fa_fail(
			err, FA_E_INPUT, "pdftotext broke down over the PDF");
	if (end->status != 0)
		return fa_fail(err, FA_E_INPUT, "damaged PDF (pdftotext: %.*s)",
			FA_STR_ARG(said));
	return FA_OK;
}

static bool
has_letter(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x80 || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z'))
			return true;
	}
	return false;
}

int
fa_pdf_text(struct fa_str *out, struct fa_str raw, struct fa_arena *a,
	struct fa_err *err)
{
	static const char *const argv[] = { "pdftotext", "-raw", "-enc",
		"UTF-8", "-eol", "unix", "-", "-", NULL };
	const struct fa_child child = { .argv = argv,
		.in = raw,
		.out_bytes = FA_DOC_MAX_BYTES,
		.wall_ms = FA_PDF_WALL_MS,
		.cpu_s = FA_PDF_CPU_S,
		.memory_bytes = FA_PDF_MEMORY_BYTES };
	struct fa_child_end end = { .status = -1 };
	size_t pages = 0;
	int rc = fa_child_run(&end, &child, a, err);

	if (rc == FA_E_UNSUPPORTED)
		return fa_fail(err, rc,
			"PDF is read by pdftotext, which is not there: "
			"install poppler-utils");
	if (rc == FA_OK)
		rc = judge_end(&end, raw, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < end.out.n; i++)
		pages += end.out.p[i] == '\f';
	if (!has_letter(end.out))
		return fa_fail(err, FA_E_UNSUPPORTED,
			"no text on the %zu pages of the PDF: are they "
			"scanned? a version with text is needed",
			pages);
	*out = end.out;
	return FA_OK;
}
