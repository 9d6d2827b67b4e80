/* Messages of the domain name system (RFC 1035, 4.1):
 *
 *     header    id, flags, four counts; 12 bytes
 *     question  name, type, class
 *     answer    records: name, type, class, ttl, length, data
 *
 * A name is a row of labels, each behind its length, up to a length of 0; two
 * bits in place of a length point at an earlier name (4.1.4). Numbers are big
 * endian. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "fetch/dns.h"

#define HEADER_BYTES 12
#define LABEL_BYTES 63
#define POINTERS_MAX 64 /* followed in one name */
#define CLASS_IN 1
#define TYPE_CNAME 5
#define FLAG_RESPONSE 0x8000u
#define FLAG_CUT 0x0200u
#define FLAG_RECURSE 0x0100u
#define RCODE_MASK 0x000fu

struct message {
	struct fa_str all;
	size_t at;
	bool bad;
};

static unsigned
byte(struct message *m)
{
	if (m->at >= m->all.n) {
		m->bad = true;
		return 0;
	}
	return (unsigned char)m->all.p[m->at++];
}

static unsigned
number16(struct message *m)
{
	unsigned high = byte(m);

	return high << 8 | byte(m);
}

static uint32_t
number32(struct message *m)
{
	uint32_t high = number16(m);

	return high << 16 | number16(m);
}

