/* consent-flow/1, read and written. */
#include "fixture_flow.h"

#define HEAD                                                                   \
	"{\"format\":\"consent-flow/1\",\"app\":{\"platform\":\"h5\"},"        \
	"\"source\":{},\"start\":\"s0\","
#define E0 "{\"id\":\"s0.e0\",\"role\":\"text\"}"
#define SCREEN(elements)                                                       \
	HEAD "\"screens\":[{\"id\":\"s0\",\"elements\":[" elements "]}]}"
#define WITH(members)                                                          \
	HEAD "\"screens\":[{\"id\":\"s0\",\"elements\":[" E0 "]},"             \
	     "{\"id\":\"s1\",\"elements\":[{\"id\":\"s1.e0\","                 \
	     "\"role\":\"button\"}]}]," members "}"

static void
refused(const char *json, int rc, const char *msg)
{
	struct flowing t;

	flowing_begin(&t);
	t.rc = fa_flow_parse(&t.f, fa_str_c(json), &t.a, &t.err);
	if (t.rc != rc || strcmp(t.err.msg, msg) != 0)
		fail_msg("%s\ngives %d \"%s\", expected \"%s\"", json, t.rc,
			t.err.msg, msg);
	assert_null(t.f);
	flowing_done(&t);
}

/* Every member, in the canonical form. */
static const char full[] = "{\n"
			   "  \"format\": \"consent-flow/1\",\n"
			   "  \"app\": {\n"
			   "    \"id\": \"cn.example\",\n"
			   "    \"name\": \"某应用\",\n"
			   "    \"version\": \"1.0\",\n"
			   "    \"platform\": \"android\",\n"
			   "    \"artifact_sha256\": \"00\"\n"
			   "  },\n"
			   "  \"source\": {\n"
			   "    \"importer\": \"x\",\n"
			   "    \"importer_version\": \"1\",\n"
			   "    \"recorded_at\": \"2026-11-21\",\n"
			   "    \"device\": \"d\",\n"
			   "    \"locale\": \"zh-CN\",\n"
			   "    \"screen\": {\n"
			   "      \"w\": 1080,\n"
			   "      \"h\": 2400,\n"
			   "      \"scale\": 2.75\n"
			   "    },\n"
			   "    \"inputs\": [\n"
			   "      {\n"
			   "        \"path\": \"a.xml\",\n"
			   "        \"sha256\": \"ff\"\n"
			   "      }\n"
			   "    ]\n"
			   "  },\n"
			   "  \"start\": \"s1\",\n"
			   "  \"screens\": [\n"
			   "    {\n"
			   "      \"id\": \"s0\",\n"
			   "      \"fingerprint\": \"0123456789abcdef\",\n"
			   "      \"title\": \"t\",\n"
			   "      \"native\": \"n\",\n"
			   "      \"url\": \"u\",\n"
			   "      \"modal\": true,\n"
			   "      \"complete\": false,\n"
			   "      \"evidence\": [\n"
			   "        \"e0\"\n"
			   "      ],\n"
			   "      \"elements\": [\n"
			   "        {\n"
			   "          \"id\": \"s0.e0\",\n"
			   "          \"role\": \"checkbox\",\n"
			   "          \"text\": \"\",\n"
			   "          \"hint\": \"h\",\n"
			   "          \"label\": \"同意\\u2028\",\n"
			   "          \"native_class\": \"c\",\n"
			   "          \"native_id\": \"i\",\n"
			   "          \"box\": [\n"
			   "            -1,\n"
			   "            0,\n"
			   "            10,\n"
			   "            20\n"
			   "          ],\n"
			   "          \"visible\": true,\n"
			   "          \"enabled\": false,\n"
			   "          \"clickable\": true,\n"
			   "          \"checked\": false,\n"
			   "          \"style\": {\n"
			   "            \"font_px\": 16.5,\n"
			   "            \"fg\": \"#0a0b0c\",\n"
			   "            \"bg\": \"#ffffff\",\n"
			   "            \"contrast\": 4.05\n"
			   "          },\n"
			   "          \"links\": [\n"
			   "            {\n"
			   "              \"text\": \"《a》\",\n"
			   "              \"href\": \"b\",\n"
			   "              \"doc\": \"policy\"\n"
			   "            }\n"
			   "          ],\n"
			   "          \"parent\": \"s0.e1\",\n"
			   "          \"covered_by\": \"s0.e1\"\n"
			   "        },\n"
			   "        {\n"
			   "          \"id\": \"s0.e1\",\n"
			   "          \"role\": \"container\"\n"
			   "        }\n"
			   "      ]\n"
			   "    },\n"
			   "    {\n"
			   "      \"id\": \"s1\",\n"
			   "      \"elements\": []\n"
			   "    }\n"
			   "  ],\n"
			   "  \"transitions\": [\n"
			   "    {\n"
			   "      \"from\": \"s0\",\n"
			   "      \"to\": null,\n"
			   "      \"basis\": \"observed\",\n"
			   "      \"action\": {\n"
			   "        \"type\": \"simulate-capture\",\n"
			   "        \"element\": \"s0.e0\"\n"
			   "      },\n"
			   "      \"at\": \"2026-11-21T03:25:01.007Z\",\n"
			   "      \"effects\": [\n"
			   "        \"exit\",\n"
			   "        \"camera\",\n"
			   "        \"other-permission\",\n"
			   "        \"upload\"\n"
			   "      ],\n"
			   "      \"wait_ms\": 5000,\n"
			   "      \"note\": \"n\"\n"
			   "    }\n"
			   "  ],\n"
			   "  \"ends\": [\n"
			   "    {\n"
			   "      \"screen\": \"s1\",\n"
			   "      \"kind\": \"dead-end\"\n"
			   "    }\n"
			   "  ],\n"
			   "  \"evidence\": [\n"
			   "    {\n"
			   "      \"id\": \"e0\",\n"
			   "      \"path\": \"a.png\",\n"
			   "      \"sha256\": \"aa\",\n"
			   "      \"media\": \"image/png\"\n"
			   "    }\n"
			   "  ],\n"
			   "  \"gaps\": [\n"
			   "    {\n"
			   "      \"screen\": \"s0\",\n"
			   "      \"what\": \"unexplored\",\n"
			   "      \"element\": \"s0.e0\",\n"
			   "      \"why\": \"budget: screens\"\n"
			   "    }\n"
			   "  ]\n"
			   "}\n";

