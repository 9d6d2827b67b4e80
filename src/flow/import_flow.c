/* consent-flow/1 itself, and sketches. */
#include "flow/import_text.h"
#include "flow/importers.h"
#include "flow/json.h"

#define LINES_LOOKED_AT 50

static struct fa_import_file *
flow_file(const struct fa_import_source *s)
{
	return s->folder ? fa_import_find(s, "flow.json") : &s->files[0];
}

static int
sniff_flow(const struct fa_import_source *s, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_import_file *f = flow_file(s);
	int rc;

	if (f == NULL)
		return 0;
	rc = s->load(f, a, err);
	return rc < 0 ? rc : fa_flow_is_json(f->text);
}

static int
import_flow(struct fa_flow **out, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_file *f = flow_file(s);
	int rc;

	if (f == NULL)
		return fa_fail(err, FA_E_INPUT, "%.*s holds no flow.json",
			FA_STR_ARG(s->path));
	rc = s->load(f, a, err);
	return rc < 0 ? rc : fa_flow_parse(out, f->text, a, err);
}

const struct fa_importer fa_importer_flow = { "flow",
	"consent-flow/1, a file or a folder with flow.json", sniff_flow,
	import_flow };

/* The first line that is no comment is a header or begins a screen. */
static bool
looks_like_sketch(struct fa_str text)
{
	static const char *const headers[] = {
		"app:", "id:", "version:", "platform:", "basis:", "=="
	};
	struct fa_str rest = text;

	if (fa_str_starts(rest, FA_STR("\xef\xbb\xbf")))
		rest = fa_str_sub(rest, 3, rest.n);
	for (unsigned n = 0; rest.p != NULL && n < LINES_LOOKED_AT; n++) {
		struct fa_str line = fa_str_trim(fa_str_cut(&rest, '\n'));

		if (line.n == 0 || line.p[0] == '#')
			continue;
		for (size_t i = 0; i < FA_COUNT(headers); i++) {
			if (fa_str_starts(line, fa_str_c(headers[i])))
				return true;
		}
		return false;
	}
	return false;
}

static int
sniff_sketch(const struct fa_import_source *s, struct fa_arena *a,
	struct fa_err *err)
{
	int rc;

	if (s->folder)
		return 0;
	rc = s->load(&s->files[0], a, err);
	if (rc < 0)
		return rc;
	return fa_import_ends(&s->files[0], ".flow") ||
		looks_like_sketch(s->files[0].text);
}

static int
import_sketch(struct fa_flow **out, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	int rc;

	if (s->folder)
		return fa_fail(err, FA_E_INPUT,
			"%.*s is a folder, expected a sketch",
			FA_STR_ARG(s->path));
	rc = s->load(&s->files[0], a, err);
	return rc < 0 ? rc : fa_import_sketch(out, s->files[0].text, a, err);
}

const struct fa_importer fa_importer_sketch = { "sketch",
	"a flow written down as text, *.flow", sniff_sketch, import_sketch };
