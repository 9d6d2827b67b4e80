/* Refers to each function of the libraries that the programs open only when
 * they need them: what is linked of this depends on the same packages, of the
 * same versions, as the programs do. See make-deb. */
#include "base/cjson.h"
#include "base/libpcre2.h"
#include "base/libyaml.h"
#include "base/zlib.h"
#include "discover/xml.h"
#include "evidence/crypto.h"
#include "fetch/curl.h"
#include "fetch/psl.h"
#include "flow/xml.h"
#include "read/libcmark.h"
#include "read/libzip.h"
#include "read/uchardet.h"
#include "read/xml.h"
#include "report/libxlsx.h"
#include "store/sqlite.h"

#define PLAIN(f) (const void *)&f,
#define CURL_(f) (const void *)&curl_##f,
#define PSL(f) (const void *)&psl_##f,
#define UCHARDET(f) (const void *)&uchardet_##f,
#define SQLITE(f) (const void *)&sqlite3_##f,
#define PCRE2(f) (const void *)&pcre2_##f,
#define CJSON(f) (const void *)&cJSON_##f,
#define YAML(f) (const void *)&yaml_##f,
#define CMARK(f) (const void *)&cmark_##f,

const void *const opened[] = {
	FA_CURL_FUNCTIONS(CURL_) FA_PSL_FUNCTIONS(PSL)
	FA_UCHARDET_FUNCTIONS(UCHARDET) FA_READ_XML_FUNCTIONS(PLAIN)
	FA_FLOW_XML_FUNCTIONS(PLAIN) FA_DISCOVER_XML_FUNCTIONS(PLAIN)
	FA_LIBZIP_FUNCTIONS(PLAIN) FA_LIBXLSX_FUNCTIONS(PLAIN)
	FA_CRYPTO_FUNCTIONS(PLAIN) FA_SQLITE_FUNCTIONS(SQLITE)
	FA_PCRE2_FUNCTIONS(PCRE2) FA_CJSON_FUNCTIONS(CJSON)
	FA_LIBYAML_FUNCTIONS(YAML) FA_CMARK_FUNCTIONS(CMARK)
	FA_ZLIB_FUNCTIONS(PLAIN)
};
