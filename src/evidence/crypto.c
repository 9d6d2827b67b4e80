#include "evidence/crypto.h"

#include "base/library.h"

FA_LIBRARY_NOTE("evidence", "objects, time stamps and signatures of a case",
	FA_SONAME_CRYPTO);

static struct fa_library_slot opened;

int
fa_crypto_open(struct fa_err *err)
{
#define NAME(f) #f,
	static const char *const names[] = { FA_CRYPTO_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_CRYPTO,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_crypto) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_crypto *
fa_crypto(void)
{
	return fa_library_functions(&opened);
}

void
fa_crypto_begin(void)
{
	fa_crypto()->ERR_clear_error();
}

bool
fa_crypto_is_memory_out(void)
{
	unsigned long code;
	bool out = false;

	while ((code = fa_crypto()->ERR_get_error()) != 0)
		out = out || ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
	return out;
}

void
fa_crypto_free(void *p)
{
	fa_crypto()->CRYPTO_free(p, __FILE__, __LINE__);
}

struct fa_str
fa_crypto_bytes(BIO *b)
{
	char *p = NULL;
	long n = fa_crypto()->BIO_ctrl(b, BIO_CTRL_INFO, 0, &p);

	if (n < 0 || (n > 0 && p == NULL))
		return FA_STR_NONE;
	return (struct fa_str){ p != NULL ? p : "", (size_t)n };
}

int
fa_crypto_count(const void *stack)
{
	return fa_crypto()->OPENSSL_sk_num(stack);
}

void *
fa_crypto_item(const void *stack, int i)
{
	return fa_crypto()->OPENSSL_sk_value(stack, i);
}
