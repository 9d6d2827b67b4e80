#include "facecheck/bench/peer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facecheck/bench/speed.h"

#define CPU_SECONDS 600 /* then the peer is ended */
#define MAGIC "FCPEER1\n"
#define MAGIC_NONE "FCPEER0\n"
#define MAGIC_BYTES 8
#define TEXT_BYTES 64
#define HEAD_BYTES (MAGIC_BYTES + TEXT_BYTES)
#define PICTURES (FC_PEER_SUBJECTS * FC_PEER_PICTURES)
#define ANSWER_MAX                                                             \
	(HEAD_BYTES + PICTURES * 9 + PICTURES * (PICTURES - 1) / 2 * 4 + 8)

/* Reads n pictures of w by h from standard input. Answers, all little-endian:
 * the magic, 64 bytes of version; n bytes, 1 for no face; n int64 of ns to
 * detect, cut and encode; int32 scores of all pairs i < j; int64 ns of one
 * comparison. Without OpenCV: the other magic and the reason. */
static const char script[] =
	"import sys, struct, time, os\n"
	"n, w, h = (int(a) for a in sys.argv[1:4])\n"
	"out = sys.stdout.buffer\n"
	"def none(why):\n"
	"    out.write(b'FCPEER0\\n' + str(why).encode()[:64].ljust(64))\n"
	"    sys.exit(0)\n"
	"try:\n"
	"    import cv2\n"
	"    import numpy as np\n"
	"except Exception as e:\n"
	"    none(e)\n"
	"if not hasattr(cv2, 'face'):\n"
	"    none('this OpenCV has no module face')\n"
	"name = 'haarcascade_frontalface_alt2.xml'\n"
	"dirs = ['/usr/share/opencv4/haarcascades', "
	"'/usr/share/opencv/haarcascades']\n"
	"if hasattr(cv2, 'data'):\n"
	"    dirs.insert(0, cv2.data.haarcascades)\n"
	"files = [os.path.join(d, name) for d in dirs]\n"
	"files = [f for f in files if os.path.isfile(f)]\n"
	"if not files:\n"
	"    none(name + ' is not installed')\n"
	"cv2.setNumThreads(1)\n"
	"find = cv2.CascadeClassifier(files[0])\n"
	"data = sys.stdin.buffer.read()\n"
	"pics = np.frombuffer(data, np.uint8).reshape(n, h, w)\n"
	"lbph = cv2.face.LBPHFaceRecognizer_create()\n"
	"def encode(p):\n"
	"    boxes = find.detectMultiScale(p, 1.1, 3)\n"
	"    if len(boxes) == 0:\n"
	"        return None\n"
	"    x, y, a, b = max(boxes, key=lambda r: (r[2] * r[3], tuple(r)))\n"
	"    face = cv2.resize(p[y:y + b, x:x + a], (100, 100))\n"
	"    face = cv2.equalizeHist(face)\n"
	"    lbph.train([face], np.array([0]))\n"
	"    return lbph.getHistograms()[0].reshape(-1)\n"
	"encode(pics[0])\n"
	"hists, times, failed = [], [], []\n"
	"for p in pics:\n"
	"    t = time.perf_counter_ns()\n"
	"    f = encode(p)\n"
	"    times.append(time.perf_counter_ns() - t)\n"
	"    failed.append(1 if f is None else 0)\n"
	"    hists.append(np.zeros(16384, np.float32) if f is None else f)\n"
	"H = np.stack(hists)\n"
	"scores = []\n"
	"for i in range(n - 1):\n"
	"    s = H[i + 1:] + H[i]\n"
	"    d = H[i + 1:] - H[i]\n"
	"    q = np.divide(d * d, s, out=np.zeros_like(s), where=s > 0)\n"
	"    far = 2 * q.sum(1, dtype=np.float64)\n"
	"    scores.append((-10000 * far).round().astype('<i4'))\n"
	"t = time.perf_counter_ns()\n"
	"for k in range(1000):\n"
	"    cv2.compareHist(H[k % n], H[(k * 7 + 1) % n], "
	"cv2.HISTCMP_CHISQR_ALT)\n"
	"t = (time.perf_counter_ns() - t) // 1000\n"
	"out.write(b'FCPEER1\\n' + cv2.__version__.encode()[:64].ljust(64))\n"
	"out.write(bytes(failed) + struct.pack('<%dq' % n, *times))\n"
	"out.write(np.concatenate(scores).tobytes() + struct.pack('<q', t))\n";

