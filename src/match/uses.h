/* The uses of the face that a document speaks of: login, payment, attendance
 * and so on, each with the mentions that name it and the hits that belong to
 * it. Private to match; the result is in struct fa_match. */
#ifndef FA_MATCH_USES_H
#define FA_MATCH_USES_H

#include "match/scan.h"

/* Fills m->uses from m->mentions (FACE_ID only) and m->decisions. */
FA_MUST_CHECK int fa_scan_uses(struct fa_match *m, struct fa_scan *s);

#endif
