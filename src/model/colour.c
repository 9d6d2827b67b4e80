#include "model/colour.h"

#include <stddef.h>

#include "base/attr.h"
#include "base/num.h"

#define HUNDREDTHS_MAX ((uint64_t)1 << 40)
#define EXPONENT_MAX 12

/* WCAG 2.1, "relative luminance": the linear value of an sRGB one, of 65535. */
static const uint16_t linear[256] = {
	0,
	20,
	40,
	60,
	80,
	99,
	119,
	139,
	159,
	179,
	199,
	219,
	241,
	264,
	288,
	313,
	340,
	367,
	396,
	427,
	458,
	491,
	526,
	562,
	599,
	637,
	677,
	718,
	761,
	805,
	851,
	898,
	947,
	997,
	1048,
	1101,
	1156,
	1212,
	1270,
	1330,
	1391,
	1453,
	1517,
	1583,
	1651,
	1720,
	1790,
	1863,
	1937,
	2013,
	2090,
	2170,
	2250,
	2333,
	2418,
	2504,
	2592,
	2681,
	2773,
	2866,
	2961,
	3058,
	3157,
	3258,
	3360,
	3464,
	3570,
	3678,
	3788,
	3900,
	4014,
	4129,
	4247,
	4366,
	4488,
	4611,
	4736,
	4864,
	4993,
	5124,
	5257,
	5392,
	5530,
	5669,
	5810,
	5953,
	6099,
	6246,
	6395,
	6547,
	6700,
	6856,
	7014,
	7174,
	7335,
	7500,
	7666,
	7834,
	8004,
	8177,
	8352,
	8528,
	8708,
	8889,
	9072,
	9258,
	9445,
	9635,
	9828,
	10022,
	10219,
	10417,
	10619,
	10822,
	11028,
	11235,
	11446,
	11658,
	11873,
	12090,
	12309,
	12530,
	12754,
	12980,
	13209,
	13440,
	13673,
	13909,
	14146,
	14387,
	14629,
	14874,
	15122,
	15371,
	15623,
	15878,
	16135,
	16394,
	16656,
	16920,
	17187,
	17456,
	17727,
	18001,
	18277,
	18556,
	18837,
	19121,
	19407,
	19696,
	19987,
	20281,
	20577,
	20876,
	21177,
	21481,
	21787,
	22096,
	22407,
	22721,
	23038,
	23357,
	23678,
	24002,
	24329,
	24658,
	24990,
	25325,
	25662,
	26001,
	26344,
	26688,
	27036,
	27386,
	27739,
	28094,
	28452,
	28813,
	29176,
	29542,
	29911,
	30282,
	30656,
	31033,
	31412,
	31794,
	32179,
	32567,
	32957,
	33350,
	33745,
	34143,
	34544,
	34948,
	35355,
	35764,
	36176,
	36591,
	37008,
	37429,
	37852,
	38278,
	38706,
	39138,
	39572,
	40009,
	40449,
	40891,
	41337,
	41785,
	42236,
	42690,
	43147,
	43606,
	44069,
	44534,
	45002,
	45473,
	45947,
	46423,
	46903,
	47385,
	47871,
	48359,
	48850,
	49344,
	49841,
	50341,
	50844,
	51349,
	51858,
	52369,
	52884,
	53401,
	53921,
	54445,
	54971,
	55500,
	56032,
	56567,
	57105,
	57646,
	58190,
	58737,
	59287,
	59840,
	60396,
	60955,
	61517,
	62082,
	62650,
	63221,
	63795,
	64372,
	64952,
	65535,
};

/* "e-7" and such: the power of ten, within what matters. */
static bool
parse_exponent(struct fa_str s, int *out)
{
	bool negative = fa_str_starts(s, FA_STR("-"));
	uint64_t v;

	if (negative || fa_str_starts(s, FA_STR("+")))
		s = fa_str_sub(s, 1, s.n);
	if (!fa_num_u64(s, 400, &v))
		return false;
	if (v > EXPONENT_MAX)
		v = EXPONENT_MAX;
	*out = negative ? -(int)v : (int)v;
	return true;
}

