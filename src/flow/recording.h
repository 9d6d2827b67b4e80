/* A recording is one dump, or a folder of dumps with pictures beside them and
 * steps.txt, which says what was tapped on which. Dumps that look alike are one
 * screen. Only import*.c, recording.c and steps.c include this. */
#ifndef FA_FLOW_RECORDING_H
#define FA_FLOW_RECORDING_H

#include "flow/importers.h"
#include "flow/native.h"

#define FA_RECORDING_STEPS "steps.txt"

struct fa_recording_kind {
	const char *importer;
	enum fa_flow_platform platform;
	/* Has the file a name as dumps of this format have? */
	bool (*named)(const struct fa_import_file *f);
	/* Does its text look like one? */
	bool (*looks)(struct fa_str text);
	/* Reads a dump; out is zeroed. FA_E_INPUT or FA_E_LIMIT: it is broken,
	 * FA_E_UNSUPPORTED: it is something else. */
	int (*read)(struct fa_native_dump *out, struct fa_str text,
		struct fa_arena *a, struct fa_err *err);
	const char *media;
};

/* Where the dump of a file went. */
struct fa_recording_dump {
	struct fa_str name;
	uint32_t screen;
};

FA_MUST_CHECK int fa_recording_import(struct fa_flow **out,
	const struct fa_recording_kind *kind, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err);
/* 1 when one of the first files that kind->named knows looks like a dump. */
FA_MUST_CHECK int fa_recording_sniff(const struct fa_recording_kind *kind,
	const struct fa_import_source *s, struct fa_arena *a,
	struct fa_err *err);
/* kind->named of dumps that are *.json. */
bool fa_recording_is_json(const struct fa_import_file *f);

/* sniff and import of the importer of a kind. */
#define FA_RECORDING_IMPORTS(kind)                                             \
	static int sniff(const struct fa_import_source *s, struct fa_arena *a, \
		struct fa_err *err)                                            \
	{                                                                      \
		return fa_recording_sniff(&(kind), s, a, err);                 \
	}                                                                      \
                                                                               \
	static int import(struct fa_flow **out,                                \
		const struct fa_import_source *s, struct fa_arena *a,          \
		struct fa_err *err)                                            \
	{                                                                      \
		return fa_recording_import(out, &(kind), s, a, err);           \
	}

/* Puts the steps into the flow; dumps are in the order of their names. */
void fa_steps_read(struct fa_draft *d, struct fa_str text,
	const struct fa_recording_dump *dumps, size_t n);

#endif
