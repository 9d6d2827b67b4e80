#include "evidence/crypto.h"

#include <openssl/err.h>

void
fa_crypto_begin(void)
{
	ERR_clear_error();
}

bool
fa_crypto_is_memory_out(void)
{
	unsigned long code;
	bool out = false;

	while ((code = ERR_get_error()) != 0)
		out = out || ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
	return out;
}
