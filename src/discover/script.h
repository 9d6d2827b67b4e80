/* Finds data in the scripts of a page without running them. */
#ifndef FA_DISCOVER_SCRIPT_H
#define FA_DISCOVER_SCRIPT_H

#include "base/str.h"

/* "NAME = {...}": the value of the first such assignment, or absent. */
struct fa_str fa_script_variable(struct fa_str page, struct fa_str name);
/* The text of <script id="ID">, or absent. */
struct fa_str fa_script_element(struct fa_str page, struct fa_str id);
/* AF_initDataCallback({key: 'KEY', ..., data: [...], ...}), or absent. */
struct fa_str fa_script_callback(struct fa_str page, struct fa_str key);

#endif