static void
what_is_written_reads_to_the_same_bytes(void **state)
{
	struct flowing t;
	struct fa_buf out;
	const struct fa_flow_element *e;

	(void)state;
	flowing_begin(&t);
	fa_buf_init(&out, 1 << 20);
	if (fa_flow_parse(&t.f, fa_str_c(full), &t.a, &t.err) != FA_OK)
		fail_msg("%s", t.err.msg);
	e = &t.f->screens[0].elements[0];
	assert_int_equal(e->style.font_cpx, 1650);
	assert_int_equal(e->style.contrast_c, 405);
	assert_int_equal(e->style.fg, 0x0a0b0c);
	assert_int_equal(e->parent, 1);
	assert_int_equal(e->box.x, -1);
	assert_int_equal(t.f->transitions[0].at_ms, INT64_C(1795231501007));
	assert_int_equal(t.f->transitions[0].effects, 15);
	assert_int_equal(t.f->start, 1);
	assert_int_equal(fa_flow_write(t.f, &out, &t.err), FA_OK);
	assert_string_equal(out.p, full);
	fa_buf_done(&out);
	flowing_done(&t);
}

static void
null_and_missing_are_the_same_unknown(void **state)
{
	struct flowing t;

	(void)state;
	flowing_begin(&t);
	t.rc = fa_flow_parse(&t.f,
		fa_str_c(SCREEN("{\"id\":\"a\",\"role\":\"link\",\"text\":null,"
				"\"box\":null,\"style\":null,\"checked\":null,"
				"\"parent\":null}")),
		&t.a, &t.err);
	assert_int_equal(t.rc, FA_OK);
	assert_null(t.f->screens[0].elements[0].text.p);
	assert_false(t.f->screens[0].elements[0].has_box);
	assert_int_equal(t.f->screens[0].elements[0].checked, FA_TRI_UNKNOWN);
	flowing_holds(&t);
	flowing_done(&t);
}