/* In the child: never returns. */
static void
become(int in, int out, char *const argv[])
{
	struct rlimit cpu = { CPU_SECONDS, CPU_SECONDS };
	struct rlimit size = { ANSWER_MAX, ANSWER_MAX };
	int null = open("/dev/null", O_WRONLY);

	if (null >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 &&
		dup2(null, 2) == 2 && setrlimit(RLIMIT_CPU, &cpu) == 0 &&
		setrlimit(RLIMIT_FSIZE, &size) == 0)
		(void)execvp(argv[0], argv);
	(void)raise(SIGKILL);
}

/* The one that packages of the system are for, and the one that is found. */
static const char *const pythons[] = { "/usr/bin/python3", "python3" };

static int
run_script(int in, int out, uint32_t n, unsigned python, struct fa_err *err)
{
	char *argv[8], words[7][20];
	char code[sizeof(script)];
	int status = 0;
	pid_t pid;

	(void)snprintf(words[0], sizeof(words[0]), "%s", pythons[python]);
	(void)snprintf(words[1], sizeof(words[1]), "-I");
	(void)snprintf(words[2], sizeof(words[2]), "-c");
	(void)snprintf(words[4], sizeof(words[4]), "%u", n);
	(void)snprintf(words[5], sizeof(words[5]), "%d", FC_FACE_WIDTH);
	(void)snprintf(words[6], sizeof(words[6]), "%d", FC_FACE_HEIGHT);
	memcpy(code, script, sizeof(code));
	for (int i = 0; i < 7; i++)
		argv[i] = i == 3 ? code : words[i];
	argv[7] = NULL;
	pid = fork();
	if (pid < 0)
		return fa_fail(err, FA_E_IO, "cannot start python3: %s",
			strerror(errno));
	if (pid == 0)
		become(in, out, argv);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fa_fail(err, FA_E_IO, "cannot wait: %s",
				strerror(errno));
	return FA_OK;
}

struct answer {
	const bool *failed;
	const int32_t *scores;
	int64_t *encode_ns;
	int64_t compare_ns;
};

