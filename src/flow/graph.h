/* A flow as a graph, and the walks over it that questions are made of. A walk
 * goes breadth first from some screens and leaves out transitions and screens
 * with certain marks, so that a question is a choice of marks: "is the goal
 * reached without a capture" is a walk that leaves out MARK_CAPTURE. One walk
 * costs screens plus transitions; a graph allows FA_GRAPH_WALKS of them.
 * Private to flow. */
#ifndef FA_FLOW_GRAPH_H
#define FA_FLOW_GRAPH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "flow/view.h"

#define FA_GRAPH_WALKS 600
#define FA_GRAPH_PATH 256 /* transitions kept of a way: the last ones */

/* Marks of transitions. */
#define FA_EDGE_CAPTURE 1u     /* a capture that succeeds */
#define FA_EDGE_ATTEMPT 2u     /* a capture that fails */
#define FA_EDGE_REFUSE 4u      /* refuses, puts off, goes back, elsewhere */
#define FA_EDGE_SAYS_NO 8u     /* refuses or puts off in so many words */
#define FA_EDGE_AGREE 16u      /* goes on from a consent */
#define FA_EDGE_AGREE_FACE 32u /* ... that names the face */
#define FA_EDGE_AGREE_GOOD 64u /* ... and is as it should be */
#define FA_EDGE_BIOMETRIC 128u /* by another biometric */
#define FA_EDGE_BACK 256u      /* back, or a new start */
#define FA_EDGE_ADULT 512u     /* says that the user is grown up */
#define FA_EDGE_GUARD 1024u    /* goes on from a guardian's screen */
#define FA_EDGE_VERIFIED 2048u /* ... where the guardian is checked */
#define FA_EDGE_WAIT 4096u     /* came by itself */
#define FA_EDGE_RELAUNCH 8192u /* the app was started again */
#define FA_EDGE_METHOD 16384u  /* takes another way to verify */
#define FA_EDGE_CHECK 32768u   /* ticks or unticks something */
#define FA_EDGE_MINOR 65536u   /* says that the user is a child */
#define FA_EDGE_DOCUMENT 131072u
#define FA_EDGE_LATER 524288u /* of a walk: found its end already known */
#define FA_EDGE_TOLD 1048576u /* a dialog of the browser names the face */
#define FA_EDGE_PLAIN 262144u /* a control that says not what it does */
#define FA_EDGE_UNDO 2097152u /* the back key, known from another visit */

/* Marks of screens. */
#define FA_NODE_FACE 1u       /* captures, prompts, asks consent: a face */
#define FA_NODE_OPAQUE 2u     /* something of it cannot be seen */
#define FA_NODE_UNEXPLORED 4u /* a control that may lead elsewhere: untried */
#define FA_NODE_UNTRIED 8u    /* any control or key: untried */
#define FA_NODE_DOCUMENT 16u
#define FA_NODE_BEFORE 32u /* set by a question: not to be entered */
#define FA_NODE_TELLS 64u
#define FA_NODE_MENTIONS 128u
#define FA_NODE_NAMES_FACE 256u
#define FA_NODE_AGE 512u
#define FA_NODE_BOX 1024u /* set by a question */
#define FA_NODE_FAILURE 2048u
#define FA_NODE_GOOD 4096u     /* a consent to the face as it should be */
#define FA_NODE_CONSENT 16384u /* asks for consent to something */
#define FA_NODE_GROUP 8192u    /* set by a question */

struct fa_graph {
	const struct fa_view *v;
	const struct fa_flow *f;
	uint32_t n;      /* screens */
	uint32_t *first; /* n + 1: into out */
	uint32_t *out;   /* transitions by their source */
	uint32_t *edge;  /* marks, one per transition */
	uint32_t *node;  /* marks, one per screen */
	uint32_t *idom;  /* the screen every way passes last, or NONE */
	bool visited;    /* by a walk, in which an app remembers what was done:
			  * a way of transitions from several visits need not
			  * exist */
	struct fa_walked *home; /* from the start, nothing left out */
	unsigned walks_left;
	struct fa_arena *a;
};

/* What a walk found. */
struct fa_walked {
	uint32_t *dist;  /* transitions, UINT32_MAX: not reached */
	uint32_t *by;    /* transition that led there first, or NONE */
	uint32_t *order; /* screens in the order they were reached */
	uint32_t n;
};

/* Everything lives in a. */
FA_MUST_CHECK int fa_graph_new(struct fa_graph *g, const struct fa_view *v,
	struct fa_arena *a, struct fa_err *err);
/* One that fa_graph_walk fills; lives in g->a. NULL: no memory. */
struct fa_walked *fa_walked_new(struct fa_graph *g);
/* Walks from the n screens of from, which are reached whatever their marks,
 * leaving out the rest that is marked, and FA_EDGE_UNDO always. False: the
 * budget is used up, and nothing was walked. */
bool fa_graph_walk(struct fa_graph *g, struct fa_walked *w,
	const uint32_t *from, uint32_t n, uint32_t no_edges, uint32_t no_nodes);
static inline bool
fa_walked_has(const struct fa_walked *w, uint32_t screen)
{
	return w->dist[screen] != UINT32_MAX;
}
/* The way of a walk to screen as a place; lives in g->a. One more transition
 * is added when last is not FA_FLOW_NONE. FA_E_NOMEM. */
FA_MUST_CHECK int fa_graph_place(struct fa_flow_place *out, struct fa_graph *g,
	const struct fa_walked *w, uint32_t screen, uint32_t last);
uint32_t fa_graph_controls(const struct fa_graph *g, uint32_t transition);
/* Does every way from the start to screen pass x? */
bool fa_graph_dominates(const struct fa_graph *g, uint32_t x, uint32_t screen);

/* Sets idom. */
FA_MUST_CHECK int fa_graph_dominators(struct fa_graph *g, struct fa_err *err);
/* Sets the marks of transitions and screens. */
void fa_graph_mark(struct fa_graph *g);
/* The same question: the same screen, one that looks alike, or one of the
 * same kind with the same title. */
bool fa_graph_same_question(const struct fa_graph *g, uint32_t x, uint32_t y);

#endif
