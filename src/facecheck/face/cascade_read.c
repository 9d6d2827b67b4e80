/* Form of the file, as far as it matters:
 *
 *   <opencv_storage><cascade>
 *     <stageType>BOOST</stageType> <featureType>LBP</featureType>
 *     <height>24</height> <width>24</width>
 *     <stages> { <_> <stageThreshold>-0.75</stageThreshold>
 *       <weakClassifiers> { <_>
 *         <internalNodes>0 -1 FEATURE S0 .. S7</internalNodes>
 *         <leafValues>A B</leafValues> </_> } </weakClassifiers> </_> }
 *     </stages>
 *     <features> { <_> <rect>X Y W H</rect> </_> } </features>
 *   </cascade></opencv_storage>
 *
 * S are words of 32 bits written with a sign. Only trees of one node are
 * understood. */
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/num.h"
#include "facecheck/face/cascade_parts.h"

#define CASCADE_ARENA_BYTES (4u << 20)
#define DIGITS_MAX 18 /* of a number, before its exponent */
#define EXPONENT_MAX 30
#define SLACK 1e-5f /* thresholds are written rounded */

struct reader {
	const char *name;
	struct fc_cascade *c;
	struct fa_err *err;
};

static void
free_doc(xmlDoc **d)
{
	if (*d)
		xmlFreeDoc(*d);
}

static int
bad(const struct reader *r, const xmlNode *at, const char *what)
{
	return fa_fail(r->err, FA_E_INPUT, "%s:%ld: %s", r->name,
		at ? xmlGetLineNo(at) : 0L, what);
}

static const xmlNode *
element(const xmlNode *n)
{
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return n;
}

static const xmlNode *
child(const xmlNode *n, const char *name)
{
	const xmlNode *k = n ? element(n->children) : NULL;

	while (k && strcmp((const char *)k->name, name) != 0)
		k = element(k->next);
	return k;
}

/* The text of an element; empty if there is none, or if it is in pieces. */
static struct fa_str
text_of(const xmlNode *n)
{
	const xmlNode *t = n ? n->children : NULL;

	if (!t || t->next || t->type != XML_TEXT_NODE)
		return FA_STR("");
	return fa_str_trim(fa_str_c((const char *)t->content));
}

static struct fa_str
word(struct fa_str *rest)
{
	struct fa_str s = fa_str_trim(*rest);
	size_t n = 0;

	while (n < s.n && (unsigned char)s.p[n] > ' ')
		n++;
	*rest = fa_str_sub(s, n, s.n);
	return fa_str_sub(s, 0, n);
}

static bool
sign_of(struct fa_str *s)
{
	bool minus = fa_str_starts(*s, FA_STR("-"));

	if (minus || fa_str_starts(*s, FA_STR("+")))
		*s = fa_str_sub(*s, 1, s->n);
	return minus;
}

/* Whole number in low .. high. */
static bool
whole(struct fa_str s, int64_t low, int64_t high, int64_t *out)
{
	bool minus = sign_of(&s);
	uint64_t v;

	if (!fa_num_u64(s, UINT32_MAX, &v))
		return false;
	if ((minus ? -(int64_t)v : (int64_t)v) < low ||
		(minus ? -(int64_t)v : (int64_t)v) > high)
		return false;
	*out = minus ? -(int64_t)v : (int64_t)v;
	return true;
}

/* Digits with at most one point among them, as *v / *scale. */
static bool
digits(struct fa_str s, double *v, double *scale)
{
	size_t n = 0, points = 0;

	*v = 0;
	*scale = 1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && points++ == 0)
			continue;
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (++n > DIGITS_MAX && points > 0)
			continue; /* too small to matter */
		if (n > DIGITS_MAX)
			return false;
		*v = *v * 10 + (s.p[i] - '0');
		*scale *= points ? 10 : 1;
	}
	return n > 0;
}

/* With an optional sign and exponent. */
static bool
real(struct fa_str s, float *out)
{
	bool minus = sign_of(&s);
	struct fa_str exponent = s, part;
	double v, scale;
	int64_t e = 0;

	part = fa_str_cut(&exponent, 'e');
	if (exponent.p && !whole(exponent, -EXPONENT_MAX, EXPONENT_MAX, &e))
		return false;
	if (!digits(part, &v, &scale))
		return false;
	for (; e > 0; e--)
		v *= 10;
	for (; e < 0; e++)
		scale *= 10;
	if (v / scale > 1e30)
		return false;
	*out = (float)(minus ? -v / scale : v / scale);
	return true;
}

