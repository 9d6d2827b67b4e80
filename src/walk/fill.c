/* What is typed into forms: values that are nobody's. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "walk/internal.h"

#define ADULT_AGE 30
#define CHILD_AGE 12
#define YEAR 10000 /* in a date as YYYYMMDD */
#define ID_BODY 17

enum what {
	CODE,
	PASSWORD,
	ID_CARD,
	BIRTH,
	AGE,
	PHONE,
	MAIL,
	NAME,
	BANK_CARD,
	OTHER
};

/* Looked for in this order, in all that is said about an input. A code that is
 * sent to a phone is a code. */
static const struct {
	const char *word;
	enum what what;
} words[] = { { "验证码", CODE }, { "驗證碼", CODE }, { "校验码", CODE },
	{ "动态码", CODE }, { "captcha", CODE }, { "otp", CODE },
	{ "verification code", CODE }, { "sms code", CODE },
	{ "密码", PASSWORD }, { "密碼", PASSWORD }, { "口令", PASSWORD },
	{ "password", PASSWORD }, { "pwd", PASSWORD }, { "身份证", ID_CARD },
	{ "身份證", ID_CARD }, { "证件号", ID_CARD }, { "idcard", ID_CARD },
	{ "id card", ID_CARD }, { "id number", ID_CARD },
	{ "id_card", ID_CARD }, { "出生", BIRTH }, { "生日", BIRTH },
	{ "birth", BIRTH }, { "年龄", AGE }, { "年齡", AGE }, { "周岁", AGE },
	{ "银行卡", BANK_CARD }, { "bank card", BANK_CARD }, { "手机", PHONE },
	{ "手機", PHONE }, { "电话", PHONE }, { "電話", PHONE },
	{ "phone", PHONE }, { "mobile", PHONE }, { "邮箱", MAIL },
	{ "郵箱", MAIL }, { "mail", MAIL }, { "姓名", NAME }, { "名字", NAME },
	{ "真名", NAME }, { "name", NAME }, { "code", CODE }, { "age", AGE },
	{ "date", BIRTH }, { "tel", PHONE } };

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_letter(char c)
{
	c = lower(c);
	return c >= 'a' && c <= 'z';
}

/* "age" is no part of "message": a word of letters stands alone. */
static bool
names(struct fa_str s, const char *word)
{
	size_t n = strlen(word);
	bool letters = is_letter(word[0]);

	for (size_t i = 0; i + n <= s.n; i++) {
		size_t k = 0;

		while (k < n && lower(s.p[i + k]) == word[k])
			k++;
		if (k < n)
			continue;
		if (!letters || n > 4)
			return true;
		if ((i == 0 || !is_letter(s.p[i - 1])) &&
			(i + n == s.n || !is_letter(s.p[i + n])))
			return true;
	}
	return false;
}

static enum what
what_of(const struct fa_flow_element *e)
{
	const struct fa_str said[] = { e->hint, e->label, e->native_class,
		e->native_id };

	for (size_t k = 0; k < FA_COUNT(said); k++)
		for (size_t i = 0; i < FA_COUNT(words); i++)
			if (names(said[k], words[i].word))
				return words[i].what;
	return OTHER;
}

static const char *const age_words[] = { "出生", "生日", "birth", "年龄",
	"年齡", "周岁" };

static bool
says_age(struct fa_str s)
{
	for (size_t i = 0; i < FA_COUNT(age_words); i++)
		if (names(s, age_words[i]))
			return true;
	return false;
}

/* A date has no words of its own: what stands beside it says what it is. */
static bool
asks_age(const struct fa_flow_screen *s, const struct fa_flow_element *e)
{
	if (says_age(e->native_id))
		return true;
	for (size_t i = 0; i < s->elements_n; i++)
		if (s->elements[i].visible != FA_TRI_NO &&
			(says_age(s->elements[i].text) ||
				says_age(s->elements[i].label) ||
				says_age(s->elements[i].hint)))
			return true;
	return false;
}

/* HTML, 4.10.5.1: inputs that hold nothing but a date or a time; the browser
 * tells their type in the class. */
