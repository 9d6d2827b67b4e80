#include "facecheck/method/webauthn.h"

#include "base/json.h"
#include "facecheck/method/method.h"

#define FLAGS_AT FC_AUTH_RP_BYTES
#define COUNTER_AT (FLAGS_AT + 1)
#define HEAD_BYTES (COUNTER_AT + 4)

/* Members that are not known are ignored, as 5.8.1 asks for. */
const char *
fc_client_data_read(
	struct fc_client_data *out, struct fa_str json, struct fa_arena *a)
{
	struct fc_client_data c = { .cross_origin = false };
	const struct fa_json *cross;
	struct fa_json *o;
	struct fa_str challenge;

	if (json.n > FC_PASSKEY_CLIENT_BYTES)
		return "client data too long";
	if (fa_json_parse(&o, json, a, NULL) < 0 || o->kind != FA_JSON_OBJECT)
		return "client data is no json object";
	c.type = fa_json_text(o, "type");
	c.origin = fa_json_text(o, "origin");
	challenge = fa_json_text(o, "challenge");
	if (!c.type.p || !c.origin.p || !challenge.p)
		return "client data without type, challenge or origin";
	cross = fa_json_find(o, "crossOrigin");
	if (cross && cross->kind != FA_JSON_BOOL)
		return "client data with a crossorigin that is no boolean";
	c.cross_origin = cross && cross->boolean;
	if (!fc_base64url_read(&c.challenge, challenge, a))
		return "challenge is not base64url";
	*out = c;
	return NULL;
}

const char *
fc_auth_data_read(struct fc_auth_data *out, struct fa_str bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.p;
	struct fc_auth_data d;

	if (bytes.n < HEAD_BYTES || bytes.n > FC_PASSKEY_DATA_BYTES)
		return "authenticator data too short or too long";
	d.rp_id_hash = fa_str_sub(bytes, 0, FC_AUTH_RP_BYTES);
	d.flags = p[FLAGS_AT];
	d.counter = (uint32_t)p[COUNTER_AT] << 24 |
		(uint32_t)p[COUNTER_AT + 1] << 16 |
		(uint32_t)p[COUNTER_AT + 2] << 8 | p[COUNTER_AT + 3];
	d.extensions = FA_STR_NONE;
	if (d.flags & FC_AUTH_AT)
		return "authenticator data with a new key";
	if ((d.flags & FC_AUTH_BS) && !(d.flags & FC_AUTH_BE))
		return "backed up but cannot be";
	if (d.flags & FC_AUTH_ED)
		d.extensions = fa_str_sub(bytes, HEAD_BYTES, bytes.n);
	if ((d.extensions.p != NULL) != (bytes.n > HEAD_BYTES))
		return "authenticator data does not end where it should";
	*out = d;
	return NULL;
}
