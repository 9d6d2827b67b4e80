#!/bin/sh
# Checks an evidence pack of faceaudit without faceaudit.
# Needs: sh, unzip, openssl, awk, sed, sha256sum (or shasum); gzip or funzip.
#
#   sh verify.sh [-t TSA.pem] [-k SIGNER.pem] [PACK.zip | FOLDER]
#
#   -t TSA.pem     certificates of time-stamp authorities that you trust
#   -k SIGNER.pem  public key that has to have signed the pack
#   FOLDER         an unpacked pack; default: the folder of this script
#
# Exit status: 0 good and anchored; 3 consistent, but not anchored or not
# wholly checked; 4 not what it says it is; 2 cannot be read.
# A script that came with a pack may have been changed like the pack: take it
# from whom you trust, its SHA-256 is published with each release.
set -u
LC_ALL=C
export LC_ALL
umask 077

usage() {
	sed -n 's/^#   \(sh verify.sh.*\)/usage: \1/p' "$0" >&2
	exit 2
}
die() {
	echo "verify.sh: $1" >&2
	exit 2
}

trusted=
signer=
while getopts t:k: o; do
	case $o in
	t) trusted=$OPTARG ;;
	k) signer=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -le 1 ] || usage
target=${1:-$(dirname "$0")}
[ -r "$target" ] || die "$target: cannot be read"
for f in "$trusted" "$signer"; do
	[ -z "$f" ] || [ -r "$f" ] || die "$f: cannot be read"
done
for p in unzip openssl awk sed; do
	command -v $p >/dev/null 2>&1 || die "$p is missing"
done

# sums: "HEX  FILE" for each file named on standard input, one a line. Names
# have no blanks, that is checked before.
if command -v sha256sum >/dev/null 2>&1; then
	sum=sha256sum
elif command -v shasum >/dev/null 2>&1; then
	sum='shasum -a 256'
else
	sum='openssl dgst -sha256 -r'
fi
# shellcheck disable=SC2086
sums() { xargs $sum | sed 's/ \*/  /'; }
# shellcheck disable=SC2086
sha() { $sum <"$1" | cut -c 1-64; }
if command -v gzip >/dev/null 2>&1; then
	inflate() { gzip -dc; }
elif command -v funzip >/dev/null 2>&1; then
	inflate() { funzip; }
else
	inflate() { return 127; }
fi

tmp=$(mktemp -d "${TMPDIR:-/tmp}/verify.XXXXXX") || die 'no folder for the work'
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

worst=0
# say STATE NAME TEXT
say() {
	case $1 in
	ok) s='ok 通过' r=0 ;;
	none) s='none 无' r=0 ;;
	unanchored) s='not anchored 未锚定' r=1 ;;
	cannot) s='cannot check 无法核验' r=2 ;;
	failed) s='failed 失败' r=3 ;;
	esac
	echo "[$s] $2: $3"
	[ "$r" -le "$worst" ] || worst=$r
}
finish() {
	case $worst in
	0) echo 'good, and anchored by a trusted time stamp 核验通过，且有可信时间戳' ;;
	3) echo 'NOT what it says it is 核验失败' ;;
	*) echo 'consistent, but not anchored or not wholly checked' \
		'自洽，但未锚定或有未能核验之处' ;;
	esac
	case $worst in
	0) exit 0 ;;
	3) exit 4 ;;
	*) exit 3 ;;
	esac
}

# check_names: names on standard input, one a line, fit for files, each once.
check_names() {
	awk '{
		if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/ ||
			length($0) > 240 || seen[tolower($0)]++) {
			print; exit
		}
	}'
}

