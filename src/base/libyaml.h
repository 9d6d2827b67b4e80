/* libyaml, opened when it is needed: the rules of the program are no YAML. */
#ifndef FA_BASE_LIBYAML_H
#define FA_BASE_LIBYAML_H

#include <yaml.h>

#include "base/attr.h"
#include "base/err.h"

#define FA_LIBYAML_FUNCTIONS(X)                                                \
	X(event_delete)                                                        \
	X(parser_delete)                                                       \
	X(parser_initialize)                                                   \
	X(parser_parse)                                                        \
	X(parser_set_encoding)                                                 \
	X(parser_set_input_string)

struct fa_libyaml {
#define FA_LIBYAML_MEMBER(f) __typeof__(yaml_##f) *f;
	FA_LIBYAML_FUNCTIONS(FA_LIBYAML_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_libyaml_open(struct fa_err *err);
const struct fa_libyaml *fa_libyaml(void); /* NULL before it is open */

#endif
