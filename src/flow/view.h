/* What a person would make of a screen: which control refuses, which agrees
 * and to what, where a face is captured. Words come from the lexicons ui_* of
 * the rules; their order and how they are compared is here: refusing words are
 * tried before accepting ones (不同意 contains 同意), a label is a short text
 * of at most twice the characters of the word found in it plus four, and what
 * is only mentioned (returning to a face check, a heading that names it) is
 * not an action. Simplified, Traditional and English. */
#ifndef FA_FLOW_VIEW_H
#define FA_FLOW_VIEW_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/flow.h"
#include "model/rule.h"

/* What an element does. A set: one control may be several things. */
enum fa_control {
	FA_CTL_ACCEPT,       /* agrees, continues with consent */
	FA_CTL_REFUSE,       /* 不同意 拒绝 暂不使用 */
	FA_CTL_LATER,        /* 以后再说 跳过 */
	FA_CTL_OTHER_METHOD, /* another way to verify, or a way to one */
	FA_CTL_NONFACE,   /* ... that is known to need no face: 短信验证 */
	FA_CTL_BIOMETRIC, /* ... that is another biometric: 指纹 声纹 */
	FA_CTL_OFFCHANNEL, /* ... outside this channel: 前往网点 致电 邮寄 */
	FA_CTL_FACE,       /* chooses or begins a face check: 刷脸登录 */
	FA_CTL_CAPTURE, /* captures: 开始采集 开始识别 on a capture screen */
	FA_CTL_OS_BIO, /* the device's own Face ID, 面容 */
	FA_CTL_EXIT,   /* leaves the app */
	FA_CTL_BACK,   /* back, close, cancel, × */
	FA_CTL_NEUTRAL, /* 继续 下一步 确定 我知道了: says not what it does */
	FA_CTL_AGREE_BOX, /* checkbox or switch that stands for consent */
	FA_CTL_DOCUMENT,  /* opens a document */
	FA_CTL_GUARDIAN,  /* guardian's step: 监护人 家长 */
	FA_CTL_MINOR,     /* says that the user is a child, or a birth date */
	FA_CTL_ADULT,     /* says that the user is grown up */
	FA_CTL_CANCEL_ACCOUNT, /* 注销账号 */
	FA_CTL_WITHDRAW,       /* 撤回同意 关闭刷脸 */
	FA_CTL_DELETE_FACE,    /* 删除人脸信息 */
	FA_CTL_NETID,          /* national network identity */
	FA_CTL_SUBMIT,         /* 提交 登录 of a form */
	FA_CTL_HELP,           /* help, agent, complaint */
	FA_CTL_COUNT
};
#define FA_CTL_BIT(c) (1u << (c))

/* What a screen is. A set. */
enum fa_screen_role {
	FA_SCR_CAPTURE,      /* the face is captured here, or by its control */
	FA_SCR_FACE_PROMPT,  /* asks to do a face check */
	FA_SCR_CONSENT,      /* asks for consent to something */
	FA_SCR_FACE_CONSENT, /* ... and names the face */
	FA_SCR_BUNDLE,       /* one control binds the face and something else */
	FA_SCR_METHODS,      /* choice of ways to verify */
	FA_SCR_NONFACE,      /* a verification without the face is done here */
	FA_SCR_DOCUMENT,     /* a policy, an agreement: long text */
	FA_SCR_AGE,          /* asks for the age */
	FA_SCR_GUARDIAN,     /* guardian's consent or check */
	FA_SCR_SUCCESS,      /* verified, logged in, done; the service itself */
	FA_SCR_FAILURE,      /* a check failed */
	FA_SCR_BLOCKED,      /* says that nothing goes on */
	FA_SCR_CANCEL_ACCOUNT,
	FA_SCR_WITHDRAW,
	FA_SCR_SETTINGS,
	FA_SCR_PERMISSION, /* the system's question for the camera */
	FA_SCR_RETAIN,     /* asks once more after a refusal */
	FA_SCR_COUNT
};
#define FA_SCR_BIT(r) (1u << (r))