# unpack ZIP FOLDER NAME: false, and told, when it is no zip file to trust.
unpack() {
	if ! unzip -Z1 "$1" >"$tmp/names" 2>/dev/null </dev/null; then
		say failed container "$3 is no zip file that can be read"
		return 1
	fi
	bad=$(check_names <"$tmp/names")
	if [ -n "$bad" ]; then
		say failed container "$3: a name that no pack has, or twice: $bad"
		return 1
	fi
	mkdir "$2"
	unzip -qq -n -P none "$1" -d "$2" >/dev/null 2>&1 </dev/null
	s=$?
	odd=$(find "$2" ! -type f ! -type d | head -n 1)
	if [ $s -gt 1 ] || [ -n "$odd" ] ||
		[ "$(find "$2" -type f | wc -l)" -ne "$(wc -l <"$tmp/names")" ]; then
		say failed container "$3 is damaged"
		return 1
	fi
}

# same_sums ZIP FOLDER: has every file the length and check sum that the
# directory of the zip file states? (unzip goes by what stands before the file.)
same_sums() {
	unzip -v "$1" 2>/dev/null </dev/null |
		awk '$7 ~ /^[0-9a-f]+$/ && length($7) == 8 {
			print $1, $2 == "Stored" ? $3 : $1, $7, $8
		}' | while read -r bytes stored crc f; do
			[ "$bytes" = "$stored" ] &&
				[ "$(wc -c <"$2/$f" | tr -d ' ')" = "$bytes" ] &&
				case $(crc "$2/$f") in '' | "$crc") ;; *) false ;; esac ||
				echo bad
		done | grep -q bad && return 1
	return 0
}
# CRC-32 as gzip writes it behind what it has packed.
crc() {
	gzip -1 -c <"$1" | tail -c 8 | od -An -tx1 | awk '{ print $4 $3 $2 $1 }'
}
command -v gzip >/dev/null 2>&1 || crc() { :; }

# Files of a folder, by name, without hidden ones.
list() {
	(cd "$1" && find . -type f ! -path '*/.*' | sed 's|^\./||' | sort)
}

# 1. The container.
if [ -d "$target" ]; then
	outer=$target
else
	outer=$tmp/outer
	unpack "$target" "$outer" 'the pack' || finish
	same_sums "$target" "$outer" || {
		say failed container 'the pack is damaged'
		finish
	}
fi
if [ ! -f "$outer/case.wacz" ]; then
	say failed container 'case.wacz is missing: this is no pack'
	finish
fi
bad=$(list "$outer" | check_names)
if [ -n "$bad" ]; then
	say failed container "a file that no pack has: $bad"
	finish
fi
inner=$tmp/inner
unpack "$outer/case.wacz" "$inner" case.wacz || finish
say ok container "$(list "$inner" | wc -l | tr -d ' ') files in case.wacz"

# 2. Its digests.
hex=$(sha "$outer/case.wacz")
sm3=$(openssl dgst -sm3 -r "$outer/case.wacz" 2>/dev/null | cut -c 1-64)
printf '%s  case.wacz\n' "$hex" >"$tmp/sum"
printf '%s  case.wacz\n' "$sm3" >"$tmp/sum3"
if ! cmp -s "$tmp/sum" "$outer/case.wacz.sha256"; then
	say failed digests "case.wacz has the SHA-256 $hex, case.wacz.sha256 says something else"
elif [ -n "$sm3" ] && ! cmp -s "$tmp/sum3" "$outer/case.wacz.sm3"; then
	say failed digests "case.wacz has the SM3 $sm3, case.wacz.sm3 says something else"
else
	say ok digests "SHA-256 $hex"
fi

