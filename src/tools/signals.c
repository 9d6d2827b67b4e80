#include "tools/signals.h"

#include <signal.h>
#include <string.h>

/* The one writable global of the program: a signal handler has no other way
 * to say anything. */
static volatile sig_atomic_t asked;

static void
on_signal(int signo)
{
	asked = signo;
}

void
fa_signals_install(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	sigemptyset(&action.sa_mask);
	action.sa_handler = on_signal;
	action.sa_flags = (int)SA_RESETHAND | SA_RESTART;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	action.sa_handler = SIG_IGN;
	action.sa_flags = 0;
	sigaction(SIGPIPE, &action, NULL);
}

enum fa_exit
fa_signals_status(void)
{
	int signo = asked;

	if (signo == SIGINT)
		return FA_EXIT_INTERRUPTED;
	return signo == SIGTERM ? FA_EXIT_AGAIN : FA_EXIT_CLEAN;
}
