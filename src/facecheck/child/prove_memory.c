/* Pieces of faces, or any trace of them, in memory. */
#include "facecheck/child/prover.h"

static int
look_at_held(struct fc_seen *out, struct fc_prover *p, enum fc_fault fault)
{
	struct fc_run r;
	int rc = fc_prover_run(&r, p,
		(struct fc_subject_opts){ .fault = fault, .holds = true });

	if (rc < 0)
		return rc;
	*out = (struct fc_seen){ .held = r.calls.held > 0 };
	if (out->held) {
		rc = fc_look_memory(
			&out->child, &p->stage, r.calls.held, p->err);
		if (rc == FA_OK)
			rc = fc_look_memory(
				&out->parent, &p->stage, r.x.pid, p->err);
		fc_look_release(r.calls.held);
		if (rc == FA_OK && fc_look_has_gcore())
			out->has_core = fc_look_core(
				&out->core, &p->stage, r.calls.held);
	}
	fc_prover_end(&r);
	return rc;
}

static void
tell_core(struct fc_prover *p, const struct fc_seen *good,
	const struct fc_seen *bare)
{
	size_t n = p->stage.needles_n;
	bool noticed = bare->has_core && bare->core.hits > 0;

	if (!fc_look_has_gcore())
		fc_prover_tell(p, FC_PROOF_CORE, FC_UNPROVEN,
			"gcore is not installed");
	else if (!good->has_core)
		fc_prover_tell(p, FC_PROOF_CORE,
			fc_prover_decide(noticed, false),
			"no core file can be made of the child; of one without "
			"protection: %zu of %zu pieces found",
			bare->core.hits, n);
	else
		fc_prover_tell(p, FC_PROOF_CORE,
			fc_prover_decide(noticed, good->core.hits > 0),
			"%zu of %zu pieces found in %zu KiB; without "
			"protection %zu",
			good->core.hits, n, good->core.looked_bytes >> 10,
			bare->core.hits);
}

int
fc_prove_memory(struct fc_prover *p, struct fc_seen *good)
{
	size_t n = p->stage.needles_n;
	struct fc_seen bare;
	bool noticed;
	int rc = look_at_held(good, p, FC_FAULT_NONE);

	if (rc == FA_OK)
		rc = look_at_held(&bare, p, FC_FAULT_BARE);
	if (rc < 0)
		return rc;
	if (!good->held || !bare.held) {
		fc_prover_tell(p, FC_PROOF_CHILD, FC_UNPROVEN,
			"the child did not come to hold");
		fc_prover_tell(p, FC_PROOF_CORE, FC_UNPROVEN,
			"the child did not come to hold");
		return FA_OK;
	}
	noticed = bare.child.hits == n;
	if (good->child.refused)
		fc_prover_tell(p, FC_PROOF_CHILD,
			fc_prover_decide(noticed, false),
			"the kernel refuses this user all memory of the child; "
			"without protection %zu of %zu pieces found",
			bare.child.hits, n);
	else
		fc_prover_tell(p, FC_PROOF_CHILD,
			fc_prover_decide(noticed, good->child.hits > 0),
			"%zu of %zu pieces found in %zu KiB, %zu KiB refused "
			"by the kernel; without protection %zu",
			good->child.hits, n, good->child.looked_bytes >> 10,
			good->child.unreadable_bytes >> 10, bare.child.hits);
	tell_core(p, good, &bare);
	return FA_OK;
}

/* A subject that has verified a person and waits. */
static int
run_plain(struct fc_subject *x, struct fc_prover *p, enum fc_fault fault)
{
	struct fc_subject_opts o = { .fault = fault };
	struct fc_heard heard;
	int rc = fc_subject_start(x, &p->stage, &o, &heard, p->err);

	if (rc == FA_OK)
		rc = fc_subject_begin(x, &p->stage, 0, p->err);
	if (rc == FA_OK)
		rc = fc_subject_hear(&heard, x, p->err);
	if (rc == FA_OK && heard.rc < 0)
		rc = fa_fail(p->err, heard.rc, "%s", heard.msg);
	if (rc == FA_OK)
		p->out->level = (enum fc_level)heard.level;
	return rc;
}

int
fc_prove_parent(struct fc_prover *p, const struct fc_seen *during)
{
	struct fc_found after[2];
	size_t n = p->stage.needles_n;
	size_t hits;

	for (int i = 0; i < 2; i++) {
		struct fc_subject x = { 0, -1, -1, -1, -1 };
		int rc = run_plain(
			&x, p, i == 0 ? FC_FAULT_NONE : FC_FAULT_KEEPS);

		if (rc == FA_OK)
			rc = fc_look_memory(
				&after[i], &p->stage, x.pid, p->err);
		fc_subject_end(&x);
		if (rc < 0)
			return rc;
	}
	hits = after[0].hits + during->parent.hits;
	if (after[0].refused || after[1].refused)
		fc_prover_tell(p, FC_PROOF_PARENT, FC_UNPROVEN,
			"the kernel refuses this user to look");
	else
		fc_prover_tell(p, FC_PROOF_PARENT,
			fc_prover_decide(after[1].hits > 0, hits > 0),
			"%s %zu and after it %zu of %zu pieces found in %zu "
			"KiB; in a parent that keeps %zu",
			during->held ? "during the verification"
				     : "(not looked at during it)",
			during->parent.hits, after[0].hits, n,
			after[0].looked_bytes >> 10, after[1].hits);
	return FA_OK;
}

