# TAP for shell scripts, to be sourced. Every check is `tap_run NAME COMMAND...`
# (passes when the command does; its output is shown when it fails); the script
# ends with tap_end.
tap_count=0
tap_failed=0
tap_dir=$(mktemp -d) # for the script, too; removed at its end
tap_log=$tap_dir/tap.log
trap 'rm -rf "$tap_dir"' EXIT

tap_run() {
	tap_name=$1
	shift
	tap_count=$((tap_count + 1))
	if "$@" >"$tap_log" 2>&1; then
		sed -n '/^# /p' "$tap_log"
		sed -n 's/^# left out/left out/p' "$tap_log" >&2
		echo "ok $tap_count - $tap_name"
		return
	fi
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_count - $tap_name"
	# To both: prove keeps standard output to itself.
	sed 's/^/#   /' "$tap_log"
	{ echo "$tap_name:"; sed 's/^/    /' "$tap_log"; } >&2
}

# What this machine does not allow: to both streams, too, so that it is seen.
tap_left_out() {
	echo "# left out, $1"
	echo "left out, $1" >&2
}

# No check at all is a failure.
tap_end() {
	echo "1..$tap_count"
	[ "$tap_count" -gt 0 ] && [ "$tap_failed" -eq 0 ]
	exit
}
