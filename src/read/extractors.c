#include "read/extract.h"

#include "read/code.h"

fa_extract_fn *const fa_extractors[FA_FORMAT_COUNT] = {
	[FA_FORMAT_TEXT] = fa_text_extract,
	[FA_FORMAT_ANDROID] = fa_android_extract,
	[FA_FORMAT_STRINGS] = fa_apple_extract,
	[FA_FORMAT_PLIST] = fa_plist_extract,
	[FA_FORMAT_XCSTRINGS] = fa_xcstrings_extract,
	[FA_FORMAT_JSON] = fa_messages_extract,
	[FA_FORMAT_PROPERTIES] = fa_properties_extract,
	[FA_FORMAT_PO] = fa_po_extract,
	[FA_FORMAT_VUE] = fa_vue_extract,
	[FA_FORMAT_WXML] = fa_wxml_extract,
	[FA_FORMAT_SCRIPT] = fa_script_extract,
	[FA_FORMAT_DART] = fa_dart_extract,
	[FA_FORMAT_KOTLIN] = fa_kotlin_extract,
	[FA_FORMAT_JAVA] = fa_java_extract,
	[FA_FORMAT_SWIFT] = fa_swift_extract,
};
