/* What the names in a source tell: which call shows a dialog, which one writes
 * a log, which element is a button, which attribute a user reads. */
#include <string.h>

#include "read/code.h"

/* Names in any case, with a blank at both ends: "Text" is in " text ". */
static bool
is_in(struct fa_str name, const char *list)
{
	char key[40];
	size_t n = 0;

	if (name.n == 0 || name.n > sizeof(key) - 3)
		return false;
	key[n++] = ' ';
	for (size_t i = 0; i < name.n; i++) {
		char ch = name.p[i];

		key[n++] = ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
	}
	key[n++] = ' ';
	key[n] = '\0';
	return strstr(list, key) != NULL;
}

bool
fa_code_has(struct fa_str name, struct fa_str lower)
{
	for (size_t i = 0; i + lower.n <= name.n; i++)
		if (fa_str_ieq(fa_str_sub(name, i, i + lower.n), lower))
			return true;
	return false;
}

struct fa_str
fa_code_last(struct fa_str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '.')
			return fa_str_sub(path, i, path.n);
	return path;
}

static struct fa_str
without_last(struct fa_str path)
{
	struct fa_str last = fa_code_last(path);

	return last.n >= path.n ? FA_STR("")
				: fa_str_sub(path, 0, path.n - last.n - 1);
}

static bool
names_dialog(struct fa_str name)
{
	static const struct fa_str words[] = { FA_STR_INIT("dialog"),
		FA_STR_INIT("modal"), FA_STR_INIT("alert"),
		FA_STR_INIT("sheet"), FA_STR_INIT("popup"),
		FA_STR_INIT("messagebox"), FA_STR_INIT("page-container") };

	for (size_t i = 0; i < FA_COUNT(words); i++)
		if (fa_code_has(name, words[i]))
			return true;
	return false;
}

/* What handles a dialog does not begin one. */
static bool
handles(struct fa_str name)
{
	static const struct fa_str verbs[] = { FA_STR_INIT("set"),
		FA_STR_INIT("init"), FA_STR_INIT("add"), FA_STR_INIT("on"),
		FA_STR_INIT("is"), FA_STR_INIT("get"), FA_STR_INIT("dismiss"),
		FA_STR_INIT("hide"), FA_STR_INIT("close"),
		FA_STR_INIT("remove") };

	for (size_t i = 0; i < FA_COUNT(verbs); i++)
		if (fa_str_starts(name, verbs[i]) && name.n > verbs[i].n &&
			name.p[verbs[i].n] >= 'A' && name.p[verbs[i].n] <= 'Z')
			return true;
	return fa_str_ends(name, FA_STR("Action"));
}

bool
fa_code_is_dialog(struct fa_str path)
{
	struct fa_str last = fa_code_last(path);

	if (fa_code_is_builder(path))
		return false;
	if (is_in(last,
		    " confirm alert show open info warning warn error success "
		    "prompt "))
		return fa_str_ieq(last, FA_STR("confirm")) ||
			fa_str_ieq(last, FA_STR("alert")) ||
			names_dialog(fa_code_last(without_last(path)));
	return names_dialog(last) && !handles(last);
}

bool
fa_code_is_builder(struct fa_str path)
{
	return fa_str_eq(fa_code_last(path), FA_STR("UIAlertController")) ||
		(fa_code_has(path, FA_STR("builder")) && names_dialog(path) &&
			!handles(fa_code_last(path)));
}

bool
fa_code_is_log(struct fa_str path)
{
	struct fa_str rest = path;
	struct fa_str first = fa_str_cut(&rest, '.');

	return is_in(first,
		       " log logger console timber nslog os_log print println "
		       "debugprint printf nsexception assert require import "
		       "alog xlog klog logutil logutils logs hilog slog "
		       "fatalerror precondition preconditionfailure "
		       "assertionfailure debuglog ") ||
		fa_str_starts(path, FA_STR("System.out.")) ||
		fa_str_starts(path, FA_STR("System.err.")) ||
		fa_str_starts(path, FA_STR("this.logger."));
}

