/* Faults to be built in on purpose, one per test program, to see that the
 * proofs (prove.h) notice: a proof that nothing can fail proves nothing. The
 * product is built without any.
 *   FC_CONTROL_PLAIN    the arena is ordinary memory that can be dumped
 *   FC_CONTROL_KEEP     the parent reads the probe and keeps it
 *   FC_CONTROL_UNWIPED  the parent reads it and frees it, not overwritten
 *   FC_CONTROL_WRITE    the child writes the template to a file
 *   FC_CONTROL_SEND     the child sends it to a socket
 */
#ifndef FC_CHILD_CONTROL_H
#define FC_CHILD_CONTROL_H

#include <stddef.h>
#include <stdint.h>

#ifdef FC_CONTROL_PLAIN
#define FC_CONTROLLED_PLAIN 1
#else
#define FC_CONTROLLED_PLAIN 0
#endif

#if defined(FC_CONTROL_KEEP) || defined(FC_CONTROL_UNWIPED)
/* Passes on at most n bytes from in to out by reading and writing them; as
 * splice(2). In tests/facecheck/controls.c. */
long fc_control_pass(int in, int out, size_t n);
#endif

#if defined(FC_CONTROL_WRITE) || defined(FC_CONTROL_SEND)
/* What the child does with a template instead of forgetting it. */
void fc_control_leak(const uint8_t *templ, size_t n);
#else
static inline void
fc_control_leak(const uint8_t *templ, size_t n)
{
	(void)templ;
	(void)n;
}
#endif

#endif
