/* Marks that tell the names of texts, and which marks begin more than they
 * seem to. */
#include <string.h>

#include "read/code.h"

static void
label(struct fa_code *c, bool assigned)
{
	struct fa_code_frame *top = fa_code_top(c);

	if (top == NULL)
		return;
	if (!assigned && top->ternary > 0) {
		top->ternary--;
		return;
	}
	/* In "x: string =" it has its name already. */
	if (assigned && top->kind == FA_CODE_BLOCK && top->label.n > 0)
		return;
	if (c->prev == FA_CODE_WORD)
		top->label = c->word;
	else if (c->prev == FA_CODE_OPERAND && !assigned && c->key.n < 128)
		top->label = c->key;
}

static void
separate(struct fa_code *c, char ch)
{
	struct fa_code_frame *top = fa_code_top(c);

	if (top != NULL) {
		top->label = FA_STR("");
		top->ternary = 0;
	}
	if (ch == ';')
		c->pending = FA_CODE_NO_PENDING;
	c->prev = ch == ';' ? FA_CODE_NOTHING : FA_CODE_PUNCT;
	c->at++;
}

static void
equals(struct fa_code *c)
{
	char next = fa_code_char(c, c->at + 1);

	if (next == '>') {
		c->prev = FA_CODE_ARROW;
		c->at += 2;
		return;
	}
	if (next == '=') {
		while (fa_code_char(c, c->at) == '=')
			c->at++;
	} else {
		label(c, true);
		if (c->pending == FA_CODE_VARIABLE)
			c->pending = FA_CODE_NO_PENDING;
		c->at++;
	}
	c->prev = FA_CODE_PUNCT;
}

static void
question(struct fa_code *c)
{
	struct fa_code_frame *top = fa_code_top(c);
	char next = fa_code_char(c, c->at + 1);

	c->at++;
	if (next == '.' || next == ':') {
		if (next == ':' && (c->flags & FA_CODE_TERNARY) == 0) {
			c->at++;
			c->prev = FA_CODE_PUNCT;
		}
		return;
	}
	if (next == '?')
		c->at++;
	else if (top != NULL && (c->flags & FA_CODE_TERNARY) != 0)
		top->ternary++;
	c->prev = FA_CODE_PUNCT;
}

/* "showDialog<void>(": the place of "(", or at. */
static size_t
type_arguments(const struct fa_code *c, size_t at)
{
	size_t depth = 0;

	for (size_t i = at; i < c->end && i - at < 80; i++) {
		char ch = c->text.p[i];

		if (ch == '<')
			depth++;
		else if (ch == '>')
			depth--;
		else if (!fa_code_is_word(ch, false) && ch != ',' &&
			ch != ' ' && ch != '.' && ch != '?')
			return at;
		if (depth == 0)
			return fa_code_char(c, i + 1) == '(' ? i + 1 : at;
	}
	return at;
}

static bool
wants_value(const struct fa_code *c)
{
	return c->prev == FA_CODE_NOTHING || c->prev == FA_CODE_PUNCT ||
		c->prev == FA_CODE_KEYWORD || c->prev == FA_CODE_ARROW;
}

static void
less(struct fa_code *c)
{
	size_t to;

	if ((c->flags & FA_CODE_MARKUP) != 0 && wants_value(c) &&
		fa_code_is_element(c)) {
		fa_code_element(c);
		return;
	}
	to = c->prev == FA_CODE_WORD ? type_arguments(c, c->at) : c->at;
	if (to > c->at) {
		c->at = to;
		return;
	}
	c->prev = FA_CODE_PUNCT;
	c->at++;
}

/* '"' of Java, Kotlin: a character. */
static void
character(struct fa_code *c)
{
	size_t at = c->at + 1;
	uint32_t cp;

	if (fa_code_char(c, at) == '\\')
		at += 2;
	else if (at < c->end)
		at += fa_utf8_next(fa_str_sub(c->text, at, c->end), &cp);
	while (at < c->end && at < c->at + 8 && c->text.p[at] != '\'' &&
		(unsigned char)c->text.p[at] < 0x80 && c->text.p[at] >= ' ')
		at++;
	c->at = fa_code_char(c, at) == '\'' ? at + 1 : c->at + 1;
	c->prev = FA_CODE_OPERAND;
}

static void
ticks(struct fa_code *c)
{
	size_t at = c->at + 1;

	while (at < c->end && c->text.p[at] != '`' && c->text.p[at] != '\n')
		at++;
	c->word = fa_str_sub(c->text, c->at + 1, at);
	c->path = c->word;
	fa_code_declare(c);
	c->prev = FA_CODE_WORD;
	c->at = at < c->end ? at + 1 : at;
}

static void
slash(struct fa_code *c)
{
	size_t to = c->at;

	if ((c->flags & FA_CODE_MARKUP) != 0 && wants_value(c))
		to = fa_code_regex(c, c->at);
	c->prev = to > c->at ? FA_CODE_OPERAND : FA_CODE_PUNCT;
	c->at = to > c->at ? to : c->at + 1;
}

/* Marks that change nothing but what may follow. */
static void
other(struct fa_code *c, char ch)
{
	char next = fa_code_char(c, c->at + 1);
	bool twice = (ch == '+' || ch == '-' || ch == '!') && next == ch;

	if (ch == '-' && next == '>') {
		c->prev = FA_CODE_ARROW;
		c->at += 2;
		return;
	}
	c->at += twice ? 2 : 1;
	/* "x++", "x!" are values still; "." goes on with a path. */
	if (twice || (ch == '!' && next != '=' && !wants_value(c)))
		return;
	if (ch == '.' && next != '.')
		return;
	if (ch == '@')
		c->annotation = 1;
	c->prev = FA_CODE_PUNCT;
}

void
fa_code_punct(struct fa_code *c)
{
	char ch = c->text.p[c->at];

	if (strchr("()[]{}", ch) != NULL && ch != '\0') {
		fa_code_bracket(c, ch);
		return;
	}
	switch (ch) {
	case ';':
	case ',':
		separate(c, ch);
		break;
	case ':':
		label(c, false);
		c->prev = FA_CODE_PUNCT;
		c->at++;
		break;
	case '=':
		equals(c);
		break;
	case '?':
		question(c);
		break;
	case '<':
		less(c);
		break;
	case '/':
		slash(c);
		break;
	case '\'': /* no text, or it would not come here */
		character(c);
		break;
	case '`':
		ticks(c);
		break;
	default:
		other(c, ch);
	}
}
