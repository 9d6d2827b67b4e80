/* cJSON, opened when it is needed: what is written needs none. */
#ifndef FA_BASE_CJSON_H
#define FA_BASE_CJSON_H

#include <cjson/cJSON.h>

#include "base/attr.h"
#include "base/err.h"

#define FA_CJSON_FUNCTIONS(X)                                                  \
	X(Delete)                                                              \
	X(IsArray)                                                             \
	X(IsNull)                                                              \
	X(IsNumber)                                                            \
	X(IsObject)                                                            \
	X(IsString)                                                            \
	X(IsTrue)                                                              \
	X(ParseWithLengthOpts)

struct fa_cjson {
#define FA_CJSON_MEMBER(f) __typeof__(cJSON_##f) *f;
	FA_CJSON_FUNCTIONS(FA_CJSON_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_cjson_open(struct fa_err *err);
const struct fa_cjson *fa_cjson(void); /* NULL before it is open */

#endif