static bool
reals(struct fa_str s, float *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!real(word(&s), &out[i]))
			return false;
	return fa_str_trim(s).n == 0;
}

static bool
count_elements(const xmlNode *parent, uint32_t most, uint32_t *out)
{
	uint32_t n = 0;

	for (const xmlNode *k = parent ? element(parent->children) : NULL; k;
		k = element(k->next))
		if (++n > most)
			return false;
	*out = n;
	return true;
}

static int
read_weak(struct reader *r, const xmlNode *n, struct fc_cascade_weak *w)
{
	struct fa_str s = text_of(child(n, "internalNodes"));
	int64_t v;

	if (!fa_str_eq(word(&s), FA_STR("0")) ||
		!fa_str_eq(word(&s), FA_STR("-1")))
		return bad(r, n, "a tree of more than one node");
	if (!whole(word(&s), 0, r->c->features_n - 1, &v))
		return bad(r, n, "a feature that is not in the file");
	w->feature = (uint32_t)v;
	for (int i = 0; i < 8; i++) {
		if (!whole(word(&s), INT32_MIN, UINT32_MAX, &v))
			return bad(r, n, "expected eight words of a subset");
		w->subset[i] = (uint32_t)(v & UINT32_MAX);
	}
	if (fa_str_trim(s).n > 0)
		return bad(r, n, "more than one node");
	if (!reals(text_of(child(n, "leafValues")), w->leaf, 2))
		return bad(r, n, "expected two leaf values");
	return FA_OK;
}

static int
read_stage(struct reader *r, const xmlNode *n, struct fc_cascade_stage *s)
{
	const xmlNode *k = child(n, "weakClassifiers");
	uint32_t found;

	if (!reals(text_of(child(n, "stageThreshold")), &s->threshold, 1))
		return bad(r, n, "expected a stage threshold");
	s->threshold -= SLACK;
	if (!count_elements(k, FC_CASCADE_WEAK_MAX - r->c->weak_n, &found) ||
		found == 0)
		return bad(r, n, "no classifiers, or too many");
	s->first = r->c->weak_n;
	s->n = found;
	for (k = element(k->children); k; k = element(k->next)) {
		int rc = read_weak(r, k, &r->c->weak[r->c->weak_n]);

		if (rc < 0)
			return rc;
		r->c->weak_n++;
	}
	return FA_OK;
}

static int
read_feature(struct reader *r, const xmlNode *n, struct fc_cascade_feature *f)
{
	struct fa_str s = text_of(child(n, "rect"));
	int64_t x, y, w, h;

	if (!whole(word(&s), 0, r->c->width, &x) ||
		!whole(word(&s), 0, r->c->height, &y) ||
		!whole(word(&s), 1, r->c->width, &w) ||
		!whole(word(&s), 1, r->c->height, &h) || fa_str_trim(s).n > 0)
		return bad(r, n, "expected a rectangle");
	if (x + 3 * w > r->c->width || y + 3 * h > r->c->height)
		return bad(r, n, "a rectangle that leaves the window");
	*f = (struct fc_cascade_feature){ (uint32_t)x, (uint32_t)y, (uint32_t)w,
		(uint32_t)h };
	return FA_OK;
}

static int
read_window(struct reader *r, const xmlNode *root)
{
	int64_t w, h;

	if (!fa_str_eq(text_of(child(root, "featureType")), FA_STR("LBP")))
		return bad(r, root, "no cascade of local binary patterns");
	if (!whole(text_of(child(root, "width")), FC_CASCADE_WINDOW_MIN,
		    FC_CASCADE_WINDOW_MAX, &w) ||
		!whole(text_of(child(root, "height")), FC_CASCADE_WINDOW_MIN,
			FC_CASCADE_WINDOW_MAX, &h))
		return bad(r, root, "window too small or too large");
	r->c->width = (uint32_t)w;
	r->c->height = (uint32_t)h;
	return FA_OK;
}

