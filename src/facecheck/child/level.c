/* Names of answers and levels. */
#include <string.h>

#include "facecheck/child/child.h"

static const char *const answers[FC_ANSWERS] = { "match", "no_match", "poor",
	"not_alive", "bad_input", "internal" };
static const char *const levels[FC_LEVELS] = { "none", "limits", "syscalls",
	"files", "secret" };

const char *
fc_answer_name(enum fc_answer a)
{
	return (unsigned)a < FC_ANSWERS ? answers[a] : "unknown";
}

const char *
fc_level_name(enum fc_level l)
{
	return (unsigned)l < FC_LEVELS ? levels[l] : "unknown";
}

int
fc_level_parse(const char *s)
{
	for (int i = 0; s && i < FC_LEVELS; i++)
		if (strcmp(s, levels[i]) == 0)
			return i;
	return -1;
}