static void
what_the_format_does_not_know_is_refused_with_its_place(void **state)
{
	(void)state;
	refused("[]", FA_E_INPUT, "flow: is a list, expected an object");
	refused("{\"format\":\"consent-flow/2\"}", FA_E_INPUT,
		"format: is \"consent-flow/2\", expected \"consent-flow/1\"");
	refused("{\"format\":\"consent-flow/1\",\"extra\":1}", FA_E_INPUT,
		"flow: has a member \"extra\" that is not known");
	refused("{\"format\":\"consent-flow/1\"}", FA_E_INPUT,
		"app: is missing, expected an object");
	refused(HEAD "\"screens\":[]}", FA_E_INPUT,
		"screens: has no entry, expected a screen at least");
	refused(SCREEN("{\"id\":\"a\",\"role\":\"banner\"}"), FA_E_INPUT,
		"screens[0].elements[0].role: is \"banner\", which is not "
		"known");
	refused(SCREEN("{\"role\":\"text\"}"), FA_E_INPUT,
		"screens[0].elements[0].id: is missing, expected a string that "
		"is not empty");
	refused(SCREEN("{\"id\":\"a\",\"role\":\"text\",\"box\":[1,2,3]}"),
		FA_E_INPUT,
		"screens[0].elements[0].box: is not four integers x, y, w, h "
		"of at most 1000000, w and h not negative");
	refused(SCREEN("{\"id\":\"a\",\"role\":\"text\",\"style\":{\"fg\":"
		       "\"red\",\"bg\":\"#ffffff\"}}"),
		FA_E_INPUT,
		"screens[0].elements[0].style.fg: is \"red\", expected a "
		"colour as \"#rrggbb\"");
	refused(SCREEN("{\"id\":\"a\",\"role\":\"text\",\"style\":{\"font_px\":"
		       "1e2,\"fg\":\"#000000\",\"bg\":\"#ffffff\"}}"),
		FA_E_INPUT,
		"screens[0].elements[0].style.font_px: is not a number of "
		"0.01 to 1000 with at most two decimals");
	refused(SCREEN("{\"id\":\"a\",\"role\":\"text\",\"visible\":1}"),
		FA_E_INPUT,
		"screens[0].elements[0].visible: is a number, expected true, "
		"false or null");
	refused(WITH("\"ends\":[{\"screen\":\"s9\",\"kind\":\"exit\"}]"),
		FA_E_INPUT, "ends[0].screen: \"s9\" names nothing");
}

static void
ids_are_unique_and_name_what_they_may(void **state)
{
	(void)state;
	refused(SCREEN(E0 "," E0), FA_E_INPUT,
		"screens[0].elements[1].id: \"s0.e0\" is repeated");
	refused(HEAD "\"screens\":[{\"id\":\"s0\"},{\"id\":\"s0\"}]}",
		FA_E_INPUT, "screens[1].id: \"s0\" is repeated");
	refused(SCREEN("{\"id\":\"a\",\"role\":\"text\",\"parent\":\"b\"},"
		       "{\"id\":\"b\",\"role\":\"text\",\"parent\":\"a\"}"),
		FA_E_INPUT,
		"screens[0].elements[0].parent: is a parent of itself");
	refused(WITH("\"transitions\":[{\"from\":\"s0\",\"to\":\"s1\","
		     "\"basis\":\"observed\",\"action\":{\"type\":\"tap\","
		     "\"element\":\"s1.e0\"}}]"),
		FA_E_INPUT,
		"transitions[0].action.element: names an element of another "
		"screen");
	refused(WITH("\"transitions\":[{\"from\":\"s0\",\"to\":\"s1\","
		     "\"basis\":\"observed\",\"action\":{\"type\":\"tap\"},"
		     "\"at\":\"2026-02-30T00:00:00.000Z\"}]"),
		FA_E_INPUT,
		"transitions[0].at: is \"2026-02-30T00:00:00.000Z\", expected "
		"a time after 1970 as \"2026-11-21T03:25:00.000Z\"");
	refused(WITH("\"transitions\":[{\"from\":\"s0\",\"to\":\"s1\","
		     "\"basis\":\"observed\",\"action\":{\"type\":\"tap\"},"
		     "\"effects\":[\"harm\"]}]"),
		FA_E_INPUT,
		"transitions[0].effects[0]: is no effect that is known");
}

static void
the_format_is_told_by_its_head(void **state)
{
	(void)state;
	assert_true(fa_flow_is_json(FA_STR("\xef\xbb\xbf { \"format\" :\n"
					   "\"consent-flow/9\"")));
	assert_false(fa_flow_is_json(FA_STR("{\"format\":\"other\"}")));
	assert_false(fa_flow_is_json(FA_STR("consent-flow/1")));
	assert_false(fa_flow_is_json(FA_STR("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_reads_to_the_same_bytes),
		cmocka_unit_test(null_and_missing_are_the_same_unknown),
		cmocka_unit_test(
			what_the_format_does_not_know_is_refused_with_its_place),
		cmocka_unit_test(ids_are_unique_and_name_what_they_may),
		cmocka_unit_test(the_format_is_told_by_its_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
