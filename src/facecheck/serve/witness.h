/* Watches the service from outside, as somebody who does not believe it: it
 * runs in a process, a directory and a network of its own, a person who does
 * not exist goes through it, and after each step all that is in the directory
 * is looked through, byte by byte. It is told nothing by the service but its
 * pages; the records are read as anybody can read them.
 *
 * Two sessions of one account: notice, choice, consent, a capture, result, and
 * the withdrawal; then notice, consent withdrawn before the capture, consent
 * again, a capture of somebody else, another way, and the closing.
 *
 *   flow       both sessions came to their end, with captures
 *   files      no file but those of the records
 *   pictures   no piece of any picture in any file
 *   templates  no piece of any template
 *   scores     no score
 *   deletion   none of these three right after a withdrawal and the closing
 *   account    nothing of the account is left after its closing
 *   network    no packet in a network of its own
 *   record     each capture is on record as one of a face when its answer
 *              comes, behind the notice and consent that were shown
 *   chain      the chain of the records holds
 *   replay     the reference table allows every recorded step
 *   kept       what was on record before a withdrawal or the closing is there
 *              at the end
 *   rights     withdrawals and the closing are on record
 *
 * Before the service starts, a file with all that is looked for is put there
 * and must be noticed; afterwards a packet is sent and must be noticed.
 *
 * Not proved here: what lies in files outside of the directory, which the
 * service is given to work in, and what of a face comes in another form than
 * that of pixels, template or decimal score. What the matcher does and leaves
 * in memory is for child/prove.h. */
#ifndef FC_SERVE_WITNESS_H
#define FC_SERVE_WITNESS_H

#include "base/clock.h"
#include "facecheck/child/child.h"

#define FC_WITNESS_CHECKS 13
#define FC_WITNESS_NOTE_BYTES 384

enum fc_witnessed {
	FC_WITNESS_HOLDS,
	FC_WITNESS_FAILS,   /* the note says what was seen */
	FC_WITNESS_UNPROVEN /* the note says why */
};

struct fc_witness_opts {
	struct fa_str case_name; /* as in app.h; absent: the reference */
	const struct fc_plugin *plugin;
	const void *model;
	enum fc_level require;
	struct fa_clock clock;
	uint64_t seed; /* of the rendered people */
};

struct fc_witness_check {
	const char *name; /* "files"; a constant */
	enum fc_witnessed result;
	char note[FC_WITNESS_NOTE_BYTES]; /* in English */
};

struct fc_witness_report {
	enum fc_level level; /* of the children of the service */
	struct fc_witness_check check[FC_WITNESS_CHECKS];
};

/* All checks. Failures are those of the attempt (FA_E_NOTFOUND for a case that
 * is none); what was found is in *out. Nothing is left behind. */
FA_MUST_CHECK int fc_witness_run(struct fc_witness_report *out,
	const struct fc_witness_opts *o, struct fa_err *err);
/* "holds", "fails", "unproven" */
const char *fc_witnessed_name(enum fc_witnessed w);

#endif
