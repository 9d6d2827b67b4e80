/* The interface of a face matcher, for those who bring their own
 * (facecheck-plugin(3)). This header stands alone: it needs nothing else of
 * facecheck.
 *
 * A matcher is opened before the sandbox closes and may then read its files.
 * After that it lives in a child process to which the kernel leaves read(2)
 * on two pipes and exit: encode, alive and compare must make no system call,
 * allocate nothing, keep nothing; what they need beyond their arguments they
 * find in scratch, which lies in memory that nobody else can read and is wiped
 * afterwards. A call that breaks this ends the child, which counts as an
 * internal error. */
#ifndef FC_FACE_PLUGIN_H
#define FC_FACE_PLUGIN_H

#include <stdint.h>

#define FC_PLUGIN_ABI 1
#define FC_PLUGIN_SYMBOL "fc_plugin_v1"
#define FC_PICTURE_SIDE_MAX 1024 /* pixels */
#define FC_FRAMES_MAX 8          /* of a probe */

/* Eight-bit grey, row after row without gaps. */
struct fc_picture {
	const uint8_t *pixels;
	uint32_t width, height;
};

/* What a matcher says of a picture or sequence. */
enum fc_saying {
	FC_SAYS_YES,   /* encoded; alive; the same person */
	FC_SAYS_NO,    /* not alive; somebody else */
	FC_SAYS_POOR,  /* no face, too small, too dark, too blurred ... */
	FC_SAYS_BROKEN /* its own fault */
};

/* In which direction the head was asked to turn between the frames. */
enum fc_turn { FC_TURN_NONE, FC_TURN_LEFT, FC_TURN_RIGHT };

struct fc_plugin {
	uint32_t abi; /* FC_PLUGIN_ABI */
	const char *name, *version;
	uint32_t template_bytes, scratch_bytes;
	uint32_t frames; /* that alive wants, 1 .. FC_FRAMES_MAX */
	/* Before the sandbox: reads what is in dir (may be NULL) and makes
	 * *model, which is shared read-only from then on. 0, or -1. */
	int (*open)(const char *dir, void **model);
	/* Picture to template: YES, POOR or BROKEN. */
	enum fc_saying (*encode)(const void *model,
		const struct fc_picture *picture, uint8_t *templ,
		void *scratch);
	/* Is a living head before the camera? */
	enum fc_saying (*alive)(const void *model,
		const struct fc_picture *frames, uint32_t n, enum fc_turn asked,
		void *scratch);
	/* Two templates: YES, NO or BROKEN. *score, if score is not NULL, is
	 * for benchmarks on rendered people and never leaves the child. */
	enum fc_saying (*compare)(const void *model, const uint8_t *a,
		const uint8_t *b, int32_t *score, void *scratch);
	void (*close)(void *model);
};

/* What a shared object of a plug-in exports. */
typedef const struct fc_plugin *fc_plugin_fn(void);

#endif
