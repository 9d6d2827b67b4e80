/* The tables as C source. Floats are written in hexadecimal, which is exact. */
#include "base/buf.h"
#include "base/file.h"
#include "facecheck/face/train/train.h"

#define SOURCE_BYTES (16u << 20)

static void
put_bytes(struct fa_buf *b, const int8_t *v, size_t n)
{
	fa_buf_addc(b, '{');
	for (size_t i = 0; i < n; i++)
		fa_buf_addf(b, "%d,%s", v[i], i % 32 == 31 ? "\n" : "");
	fa_buf_adds(b, "},\n");
}

static void
put_floats(struct fa_buf *b, const float *v, size_t n)
{
	fa_buf_addc(b, '{');
	for (size_t i = 0; i < n; i++)
		fa_buf_addf(b, "%af,%s", (double)v[i], i % 8 == 7 ? "\n" : "");
	fa_buf_adds(b, "},\n");
}

static void
put_window(struct fa_buf *b, const struct fc_face_model *m)
{
	fa_buf_adds(b, ".window = {\n");
	for (int i = 0; i < FC_WINDOW_POINTS; i++)
		put_bytes(b, m->window[i], FC_CODES);
	fa_buf_adds(b, "},\n.order = {");
	for (int i = 0; i < FC_WINDOW_POINTS; i++)
		fa_buf_addf(b, "%u,%s", m->order[i], i % 16 == 15 ? "\n" : "");
	fa_buf_adds(b, "},\n.window_gate = {");
	for (int i = 0; i < FC_WINDOW_GATES; i++)
		fa_buf_addf(b, "%d,", m->window_gate[i]);
	fa_buf_addf(b, "},\n.window_floor = %d,\n", m->window_floor);
}

static void
put_rest(struct fa_buf *b, const struct fc_face_model *m)
{
	fa_buf_adds(b, ".eyes = {\n");
	for (int s = 0; s < FC_EYE_STAGES; s++) {
		fa_buf_adds(b, "{\n");
		for (int k = 0; k < 4; k++)
			put_floats(b, m->eyes[s][k], FC_HOG_DIMS);
		fa_buf_adds(b, "},\n");
	}
	fa_buf_adds(b, "},\n.eyes_off = {\n");
	for (int s = 0; s < FC_EYE_STAGES; s++)
		put_floats(b, m->eyes_off[s], 4);
	fa_buf_adds(b, "},\n.project = {\n");
	for (int k = 0; k < FC_TEMPLATE_DIMS; k++)
		put_bytes(b, m->project[k], FC_HOG_DIMS);
	fa_buf_adds(b, "},\n.project_scale = ");
	put_floats(b, m->project_scale, FC_TEMPLATE_DIMS);
	fa_buf_adds(b, ".project_off = ");
	put_floats(b, m->project_off, FC_TEMPLATE_DIMS);
	fa_buf_adds(b, ".relief = {\n");
	for (int j = 0; j < FC_LIVE_ROWS; j++)
		put_floats(b, m->relief[j], FC_LIVE_COLS);
	fa_buf_addf(b, "},\n.same = %d,\n", m->same);
}

int
fc_lesson_write(const struct fc_lesson *l, const char *path, struct fa_err *err)
{
	struct fa_buf b;
	int rc;

	fa_buf_init(&b, SOURCE_BYTES);
	fa_buf_addf(&b,
		"/* Made by the build from rendered people; see face/train.\n"
		" * Held out (%d people): faces found %u.%02u %%, eyes near "
		"%u.%02u %%,\n"
		" * mean error of the worse eye %u.%02u %% of their distance, "
		"equal error\n"
		" * rate %u.%02u %%; spread between people by that within: "
		"%.3f first, %.5f last. */\n"
		"#include \"facecheck/face/model.h\"\n\n"
		"const struct fc_face_model fc_face_model_bundled = {\n",
		FC_HELD_PEOPLE, l->report.found / 100, l->report.found % 100,
		l->report.near_bp / 100, l->report.near_bp % 100,
		l->report.eyes_error / 100, l->report.eyes_error % 100,
		l->report.eer_bp / 100, l->report.eer_bp % 100,
		l->report.spread_first, l->report.spread_last);
	put_window(&b, l->model);
	put_rest(&b, l->model);
	fa_buf_adds(&b, "};\n");
	rc = fa_buf_rc(&b, "model", err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(path), fa_buf_str(&b), err);
	fa_buf_done(&b);
	return rc;
}
