/* facecheck pack: pictures of one's own, in the form that verify takes. */
#include <string.h>

#include "base/file.h"
#include "facecheck/child/wire.h"
#include "facecheck/face/pnm.h"
#include "facecheck/tool/tool.h"

enum { OPT_OUTPUT = 1, OPT_TURN };

#define PICTURE_BYTES (64u << 20) /* memory for one: its file and pixels */

struct asked {
	const char *path;
	enum fc_turn turn;
};

static const struct fa_option options[] = {
	{ OPT_OUTPUT, 'o', "output", "FILE",
		FA_CLI_TEXT("写到这个文件；必须给出",
			"write to this file; must be given") },
	{ OPT_TURN, 0, "turn", "SIDE",
		FA_CLI_TEXT("画面中头转向 left（默认）或 right",
			"side to which the head turns: left (default) or "
			"right") },
	FC_TOOL_OPTIONS,
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct asked *x = ctx;

	if (id == OPT_OUTPUT) {
		x->path = value;
		return FA_OK;
	}
	x->turn = strcmp(value, "right") == 0 ? FC_TURN_RIGHT : FC_TURN_LEFT;
	if (x->turn == FC_TURN_LEFT && strcmp(value, "left") != 0)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no side, expected left or right", value);
	return FA_OK;
}

/* Adds the pixels of one file; the first settles the size of all. */
static int
add_picture(struct fa_buf *out, struct fc_wire *w, const char *path,
	struct fa_err *err)
{
	struct fc_picture p;
	struct fa_str bytes;
	struct fa_arena a;
	int rc;

	fa_arena_init(&a, PICTURE_BYTES);
	rc = fa_file_read(&bytes, fa_str_c(path), FC_PNM_BYTES_MAX, &a, err);
	if (rc == FA_OK)
		rc = fc_pnm_read(&p, bytes, &a, err);
	if (rc == FA_OK && w->width == 0) {
		w->width = p.width;
		w->height = p.height;
	}
	if (rc == FA_OK && (p.width != w->width || p.height != w->height))
		rc = fa_fail(err, FA_E_INPUT,
			"%s is %u by %u pixels, expected %u by %u as the first",
			path, p.width, p.height, w->width, w->height);
	if (rc == FA_OK)
		fa_buf_add(out,
			(struct fa_str){ (const char *)p.pixels,
				(size_t)p.width * p.height });
	fa_arena_done(&a);
	return rc;
}

static int
pack(struct fa_buf *out, const struct asked *x, char **paths, int n,
	struct fa_err *err)
{
	uint8_t head[FC_WIRE_HEAD];
	struct fc_wire w = { .frames = (uint32_t)n,
		.turn = n > 1 ? x->turn : FC_TURN_NONE };
	struct fa_buf pixels;
	int rc = FA_OK;

	fa_buf_init(&pixels, FC_PIXELS_MAX);
	for (int i = 0; i < n && rc == FA_OK; i++)
		rc = add_picture(&pixels, &w, paths[i], err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&pixels, "pictures together", err);
	if (rc == FA_OK) {
		fc_wire_write(head, &w);
		fa_buf_add(out,
			(struct fa_str){ (const char *)head, sizeof(head) });
		fa_buf_add(out, fa_buf_str(&pixels));
		rc = fa_buf_rc(out, "file", err);
	}
	fa_buf_done(&pixels);
	return rc;
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	struct asked x = { NULL, FC_TURN_LEFT };
	struct fa_buf out;
	struct fa_err err;
	int n, rc, status;

	if (!fc_tool_options(
		    t, &fc_cmd_pack, argc, argv, take, &x, &n, &status))
		return status;
	if (!x.path || n < 1 || n > FC_FRAMES_MAX) {
		fa_console_error(&t->con,
			FC_TOOL_SAY(t,
				"需要 --output 指明文件，以及 1 至 %d 张图像",
				"--output is needed, the file to write, and 1 "
				"to %d pictures"),
			FC_FRAMES_MAX);
		return FA_EXIT_ERROR;
	}
	fa_buf_init(&out, FC_WIRE_MAX);
	rc = pack(&out, &x, argv + 1, n, &err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(x.path), fa_buf_str(&out), &err);
	fa_buf_done(&out);
	return rc < 0 ? fc_tool_fail(t, &err) : FA_EXIT_CLEAN;
}

const struct fc_command fc_cmd_pack = {
	.name = "pack",
	.usage = "[options] -o FILE PICTURE...",
	.summary = FA_CLI_TEXT("把 PGM/PPM 图像打包成 verify 所用的格式",
		"put PGM or PPM pictures into the form that verify takes"),
	.details = FA_CLI_TEXT(
		"一张为比对底图，多张为转头的一组画面，第一张正对。\n"
		"本命令在隔离之外读取图像：供试验比对器，不用于办理。\n",
		"One picture makes a reference; several, the first straight "
		"ahead, a head that\nturns. They are read outside of the "
		"sandbox: for trying a matcher, not for a\nservice.\n"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
