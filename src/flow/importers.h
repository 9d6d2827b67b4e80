/* The importers, one file each, and what they share of the source. Only
 * import*.c includes this. */
#ifndef FA_FLOW_IMPORTERS_H
#define FA_FLOW_IMPORTERS_H

#include "flow/import.h"

extern const struct fa_importer fa_importer_flow;
extern const struct fa_importer fa_importer_sketch;
extern const struct fa_importer fa_importer_uiautomator;
extern const struct fa_importer fa_importer_droidbot;
extern const struct fa_importer fa_importer_gkd;
extern const struct fa_importer fa_importer_harmony;
extern const struct fa_importer fa_importer_android_privacy;
extern const struct fa_importer fa_importer_wechat;
extern const struct fa_importer fa_importer_html;

/* The file of that name below the folder, or NULL. */
struct fa_import_file *fa_import_find(
	const struct fa_import_source *s, const char *name);
/* Does the name end so, whatever its case? */
bool fa_import_ends(const struct fa_import_file *f, const char *end);
/* The last part of a name. */
struct fa_str fa_import_base(struct fa_str name);
/* The text of a file in UTF-8, loaded if need be. Lives in a. */
FA_MUST_CHECK int fa_import_read(struct fa_str *out,
	const struct fa_import_source *s, struct fa_import_file *f,
	struct fa_arena *a, struct fa_err *err);
/* SHA-256 of a file's bytes, without keeping them; lives in a. */
FA_MUST_CHECK int fa_import_digest(struct fa_str *out,
	const struct fa_import_source *s, const struct fa_import_file *f,
	struct fa_arena *a, struct fa_err *err);

#endif