/* Digits of the fraction, two of them; more are cut. */
static bool
parse_fraction(struct fa_str s, uint64_t *hundredths)
{
	uint64_t v;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	if (s.n == 0 || !fa_num_u64(fa_str_sub(s, 0, 2), 99, &v))
		return false;
	*hundredths += s.n == 1 ? v * 10 : v;
	return true;
}

bool
fa_colour_number(struct fa_str s, int64_t *hundredths)
{
	bool negative = fa_str_starts(s, FA_STR("-"));
	struct fa_str rest = negative ? fa_str_sub(s, 1, s.n) : s;
	struct fa_str mantissa;
	struct fa_str whole;
	uint64_t v;
	int power = 0;

	mantissa = fa_str_cut(&rest, 'e');
	if (rest.p != NULL && !parse_exponent(rest, &power))
		return false;
	rest = mantissa;
	whole = fa_str_cut(&rest, '.');
	if (!fa_num_u64(whole, HUNDREDTHS_MAX, &v))
		return false;
	v *= 100;
	if (rest.p != NULL && !parse_fraction(rest, &v))
		return false;
	for (; power < 0; power++)
		v /= 10;
	for (; power > 0 && v < HUNDREDTHS_MAX; power--)
		v *= 10;
	if (v > HUNDREDTHS_MAX)
		v = HUNDREDTHS_MAX;
	*hundredths = negative ? -(int64_t)v : (int64_t)v;
	return true;
}

static bool
parse_hex(struct fa_str s, struct fa_colour *out)
{
	uint64_t v;

	if ((s.n != 6 && s.n != 8) || !fa_num_hex(s, UINT32_MAX, &v))
		return false;
	out->alpha = s.n == 8 ? (uint32_t)((v & 255) * 1000 / 255) : 1000;
	out->rgb = (uint32_t)(s.n == 8 ? v >> 8 : v);
	return true;
}

/* A channel, or the alpha in hundredths. */
static uint32_t
clamp(int64_t v, uint32_t max)
{
	return v < 0 ? 0 : v > max ? max : (uint32_t)v;
}

bool
fa_colour_parse(struct fa_str s, struct fa_colour *out)
{
	uint32_t channel[4] = { 0, 0, 0, 100 };
	size_t n = 0;
	struct fa_str rest;

	if (fa_str_starts(s, FA_STR("#")))
		return parse_hex(fa_str_sub(s, 1, s.n), out);
	rest = s;
	(void)fa_str_cut(&rest, '(');
	if (!fa_str_starts(s, FA_STR("rgb")) || !fa_str_ends(rest, FA_STR(")")))
		return false;
	rest.n--;
	while (rest.p != NULL && n < FA_COUNT(channel)) {
		struct fa_str part = fa_str_trim(fa_str_cut(&rest, ','));
		int64_t v;

		if (!fa_colour_number(part, &v))
			return false;
		channel[n] = n < 3 ? clamp(v / 100, 255) : clamp(v, 100);
		n++;
	}
	if (n < 3 || rest.p != NULL)
		return false;
	out->rgb = channel[0] << 16 | channel[1] << 8 | channel[2];
	out->alpha = channel[3] * 10;
	return true;
}

uint32_t
fa_colour_blend(uint32_t top, uint32_t alpha, uint32_t under)
{
	uint32_t out = 0;

	if (alpha > 1000)
		alpha = 1000;
	for (unsigned shift = 0; shift <= 16; shift += 8) {
		uint32_t t = top >> shift & 255;
		uint32_t u = under >> shift & 255;

		out |= (t * alpha + u * (1000 - alpha) + 500) / 1000 << shift;
	}
	return out;
}

/* Of 65535 * 10000. */
static uint64_t
luminance(uint32_t rgb)
{
	return 2126ull * linear[rgb >> 16 & 255] +
		7152ull * linear[rgb >> 8 & 255] + 722ull * linear[rgb & 255];
}

uint32_t
fa_colour_contrast(uint32_t a, uint32_t b)
{
	const uint64_t flare = 65535ull * 500;
	uint64_t light = luminance(a) + flare;
	uint64_t dark = luminance(b) + flare;

	if (light < dark) {
		uint64_t swap = light;

		light = dark;
		dark = swap;
	}
	return (uint32_t)(light * 100 / dark);
}
