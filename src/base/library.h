/* Shared libraries that only some commands need are opened when they are first
 * needed: the loader would spend more time on them than most runs of the
 * program take. The module that owns a library's headers has a struct of
 * pointers to its functions, of the types that the headers declare:
 *
 *	#define FA_CURL_FUNCTIONS(X) X(version) X(free)
 *	struct fa_curl {
 *	#define FA_CURL_MEMBER(f) __typeof__(curl_##f) *f;
 *		FA_CURL_FUNCTIONS(FA_CURL_MEMBER)
 *	};
 *
 * and two functions: one that opens the library, or says that it is not
 * installed; one that gives the struct from then on. A library stays open. */
#ifndef FA_BASE_LIBRARY_H
#define FA_BASE_LIBRARY_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

struct fa_library {
	const char *soname;       /* "libcurl.so.4": that of the build */
	const char *const *names; /* of its functions, in the order of the
				   * struct */
	size_t n;
	void (*ready)(const void *functions); /* or NULL: called once */
};

/* What has become of a library: the one thing in the program that is written
 * once and then only read. All zeros at first; a static variable with the name
 * "opened" (scripts/check-globals). */
struct fa_library_slot {
	pthread_mutex_t lock;
	_Atomic(void *) functions;
};

/* Opens the library unless it is open; any thread may. The struct of function
 * pointers is fa_library_functions(slot) then. FA_E_UNSUPPORTED: it is not
 * installed, or lacks a function. */
FA_MUST_CHECK int fa_library_open(struct fa_library_slot *slot,
	const struct fa_library *lib, struct fa_err *err);
/* NULL before the library was opened. */
const void *fa_library_functions(const struct fa_library_slot *slot);

/* Tells those who make packages that the program opens the library
 * (https://systemd.io/ELF_DLOPEN_METADATA/): a note in the program. */
#define FA_LIBRARY_NOTE(feature, purpose, soname)                              \
	FA_LIBRARY_NOTE_JSON(                                                  \
		"[{\"feature\":\"" feature "\",\"description\":\"" purpose     \
		"\",\"priority\":\"recommended\",\"soname\":[\"" soname        \
		"\"]}]")
#define FA_LIBRARY_NOTE_JSON(json)                                             \
	FA_ELF_NOTE(".note.dlopen")                                            \
	static const struct {                                                  \
		uint32_t name_bytes, text_bytes, type;                         \
		char name[sizeof("FDO")];                                      \
		_Alignas(uint32_t) char text[sizeof(json)];                    \
	} library_note = { sizeof("FDO"), sizeof(json), 0x407c0c0a, "FDO",     \
		json }

#endif
