/* The version of facecheck, which is that of the whole project. */
#ifndef FC_TOOL_VERSION_H
#define FC_TOOL_VERSION_H

#define FC_VERSION "0.1.0"

#endif
