/* The formats that check reads and writes, for people and for completions. */
#include <string.h>

#include "cli/console.h"
#include "tools/check.h"

#define NAMES_MAX 128 /* formats, either way */

size_t
fa_check_output_names(const char **names, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; fa_report_writers[i] != NULL && n < max; i++)
		names[n++] = fa_report_writers[i]->name;
	return n;
}

/* Pages are documents: their importer has a name of its own here. */
static const char *
importer_name(const struct fa_importer *importer)
{
	return fa_check_on_request(importer) ? "page" : importer->name;
}

size_t
fa_check_input_names(const char **names, size_t max)
{
	size_t n = 0;

	/* The formats of documents end where their names do. */
	for (int f = FA_FORMAT_HTML; n < max; f++) {
		const char *name = fa_format_name((enum fa_format)f);

		if (strcmp(name, "unknown") == 0)
			break;
		names[n++] = name;
	}
	for (size_t i = 0; fa_importers[i] != NULL && n < max; i++)
		names[n++] = importer_name(fa_importers[i]);
	return n;
}

void
fa_check_help(enum fa_cli_lang lang, struct fa_buf *out)
{
	const char *names[NAMES_MAX];
	unsigned columns = fa_console_columns();
	bool en = lang == FA_CLI_EN;
	size_t n = fa_check_output_names(names, NAMES_MAX);

	fa_buf_addc(out, '\n');
	fa_options_words(out, en ? "formats of -o: " : "报告格式（-o）：",
		names, n, columns);
	n = fa_check_input_names(names, NAMES_MAX);
	fa_options_words(out, en ? "formats of --as: " : "输入格式（--as）：",
		names, n, columns);
	fa_buf_adds(out,
		en ? "what they are: faceaudit help formats; all else: man "
		     "faceaudit-check\n"
		   : "各格式的说明：faceaudit help formats；手册：man "
		     "faceaudit-check\n");
}

void
fa_check_formats(enum fa_cli_lang lang, struct fa_buf *out)
{
	const char *names[NAMES_MAX];
	bool en = lang == FA_CLI_EN;
	size_t all = fa_check_input_names(names, NAMES_MAX);
	size_t flows = 0;

	fa_buf_adds(out, en ? "reports (-o):\n" : "报告格式（-o）：\n");
	for (size_t i = 0; fa_report_writers[i] != NULL; i++)
		fa_buf_addf(out, "    %-17s%s\n", fa_report_writers[i]->name,
			fa_report_writers[i]->summary);
	while (fa_importers[flows] != NULL)
		flows++;
	fa_buf_addc(out, '\n');
	fa_options_words(out,
		en ? "documents (--as):\n    " : "文件（--as）：\n    ", names,
		all - flows, fa_console_columns());
	fa_buf_adds(out,
		en ? "\nsources of flows (--as):\n"
		   : "\n界面流的来源（--as）：\n");
	for (size_t i = 0; i < flows; i++)
		fa_buf_addf(out, "    %-17s%s\n",
			importer_name(fa_importers[i]),
			fa_importers[i]->summary);
}
