/* The service on its socket: a capture that no page ever sees, requests that
 * are none. */
#include "fixture_facecheck_http.h"

#include <time.h>

static void
make_wire(uint8_t wire[WIRE_BYTES], bool left)
{
	memset(wire, 0x5a, WIRE_BYTES);
	memset(wire, 0, FC_WIRE_HEAD);
	memcpy(wire, "FCP1", 4);
	wire[4] = RIG_FRAMES;
	wire[8] = FC_FACE_WIDTH;
	wire[12] = FC_FACE_HEIGHT;
	wire[16] = left ? FC_TURN_LEFT : FC_TURN_RIGHT;
}

/* besides: more headers. */
static unsigned
upload_with(struct served *s, const char *type, const char *besides,
	const char *before, const char *after)
{
	static uint8_t wire[WIRE_BYTES];
	char head[1024];
	int fd = dial(s), n;

	make_wire(wire, strstr(s->answer, "向左") != NULL);
	n = snprintf(head, sizeof(head),
		"POST /face/upload?token=%s HTTP/1.1\r\nHost: %s\r\n"
		"Cookie: %s=%s\r\nContent-Type: %s\r\n%s"
		"Content-Length: %zu\r\n\r\n",
		s->token, s->host, s->cookie, s->r.session, type, besides,
		strlen(before) + sizeof(wire) + strlen(after));
	put(fd, head, (size_t)n);
	put(fd, before, strlen(before));
	put(fd, wire, sizeof(wire));
	put(fd, after, strlen(after));
	return hear(s, fd);
}

static unsigned
upload(struct served *s, const char *type, const char *before,
	const char *after)
{
	return upload_with(s, type, "", before, after);
}

static void
a_capture_by_script_is_verified(void **state)
{
	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	to_capture(&sv);
	assert_int_equal(upload(&sv, "application/octet-stream", "", ""), 204);
	assert_int_equal(get(&sv, "/verify"), 200);
	assert_non_null(strstr(sv.answer, "办理成功"));
	end(&sv, false);
	rig_stop(&sv.r);
}

static void
a_capture_by_a_form_without_script_is_verified(void **state)
{
	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	to_capture(&sv);
	assert_int_equal(
		upload(&sv, "multipart/form-data; boundary=Bd",
			"--Bd\r\nContent-Disposition: form-data; name=\"probe\""
			"; filename=\"x.fcp\"\r\n\r\n",
			"\r\n--Bd--\r\n"),
		303);
	assert_int_equal(get(&sv, "/verify"), 200);
	assert_non_null(strstr(sv.answer, "办理成功"));
	end(&sv, false);
	rig_stop(&sv.r);
}

/* As the script sends it when a picture of the document was chosen. */
static unsigned
upload_both(struct served *s, size_t claimed)
{
	static uint8_t wire[FC_WIRE_HEAD + FRAME_BYTES + WIRE_BYTES];
	char head[1024];
	int fd = dial(s), n;

	make_wire(wire + FC_WIRE_HEAD + FRAME_BYTES, true);
	memset(wire, 0x5a, FC_WIRE_HEAD + FRAME_BYTES);
	memset(wire, 0, FC_WIRE_HEAD);
	memcpy(wire, "FCP1", 4);
	wire[4] = 1;
	wire[8] = FC_FACE_WIDTH;
	wire[12] = FC_FACE_HEIGHT;
	n = snprintf(head, sizeof(head),
		"POST /face/upload?token=%s&reference=%zu HTTP/1.1\r\n"
		"Host: %s\r\nCookie: %s=%s\r\n"
		"Content-Type: application/octet-stream\r\n"
		"Content-Length: %zu\r\n\r\n",
		s->token, claimed, s->host, s->cookie, s->r.session,
		sizeof(wire));
	put(fd, head, (size_t)n);
	put(fd, wire, sizeof(wire));
	return hear(s, fd);
}

static void
the_picture_of_a_document_comes_with_the_capture(void **state)
{
	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	to_capture(&sv);
	assert_int_equal(upload_both(&sv, FC_WIRE_HEAD + FRAME_BYTES), 204);
	assert_int_equal(get(&sv, "/verify"), 200);
	assert_non_null(strstr(sv.answer, "办理成功"));
	to_capture(&sv);
	assert_int_equal(upload_both(&sv, 5), 204);
	assert_int_equal(get(&sv, "/verify"), 200);
	assert_null(strstr(sv.answer, "办理成功"));
	to_capture(&sv);
	assert_int_equal(upload_both(&sv, 4000000), 400);
	assert_int_equal(rig_session(&sv.r).tries, 0);
	end(&sv, false);
	rig_stop(&sv.r);
}

static void
without_demonstration_a_document_is_needed(void **state)
{
	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	sv.r.o.demo = false;
	serve(&sv);
	to_capture(&sv);
	assert_int_equal(upload(&sv, "application/octet-stream", "", ""), 403);
	assert_int_equal(rig_session(&sv.r).state, FC_S_CAPTURE);
	end(&sv, false);
	rig_stop(&sv.r);
}

static void
a_capture_that_nobody_asked_for_is_refused(void **state)
{
	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	assert_int_equal(get(&sv, "/phone"), 200);
	post(&sv, "/begin", "age=adult");
	assert_int_equal(upload(&sv, "application/octet-stream", "", ""), 403);
	to_capture(&sv);
	sv.token[0] ^= 1;
	assert_int_equal(upload(&sv, "application/octet-stream", "", ""), 403);
	assert_int_equal(rig_session(&sv.r).state, FC_S_CAPTURE);
	assert_int_equal(rig_session(&sv.r).tries, 0);
	end(&sv, false);
	rig_stop(&sv.r);
}