static uint64_t
little(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static int64_t
time_of(const unsigned char *p)
{
	uint64_t v = little(p, 8);

	return v > INT64_MAX / 4096 ? 0 : (int64_t)v;
}

static void
text_of(char *out, size_t max, const unsigned char *p)
{
	struct fa_str s =
		fa_str_trim((struct fa_str){ (const char *)p, TEXT_BYTES });
	size_t n = 0;

	for (size_t i = 0; i < s.n && n + 1 < max; i++)
		out[n++] = s.p[i] >= ' ' && s.p[i] <= '~' ? s.p[i] : '?';
	out[n] = '\0';
}

static int
parse(struct answer *out, const unsigned char *p, uint32_t n,
	struct fa_arena *a, struct fa_err *err)
{
	size_t pairs = (size_t)n * (n - 1) / 2;
	bool *failed = fa_arena_new(a, n, sizeof(*failed));
	int32_t *scores = fa_arena_new(a, pairs, sizeof(*scores));

	out->encode_ns = fa_arena_new(a, n, sizeof(int64_t));
	if (!failed || !scores || !out->encode_ns)
		return fa_fail(err, FA_E_NOMEM, "no memory for a peer");
	p += HEAD_BYTES;
	for (size_t i = 0; i < n; i++)
		failed[i] = p[i] != 0;
	p += n;
	for (size_t i = 0; i < n; i++)
		out->encode_ns[i] = time_of(p + 8 * i);
	p += 8 * (size_t)n;
	for (size_t i = 0; i < pairs; i++)
		scores[i] = (int32_t)(uint32_t)little(p + 4 * i, 4);
	out->compare_ns = time_of(p + 4 * pairs);
	out->failed = failed;
	out->scores = scores;
	return FA_OK;
}

/* What came back, of so many bytes; peer->there tells whether it is an
 * answer. */
static void
look(struct fc_peer *peer, const unsigned char *p, size_t got, size_t want)
{
	peer->there = got == want && memcmp(p, MAGIC, MAGIC_BYTES) == 0;
	if (peer->there)
		text_of(peer->version, sizeof(peer->version), p + MAGIC_BYTES);
	else if (got == HEAD_BYTES && memcmp(p, MAGIC_NONE, MAGIC_BYTES) == 0)
		text_of(peer->why_not, sizeof(peer->why_not), p + MAGIC_BYTES);
	else
		(void)snprintf(peer->why_not, sizeof(peer->why_not),
			"python3 gave no answer");
}

/* Runs the script between two files without a name. */
static int
converse(struct fc_peer *peer, unsigned char *p, size_t want, FILE *in,
	FILE *answer, uint32_t n, unsigned python, struct fa_err *err)
{
	int rc;

	if (fflush(in) != 0 || lseek(fileno(in), 0, SEEK_SET) != 0)
		return fa_fail(err, FA_E_IO,
			"cannot hand %u rendered faces to a peer", n);
	rc = run_script(fileno(in), fileno(answer), n, python, err);
	if (rc)
		return rc;
	rewind(answer);
	look(peer, p, fread(p, 1, want + 1, answer), want);
	return FA_OK;
}

static int
ask_one(struct fc_peer *peer, struct answer *out, const uint8_t *pixels,
	uint32_t n, unsigned python, struct fa_arena *a, struct fa_err *err)
{
	size_t bytes = (size_t)n * FC_FACE_BYTES;
	size_t want = HEAD_BYTES + (size_t)n * 9 + (size_t)n * (n - 1) * 2 + 8;
	unsigned char *p = fa_arena_new(a, want + 1, 1);
	FILE *in = tmpfile(), *answer = tmpfile();
	int rc;

	if (p && in && answer && fwrite(pixels, 1, bytes, in) == bytes)
		rc = converse(peer, p, want, in, answer, n, python, err);
	else
		rc = fa_fail(err, FA_E_IO,
			"cannot hand %zu bytes of rendered faces to a peer",
			bytes);
	if (in)
		(void)fclose(in);
	if (answer)
		(void)fclose(answer);
	return rc || !peer->there ? rc : parse(out, p, n, a, err);
}

/* Asks each python until one has what is needed. */
static int
ask(struct fc_peer *peer, struct answer *out, const uint8_t *pixels, uint32_t n,
	struct fa_arena *a, struct fa_err *err)
{
	for (unsigned k = 0; k < FA_COUNT(pythons); k++) {
		int rc = ask_one(peer, out, pixels, n, k, a, err);

		if (rc || peer->there)
			return rc;
	}
	return FA_OK;
}

static void
render_all(uint8_t *pixels, const struct fc_gallery *g,
	const struct fc_desks *desks)
{
	for (uint32_t i = 0; i < g->subjects * g->pictures; i++)
		fc_render_face(desks->at[0].studio, g->seed, i / g->pictures,
			i % g->pictures, g->grade,
			pixels + (size_t)i * FC_FACE_BYTES, NULL);
}

static int
judge(struct fc_accuracy *out, const struct fc_trials *t, uint64_t seed,
	const struct fc_bench_opts *o, const struct fc_desks *desks,
	struct fa_arena *a, struct fa_err *err)
{
	struct fc_scores s;
	int rc = fc_scores_of(&s, t, a, err);

	if (rc)
		return rc;
	fc_accuracy_of(out, t, &s);
	return fc_bootstrap(out, t, &s, seed, o->resamples, desks->n, a, err);
}

static int
grade(struct fc_peer *out, struct fc_gallery *g, const struct fc_bench_opts *o,
	const struct fc_desks *desks, struct fa_arena *a, struct fa_err *err)
{
	uint32_t n = g->subjects * g->pictures;
	uint8_t *pixels = fa_arena_new(a, n, FC_FACE_BYTES);
	struct fc_trials own, t;
	struct answer ans = { 0 };
	size_t k = out->accuracy_n;
	int rc;

	assert(n <= PICTURES);
	if (!pixels)
		return fa_fail(err, FA_E_NOMEM, "no memory for pictures");
	render_all(pixels, g, desks);
	rc = ask(out, &ans, pixels, n, a, err);
	if (rc || !out->there)
		return rc;
	t = (struct fc_trials){ g->subjects, g->pictures, ans.failed,
		ans.scores, NULL };
	rc = judge(&out->accuracy[k], &t, o->seed, o, desks, a, err);
	if (!rc)
		rc = fc_gallery_fill(g, o, desks, a, err);
	if (!rc)
		rc = fc_gallery_trials(&own, g, o, desks, a, err);
	if (!rc)
		rc = judge(&out->own[k], &own, o->seed, o, desks, a, err);
	if (rc)
		return rc;
	out->accuracy[k].grade = out->own[k].grade = g->grade;
	out->accuracy_n++;
	fc_timing_of(&out->encode, "encode", ans.encode_ns, n, 0);
	out->compare_ns = ans.compare_ns;
	return FA_OK;
}

int
fc_peer_run(struct fc_peer *out, const struct fc_bench_opts *o,
	const struct fc_desks *desks, struct fa_arena *a, struct fa_err *err)
{
	(void)snprintf(out->name, sizeof(out->name), "OpenCV LBPH");
	for (unsigned i = 0; i < o->grades_n; i++) {
		struct fc_gallery g = { .seed = o->seed,
			.grade = o->grades[i],
			.subjects = o->subjects < FC_PEER_SUBJECTS
				? o->subjects
				: FC_PEER_SUBJECTS,
			.pictures = o->pictures < FC_PEER_PICTURES
				? o->pictures
				: FC_PEER_PICTURES };
		int rc = grade(out, &g, o, desks, a, err);

		if (rc || !out->there)
			return rc;
	}
	return FA_OK;
}
