#include "browser/patience.h"

#include <stddef.h>

#define BUSY_SHARE 4 /* a quarter of the time: the machine is busy */

static void
restart(struct fa_patience *p, int64_t now)
{
	p->end_ms = now + p->limit_ms;
	p->half_ms = now + p->limit_ms / 2;
	p->starved_ms = -1;
}

void
fa_patience_begin(struct fa_patience *p, int64_t limit_ms, int64_t now)
{
	*p = (struct fa_patience){ .limit_ms = limit_ms, .last_ms = now };
	restart(p, now);
}

/* Time that the net takes moves the end. */
static void
count_owed(struct fa_patience *p, const struct fa_patience_of *of, int64_t now)
{
	int64_t passed = now - p->last_ms;

	p->last_ms = now;
	if (passed <= 0 || p->owed_ms >= FA_PATIENCE_NET_MS || !of->owed ||
		!of->owed(of->self))
		return;
	p->owed_ms += passed;
	p->end_ms += passed;
	p->half_ms += passed;
}

bool
fa_patience_over(
	struct fa_patience *p, const struct fa_patience_of *of, int64_t now)
{
	int64_t starved;

	count_owed(p, of, now);
	if (now < p->half_ms || !of->starved_ms)
		return now >= p->end_ms;
	if (p->starved_ms < 0)
		p->starved_ms = of->starved_ms(of->self);
	if (now < p->end_ms)
		return false;
	if (p->times >= FA_PATIENCE_TIMES)
		return true;
	starved = of->starved_ms(of->self) - p->starved_ms;
	if (starved * BUSY_SHARE < p->limit_ms / 2)
		return true;
	p->times++;
	restart(p, now);
	return false;
}