static void
a_page_elsewhere_reaches_nothing(void **state)
{
	char own[32];

	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	memcpy(own, sv.host, sizeof(own));
	/* Under a name that is not ours (DNS rebinding). */
	(void)snprintf(sv.host, sizeof(sv.host), "evil.example");
	assert_int_equal(get(&sv, "/"), 421);
	memcpy(sv.host, own, sizeof(own));
	assert_int_equal(get(&sv, "/"), 200);
	assert_non_null(strstr(sv.answer, "default-src 'none'"));
	assert_non_null(strstr(sv.answer, "camera=()"));
	end(&sv, false);
	rig_stop(&sv.r);
}

static void
what_a_page_elsewhere_sends_does_nothing(void **state)
{
	static const char *const besides[] = {
		"Origin: http://evil.example\r\n", "Origin: null\r\n",
		"Sec-Fetch-Site: cross-site\r\n",
		"Sec-Fetch-Site: same-site\r\n"
	};

	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	to_capture(&sv);
	for (size_t i = 0; i < FA_COUNT(besides); i++)
		assert_int_equal(upload_with(&sv, "application/octet-stream",
					 besides[i], "", ""),
			403);
	assert_int_equal(get(&sv, "/verify"), 200);
	(void)snprintf(sv.origin, sizeof(sv.origin), "127.0.0.1:1");
	assert_int_equal(hear(&sv, post_begin(&sv, "/act", "event=no")), 403);
	assert_int_equal(rig_session(&sv.r).state, FC_S_CAPTURE);
	assert_int_equal(rig_session(&sv.r).tries, 0);
	end(&sv, false);
	rig_stop(&sv.r);
}

/* One who sends a byte now and then is not waited for longer than one who sends
 * none. */
static void
who_drips_holds_the_others_up_for_a_while_only(void **state)
{
	struct timespec from, to;
	char head[1024];
	pid_t dripper;
	int fd, n;

	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	to_capture(&sv);
	n = snprintf(head, sizeof(head),
		"POST /face/upload?token=%s HTTP/1.1\r\nHost: %s\r\n"
		"Cookie: %s=%s\r\n"
		"Content-Type: multipart/form-data; boundary=Bd\r\n"
		"Content-Length: 1000000\r\n\r\n--Bd\r\n",
		sv.token, sv.host, sv.cookie, sv.r.session);
	fd = dial(&sv);
	put(fd, head, (size_t)n);
	dripper = fork();
	assert_true(dripper >= 0);
	while (dripper == 0) {
		const struct timespec pause = { 0, 50 * 1000 * 1000 };

		if (send(fd, "x", 1, MSG_NOSIGNAL) != 1)
			_exit(0);
		(void)nanosleep(&pause, NULL);
	}
	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(get(&sv, "/"), 200);
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	assert_int_equal(kill(dripper, SIGKILL), 0);
	assert_int_equal(waitpid(dripper, NULL, 0), dripper);
	(void)close(fd);
	/* One patience for the head, one for what follows; and a busy machine.
	 */
	assert_true(to.tv_sec - from.tv_sec <= 4 * FC_SERVE_PATIENCE_MS / 1000);
	end(&sv, false);
	rig_stop(&sv.r);
}

static void
what_is_no_request_gets_no_service_and_harms_nobody(void **state)
{
	static const char *const junk[] = { "", "P", "POST /face/up",
		"POST /face/upload HTTP/1.1\r\n\r\n",
		("POST /face/upload HTTP/1.1\r\nContent-Length: 5\r\n"
		 "Transfer-Encoding: chunked\r\n\r\nhello"),
		"\x16\x03\x01\x02", "GET / HTTP/1.1\r\n\r\n",
		"DELETE / HTTP/1.1\r\nHost: x\r\n\r\n" };

	(void)state;
	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, NULL);
	serve(&sv);
	for (size_t i = 0; i < FA_COUNT(junk); i++) {
		int fd = dial(&sv);

		put(fd, junk[i], strlen(junk[i]));
		(void)shutdown(fd, SHUT_WR);
		(void)close(fd);
		assert_int_equal(get(&sv, "/"), 200);
	}
	end(&sv, false);
	rig_stop(&sv.r);
}

static void
only_loopback_is_listened_at_unless_permitted(void **state)
{
	struct fc_server *s = NULL;
	struct rig r;
	struct fc_serve_opts o;

	(void)state;
	rig_dir_only(&r, NULL);
	o = (struct fc_serve_opts){ .app = r.o, .address = FA_STR("0.0.0.0") };
	assert_int_equal(fc_server_new(&s, &o, &r.err), FA_E_USAGE);
	o.address = FA_STR("::");
	assert_int_equal(fc_server_new(&s, &o, &r.err), FA_E_USAGE);
	o.address = FA_STR("localhost");
	assert_int_equal(fc_server_new(&s, &o, &r.err), FA_E_USAGE);
	assert_null(s);
	rig_stop(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_capture_by_script_is_verified),
		cmocka_unit_test(
			a_capture_by_a_form_without_script_is_verified),
		cmocka_unit_test(
			the_picture_of_a_document_comes_with_the_capture),
		cmocka_unit_test(without_demonstration_a_document_is_needed),
		cmocka_unit_test(a_capture_that_nobody_asked_for_is_refused),
		cmocka_unit_test(a_page_elsewhere_reaches_nothing),
		cmocka_unit_test(
			what_is_no_request_gets_no_service_and_harms_nobody),
		cmocka_unit_test(what_a_page_elsewhere_sends_does_nothing),
		cmocka_unit_test(
			who_drips_holds_the_others_up_for_a_while_only),
		cmocka_unit_test(only_loopback_is_listened_at_unless_permitted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
