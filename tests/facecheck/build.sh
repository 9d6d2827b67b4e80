# For the scripts here, to be sourced: builds small programs and matchers with
# the libraries of $BUILD, where $tap_dir is the place for them.
cc=${CC:-gcc}
flags='-std=c11 -D_POSIX_C_SOURCE=200809L -O2 -g -Wall -Wextra -Werror
	-Isrc -Itests'
libs=$(sed -n 's/^LIBS = //p; s/^FC_LIBS = //p' "$BUILD/config.mk" | tr '\n' ' ')

# With a sanitizer there is no filter to look at.
sanitized() {
	nm "$BUILD/libfacecheck.a" 2>/dev/null | grep -q __asan_init
}

# program NAME SOURCE... [FLAG...]
program() {
	local name=$1
	shift
	$cc $flags "$@" "$BUILD/libfacecheck.a" "$BUILD/libfaceaudit.a" \
		$libs -o "$tap_dir/$name"
}

# matcher NAME: plugin_NAME.c as NAME.so
matcher() {
	$cc $flags -fPIC -shared -Wl,-z,lazy "tests/facecheck/plugin_$1.c" \
		-o "$tap_dir/$1.so"
}