static char
lower(unsigned c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Appends a label to the text of a name. A dot within a label would read as
 * two labels, and a control character is no part of a host name. */
static bool
add_label(char name[FA_DNS_NAME_BYTES], size_t *n, struct message *m,
	unsigned length)
{
	if (*n + length + 1 >= FA_DNS_NAME_BYTES)
		return false;
	if (*n > 0)
		name[(*n)++] = '.';
	for (unsigned i = 0; i < length; i++) {
		unsigned c = byte(m);

		if (c <= ' ' || c == '.' || c >= 0x7f)
			return false;
		name[(*n)++] = lower(c);
	}
	return !m->bad;
}

/* The name at m->at, in lower case and without a final dot; m->at is behind
 * it. Pointers lead only backwards, so that they end. */
static void
read_name(char name[FA_DNS_NAME_BYTES], struct message *m)
{
	struct message at = *m;
	size_t n = 0, before = m->at;
	bool away = false;

	for (unsigned hops = 0; !at.bad;) {
		unsigned length = byte(&at);

		if (length >= 0xc0) {
			size_t to = (length & 0x3fu) << 8 | byte(&at);

			if (!away)
				m->at = at.at;
			away = true;
			at.bad =
				at.bad || to >= before || ++hops > POINTERS_MAX;
			before = at.at = to;
		} else if (length > LABEL_BYTES) {
			at.bad = true;
		} else if (length == 0) {
			break;
		} else if (!add_label(name, &n, &at, length)) {
			at.bad = true;
		}
	}
	if (!away)
		m->at = at.at;
	m->bad = m->bad || at.bad;
	name[n] = '\0';
}

struct record {
	char name[FA_DNS_NAME_BYTES];
	unsigned type, class;
	uint32_t ttl_s;
	struct message data; /* at its begin; the whole message around it */
	unsigned data_n;
};

static void
read_record(struct record *r, struct message *m)
{
	read_name(r->name, m);
	r->type = number16(m);
	r->class = number16(m);
	r->ttl_s = number32(m);
	r->data_n = number16(m);
	r->data = *m;
	if (m->bad || m->all.n - m->at < r->data_n)
		m->bad = true;
	else
		m->at += r->data_n;
}

static void
add_address(struct fa_dns_answer *out, struct record *r)
{
	bool v4 = r->type == FA_DNS_A;
	char text[FA_GUARD_TEXT_BYTES] = "";

	if (!inet_ntop(v4 ? AF_INET : AF_INET6, r->data.all.p + r->data.at,
		    text, sizeof(text)))
		return;
	for (size_t i = 0; i < out->n; i++)
		if (strcmp(out->at[i], text) == 0)
			return;
	if (out->n == FA_DNS_ADDRESSES) {
		out->more = true;
		return;
	}
	if (out->n == 0 || r->ttl_s < out->ttl_s)
		out->ttl_s = r->ttl_s;
	memcpy(out->at[out->n++], text, sizeof(text));
}

static bool
is_address(const struct record *r, enum fa_dns_type type)
{
	return r->type == (unsigned)type && r->class == CLASS_IN &&
		r->data_n == (type == FA_DNS_A ? 4u : 16u);
}

/* One way through the answers. With alias: the next name, where a CNAME of
 * name leads ("" when there is none). Else the addresses of name. */
static void
scan(struct fa_dns_answer *out, char *alias, struct message m, unsigned n,
	const char *name, enum fa_dns_type type)
{
	struct record r;

	for (unsigned i = 0; i < n && !m.bad; i++) {
		read_record(&r, &m);
		if (m.bad || strcmp(r.name, name) != 0)
			continue;
		if (alias && r.type == TYPE_CNAME && r.class == CLASS_IN) {
			read_name(alias, &r.data);
			if (r.data.bad)
				alias[0] = '\0';
			return;
		}
		if (!alias && is_address(&r, type))
			add_address(out, &r);
	}
}

static void
follow(struct fa_dns_answer *out, struct message m, unsigned n,
	const char *name, enum fa_dns_type type)
{
	char now[FA_DNS_NAME_BYTES] = "", next[FA_DNS_NAME_BYTES];

	(void)snprintf(now, sizeof(now), "%s", name);
	for (unsigned i = 0; i < FA_DNS_ALIASES; i++) {
		memset(next, 0, sizeof(next));
		scan(out, next, m, n, now, type);
		if (!next[0])
			break;
		memcpy(now, next, sizeof(now));
	}
	if (strcmp(now, name) != 0)
		memcpy(out->alias, now, sizeof(now));
	scan(out, NULL, m, n, now, type);
}

static bool
set_name(char out[FA_DNS_NAME_BYTES], struct fa_str s)
{
	if (s.n > 0 && s.p[s.n - 1] == '.')
		s.n--;
	if (s.n == 0 || s.n >= FA_DNS_NAME_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i++)
		out[i] = lower((unsigned char)s.p[i]);
	out[s.n] = '\0';
	return true;
}

int
fa_dns_question(struct fa_buf *out, uint16_t id, struct fa_str name,
	enum fa_dns_type type, struct fa_err *err)
{
	char text[FA_DNS_NAME_BYTES];
	const unsigned head[] = { id, FLAG_RECURSE, 1, 0, 0, 0 };
	struct fa_str rest, label;

	if (!set_name(text, name))
		return fa_fail(err, FA_E_INPUT,
			"a name of %zu bytes cannot be asked for", name.n);
	for (rest = fa_str_c(text); rest.p;) {
		label = fa_str_cut(&rest, '.');
		if (label.n == 0 || label.n > LABEL_BYTES)
			return fa_fail(err, FA_E_INPUT,
				"'%s' is no host name: a label has %zu bytes, "
				"expected 1 to %d",
				text, label.n, LABEL_BYTES);
	}
	for (size_t i = 0; i < FA_COUNT(head); i++) {
		fa_buf_addc(out, (char)(head[i] >> 8));
		fa_buf_addc(out, (char)(head[i] & 0xff));
	}
	for (rest = fa_str_c(text); rest.p;) {
		label = fa_str_cut(&rest, '.');
		fa_buf_addc(out, (char)label.n);
		fa_buf_add(out, label);
	}
	fa_buf_addc(out, 0);
	fa_buf_addc(out, 0);
	fa_buf_addc(out, (char)type);
	fa_buf_addc(out, 0);
	fa_buf_addc(out, CLASS_IN);
	return fa_buf_rc(out, "question", err);
}

int
fa_dns_read(struct fa_dns_answer *out, struct fa_str message, uint16_t id,
	struct fa_str name, enum fa_dns_type type, struct fa_err *err)
{
	struct message m = { .all = message }, records;
	struct fa_dns_answer got = *out;
	char asked[FA_DNS_NAME_BYTES] = "", about[FA_DNS_NAME_BYTES] = "";
	unsigned got_id = number16(&m), flags = number16(&m);
	unsigned questions = number16(&m), answers = number16(&m);
	struct record r;

	m.at = HEADER_BYTES;
	if (m.all.n < HEADER_BYTES || !(flags & FLAG_RESPONSE) ||
		got_id != id || questions != 1 || !set_name(asked, name))
		return fa_fail(err, FA_E_INPUT,
			"the name server sent %zu bytes that answer no "
			"question of ours",
			message.n);
	read_name(about, &m);
	if (number16(&m) != (unsigned)type || number16(&m) != CLASS_IN ||
		m.bad || strcmp(about, asked) != 0)
		return fa_fail(err, FA_E_INPUT,
			"the name server answers another question than for "
			"%s",
			asked);
	got.rcode = flags & RCODE_MASK;
	got.cut = (flags & FLAG_CUT) != 0;
	records = m;
	for (unsigned i = 0; i < answers && !m.bad; i++)
		read_record(&r, &m);
	if (m.bad && !got.cut)
		return fa_fail(err, FA_E_INPUT,
			"the name server's answer for %s is malformed", asked);
	follow(&got, records, answers, asked, type);
	*out = got;
	return FA_OK;
}