bool
fa_code_is_toast(struct fa_str path)
{
	struct fa_str last = fa_code_last(path);
	struct fa_str before = fa_code_last(without_last(path));

	if (fa_code_has(path, FA_STR("toast")) ||
		fa_code_has(path, FA_STR("snackbar")) ||
		is_in(last, " elmessage $message elnotification $notify "))
		return true;
	if (is_in(last, " success error warning warn info open show "))
		return fa_code_has(before, FA_STR("message")) ||
			fa_code_has(before, FA_STR("notif"));
	return fa_str_ends(last, FA_STR("Exception")) ||
		fa_str_ends(last, FA_STR("Error"));
}

bool
fa_code_is_button(struct fa_str name)
{
	return fa_code_has(name, FA_STR("button")) ||
		fa_code_has(name, FA_STR("btn")) ||
		fa_str_eq(name, FA_STR("UIAlertAction")) ||
		fa_str_eq(name, FA_STR("SnackBarAction")) ||
		fa_str_eq(name, FA_STR("CupertinoDialogAction"));
}

/* "confirmText", "cancel-button-text", "okLabel". */
static bool
labels_button(struct fa_str name)
{
	static const struct fa_str verbs[] = { FA_STR_INIT("confirm"),
		FA_STR_INIT("cancel"), FA_STR_INIT("ok"), FA_STR_INIT("agree"),
		FA_STR_INIT("accept"), FA_STR_INIT("reject"),
		FA_STR_INIT("refuse"), FA_STR_INIT("positive"),
		FA_STR_INIT("negative"), FA_STR_INIT("submit") };

	if (fa_code_is_button(name))
		return !fa_code_has(name, FA_STR("color"));
	if (!fa_code_has(name, FA_STR("text")) &&
		!fa_code_has(name, FA_STR("label")))
		return false;
	for (size_t i = 0; i < FA_COUNT(verbs); i++)
		if (fa_str_ieq(fa_str_sub(name, 0, verbs[i].n), verbs[i]))
			return true;
	return false;
}

bool
fa_code_is_shown(struct fa_str name)
{
	return is_in(name,
		       " title placeholder label content alt aria-label "
		       "confirm-text cancel-text confirmtext canceltext text "
		       "message description desc sub-title subtitle tip tips "
		       "notice header footer note value ok-text oktext "
		       "confirm-button-text cancel-button-text summary caption "
		       "accessibilitylabel aria-description hint helper-text "
		       "helpertext error-message empty-text left-text "
		       "right-text extra nodes v-text v-html html tooltip ") ||
		labels_button(name);
}

bool
fa_code_is_inner(struct fa_str name)
{
	return is_in(name,
		" class style id src href key ref name slot type url path icon "
		"classname lang charset xmlns is wx:key wx:for-item mode "
		"for form-type open-type method action rel target ");
}

bool
fa_code_is_inline(struct fa_str name)
{
	return is_in(name,
		" a abbr b bdi bdo big cite code em font i ins label mark q s "
		"small span strong sub sup text trans u del navigator ");
}

bool
fa_code_is_void(struct fa_str name)
{
	return is_in(name,
		" area base br col embed hr img input link meta source track "
		"wbr ");
}

bool
fa_code_is_keyword(struct fa_str word)
{
	return is_in(word,
		       " return typeof case in of delete void throw new else "
		       "do await yield instanceof default is as extends ") &&
		(word.p[0] >= 'a');
}

bool
fa_code_is_head(struct fa_str word)
{
	return is_in(word,
		" if for while switch catch with when guard elseif "
		"synchronized foreach ");
}

bool
fa_code_is_tag(struct fa_str path)
{
	struct fa_str rest = path;

	return is_in(fa_str_cut(&rest, '.'),
		" css styled gql graphql sql keyframes createglobalstyle "
		"injectglobal glsl wgsl ");
}

/* Calls that pass a text on: the name is that of what they stand in. */
static bool
passes_on(struct fa_str name)
{
	return is_in(name,
		" text textspan t i18n tr string fromhtml richtext "
		"autosizetext spannablestring nslocalizedstring const "
		"selectabletext html markdown trim ");
}