# 3. The files in it. datapackage.json has a line for each.
check_files() {
	for f in datapackage.json datapackage-digest.json; do
		[ -f "$inner/$f" ] || { why="$f is missing"; return 1; }
	done
	printf '{"path":"datapackage.json","hash":"sha256:%s"}\n' \
		"$(sha "$inner/datapackage.json")" >"$tmp/sum"
	cmp -s "$tmp/sum" "$inner/datapackage-digest.json" || {
		why='datapackage-digest.json is not that of datapackage.json'
		return 1
	}
	sed -n '2,$s/^{"name":"[^"]*","path":"\([^"]*\)","hash":"sha256:\([0-9a-f]*\)","bytes":[0-9]*},\{0,1\}$/\2  \1/p' \
		"$inner/datapackage.json" >"$tmp/listed"
	if [ "$(wc -l <"$inner/datapackage.json")" -ne "$(($(wc -l <"$tmp/listed") + 2))" ] ||
		[ "$(tail -n 1 "$inner/datapackage.json")" != ']}' ]; then
		why='datapackage.json is not written as a pack writes it'
		return 1
	fi
	why=$(cut -c 67- "$tmp/listed" | check_names)
	[ -z "$why" ] || { why="datapackage.json lists $why"; return 1; }
	{
		cut -c 67- "$tmp/listed"
		printf 'datapackage.json\ndatapackage-digest.json\n'
	} | sort >"$tmp/should"
	list "$inner" >"$tmp/is"
	cmp -s "$tmp/should" "$tmp/is" || {
		why="missing or added: $(diff "$tmp/should" "$tmp/is" | sed -n 's/^[<>] //p' | head -n 1)"
		return 1
	}
	why=$(grep -vE '^(datapackage(-digest)?\.json|indexes/index\.cdxj|pages/pages\.jsonl|evidence/(custody\.jsonl|objects\.csv|outer\.sha256|case\.json|judging\.json|findings\.jsonl)|(archive|evidence/(proofs|text|rules|objects|screenshots|tls|stamps|dom|environment|walk(-[^/]*)?))/.*)$' "$tmp/is" | head -n 1)
	[ -z "$why" ] || { why="$why is no file of a pack"; return 1; }
	cut -c 67- "$tmp/listed" | (cd "$inner" && sums) >"$tmp/real"
	cmp -s "$tmp/listed" "$tmp/real" || {
		why="not what it was: $(diff "$tmp/listed" "$tmp/real" | sed -n 's/^> [0-9a-f]*  //p' | head -n 1)"
		return 1
	}
}
if check_files; then
	say ok files "all $(wc -l <"$tmp/listed" | tr -d ' ') files have the digests of datapackage.json"
else
	say failed files "$why"
fi

# 4. The files beside it.
side_car() {
	case $1 in
	case.wacz | case.wacz.sha256 | case.wacz.sm3 | case.wacz.*.tsr | \
		case.wacz.tsr | case.wacz.dsse.json | case.wacz.pub.pem) return 0 ;;
	esac
	return 1
}
check_outer() {
	o=$inner/evidence/outer.sha256
	[ -f "$o" ] || { why='evidence/outer.sha256 is missing'; return 1; }
	cut -c 67- "$o" | sort >"$tmp/should"
	list "$outer" | while read -r f; do
		side_car "$f" || echo "$f"
	done >"$tmp/is"
	cmp -s "$tmp/should" "$tmp/is" || {
		why="missing or added: $(diff "$tmp/should" "$tmp/is" | sed -n 's/^[<>] //p' | head -n 1)"
		return 1
	}
	(cd "$outer" && sums) <"$tmp/is" >"$tmp/beside"
	cmp -s "$o" "$tmp/beside" || {
		why="not what it was: $(diff "$o" "$tmp/beside" | sed -n 's/^> [0-9a-f]*  //p' | head -n 1)"
		return 1
	}
}
if check_outer; then
	say ok outer 'the files beside the container are as it lists them'
else
	say failed outer "$why"
fi

