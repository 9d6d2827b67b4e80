# Sweeps of a made-up web, for TAP programs, to be sourced before tap.sh:
#
#   . tests/world/world.sh
#   world_alone "$@"         a network of its own, with nothing but loopback
#   . scripts/tap.sh
#   world_start FOLDER [OPTIONS OF world.py]
#   crawl STORE [OPTIONS]    sweeps it; world_polite NAME ... judges the log
#
# FOLDER is $world from then on; the world ends with the program.
world=
world_pid=
world_bin=tests/world
world_wrap=() # put before the program

# Politeness of the tests: small, but not nothing.
world_delay=20
world_address_delay=30
world_tries=4

# Runs the program again where no packet can leave the machine and mounts
# vanish with it. Where that is not allowed, addresses keep it on loopback.
world_alone() {
	local how

	if [ -z "${WORLD_ALONE:-}" ]; then
		for how in -nm -rnm; do
			if unshare $how true 2>/dev/null; then
				WORLD_ALONE=1 exec unshare $how \
					$world_bin/"${0##*/}" "$@"
			fi
		done
		WORLD_ALONE=no
	elif [ "$WORLD_ALONE" = 1 ]; then
		python3 $world_bin/sweep.py loopback || exit 1
		mount --make-rprivate / 2>/dev/null
	fi
	export WORLD_ALONE=no-more
}

# Judged as of one day, so that midnight changes nothing.
export SOURCE_DATE_EPOCH=1795219200

world_start() {
	local line

	world=$1
	shift
	mkdir -p "$world" && mkfifo "$world/ready" || return
	python3 $world_bin/world.py "$@" "$world" >"$world/ready" \
		2>"$world/err" &
	world_pid=$!
	trap 'world_stop; rm -rf "$tap_dir"' EXIT
	read -r line <"$world/ready" && [ "${line%% *}" = ready ] || {
		cat "$world/err"
		world_pid=
		return 1
	}
	world_options=(--cacert "$world/ca.pem" --resolve "@$world/resolve.txt"
		--delay $world_delay --address-delay $world_address_delay
		--tries $world_tries --backoff 50 --stall 1 --timeout 6
		--max-bytes 4000000)
	while read -r line; do
		world_options+=(--allow-net "$line")
	done <"$world/allow.txt"
}

world_stop() {
	[ -z "$world_pid" ] || { kill "$world_pid" && wait "$world_pid"; }
	world_pid=
}

world_post() {
	python3 $world_bin/sweep.py post "$world" "$1"
}

# crawl STORE [OPTIONS]: one sweep (by $world_command, if set); its cost is in STORE.cost, its messages in
# STORE.err, its requests stand behind the mark STORE (last part of the path).
crawl() {
	local store=$1

	shift
	world_post "mark?name=${store##*/}" &&
		python3 $world_bin/sweep.py child "$store.cost" -- \
			"${world_wrap[@]}" timeout -k 5 300 \
			"$BUILD/faceaudit" "${world_command:-crawl}" \
			"${world_options[@]}" \
			--store "$store" "$@" "$world/targets.csv" \
			>"$store.out" 2>"$store.err"
}

# expect STATUS COMMAND...: shows STORE.err when the status is another one.
expect() {
	local expected=$1 status

	shift
	"$@"
	status=$?
	[ $status -eq "$expected" ] && return
	echo "status $status, expected $expected: $*"
	case $1 in crawl) tail -n 20 "$2.err" ;; esac
	return 1
}

world_polite() {
	local sweep=$1

	shift
	python3 $world_bin/check_log.py --sweep "$sweep" \
		--delay $world_delay --address-delay $world_address_delay \
		--tries $world_tries "$@" "$world"
}

world_store() {
	python3 $world_bin/store.py "$@"
}

# Archives of a store, by a program that we did not write, and by the place
# and digests of every capture.
world_archive() {
	local file

	world_store archive "$1" || return
	[ -x tests/warc/run ] || return 0
	for file in "$1"/archive/*.warc.gz; do
		[ ! -e "$file" ] || tests/warc/run "$file" || return
	done
}

world_has_program() {
	[ -x "$BUILD/faceaudit" ] && return
	echo "$BUILD/faceaudit is missing"
	return 1
}
