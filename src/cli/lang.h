/* The two languages in which the program talks. */
#ifndef FA_CLI_LANG_H
#define FA_CLI_LANG_H

enum fa_cli_lang { FA_CLI_ZH, FA_CLI_EN };
#define FA_CLI_LANGS 2

struct fa_cli_text {
	const char *in[FA_CLI_LANGS];
};

#define FA_CLI_TEXT(zh, en)                                                    \
	{                                                                      \
		{                                                              \
			zh, en                                                 \
		}                                                              \
	}

#endif
