#include "facecheck/face/bundled.h"

#include <string.h>

#include "facecheck/face/cascade.h"
#include "facecheck/face/live.h"

/* What one call needs; no part of it outlives the call. */
struct room {
	struct fc_live_scratch live;
	struct fc_cascade_scratch cascade;
};

static int
open_model(const char *dir, void **model)
{
	struct fc_cascade *c = NULL;

	if (dir && fc_cascade_open(&c, dir, NULL) < 0)
		return -1;
	*model = c;
	return 0;
}

static void
close_model(void *model)
{
	fc_cascade_free(model);
}

/* Face and eyes; with a cascade, by that. */
static bool
find_face(struct fc_spot *out, const struct fc_cascade *c,
	const struct fc_pyramid *p, struct room *r)
{
	const struct fc_face_model *m = &fc_face_model_bundled;

	if (c ? !fc_cascade_find(out, c, p, &r->cascade)
	      : !fc_window_find(out, m, p, &r->live.find))
		return false;
	fc_eyes_refine(out->eyes, m, p, &r->live.find);
	return true;
}

/* A face that can be compared, its patch in r->live.find. */
static enum fc_quality
look(struct fc_spot *f, struct fc_pyramid *p, const struct fc_cascade *c,
	const struct fc_picture *picture, struct room *r)
{
	struct fc_find_scratch *s = &r->live.find;

	if (!fc_pyramid_build(p, picture, s->pyramid) || !find_face(f, c, p, r))
		return FC_QUALITY_NO_FACE;
	fc_face_cut(f->eyes, p, s);
	return fc_quality_of(f, picture, s);
}

static enum fc_saying
encode(const void *model, const struct fc_picture *picture, uint8_t *templ,
	void *scratch)
{
	struct room *r = scratch;
	struct fc_find_scratch *s = &r->live.find;
	int8_t bytes[FC_TEMPLATE_DIMS];
	struct fc_pyramid p;
	struct fc_spot f;

	if (look(&f, &p, model, picture, r) != FC_QUALITY_GOOD)
		return FC_SAYS_POOR;
	fc_hog(s->hog, s->patch, FC_PATCH_SIDE);
	fc_project(bytes, &fc_face_model_bundled, s->hog);
	memcpy(templ, bytes, sizeof(bytes));
	return FC_SAYS_YES;
}

static enum fc_saying
alive(const void *model, const struct fc_picture *frames, uint32_t n,
	enum fc_turn asked, void *scratch)
{
	struct room *r = scratch;
	struct fc_live_scratch *s = &r->live;
	int32_t turn;

	if (n != FC_LIVE_FRAMES ||
		(asked != FC_TURN_LEFT && asked != FC_TURN_RIGHT))
		return FC_SAYS_BROKEN;
	for (uint32_t i = 0; i < n; i++) {
		struct fc_pyramid p;
		struct fc_spot f;

		if (look(&f, &p, model, &frames[i], r) != FC_QUALITY_GOOD)
			return FC_SAYS_POOR;
		fc_live_detail(s->detail[i], f.eyes, &p, s);
	}
	turn = fc_live_turn(&fc_face_model_bundled, s->detail[0], s->detail[1]);
	/* Who turns to the left turns to our right. */
	if (asked == FC_TURN_RIGHT)
		turn = -turn;
	return turn >= FC_LIVE_MIN ? FC_SAYS_YES : FC_SAYS_NO;
}

static enum fc_saying
compare(const void *model, const uint8_t *a, const uint8_t *b, int32_t *score,
	void *scratch)
{
	int8_t x[FC_TEMPLATE_DIMS], y[FC_TEMPLATE_DIMS];
	int32_t s;

	(void)model;
	(void)scratch;
	memcpy(x, a, sizeof(x));
	memcpy(y, b, sizeof(y));
	s = fc_kernel_best()->dot(x, y, FC_TEMPLATE_DIMS);
	if (score)
		*score = s;
	return s >= fc_face_model_bundled.same ? FC_SAYS_YES : FC_SAYS_NO;
}

static const struct fc_plugin bundled = {
	.abi = FC_PLUGIN_ABI,
	.name = "bundled",
	.version = "1",
	.template_bytes = FC_TEMPLATE_DIMS,
	.scratch_bytes = sizeof(struct room),
	.frames = FC_LIVE_FRAMES,
	.open = open_model,
	.encode = encode,
	.alive = alive,
	.compare = compare,
	.close = close_model,
};

const struct fc_plugin *
fc_plugin_bundled(void)
{
	return &bundled;
}
