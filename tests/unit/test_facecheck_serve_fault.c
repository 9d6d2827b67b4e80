/* Cases of data: who looks finds them, and finds nothing at the reference. */
#include "fixture_facecheck_serve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void
verify_a_face(struct rig *r, const char *case_name)
{
	rig_start(r, case_name);
	rig_to_ask(r, "adult");
	rig_post(r, "/act", "event=yes");
	rig_post(r, "/face", "who=self");
	if (!rig_says(r, "办理成功"))
		fail_msg("%s: %.400s", case_name ? case_name : "reference",
			rig_page(r).p);
}

static void
withdraw(struct rig *r)
{
	rig_get(r, "/withdraw");
	rig_post(r, "/withdraw", "");
	assert_true(rig_says(r, "已确认没有残留"));
}

static void
the_reference_leaves_no_face_on_disk(void **state)
{
	struct rig r;

	(void)state;
	verify_a_face(&r, NULL);
	assert_false(rig_face_on_disk(&r));
	withdraw(&r);
	assert_false(rig_face_on_disk(&r));
	assert_false(rig_on_disk(&r, FA_STR("score")));
	rig_stop(&r);
}

static void
a_stored_picture_is_found(void **state)
{
	static const char *const cases[] = { "stores-picture", "soft-delete",
		"deletion-lies" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct rig r;

		verify_a_face(&r, cases[i]);
		assert_true(rig_face_on_disk(&r));
		withdraw(&r);
		assert_true(rig_face_on_disk(&r));
		rig_stop(&r);
	}
}

static void
a_stored_template_is_found(void **state)
{
	struct rig r;
	struct fa_file_list files;
	struct fa_arena a;
	bool found = false;

	(void)state;
	verify_a_face(&r, "stores-template");
	fa_arena_init(&a, 1u << 20);
	rig_ok(&r, fa_file_walk(&files, fa_str_c(r.dir), &a, &r.err));
	for (size_t i = 0; i < files.n; i++)
		found |= fa_str_ends(files.path[i], FA_STR(".template"));
	fa_arena_done(&a);
	assert_true(found);
	rig_stop(&r);
}

static void
a_score_in_a_log_is_found(void **state)
{
	struct rig r;

	(void)state;
	verify_a_face(&r, "score-in-log");
	assert_true(rig_on_disk(&r, FA_STR("score 4711")));
	rig_stop(&r);
}

/* Does the record say that a face was processed? */
static bool
face_on_record(struct rig *r)
{
	return rig_session(r).facts & FC_PROCESSED;
}

static void
a_face_without_a_record_is_found(void **state)
{
	struct rig r;

	(void)state;
	verify_a_face(&r, NULL);
	assert_true(face_on_record(&r));
	rig_stop(&r);
	verify_a_face(&r, "no-record");
	assert_false(face_on_record(&r));
	rig_stop(&r);
}

static void
erased_records_are_found(void **state)
{
	struct rig r;
	struct fc_store *store;
	int64_t rows = -1;
	char path[128];

	(void)state;
	verify_a_face(&r, "record-erased");
	rig_get(&r, "/withdraw");
	rig_post(&r, "/withdraw", "");
	(void)snprintf(path, sizeof(path), "%s/facecheck.db", r.dir);
	rig_ok(&r, fc_store_read(&store, fa_str_c(path), &r.err));
	rig_ok(&r, fc_record_verify(store, &rows, &r.err));
	fc_store_close(store);
	assert_int_equal(rows, 0);
	rig_stop(&r);
}

/* Somebody listens at the port; where that is not allowed to us the test says
 * so by skipping. */
static void
what_is_sent_out_is_seen_on_the_wire(void **state)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	char got[2000];
	struct rig r;

	(void)state;
	assert_true(fd >= 0);
	if (bind(fd, (const struct sockaddr *)&at, sizeof(at)) != 0) {
		(void)close(fd);
		print_message("# left out: port 9 cannot be had here\n");
		return;
	}
	verify_a_face(&r, NULL);
	assert_true(recv(fd, got, sizeof(got), 0) < 0);
	rig_stop(&r);
	verify_a_face(&r, "sends-out");
	assert_true(recv(fd, got, sizeof(got), 0) > 0);
	rig_stop(&r);
	(void)close(fd);
}

static void
a_case_of_data_takes_nobody_from_a_camera(void **state)
{
	const struct fc_case *c;

	(void)state;
	for (size_t i = 0; (c = fc_case_at(i)); i++) {
		struct fc_request q = { .post = true,
			.path = FA_STR("/face/upload") };
		struct fc_upload u;
		char token[33], query[64];
		struct rig r;

		if (c->seen != FC_SEEN_PROOF && i != 0)
			continue;
		rig_start(&r, c->name);
		rig_to_ask(&r, "adult");
		rig_post(&r, "/act", "event=yes");
		assert_int_equal(rig_says(&r, "camera.js"), i == 0);
		rig_token(&r, token);
		(void)snprintf(query, sizeof(query), "token=%s", token);
		q.query = fa_str_c(query);
		q.session = fa_str_c(r.session);
		assert_int_equal(
			fc_app_upload(&u, &r.reply, r.app, &q, &r.err), i == 0);
		rig_stop(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reference_leaves_no_face_on_disk),
		cmocka_unit_test(a_stored_picture_is_found),
		cmocka_unit_test(a_stored_template_is_found),
		cmocka_unit_test(a_score_in_a_log_is_found),
		cmocka_unit_test(a_face_without_a_record_is_found),
		cmocka_unit_test(erased_records_are_found),
		cmocka_unit_test(what_is_sent_out_is_seen_on_the_wire),
		cmocka_unit_test(a_case_of_data_takes_nobody_from_a_camera),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