static struct fa_str
join(char out[FA_CODE_NAME_BYTES], struct fa_str owner, struct fa_str name)
{
	size_t n = 0;

	owner = fa_code_last(owner);
	if (name.n == 0)
		return owner;
	if (owner.n == 0 || owner.n + name.n + 1 > FA_CODE_NAME_BYTES)
		return name;
	memcpy(out, owner.p, owner.n);
	n = owner.n;
	out[n++] = '.';
	memcpy(out + n, name.p, name.n);
	return (struct fa_str){ out, n + name.n };
}

/* The frame that names a text: lists and texts do not. */
static size_t
naming(const struct fa_code *c)
{
	size_t i = c->depth;

	while (i > 1) {
		const struct fa_code_frame *f = &c->frame[i - 1];

		if (f->kind == FA_CODE_BRACKETS || f->kind == FA_CODE_INTERP ||
			f->kind == FA_CODE_MUSTACHE ||
			(f->kind == FA_CODE_VALUE && f->label.n == 0) ||
			(f->kind == FA_CODE_PARENS && f->label.n == 0 &&
				(f->name.n == 0 ||
					passes_on(fa_code_last(f->name)))))
			i--;
		else
			break;
	}
	return i;
}

/* Alert.alert(title, text, [{ text: ... }]) of React Native. */
static bool
is_alert_button(const struct fa_code *c, size_t i)
{
	return i > 2 && c->frame[i - 1].kind == FA_CODE_OBJECT &&
		c->frame[i - 2].kind == FA_CODE_BRACKETS &&
		c->frame[i - 3].kind == FA_CODE_PARENS &&
		fa_str_eq(c->frame[i - 1].label, FA_STR("text")) &&
		fa_code_has(c->frame[i - 3].name, FA_STR("alert"));
}

/* An attribute that holds code, and no text that users read. */
static bool
is_handler(const struct fa_code_frame *f)
{
	return (f->kind == FA_CODE_LIMIT || f->kind == FA_CODE_VALUE) &&
		f->label.n > 0 && !fa_code_is_shown(f->label);
}

/* A call that does more than pass a text on. */
static bool
calls(const struct fa_code_frame *f)
{
	return f->kind == FA_CODE_PARENS && !passes_on(fa_code_last(f->name));
}

static bool
is_control(const struct fa_code *c, size_t i)
{
	bool called = false; /* by what does more than pass it on */

	if (labels_button(c->frame[i - 1].label) || is_alert_button(c, i))
		return true;
	for (int up = 0; up < 4 && i > 0; up++, i--) {
		const struct fa_code_frame *f = &c->frame[i - 1];

		if (f->control || f->kind >= FA_CODE_TAG)
			return f->control;
		if (f->id != 0 || is_handler(f))
			return false;
		if (called && f->kind == FA_CODE_BLOCK)
			return false;
		if ((f->kind == FA_CODE_PARENS || f->kind == FA_CODE_BLOCK) &&
			fa_code_is_button(fa_code_last(f->name)))
			return true;
		called = called || calls(f);
	}
	return false;
}

struct fa_str
fa_code_name(
	const struct fa_code *c, char out[FA_CODE_NAME_BYTES], bool *control)
{
	size_t i = naming(c);
	const struct fa_code_frame *f;
	struct fa_str owner = FA_STR("");

	*control = false;
	if (i == 0)
		return FA_STR("");
	f = &c->frame[i - 1];
	*control = is_control(c, i);
	if (f->kind == FA_CODE_BLOCK)
		return f->label.n > 0 ? f->label : fa_code_last(f->name);
	if (f->kind == FA_CODE_OBJECT && i > 1 &&
		c->frame[i - 2].kind == FA_CODE_PARENS)
		owner = c->frame[i - 2].name;
	else if (f->kind != FA_CODE_OBJECT)
		owner = f->name;
	return join(out, owner, f->label);
}
