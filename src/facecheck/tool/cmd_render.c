/* facecheck render: pictures of people who do not exist. */
#include <string.h>

#include "base/file.h"
#include "facecheck/child/wire.h"
#include "facecheck/face/bundled.h"
#include "facecheck/face/pnm.h"
#include "facecheck/face/render.h"
#include "facecheck/tool/tool.h"

enum {
	OPT_OUTPUT = 1,
	OPT_FORMAT,
	OPT_SEED,
	OPT_PERSON,
	OPT_PICTURE,
	OPT_DIFFICULTY,
	OPT_FRAMES,
	OPT_TURN,
	OPT_SPECIES
};

#define DIFFICULTY 35

struct asked {
	struct fc_tool *tool;
	const char *path;
	bool wire;
	uint64_t seed, person, picture, difficulty, frames;
	enum fc_turn turn;
	int species; /* enum fc_species, or -1: one plain picture */
};

static const struct fa_option options[] = {
	{ OPT_OUTPUT, 'o', "output", "FILE",
		FA_CLI_TEXT("写到这个文件；必须给出",
			"write to this file; must be given") },
	{ OPT_FORMAT, 0, "format", "FORMAT",
		FA_CLI_TEXT("pgm（默认，供观看）或 fcp（供 verify）",
			"pgm (default, to look at) or fcp (for verify)") },
	{ OPT_SEED, 0, "seed", "N",
		FA_CLI_TEXT("人群的种子；默认 1",
			"seed of the people; default: 1") },
	{ OPT_PERSON, 0, "person", "N",
		FA_CLI_TEXT("第几个人；默认 0", "which person; default: 0") },
	{ OPT_PICTURE, 0, "picture", "N",
		FA_CLI_TEXT("此人的第几张；默认 0",
			"which picture of that person; default: 0") },
	{ OPT_DIFFICULTY, 0, "difficulty", "N",
		FA_CLI_TEXT("难度 0 至 100；默认 35",
			"0 to 100: pose, light, noise; default: 35") },
	{ OPT_SPECIES, 0, "species", "SPECIES",
		FA_CLI_TEXT("转头的一组画面：live、flat_print、bent_print、"
			    "replay",
			"frames of a turning head, or of an attack: live, "
			"flat_print, bent_print, replay") },
	{ OPT_TURN, 0, "turn", "SIDE",
		FA_CLI_TEXT("要求转向 left（默认）或 right",
			"side asked for: left (default) or right") },
	{ OPT_FRAMES, 0, "frames", "N",
		FA_CLI_TEXT("画面数 2 至 8；默认为内置比对器所需",
			"number of frames, 2 to 8; default: as the bundled "
			"matcher wants") },
	FC_TOOL_OPTIONS,
};

static int
take_word(struct asked *x, int id, const char *value, struct fa_err *err)
{
	if (id == OPT_FORMAT) {
		x->wire = strcmp(value, "fcp") == 0;
		return x->wire || strcmp(value, "pgm") == 0
			? FA_OK
			: fa_fail(err, FA_E_USAGE,
				  "'%s' is no format, expected pgm or fcp",
				  value);
	}
	if (id == OPT_TURN) {
		x->turn = strcmp(value, "right") == 0 ? FC_TURN_RIGHT
						      : FC_TURN_LEFT;
		return x->turn == FC_TURN_RIGHT || strcmp(value, "left") == 0
			? FA_OK
			: fa_fail(err, FA_E_USAGE,
				  "'%s' is no side, expected left or right",
				  value);
	}
	for (int i = 0; i < FC_SPECIES_COUNT; i++)
		if (strcmp(value, fc_species_name((enum fc_species)i)) == 0)
			x->species = i;
	return x->species >= 0
		? FA_OK
		: fa_fail(err, FA_E_USAGE,
			  "'%s' is no species, expected live, flat_print, "
			  "bent_print or replay",
			  value);
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct asked *x = ctx;

	switch (id) {
	case OPT_OUTPUT:
		x->path = value;
		return FA_OK;
	case OPT_SEED:
		return fc_tool_number(
			&x->seed, "seed", value, 0, UINT64_MAX, err);
	case OPT_PERSON:
		return fc_tool_number(
			&x->person, "person", value, 0, UINT32_MAX, err);
	case OPT_PICTURE:
		return fc_tool_number(
			&x->picture, "picture", value, 0, UINT32_MAX, err);
	case OPT_DIFFICULTY:
		return fc_tool_number(&x->difficulty, "difficulty", value, 0,
			FC_DIFFICULTY_MAX, err);
	case OPT_FRAMES:
		return fc_tool_number(
			&x->frames, "frames", value, 2, FC_FRAMES_MAX, err);
	default:
		return take_word(x, id, value, err);
	}
}

