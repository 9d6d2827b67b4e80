/* Requests of the page: each is stopped by the browser, completed by its
 * cookies, and handed to the net. */
#include "base/base64.h"
#include "browser/chromium.h"

#define REQUEST_BYTES ((size_t)8 << 20)

enum { URL, METHOD, KIND, HEADERS, BODY };

static struct fa_str
part(const struct fa_chromium_request *r, int which)
{
	size_t from = which == URL ? 0 : r->end[which - 1];

	return fa_str_sub(fa_buf_str(&r->text), from, r->end[which]);
}

static void
release(struct fa_chromium *b, struct fa_chromium_request *r)
{
	if (r->state != FA_REQUEST_FREE)
		b->asked--;
	/* The texts stay until the place is needed: the net may be reading
	 * them while it answers. */
	r->state = FA_REQUEST_FREE;
}

static void
refuse(struct fa_chromium *b, struct fa_str session, struct fa_str id,
	const char *reason)
{
	struct fa_jw *w = fa_cdp_begin(&b->cdp, session, "Fetch.failRequest");

	fa_jw_kstr(w, "requestId", id);
	fa_jw_kstr(w, "errorReason", fa_str_c(reason));
	(void)fa_cdp_send(&b->cdp);
}

static struct fa_chromium_request *
free_slot(struct fa_chromium *b)
{
	for (size_t i = 0; i < FA_CHROMIUM_REQUESTS; i++)
		if (b->requests[i].state == FA_REQUEST_FREE)
			return &b->requests[i];
	return NULL;
}

static void
add_headers(struct fa_buf *out, const struct fa_json *headers)
{
	const struct fa_json *h = headers == NULL ? NULL : headers->child;

	for (; h != NULL; h = h->next) {
		if (h->kind != FA_JSON_STRING)
			continue;
		fa_buf_add(out, h->key);
		fa_buf_adds(out, ": ");
		for (size_t i = 0; i < h->str.n; i++) {
			char c = h->str.p[i];

			fa_buf_addc(out, c == '\r' || c == '\n' ? ' ' : c);
		}
		fa_buf_adds(out, "\r\n");
	}
}

/* Bytes as they would go out; the plain text of them is for reading only. */
static void
add_body(struct fa_chromium *b, struct fa_buf *out,
	const struct fa_json *request)
{
	const struct fa_json *entries =
		fa_json_find(request, "postDataEntries");
	const struct fa_json *e = entries == NULL ? NULL : entries->child;

	if (e == NULL) {
		fa_buf_add(out, fa_json_text(request, "postData"));
		return;
	}
	for (; e != NULL; e = e->next) {
		struct fa_str bytes;

		if (fa_base64_decode(&bytes, fa_json_text(e, "bytes"),
			    &b->cdp.events, NULL) == FA_OK)
			fa_buf_add(out, bytes);
	}
}

/* "Is one of them the top frame": a page of ours, by its name. */
static bool
is_top(const struct fa_chromium *b, struct fa_str frame)
{
	for (size_t i = 0; i < FA_CHROMIUM_PAGES; i++)
		if (b->pages[i].used &&
			fa_str_eq(fa_chromium_id(&b->pages[i].target), frame))
			return true;
	return false;
}

static void
keep(struct fa_chromium *b, struct fa_chromium_request *r,
	const struct fa_json *params)
{
	const struct fa_json *request = fa_json_find(params, "request");
	struct fa_str kind = fa_json_text(params, "resourceType");

	fa_buf_done(&r->text);
	fa_buf_init(&r->text, REQUEST_BYTES);
	fa_buf_add(&r->text, fa_json_text(request, "url"));
	r->end[URL] = r->text.n;
	fa_buf_add(&r->text, fa_json_text(request, "method"));
	r->end[METHOD] = r->text.n;
	fa_buf_add(&r->text, kind);
	r->end[KIND] = r->text.n;
	add_headers(&r->text, fa_json_find(request, "headers"));
	r->end[HEADERS] = r->text.n;
	add_body(b, &r->text, request);
	r->end[BODY] = r->text.n;
	r->main_document = fa_str_eq(kind, FA_STR("Document")) &&
		is_top(b, fa_json_text(params, "frameId"));
}

void
fa_chromium_paused(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_str id = fa_json_text(params, "requestId");
	struct fa_chromium_request *r = free_slot(b);
	struct fa_jw *w;

	if (r == NULL) {
		b->now.refused++;
		refuse(b, session, id, "BlockedByClient");
		return;
	}
	fa_chromium_set_id(&r->id, id);
	fa_chromium_set_id(&r->session, session);
	keep(b, r, params);
	if (r->text.rc != FA_OK) {
		b->now.refused++;
		refuse(b, session, id, "BlockedByClient");
		return;
	}
	r->state = FA_REQUEST_COOKIES;
	b->asked++;
	w = fa_cdp_begin(&b->cdp, fa_chromium_session(b), "Network.getCookies");
	fa_jw_key(w, "urls");
	fa_jw_array(w);
	fa_jw_str(w, part(r, URL));
	fa_jw_end(w, ']');
	r->cookies = fa_cdp_send(&b->cdp);
}

bool
fa_chromium_wants(void *self, uint64_t id)
{
	const struct fa_chromium *b = self;

	for (size_t i = 0; i < FA_CHROMIUM_REQUESTS; i++)
		if (b->requests[i].state == FA_REQUEST_COOKIES &&
			b->requests[i].cookies == id)
			return true;
	return false;
}

