/* A network of a process's own, for proofs that nothing is sent. */
#ifndef FC_CHILD_NETWORK_H
#define FC_CHILD_NETWORK_H

#include <stdbool.h>

/* Moves the caller into a network in which there is a way to oneself and none
 * else; without the right to that, into a namespace of users first. False:
 * the kernel does not let it, and nothing is to be concluded from packets. */
bool fc_network_own(void);

#endif