static void
add_frames(struct fa_buf *out, const struct asked *x, const uint8_t *pixels,
	uint32_t frames)
{
	uint8_t head[FC_WIRE_HEAD];
	struct fc_wire wire = { .frames = frames,
		.width = FC_FACE_WIDTH,
		.height = FC_FACE_HEIGHT,
		.turn = frames > 1 ? x->turn : FC_TURN_NONE };
	/* As one picture: frames stand below each other. */
	const struct fc_picture all = { pixels, FC_FACE_WIDTH,
		FC_FACE_HEIGHT * frames };

	if (!x->wire) {
		fc_pnm_write(out, &all);
		return;
	}
	fc_wire_write(head, &wire);
	fa_buf_add(out, (struct fa_str){ (const char *)head, sizeof(head) });
	fa_buf_add(out,
		(struct fa_str){
			(const char *)pixels, (size_t)frames * FC_FACE_BYTES });
}

static int
render(struct asked *x, struct fa_buf *out, struct fa_err *err)
{
	uint32_t frames = x->species < 0 ? 1 : (uint32_t)x->frames;
	uint8_t *pixels = fa_arena_new(&x->tool->arena, frames, FC_FACE_BYTES);
	struct fc_studio *studio;
	int rc = fc_studio_new(&studio, &x->tool->arena, err);

	if (rc < 0)
		return rc;
	if (!pixels)
		return fa_fail(err, FA_E_NOMEM, "no memory for a picture");
	if (x->species < 0)
		fc_render_face(studio, x->seed, (uint32_t)x->person,
			(uint32_t)x->picture, (unsigned)x->difficulty, pixels,
			NULL);
	else
		fc_render_session(studio, x->seed, (uint32_t)x->person,
			(uint32_t)x->picture, (unsigned)x->difficulty,
			(enum fc_species)x->species, x->turn, frames, pixels);
	add_frames(out, x, pixels, frames);
	return fa_buf_rc(out, "picture", err);
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	struct asked x = { .tool = t,
		.seed = 1,
		.difficulty = DIFFICULTY,
		.frames = fc_plugin_bundled()->frames,
		.turn = FC_TURN_LEFT,
		.species = -1 };
	struct fa_buf out;
	struct fa_err err;
	int n, rc, status;

	if (!fc_tool_options(
		    t, &fc_cmd_render, argc, argv, take, &x, &n, &status))
		return status;
	if (!fc_tool_no_operands(t, &fc_cmd_render, n))
		return FA_EXIT_ERROR;
	if (!x.path) {
		fa_console_error(&t->con, "%s",
			FC_TOOL_SAY(t, "需要 --output 指明文件",
				"--output is needed: the file to write"));
		return FA_EXIT_ERROR;
	}
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	rc = render(&x, &out, &err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(x.path), fa_buf_str(&out), &err);
	fa_buf_done(&out);
	return rc < 0 ? fc_tool_fail(t, &err) : FA_EXIT_CLEAN;
}

const struct fc_command fc_cmd_render = {
	.name = "render",
	.usage = "[options] -o FILE",
	.summary = FA_CLI_TEXT("渲染并不存在的人的图像",
		"draw pictures of people who do not exist"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