/* What the user is about to do, as far as texts say; a set. */
enum fa_purpose {
	FA_PURPOSE_LOGIN,
	FA_PURPOSE_REGISTER,
	FA_PURPOSE_REAL_NAME,
	FA_PURPOSE_PAY,
	FA_PURPOSE_WITHDRAW_MONEY,
	FA_PURPOSE_UNLOCK, /* lift a restriction of the account */
	FA_PURPOSE_CHANGE, /* phone number, password, device */
	FA_PURPOSE_ENTRY,  /* doors, attendance */
	FA_PURPOSE_CREATE, /* a group, a post, a shop */
	FA_PURPOSE_CANCEL_ACCOUNT,
	FA_PURPOSE_WITHDRAW_CONSENT,
	FA_PURPOSE_COUNT
};

struct fa_view_element {
	uint32_t controls; /* set of FA_CTL_BIT */
	uint32_t docs;     /* what an agreeing control binds: set of
			    * FA_BIND_* */
	bool tappable;     /* a person could tap it now */
	bool fee;          /* says that something costs a fee */
};
#define FA_BIND_FACE 1u
#define FA_BIND_POLICY 2u
#define FA_BIND_TERMS 4u
#define FA_BIND_MARKETING 8u
#define FA_BIND_OTHER_DATA 16u /* contacts, location, other sensitive data */
#define FA_BIND_CHILDREN 32u
#define FA_BIND_SHARING 64u

/* What else a screen shows; a set. */
#define FA_SIGN_TELLS 1u        /* says what is done with the face */
#define FA_SIGN_MENTIONS 2u     /* a text that names the face */
#define FA_SIGN_FACE_DOC 4u     /* names or links a document on the face */
#define FA_SIGN_CAMERA 8u       /* a preview runs */
#define FA_SIGN_IMPLIED 16u     /* going on counts as consent */
#define FA_SIGN_VERIFIED 32u    /* a guardian is reached and checked */
#define FA_SIGN_ENROL 64u       /* the face function itself is set up */
#define FA_SIGN_OFFCHANNEL 128u /* leads out of the channel, says a text */
#define FA_SIGN_OPAQUE 256u     /* holds a part that cannot be seen into */
#define FA_SIGN_PHOTO 512u      /* pictures other than of a face to check */
#define FA_SIGN_HOME 2048u      /* the main screen, says its title */
#define FA_SIGN_CHILD 4096u     /* the user whose face it is is a child */
#define FA_SIGN_OFF 16384u      /* says that the face function is off */
#define FA_SIGN_PRESET 32768u   /* says that it was switched on unasked */
#define FA_SIGN_NAMES 8192u     /* names the face, other than to deny it */
#define FA_SIGN_FAILED 65536u   /* a line says that a check failed */
#define FA_SIGN_CAPTURING 1024u /* tells how to hold the face, blink, wait */

struct fa_view_screen {
	uint32_t roles;    /* set of FA_SCR_BIT */
	uint32_t signs;    /* set of FA_SIGN_* */
	uint32_t purposes; /* set of 1 << enum fa_purpose */
	bool face_words;   /* the screen names a face check or face data */
	struct fa_view_element *elements; /* one per element */
};

struct fa_view {
	const struct fa_flow *flow;
	struct fa_view_screen *screens; /* one per screen */
};

struct fa_vocab; /* the ui_* lexicons, made ready */

/* Takes the lexicons ui_* of b; one that is missing is empty. Lives in a. */
FA_MUST_CHECK int fa_vocab_new(struct fa_vocab **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err);
/* Looks at one screen by itself. The walker uses it to choose what to tap. */
FA_MUST_CHECK int fa_view_screen(struct fa_view_screen *out,
	const struct fa_vocab *v, const struct fa_flow_screen *s,
	struct fa_arena *a, struct fa_err *err);
/* Looks at all screens, and at what their transitions add (a control whose
 * tap opens the camera captures, whatever it is called; a screen that comes
 * again after a refusal retains). Lives in a. */
FA_MUST_CHECK int fa_view(struct fa_view *out, const struct fa_vocab *v,
	const struct fa_flow *f, struct fa_arena *a, struct fa_err *err);

#endif