# 5. The chain of custody: each line holds the digest of the line before.
log=$inner/evidence/custody.jsonl
events=0
# split LOG FOLDER: each line, without its end, a file of its own.
split_lines() {
	mkdir "$2" &&
		awk -v d="$2" 'BEGIN { ORS = "" } {
			f = d "/" sprintf("%08d", NR); print $0 >f; close(f)
		}' "$1"
}
check_chain() {
	[ -f "$log" ] || { why='evidence/custody.jsonl is missing'; return 1; }
	events=$(wc -l <"$log" | tr -d ' ')
	[ -z "$(tail -c 1 "$log" | tr -d '\n')" ] || {
		why='the last line has no end'
		return 1
	}
	[ "$events" -gt 0 ] || return 0
	split_lines "$log" "$tmp/lines" || { why='no room'; return 1; }
	(cd "$tmp/lines" && find . -type f | sort | sums) |
		cut -c 1-64 >"$tmp/hashes"
	why=$(awk -v q='"' '
	NR == FNR { hash[FNR] = $1; next }
	{
		prev = FNR == 1 ? "" : hash[FNR - 1]
		while (length(prev) < 64) prev = prev "0"
		want = "{" q "v" q ":1," q "seq" q ":" FNR "," q "prev" q \
			":" q "sha256:" prev q ","
		if (index($0, want) != 1) { print "line " FNR; exit }
	}' "$tmp/hashes" "$log")
	[ -z "$why" ] || {
		why="$why does not follow the line before it"
		return 1
	}
}
chain=no
if ! check_chain; then
	say failed chain "$why"
elif [ "$events" -eq 0 ]; then
	say cannot chain 'there is no custody log: this was a sweep and no case'
else
	chain=yes
	say ok chain "$events events, the last has the SHA-256 $(tail -n 1 "$tmp/hashes")"
fi

# 6. and 7. Merkle trees over the first N lines (RFC 9162): the leaves are
# SHA-256(0x00 line), the nodes SHA-256(0x01 left right).
# tree N: all digests of the tree, a line "LEVEL INDEX HEX" each, in a file.
octal() {
	awk '{
		out = ""
		for (i = 1; i <= length($0); i += 2) {
			n = (index("0123456789abcdef", substr($0, i, 1)) - 1) * 16 \
				+ index("0123456789abcdef", substr($0, i + 1, 1)) - 1
			out = out sprintf("\\%03o", n)
		}
		print out
	}'
}
tree() {
	t=$tmp/tree-$1
	[ ! -f "$t" ] || return 0
	[ "$1" -le "$events" ] && [ "$1" -gt 0 ] || return 1
	if [ ! -f "$tmp/leaves" ]; then
		mkdir "$tmp/leaf"
		for f in "$tmp"/lines/*; do
			{ printf '\000'; cat "$f"; } >"$tmp/leaf/${f##*/}"
		done
		(cd "$tmp/leaf" && find . -type f | sort | sums) |
			cut -c 1-64 >"$tmp/leaves"
		rm -rf "$tmp/leaf"
	fi
	head -n "$1" "$tmp/leaves" >"$tmp/level"
	level=0
	: >"$t.part"
	while :; do
		awk -v l=$level '{ print l, NR - 1, $0 }' "$tmp/level" >>"$t.part"
		[ "$(wc -l <"$tmp/level")" -gt 1 ] || break
		rm -rf "$tmp/node"
		mkdir "$tmp/node"
		octal <"$tmp/level" | awk 'NR % 2 { left = $0; next }
			{ print left $0 }' >"$tmp/pairs"
		n=0
		while IFS= read -r pair; do
			n=$((n + 1))
			# shellcheck disable=SC2059
			printf "\\001$pair" >"$tmp/node/$(printf %08d $n)"
		done <"$tmp/pairs"
		(cd "$tmp/node" && find . -type f | sort | sums) |
			cut -c 1-64 >"$tmp/next"
		# A last one without a partner goes up as it is.
		awk 'END { if (NR % 2) print }' "$tmp/level" >>"$tmp/next"
		mv "$tmp/next" "$tmp/level"
		level=$((level + 1))
	done
	mv "$t.part" "$t"
}
root() { tree "$1" && tail -n 1 "$tmp/tree-$1" | cut -d ' ' -f 3; }

# member KEY: its value out of a line of JSON on standard input, digits or hex.
number() { sed -n 's/.*"'"$1"'":\([0-9][0-9]*\).*/\1/p'; }
text() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'; }
# The detail of an event: its last member.
detail() { sed 's/.*],"detail":{/{/'; }
of_op() { grep -n '^{"v":1,"seq":[0-9]*,"prev":"sha256:[0-9a-f]*","t":"[^"]*","mono_ns":[0-9a-z]*,"op":"'"$1"'",' "$log" | cut -d : -f 1; }
line() { sed -n "$1p" "$log"; }