#define COPIES 8

/* Whose face each process has. What grows from process to process, as time and
 * process numbers, or takes turns, does not follow this order. */
static const unsigned person[COPIES] = { 1, 2, 2, 1, 2, 1, 1, 2 };

struct difference {
	size_t same_bytes, noise, known;
	bool laid_out_alike, answered_alike;
};

static bool
alike(const struct fc_copy *a, const struct fc_copy *b)
{
	if (a->areas != b->areas || a->used != b->used)
		return false;
	for (size_t i = 0; i < a->areas; i++)
		if (a->area[i].from != b->area[i].from ||
			a->area[i].to != b->area[i].to)
			return false;
	return true;
}

/* What is equal among all who had one face, and among all who had the other,
 * but not between them, depends on the face. */
static void
compare(struct difference *d, const struct fc_copy copy[COPIES])
{
	const uint8_t *first = copy[0].memory.p;
	const uint8_t *other = copy[1].memory.p;

	d->laid_out_alike = true;
	for (int i = 0; i < COPIES; i++)
		d->laid_out_alike &= alike(&copy[0], &copy[i]);
	if (!d->laid_out_alike)
		return;
	for (size_t i = 0; i < copy[0].used; i++) {
		bool steady = true;

		for (int k = 2; k < COPIES; k++)
			steady &= copy[k].memory.p[i] ==
				(person[k] == person[0] ? first[i] : other[i]);
		if (!steady)
			d->noise++;
		else if (first[i] != other[i])
			d->known++;
		else
			d->same_bytes++;
	}
}

/* All processes are started before any has a face, so that they have nothing
 * from each other. */
static int
differ(struct difference *out, struct fc_prover *p, enum fc_fault fault,
	struct fc_copy copy[COPIES])
{
	struct fc_subject x[COPIES];
	struct fc_subject_opts o = { .fault = fault };
	struct fc_heard heard;
	struct difference d = { .answered_alike = true };
	int32_t answer = 0;
	int rc = FA_OK;
	int started = 0;

	for (; started < COPIES && rc == FA_OK; started++) {
		x[started] = (struct fc_subject){ 0, -1, -1, -1, -1 };
		rc = fc_subject_start(
			&x[started], &p->stage, &o, &heard, p->err);
	}
	for (int i = 0; i < COPIES && rc == FA_OK; i++) {
		rc = fc_subject_begin(&x[i], &p->stage, person[i], p->err);
		if (rc == FA_OK)
			rc = fc_subject_hear(&heard, &x[i], p->err);
		if (i == 0)
			answer = heard.answer;
		d.answered_alike &= heard.answer == answer;
		if (rc == FA_OK)
			rc = fc_look_copy(&copy[i], x[i].pid, p->err);
	}
	for (int i = 0; i < started; i++)
		fc_subject_end(&x[i]);
	if (rc == FA_OK)
		compare(&d, copy);
	for (int i = 0; i < COPIES; i++)
		fc_hidden_free(&copy[i].memory);
	if (rc == FA_OK)
		*out = d;
	return rc;
}

/* More bytes than this that change from run to run could hide something. */
#define NOISE_MAX 1024

int
fc_prove_difference(struct fc_prover *p)
{
	struct fc_copy copy[COPIES] = { 0 };
	struct difference good, keeps;
	int rc = differ(&good, p, FC_FAULT_NONE, copy);
	bool found;

	if (rc == FA_OK)
		rc = differ(&keeps, p, FC_FAULT_KEEPS, copy);
	if (rc == FA_E_UNSUPPORTED) {
		fc_prover_tell(
			p, FC_PROOF_DIFFERENCE, FC_UNPROVEN, "%s", p->err->msg);
		return FA_OK;
	}
	if (rc < 0)
		return rc;
	if (!good.laid_out_alike || !keeps.laid_out_alike) {
		fc_prover_tell(p, FC_PROOF_DIFFERENCE, FC_UNPROVEN,
			"parents with different faces use different memory");
		return FA_OK;
	}
	if (!good.answered_alike) {
		/* the answer may be known, and is all that differs */
		fc_prover_tell(p, FC_PROOF_DIFFERENCE, FC_UNPROVEN,
			"two rendered strangers are not answered alike: the "
			"answers would be seen");
		return FA_OK;
	}
	found = good.known > 0 || good.noise > NOISE_MAX;
	fc_prover_tell(p, FC_PROOF_DIFFERENCE,
		fc_prover_decide(keeps.known > 100, found),
		"of %zu KiB %zu bytes depend on the face (%zu change from run "
		"to run); in a parent that keeps %zu",
		(good.same_bytes + good.noise) >> 10, good.known, good.noise,
		keeps.known);
	return FA_OK;
}
