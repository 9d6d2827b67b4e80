/* The version of the programs; `make dist` reads it from here. */
#ifndef FA_TOOLS_VERSION_H
#define FA_TOOLS_VERSION_H

#define FA_VERSION "0.1.0"

/* The commit of the sources, with "+" behind it when they were changed since;
 * "": not known. Made by the build. */
extern const char fa_tool_commit[];
/* The same, absent when it is not known. */
#define FA_TOOL_COMMIT                                                         \
	(fa_tool_commit[0] ? fa_str_c(fa_tool_commit) : FA_STR_NONE)

#endif