/* RFC 6265, 4.2: the header, put in front of the body. */
static struct fa_str
cookie_line(struct fa_chromium *b, const struct fa_json *result,
	struct fa_buf *line)
{
	const struct fa_json *all = fa_json_find(result, "cookies");
	const struct fa_json *c = all == NULL ? NULL : all->child;

	(void)b;
	for (; c != NULL; c = c->next) {
		fa_buf_adds(line, line->n == 0 ? "Cookie: " : "; ");
		fa_buf_add(line, fa_json_text(c, "name"));
		fa_buf_addc(line, '=');
		fa_buf_add(line, fa_json_text(c, "value"));
	}
	if (line->n > 0)
		fa_buf_adds(line, "\r\n");
	return line->rc == FA_OK ? fa_buf_str(line) : FA_STR("");
}

static void
ask_net(struct fa_chromium *b, struct fa_chromium_request *r,
	struct fa_str cookies)
{
	struct fa_net_request q = { .id = ++b->last_request,
		.method = part(r, METHOD),
		.url = part(r, URL),
		.body = part(r, BODY),
		.kind = part(r, KIND),
		.main_document = r->main_document };
	struct fa_str headers = part(r, HEADERS);
	struct fa_buf all;
	int rc;

	if (q.body.n > 0 && !fa_str_eq(q.method, FA_STR("GET")))
		b->now.effects |= FA_FLOW_EFFECT_UPLOAD;
	r->state = FA_REQUEST_ASKED;
	r->number = q.id;
	fa_buf_init(&all, REQUEST_BYTES);
	fa_buf_add(&all, headers);
	fa_buf_add(&all, cookies);
	q.headers = fa_buf_str(&all);
	rc = fa_buf_rc(&all, "request", &b->net_err);
	if (rc == FA_OK)
		rc = b->opts.net.request(
			b->opts.net.self, b->face, &q, &b->net_err);
	if (rc != FA_OK)
		b->net_err.rc = rc;
	fa_buf_done(&all);
}

void
fa_chromium_cookies(void *self, uint64_t id, const struct fa_json *result)
{
	struct fa_chromium *b = self;

	for (size_t i = 0; i < FA_CHROMIUM_REQUESTS; i++) {
		struct fa_chromium_request *r = &b->requests[i];
		struct fa_buf line;

		if (r->state != FA_REQUEST_COOKIES || r->cookies != id)
			continue;
		fa_buf_init(&line, REQUEST_BYTES);
		ask_net(b, r, cookie_line(b, result, &line));
		fa_buf_done(&line);
		return;
	}
}

static void
add_response_headers(struct fa_jw *w, struct fa_str lines)
{
	fa_jw_key(w, "responseHeaders");
	fa_jw_array(w);
	while (lines.n > 0) {
		struct fa_str value = fa_str_trim(fa_str_cut(&lines, '\n'));
		struct fa_str name = fa_str_trim(fa_str_cut(&value, ':'));

		if (value.p == NULL || name.n == 0)
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "name", name);
		fa_jw_kstr(w, "value", fa_str_trim(value));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static int
fulfil(struct fa_chromium *b, const struct fa_chromium_request *r,
	const struct fa_net_answer *answer, struct fa_err *err)
{
	struct fa_buf body;
	struct fa_jw *w;
	int status = answer->status;
	int rc;

	fa_buf_init(&body, FA_CDP_OUT_BYTES / 2);
	fa_base64_add(&body, answer->body);
	rc = fa_buf_rc(&body, "answer to the page", err);
	if (rc != FA_OK) {
		fa_buf_done(&body);
		return rc;
	}
	w = fa_cdp_begin(
		&b->cdp, fa_chromium_id(&r->session), "Fetch.fulfillRequest");
	fa_jw_kstr(w, "requestId", fa_chromium_id(&r->id));
	fa_jw_kint(
		w, "responseCode", status < 200 || status > 599 ? 502 : status);
	add_response_headers(w, answer->headers);
	fa_jw_kstr(w, "body", body.n == 0 ? FA_STR("") : fa_buf_str(&body));
	(void)fa_cdp_send(&b->cdp);
	fa_buf_done(&body);
	return FA_OK;
}

static void
note_left(struct fa_chromium *b, struct fa_str url)
{
	size_t n = url.n < sizeof(b->left_to) ? url.n : sizeof(b->left_to) - 1;

	b->now.left = true;
	for (size_t i = 0; i < n; i++)
		b->left_to[i] = url.p[i];
	b->left_to[n] = '\0';
}

int
fa_chromium_answer(void *self, uint64_t id, const struct fa_net_answer *answer,
	struct fa_err *err)
{
	struct fa_chromium *b = self;

	for (size_t i = 0; i < FA_CHROMIUM_REQUESTS; i++) {
		struct fa_chromium_request *r = &b->requests[i];
		int rc = FA_OK;

		if (r->state != FA_REQUEST_ASKED || r->number != id)
			continue;
		if (answer->error != NULL) {
			if (r->main_document)
				note_left(b, part(r, URL));
			refuse(b, fa_chromium_id(&r->session),
				fa_chromium_id(&r->id), answer->error);
		} else {
			rc = fulfil(b, r, answer, err);
		}
		release(b, r);
		return rc;
	}
	return FA_OK; /* the page is gone */
}

void
fa_chromium_forget(struct fa_chromium *b)
{
	for (size_t i = 0; i < FA_CHROMIUM_REQUESTS; i++) {
		release(b, &b->requests[i]);
		fa_buf_done(&b->requests[i].text);
	}
	if (b->opts.net.forget != NULL)
		b->opts.net.forget(b->opts.net.self);
}