check_checkpoints() {
	n=0
	for seq in $(of_op checkpoint); do
		d=$(line "$seq" | detail)
		size=$(echo "$d" | number tree_size)
		want=$(echo "$d" | text root)
		[ -n "$size" ] && [ "$size" -lt "$seq" ] && [ "$size" -gt 0 ] &&
			[ "$(root "$size")" = "$want" ] || {
			why="event $seq states another root than its lines have"
			return 1
		}
		n=$((n + 1))
	done
}
# The path of a line in the tree, a digest a line: the neighbour on each level.
path() {
	awk -v i="$(($1 - 1))" '
	{ at[$1, $2] = $3; top = $1 }
	END {
		for (l = 0; l < top; l++) {
			j = i % 2 ? i - 1 : i + 1
			if ((l, j) in at) print at[l, j]
			i = int(i / 2)
		}
	}' "$tmp/tree-$2"
}
check_proofs() {
	n=0
	: >"$tmp/proven"
	for f in "$inner"/evidence/proofs/*; do
		[ -f "$f" ] || continue
		seq=$(sed -n 's/^ *"seq": \([0-9]*\),$/\1/p' "$f")
		size=$(sed -n 's/^ *"tree_size": \([0-9]*\),$/\1/p' "$f")
		want=$(sed -n 's/^ *"root": "\([0-9a-f]*\)",$/\1/p' "$f")
		sed -n '/"path"/,$s/^ *"\([0-9a-f]\{64\}\)",\{0,1\}$/\1/p' "$f" >"$tmp/path"
		[ -n "$seq" ] && [ -n "$size" ] && [ "$seq" -le "$size" ] &&
			[ "${f##*/}" = "$(printf %06d "$seq").json" ] &&
			[ "$(root "$size")" = "$want" ] &&
			path "$seq" "$size" | cmp -s - "$tmp/path" || {
			why="${f##*/} proves nothing"
			return 1
		}
		echo "$seq" >>"$tmp/proven"
		n=$((n + 1))
	done
	for seq in $(of_op capture); do
		grep -qx "$seq" "$tmp/proven" || {
			why="event $seq has no proof"
			return 1
		}
	done
}

