/* What the two files that write a report as JSON share. */
#ifndef FA_REPORT_DOSSIER_JSON_H
#define FA_REPORT_DOSSIER_JSON_H

#include "base/json.h"
#include "model/dossier.h"

/* Members; null for what is not known. */
void fa_dossier_json_time(struct fa_jw *w, const char *key, int64_t at_us);
void fa_dossier_json_hex(struct fa_jw *w, const char *key, const char *hex);
void fa_dossier_json_tri(struct fa_jw *w, const char *key, enum fa_tri t);
void fa_dossier_json_digest(
	struct fa_jw *w, const char *key, const struct fa_dossier_digest *x);
void fa_dossier_json_texts(
	struct fa_jw *w, const char *key, const struct fa_str *at, size_t n);
/* One finding, an object. */
void fa_dossier_json_finding(
	struct fa_jw *w, const struct fa_dossier_finding *f);

#endif
