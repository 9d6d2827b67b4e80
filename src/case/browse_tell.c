/* What is written down of a page that was pictured. */
#include "case/browse_parts.h"

#define LAYOUT_BYTES ((size_t)64 << 20)

int32_t
fa_browse_height(const struct fa_look *look)
{
	int64_t h = FA_BROWSE_HEIGHT;

	if (look->page_w > FA_BROWSE_WIDTH)
		h = h * look->page_w / FA_BROWSE_WIDTH;
	return h < INT32_MAX ? (int32_t)h : INT32_MAX;
}

int
fa_browse_object(struct fa_browse_work *w, struct fa_str name,
	struct fa_str mime, struct fa_str data, struct fa_err *err)
{
	int rc = fa_session_object(&w->objs[w->objs_n], w->s, name, mime, data,
		fa_str_c(w->page->payload), &w->a, err);

	w->objs_n += rc == FA_OK;
	return rc;
}

static void
write_shots(struct fa_jw *j, const struct fa_browse_work *w)
{
	fa_jw_key(j, "shots");
	fa_jw_array(j);
	for (size_t i = 0; i < w->shots_n; i++) {
		fa_jw_object(j);
		fa_jw_kstr(j, "sha256", fa_str_c(w->shots[i].sha256));
		fa_jw_kint(j, "y", w->shots[i].y);
		fa_jw_kint(j, "height", fa_browse_height(&w->look));
		fa_jw_end(j, '}');
	}
	fa_jw_end(j, ']');
}

int
fa_browse_layout(struct fa_browse_work *w, struct fa_err *err)
{
	const struct fa_look *look = &w->look;
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_jw j;
	int rc;

	fa_buf_init(&b, LAYOUT_BYTES);
	fa_jw_init(&j, &b, 0);
	fa_jw_object(&j);
	fa_jw_kstr(&j, "schema", FA_STR("faceaudit-layout/1"));
	fa_jw_kstr(&j, "url", w->page->url);
	fa_jw_kint(&j, "page_width", look->page_w);
	fa_jw_kint(&j, "page_height", look->page_h);
	fa_jw_kint(&j, "width", FA_BROWSE_WIDTH);
	write_shots(&j, w);
	fa_jw_key(&j, "elements");
	fa_jw_array(&j);
	for (size_t i = 0; i < look->screen.elements_n; i++) {
		const struct fa_flow_element *e = &look->screen.elements[i];

		if (!e->has_box || e->text.n == 0)
			continue;
		fa_jw_object(&j);
		fa_jw_kstr(&j, "role", fa_str_c(fa_flow_role_name(e->role)));
		fa_jw_kint(&j, "x", e->box.x);
		fa_jw_kint(&j, "y", e->box.y);
		fa_jw_kint(&j, "w", e->box.w);
		fa_jw_kint(&j, "h", e->box.h);
		fa_jw_kstr(&j, "text", e->text);
		fa_jw_end(&j, '}');
	}
	fa_jw_end(&j, ']');
	fa_jw_end(&j, '}');
	rc = fa_buf_rc(&b, "layout", err);
	return rc < 0
		? rc
		: fa_browse_object(w, FA_STR("layout.json"),
			  FA_STR("application/json"), fa_buf_str(&b), err);
}

int
fa_browse_tell(struct fa_browse_work *w, struct fa_err *err)
{
	const struct fa_look *look = &w->look;
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_jw j;
	int rc;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&j, &detail, 0);
	fa_jw_object(&j);
	fa_jw_kstr(&j, "url", w->page->url);
	fa_jw_kint(&j, "capture", w->page->seq);
	fa_jw_kstr(&j, "from", FA_STR("archive"));
	fa_jw_kstr(&j, "browser", w->b.version(w->b.self));
	fa_jw_kbool(&j, "sandboxed", w->b.sandboxed(w->b.self));
	fa_jw_kbool(&j, "fresh_profile", true);
	fa_jw_kint(&j, "width", FA_BROWSE_WIDTH);
	fa_jw_kint(&j, "height", FA_BROWSE_HEIGHT);
	fa_jw_kint(&j, "scale_percent", 100);
	fa_jw_kstr(&j, "language", FA_STR("zh-CN"));
	fa_jw_kint(&j, "page_width", look->page_w);
	fa_jw_kint(&j, "page_height", look->page_h);
	fa_jw_kbool(&j, "settled", look->settled);
	rc = fa_browse_net_write(&j, &w->net, &w->a, err);
	if (rc < 0)
		return rc;
	fa_jw_kint(&j, "text_to", w->bottom);
	fa_jw_kbool(&j, "whole", !w->why && w->reached);
	write_shots(&j, w);
	fa_jw_end(&j, '}');
	return fa_session_say(w->s, FA_OP_RENDER, w->page->url, w->objs,
		w->objs_n, &detail, err);
}
