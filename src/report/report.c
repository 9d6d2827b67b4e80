#include "report/report.h"

#include "report/common.h"

const struct fa_writer *const fa_report_writers[] = {
	&fa_report_text,
	&fa_report_line,
	&fa_report_json_writer,
	&fa_report_ndjson,
	&fa_report_sarif,
	&fa_report_html,
	&fa_report_svg,
	&fa_report_junit,
	&fa_report_gitlab,
	&fa_report_github,
	&fa_report_rdjson,
	&fa_report_rdjsonl,
	&fa_report_csv,
	&fa_report_markdown,
	NULL,
};

const struct fa_writer *
fa_report_find(struct fa_str name)
{
	for (size_t i = 0; fa_report_writers[i] != NULL; i++) {
		if (fa_str_eq(fa_str_c(fa_report_writers[i]->name), name))
			return fa_report_writers[i];
	}
	return NULL;
}
