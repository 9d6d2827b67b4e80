/* The version of the programs; `make dist` reads it from here. */
#ifndef FA_TOOLS_VERSION_H
#define FA_TOOLS_VERSION_H

#define FA_VERSION "0.1.0"

#endif