# 8. Objects: "NAME MIME SHA256" of all that events name, tab-separated.
objects() {
	awk '
	{
		if ($0 ~ /"op":"(export|verify)"/ && match($0, /"op":"[a-z_]*"/) &&
			substr($0, RSTART, RLENGTH) ~ /export|verify/) next
		from = index($0, "\"objs\":[")
		if (!from) next
		s = substr($0, from + 8)
		s = substr(s, 1, index(s, "],\"detail\":") - 1)
		while (match(s, /\{[^}]*\}/)) {
			o = substr(s, RSTART, RLENGTH)
			s = substr(s, RSTART + RLENGTH)
			print get(o, "name") "\t" get(o, "mime") "\t" get(o, "sha256")
		}
	}
	function get(o, key,    p) {
		p = index(o, "\"" key "\":\"")
		if (!p) return "-"
		o = substr(o, p + length(key) + 4)
		return substr(o, 1, index(o, "\"") - 1)
	}' "$log" | sort -u
}
# place NAME MIME SHA256: its file in the container, or nothing.
place() {
	case $1 in
	walk/walk.warc.gz) echo archive/walk.warc.gz ;;
	walk-*/walk.warc.gz) echo "archive/${1%%/*}.warc.gz" ;;
	walk/* | walk-*) echo "evidence/$1" ;;
	*)
		case $2 in
		image/png) k=screenshots/ e=.png ;;
		image/jpeg) k=screenshots/ e=.jpg ;;
		application/x-pem-file | application/pem-certificate-chain)
			k=tls/ e=.pem ;;
		application/timestamp-reply) k=stamps/ e=.tsr ;;
		text/html) k=dom/ e=.html ;;
		text/plain | text/plain\;*) k=text/ e=.txt ;;
		application/json) k=objects/ e=.json ;;
		*) k=objects/ e= ;;
		esac
		case $1/$2 in
		environment.json/application/json) k=environment/ ;;
		rules.json/application/json) k=rules/ ;;
		esac
		echo "evidence/$k$3$e"
		;;
	esac
}
check_objects() {
	objects >"$tmp/objects"
	: >"$tmp/spoken"
	n=0
	while IFS='	' read -r name mime hash; do
		f=$(place "$name" "$mime" "$hash")
		[ -f "$inner/$f" ] || { why="$f is missing"; return 1; }
		grep -qxF "$hash  $f" "$tmp/real.files" || {
			why="$f is not what the log says"
			return 1
		}
		echo "$f" >>"$tmp/spoken"
		n=$((n + 1))
	done <"$tmp/objects"
	h=$(sha "$inner/evidence/case.json" 2>/dev/null)
	grep -q "^case.json	.*	$h\$" "$tmp/objects" || {
		why='evidence/case.json is none that the log speaks of'
		return 1
	}
	list "$inner" | grep -E '^evidence/(objects|screenshots|tls|stamps|dom|environment)/|^evidence/walk' |
		grep -vxFf "$tmp/spoken" >"$tmp/unspoken"
	[ ! -s "$tmp/unspoken" ] || {
		why="no event speaks of $(head -n 1 "$tmp/unspoken")"
		return 1
	}
}

# 9. Exchanges: the record of each is where the log says, and is that one.
check_captures() {
	n=0
	for f in "$inner"/archive/*.gz; do
		[ -f "$f" ] && command -v gzip >/dev/null 2>&1 || continue
		gzip -t <"$f" >/dev/null 2>&1 || {
			why="archive/${f##*/} is damaged"
			return 1
		}
	done
	for seq in $(of_op capture); do
		d=$(line "$seq" | detail)
		w=$(echo "$d" | sed -n 's/.*"warc":{\([^}]*\)}.*/\1/p')
		file=$(echo "$w" | text file)
		[ -n "$file" ] || continue
		offset=$(echo "$w" | number offset)
		length=$(echo "$w" | number length)
		id=$(echo "$w" | text record)
		want=$(echo "$w" | text block_sha256)
		case $file in
		walk/walk.warc.gz | walk-*/walk.warc.gz)
			file=archive/${file%%/*}.warc.gz ;;
		esac
		why="event $seq: the record at $offset of $file is another one"
		[ -f "$inner/$file" ] && [ -n "$offset" ] && [ -n "$length" ] || return 1
		tail -c "+$((offset + 1))" "$inner/$file" | head -c "$length" |
			inflate >"$tmp/record" 2>/dev/null || return 1
		sed "/^.\{0,1\}$/q" <"$tmp/record" >"$tmp/head"
		skip=$(wc -c <"$tmp/head" | tr -d ' ')
		bytes=$(tr -d '\r' <"$tmp/head" | sed -n 's/^Content-Length: \([0-9]*\)$/\1/p')
		[ -n "$bytes" ] || return 1
		tail -c "+$((skip + 1))" "$tmp/record" | head -c "$bytes" >"$tmp/block"
		[ "$(sha "$tmp/block")" = "$want" ] || return 1
		[ -z "$id" ] || tr -d '\r' <"$tmp/head" |
			grep -qxF "WARC-Record-ID: <$id>" || return 1
		n=$((n + 1))
	done
}

if [ $chain = yes ]; then
	(cd "$inner" && list . | sums) >"$tmp/real.files"
	if ! check_checkpoints; then
		say failed checkpoints "$why"
	elif [ "$n" -gt 0 ]; then
		say ok checkpoints "$n Merkle roots are those of the lines before them"
	else
		say none checkpoints 'the log has no checkpoint'
	fi
	if check_proofs; then
		say ok proofs "$n events are proven to be in the log"
	else
		say failed proofs "$why"
	fi
	if check_objects; then
		say ok objects "$n objects are what the log says"
	else
		say failed objects "$why"
	fi
	if ! command -v gzip >/dev/null 2>&1 && ! command -v funzip >/dev/null 2>&1; then
		say cannot captures 'neither gzip nor funzip is there'
	elif check_captures; then
		say ok captures "$n exchanges in the archives are those of the log"
	else
		say failed captures "$why"
	fi
fi

# 10. Time stamps, checked at their own time: certificates end before cases do.
# epoch: "Nov 22 06:00:00 2026 GMT" on standard input as seconds since 1970.
epoch() {
	awk '{
		m = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $1) + 2) / 3
		split($3, t, ":"); d = $2; y = $4
		if (m <= 2) y--
		m = (m + 9) % 12
		days = y * 365 + int(y / 4) - int(y / 100) + int(y / 400) \
			+ int((153 * m + 2) / 5) + d - 1 - 719468
		printf "%d\n", ((days * 24 + t[1]) * 60 + t[2]) * 60 + int(t[3])
	}'
}
# stamp FILE DATA: sets state (ok, unanchored, cannot, failed) and why.
stamp() {
	form=
	state=failed
	openssl ts -reply -in "$1" -text >"$tmp/ts" 2>/dev/null || {
		form=-token_in
		openssl ts -reply -token_in -in "$1" -token_out -text >"$tmp/ts" 2>/dev/null
	}
	when=$(sed -n 's/^Time stamp: //p' "$tmp/ts")
	[ -n "$when" ] || { why='it is no time stamp'; return; }
	at=$(echo "$when" | epoch)
	# The token's own certificates: is it right in itself?
	# shellcheck disable=SC2086
	openssl ts -reply $form -in "$1" -token_out -out "$tmp/token" 2>/dev/null
	openssl pkcs7 -inform DER -in "$tmp/token" -print_certs -out "$tmp/own.pem" 2>/dev/null
	# shellcheck disable=SC2086
	if [ -n "$trusted" ] && openssl ts -verify $form -in "$1" -data "$2" -CAfile "$trusted" \
		-partial_chain -attime "$at" >"$tmp/said" 2>&1; then
		state=ok
		why="$when"
		return
	fi
	[ -n "$trusted" ] || : >"$tmp/said"
	if grep -qiE 'not yet valid|has expired' "$tmp/said"; then
		why="its time, $when, lies outside the life of a certificate"
		return
	fi
	# shellcheck disable=SC2086
	if openssl ts -verify $form -in "$1" -data "$2" -CAfile "$tmp/own.pem" \
		-partial_chain -attime "$at" >"$tmp/said" 2>&1; then
		state=unanchored
		why="$when, but no authority that is trusted vouches for it"
	elif grep -qiE 'unknown option|unrecognized' "$tmp/said"; then
		state=cannot
		why='this openssl cannot check it'
	else
		why="it is wrong: $(grep -oiE 'message imprint mismatch|not yet valid|has expired|bad signature|digest failure|signature failure|unsupported' "$tmp/said" | head -n 1)"
	fi
}
if [ $chain = yes ]; then
	covered=0
	logstate=none
	logwhy='the log was not stamped'
	for seq in $(of_op tst); do
		d=$(line "$seq" | detail)
		token=$(echo "$d" | text token_sha256)
		on=$(echo "$d" | number checkpoint)
		[ -n "$token" ] || {
			[ $logstate = failed ] || [ "$covered" -gt 0 ] ||
				logwhy='a stamp over the log is pending'
			continue
		}
		state=failed
		why="event $seq: its stamp or checkpoint is missing"
		case " $(of_op checkpoint | tr '\n' ' ') " in
		*" $on "*)
			f=$inner/evidence/stamps/$token.tsr
			[ ! -f "$f" ] ||
				stamp "$f" "$tmp/lines/$(printf %08d "$on")"
			;;
		esac
		case $state in
		failed)
			logstate=failed
			logwhy="event $seq: $why"
			;;
		ok)
			[ $logstate = failed ] || logstate=ok
			covered=$on
			[ $logstate = failed ] ||
				logwhy="the first $((on - 1)) of $events events existed at $why"
			;;
		*) [ $logstate != none ] || logwhy="$why" ;;
		esac
	done
	say $logstate log-stamps "$logwhy"
fi
n=0
good=no
first=
for f in "$outer"/case.wacz.tsr "$outer"/case.wacz.*.tsr; do
	[ -f "$f" ] || continue
	n=$((n + 1))
	stamp "$f" "$outer/case.wacz"
	[ "$state" != ok ] || good=yes
	case $state/$first in
	failed/* | cannot/ | cannot/unanchored* | cannot/ok* | unanchored/ | \
		unanchored/ok* | ok/) first="$state ${f##*/}: $why" ;;
	esac