static int
read_cascade(struct reader *r, const xmlNode *root)
{
	const xmlNode *features = child(root, "features"), *k;
	const xmlNode *stages = child(root, "stages");
	struct fc_cascade *c = r->c;
	uint32_t i = 0;
	int rc = read_window(r, root);

	if (rc < 0)
		return rc;
	if (!count_elements(
		    features, FC_CASCADE_FEATURES_MAX, &c->features_n) ||
		c->features_n == 0)
		return bad(r, root, "no features, or too many");
	if (!count_elements(stages, FC_CASCADE_STAGES_MAX, &c->stages_n) ||
		c->stages_n == 0)
		return bad(r, root, "no stages, or too many");
	c->features =
		fa_arena_new(&c->arena, c->features_n, sizeof(*c->features));
	c->stages = fa_arena_new(&c->arena, c->stages_n, sizeof(*c->stages));
	c->weak =
		fa_arena_new(&c->arena, FC_CASCADE_WEAK_MAX, sizeof(*c->weak));
	if (!c->features || !c->stages || !c->weak)
		return fa_fail(r->err, FA_E_NOMEM, "no memory for a cascade");
	for (k = element(features->children); k && rc == FA_OK;
		k = element(k->next))
		rc = read_feature(r, k, &c->features[i++]);
	i = 0;
	for (k = element(stages->children); k && rc == FA_OK;
		k = element(k->next))
		rc = read_stage(r, k, &c->stages[i++]);
	return rc;
}

/* Files that are known, and where the eyes of rendered people lie in their
 * windows. The first one finds more of those. */
static const struct known {
	const char *name;
	float eyes[3];
} known[] = {
	{ "lbpcascade_frontalface.xml", { 0.276f, 0.731f, 0.418f } },
	{ "lbpcascade_frontalface_improved.xml", { 0.190f, 0.831f, 0.265f } },
};

/* The cascade lives in its own arena, which is moved into it. */
static struct fc_cascade *
cascade_new(void)
{
	struct fa_arena a;
	struct fc_cascade *c;

	fa_arena_init(&a, CASCADE_ARENA_BYTES);
	c = fa_arena_new(&a, 1, sizeof(*c));
	if (!c) {
		fa_arena_done(&a);
		return NULL;
	}
	c->arena = a;
	memcpy(c->eyes, known[0].eyes, sizeof(c->eyes));
	return c;
}

void
fc_cascade_free(struct fc_cascade *c)
{
	struct fa_arena a;

	if (!c)
		return;
	a = c->arena;
	fa_arena_done(&a);
}

int
fc_cascade_parse(struct fc_cascade **out, struct fa_str xml, const char *name,
	struct fa_err *err)
{
	FA_CLEANUP(free_doc) xmlDoc *d = NULL;
	struct reader r = { name, NULL, err };
	int rc;

	if (xml.n > FC_CASCADE_BYTES_MAX)
		return fa_fail(err, FA_E_LIMIT, "%s: %zu bytes, limit %u", name,
			xml.n, FC_CASCADE_BYTES_MAX);
	d = xmlReadMemory(xml.p ? xml.p : "", (int)xml.n, name, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!d)
		return fa_fail(
			err, FA_E_INPUT, "%s: not well-formed XML", name);
	if (d->intSubset)
		return fa_fail(err, FA_E_INPUT,
			"%s: a document type, which is not allowed", name);
	r.c = cascade_new();
	if (!r.c)
		return fa_fail(err, FA_E_NOMEM, "no memory for a cascade");
	rc = read_cascade(&r, child(xmlDocGetRootElement(d), "cascade"));
	if (rc < 0) {
		fc_cascade_free(r.c);
		return rc;
	}
	*out = r.c;
	return FA_OK;
}

int
fc_cascade_open(struct fc_cascade **out, const char *dir, struct fa_err *err)
{
	struct fa_arena a;
	int rc = FA_E_IO;

	fa_arena_init(&a, 2 * FC_CASCADE_BYTES_MAX);
	for (size_t i = 0; i < FA_COUNT(known) && rc == FA_E_IO; i++) {
		struct fa_buf b;
		struct fa_str data = FA_STR_NONE;

		fa_buf_init(&b, FA_FILE_PATH_BYTES);
		fa_buf_addf(&b, "%s/%s", dir, known[i].name);
		rc = fa_buf_rc(&b, "path", err);
		if (rc == FA_OK)
			rc = fa_file_read(&data, fa_buf_str(&b),
				FC_CASCADE_BYTES_MAX, &a, err);
		if (rc == FA_OK)
			rc = fc_cascade_parse(out, data, known[i].name, err);
		if (rc == FA_OK)
			memcpy((*out)->eyes, known[i].eyes,
				sizeof((*out)->eyes));
		fa_buf_done(&b);
	}
	fa_arena_done(&a);
	return rc;
}