static bool
timed(const struct fa_flow_element *e, const char date[FA_DATE_BYTES],
	char out[FA_WALK_VALUE_BYTES])
{
	static const struct {
		const char *class, *behind;
		int of_date;
	} forms[] = { { "input-date", "", 10 }, { "input-month", "", 7 },
		{ "input-week", "-W01", 4 }, { "input-time", "10:00", 0 },
		{ "input-datetime-local", "T10:00", 10 } };

	for (size_t i = 0; i < FA_COUNT(forms); i++) {
		if (!fa_str_eq(e->native_class, fa_str_c(forms[i].class)))
			continue;
		(void)snprintf(out, FA_WALK_VALUE_BYTES, "%.*s%s",
			forms[i].of_date, date, forms[i].behind);
		return true;
	}
	return false;
}

/* GB 11643: the last digit checks the others. The area 990101 is none. */
static void
id_card(char *out, size_t size, int32_t birth)
{
	static const int weights[ID_BODY] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7,
		9, 10, 5, 8, 4, 2 };
	static const char checks[] = "10X98765432";
	char body[ID_BODY + 16];
	int sum = 0;

	(void)snprintf(body, sizeof(body), "990101%08d001", (int)birth);
	for (int i = 0; i < ID_BODY; i++)
		sum += (body[i] - '0') * weights[i];
	(void)snprintf(out, size, "%.17s%c", body, checks[sum % 11]);
}

/* The first of January, so that it is a date in every year. */
static int32_t
birth_of(bool child, int32_t today)
{
	return (today / YEAR - (child ? CHILD_AGE : ADULT_AGE)) * YEAR + 101;
}

/* A choice that was not made yet shows what it asks for. */
static bool
is_empty(const struct fa_flow_element *e)
{
	if (!fa_str_ieq(e->native_class, FA_STR("select")))
		return e->text.n == 0;
	return e->text.n == 0 || e->text.p[0] == '-' ||
		fa_str_find(e->text, FA_STR("选"), 0) != SIZE_MAX ||
		names(e->text, "select") || names(e->text, "choose");
}

bool
fa_walk_fillable(const struct fa_flow_element *e)
{
	return e->role == FA_FLOW_INPUT && e->visible != FA_TRI_NO &&
		e->enabled != FA_TRI_NO && is_empty(e) &&
		e->covered_by == FA_FLOW_NONE &&
		!fa_str_ieq(e->native_class, FA_STR("file")) &&
		!fa_str_ends(e->native_class, FA_STR("file"));
}

static const char *
fixed(enum what what)
{
	switch (what) {
	case CODE:
		return "123456";
	case PASSWORD:
		return "Abc12345!";
	case PHONE:
		return "13800138000";
	case MAIL:
		return "nobody@example.com";
	case BANK_CARD:
		return "6200000000000000005";
	case NAME:
		return "张三";
	default:
		return "测试";
	}
}

struct fa_walk_value
fa_walk_value(const struct fa_flow_screen *s, uint32_t at, bool child,
	int32_t today, char out[FA_WALK_VALUE_BYTES])
{
	const struct fa_flow_element *e = &s->elements[at];
	enum what what = what_of(e);
	int32_t birth = birth_of(child, today);
	char date[FA_DATE_BYTES];
	bool age = asks_age(s, e);

	/* Another day than that of a birth is one of an adult's life. */
	fa_date_format(birth_of(child && age, today), date);
	if (timed(e, date, out))
		return (struct fa_walk_value){ fa_str_c(out), age };
	switch (what) {
	case ID_CARD:
		id_card(out, FA_WALK_VALUE_BYTES, birth);
		break;
	case BIRTH:
		fa_date_format(birth, date);
		(void)snprintf(out, FA_WALK_VALUE_BYTES, "%s", date);
		break;
	case AGE:
		(void)snprintf(out, FA_WALK_VALUE_BYTES, "%d",
			child ? CHILD_AGE : ADULT_AGE);
		break;
	default:
		(void)snprintf(out, FA_WALK_VALUE_BYTES, "%s", fixed(what));
		break;
	}
	return (struct fa_walk_value){ fa_str_c(out),
		what == ID_CARD || what == BIRTH || what == AGE };
}