done
case $n/$good/$first in
0/*) say unanchored stamps 'no time stamp: that all of it was written anew, consistently, would not be seen' ;;
*/failed*) say failed stamps "${first#* }" ;;
*/yes/*) say ok stamps "$n, one or more by an authority that is trusted" ;;
*) say "${first%% *}" stamps "${first#* }" ;;
esac

# 11. The signature (DSSE): over "DSSEv1 LEN TYPE LEN PAYLOAD".
# signed KEY: is there one of this key over this container?
signed() {
	type=$(sed -n 's/^{"payloadType":"\([^"]*\)",.*/\1/p' "$outer/case.wacz.dsse.json")
	sed -n 's/.*"payload":"\([^"]*\)".*/\1/p' "$outer/case.wacz.dsse.json" |
		openssl base64 -d -A >"$tmp/payload" 2>/dev/null
	printf 'DSSEv1 %d %s %d ' "${#type}" "$type" \
		"$(wc -c <"$tmp/payload" | tr -d ' ')" >"$tmp/pae"
	cat "$tmp/payload" >>"$tmp/pae"
	why='it was signed as something else'
	[ "$type" = application/vnd.in-toto+json ] || return 1
	why='the signature is not of this key, or over something else'
	openssl pkey -pubin -in "$1" -out "$tmp/key" 2>/dev/null ||
		openssl x509 -in "$1" -noout -pubkey >"$tmp/key" 2>/dev/null || {
		why='its key cannot be read'
		return 1
	}
	sed 's/{/\
/g' "$outer/case.wacz.dsse.json" | sed -n 's/.*"sig":"\([^"]*\)".*/\1/p' >"$tmp/sigs"
	while read -r sig; do
		echo "$sig" | openssl base64 -d -A >"$tmp/sig" 2>/dev/null
		if openssl pkeyutl -verify -pubin -inkey "$tmp/key" -rawin \
			-in "$tmp/pae" -sigfile "$tmp/sig" >/dev/null 2>&1 ||
			openssl dgst -sha256 -verify "$tmp/key" -signature \
				"$tmp/sig" "$tmp/pae" >/dev/null 2>&1; then
			grep -q '"subject":\[{"name":"case.wacz","digest":{"sha256":"'"$hex"'"' \
				"$tmp/payload" && return 0
			why='another container was signed'
			return 1
		fi
	done <"$tmp/sigs"
	return 1
}
if [ ! -f "$outer/case.wacz.dsse.json" ] && [ ! -f "$outer/case.wacz.pub.pem" ]; then
	if [ -n "$signer" ]; then
		say failed signature 'the pack is not signed'
	else
		say none signature 'the pack is not signed'
	fi
elif [ ! -f "$outer/case.wacz.dsse.json" ] || [ ! -f "$outer/case.wacz.pub.pem" ]; then
	say failed signature 'the signature, or its key, is missing'
elif ! signed "$outer/case.wacz.pub.pem"; then
	say failed signature "$why"
elif [ -n "$signer" ] && ! signed "$signer"; then
	say failed signature "$why"
elif [ -n "$signer" ]; then
	say ok signature 'by the key that was expected'
else
	say ok signature 'by the key in the pack: whose it is has to be known from elsewhere (-k)'
fi

echo '(not checked here, but by faceaudit verify: findings, quotes, texts and index are made again from the archives 结论、引文、文本与索引由 faceaudit verify 重新生成核对)'
finish
