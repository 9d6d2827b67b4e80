#!/bin/sh
# Checks an evidence pack of faceaudit without faceaudit.
# Needs: sh, unzip, openssl, awk, sed, gzip, sha256sum (or shasum).
#
#   sh verify.sh [-e] [-t TSA.pem] [-k SIGNER.pem] [PACK.zip | FOLDER]
#
#   -e             the evidence only, see below
#   -t TSA.pem     certificates of time-stamp authorities that you trust
#   -k SIGNER.pem  public key that has to have signed the pack
#   FOLDER         an unpacked pack; default: the folder of this script
#
# The evidence is the archives, the log, the objects and what vouches for them.
# Findings, quotes, texts, bodies, lists and index are derived from it, by rules
# that a shell has not: here nobody can tell whether they are what follows from
# it. So without -e the best that this script says is "not wholly checked";
# faceaudit verify makes them again.
#
# Exit status, the same as of faceaudit verify: 0 all that was asked for is
# right, and a trusted time stamp vouches for it; 3 consistent, but not
# anchored or not wholly checked; 4 not what it says it is; 2 cannot be read.
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
evidence_only=no
while getopts et:k: o; do
	case $o in
	e) evidence_only=yes ;;
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
inflate() { gzip -dc; }

tmp=$(mktemp -d "${TMPDIR:-/tmp}/verify.XXXXXX") || die 'no folder for the work'
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

worst=0
unchecked=
# say STATE NAME TEXT
say() {
	case $1 in
	ok) s='ok 通过' r=0 ;;
	none) s='none 无' r=0 ;;
	unanchored) s='not anchored 未锚定' r=1 ;;
	cannot) s='cannot check 无法核验' r=2
		unchecked=${unchecked:+$unchecked, }$2 ;;
	failed) s='failed 失败' r=3 ;;
	esac
	# What a pack says moves no cursor, and turns no text round.
	case $3 in
	*[!\ -~]*) words=$(printf '%s' "$3" | tr -c ' -~' '?') ;;
	*) words=$3 ;;
	esac
	printf '[%s] %s: %s\n' "$s" "$2" "$words"
	[ "$r" -le "$worst" ] || worst=$r
}
# What stands in the way of whoever has a pack and writes all of it anew?
since=
as_expected=no
stamped=0
finish() {
	if [ "$worst" -eq 3 ]; then
		echo 'verification failed: it is not what it says it is' \
			'核验失败：内容与其自身的记录不符'
		exit 4
	elif [ -n "$since" ]; then
		printf '%s' "unchanged since $since, for which a trusted time stamp vouches; of what was before, it tells nothing" \
			" 自 $since 起未被改动，有可信时间戳为证；此前的情况时间戳不能说明"
	elif [ $as_expected = yes ]; then
		printf '%s' 'consistent, and signed by the key that was named: nobody but its holder can have written it anew; since when it is so, only a trusted time stamp tells' \
			' 自洽，且由所指定的密钥签名：只有持钥人才能整体重写；何时作成，只有可信时间戳能说明'
	elif [ "$stamped" -gt 0 ]; then
		printf '%s' "consistent; a trusted time stamp vouches for the first $stamped events, nobody for the rest: whoever had it can have written that anew, and it would look like this" \
			" 自洽；日志前 $stamped 条有可信时间戳，其余无人作证：持有者可将其余部分整体重写而不留痕迹"
	else
		printf '%s' 'consistent, but nobody whom you trust vouches for it: whoever had it can have written all of it anew, log, digests and findings, and it would look like this; only a trusted time stamp or the signature of a key that you know would tell' \
			' 自洽，但无人作证：持有者可将日志、摘要、结论整体重写而不留痕迹；只有可信时间戳或所知密钥的签名能揭示'
	fi
	echo "${unchecked:+; not wholly checked 未能全部核验: $unchecked}"
	[ "$worst" -eq 0 ] || exit 3
	exit 0
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
# Before anything is taken out: nothing but plain files, stored as they are.
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
	[ "$(unzip -Z "$1" 2>/dev/null </dev/null | grep -c '^-rw-r--r-- .* stor ')" \
		-eq "$(wc -l <"$tmp/names")" ] &&
		unzip -qq -n -P none "$1" -d "$2" >/dev/null 2>&1 </dev/null &&
		return
	say failed container "$3 is damaged, or packed by another program (then unpack it and verify the folder)"
	return 1
}

# same_form ZIP FOLDER: is it byte for byte what a pack writes? All that stands
# around the contents follows from names, lengths, check sums and the time of
# the container. So nobody can see other files in it than were checked here.
same_form() {
	rm -rf "$tmp/zip"
	mkdir "$tmp/zip"
	{
		unzip -v "$1" 2>/dev/null </dev/null | awk \
			'$7 ~ /^[0-9a-f]+$/ && length($7) == 8 { print "=", $7, $8 }'
		(cd "$2" && find . -type f -exec wc -c {} +) |
			sed -n 's|^ *\([0-9]*\) \./|\1 |p' | sort -k 2
	} | awk -v t="$created" -v last="$tmp/zip/end" '
	function le(n, bytes,    s) {
		s = ""
		while (bytes-- > 0) {
			s = s sprintf("\\%03o", n % 256)
			n = int(n / 256)
		}
		return s
	}
	function digit(c) { return index("0123456789abcdef", c) - 1 }
	function crc_le(h,    i, s) {
		s = ""
		for (i = 7; i > 0; i -= 2)
			s = s sprintf("\\%03o", digit(substr(h, i, 1)) * 16 \
				+ digit(substr(h, i + 1, 1)))
		return s
	}
	BEGIN {
		y = substr(t, 1, 4)
		time = substr(t, 12, 2) * 2048 + substr(t, 15, 2) * 32 \
			+ int(substr(t, 18, 2) / 2)
		date = (y - 1980) * 512 + substr(t, 6, 2) * 32 + substr(t, 9, 2)
		if (y < 1980) { time = 0; date = 33 }
	}
	$1 == "=" { crc[$3] = $2; next }
	{
		both = le(10, 2) le(0, 4) le(time, 2) le(date, 2) crc_le(crc[$2]) \
			le($1, 4) le($1, 4) le(length($2), 2) le(0, 2)
		print "PK\\003\\004" both, $2
		printf "%s", "PK\\001\\002" le(788, 2) both le(0, 6) \
			le(33188 * 65536, 4) le(at, 4) $2 >last
		at += 30 + length($2) + $1
		size += 46 + length($2)
		n++
	}
	END {
		printf "%s", "PK\\005\\006" le(0, 4) le(n, 2) le(n, 2) le(size, 4) \
			le(at, 4) le(0, 2) >last
	}' >"$tmp/heads"
	i=100000
	while read -r head f; do
		i=$((i + 1))
		# shellcheck disable=SC2059
		printf "$head$f" >"$tmp/zip/$i"
		printf '%s\n' "zip/$i" "${2##*/}/$f"
	done <"$tmp/heads" >"$tmp/parts"
	# shellcheck disable=SC2059
	(cd "$tmp" && xargs cat <parts && printf "$(cat zip/end)") | cmp -s - "$1"
}

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
created=$(sed -n '1s/.*"created":"\([^"]*\)".*/\1/p' "$inner/datapackage.json" 2>/dev/null)
for f in "$target" "$outer/case.wacz"; do
	[ ! -d "$f" ] || continue
	[ "$f" = "$target" ] && d=$outer || d=$inner
	same_form "$f" "$d" && continue
	say failed container "${f##*/} is damaged, or packed by another program (then unpack it and verify the folder)"
	finish
done
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
	format=$(sed -n '1s/^{"profile":"data-package","wacz_version":"1\.[^"]*",.*"format":"\([^"]*\)","created":.*/\1/p' "$inner/datapackage.json")
	[ "$format" = faceaudit-pack/1 ] || {
		foreign=yes
		why="its format is not faceaudit-pack/1 in WACZ 1, which this script reads; take that of the program that packed it: $(sed -n '1s/.*"software":"\([^"]*\)".*/\1/p' "$inner/datapackage.json")"
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
foreign=no
if check_files; then
	say ok files "all $(wc -l <"$tmp/listed" | tr -d ' ') files have the digests of datapackage.json"
elif [ $foreign = yes ]; then
	say cannot files "$why"
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
if [ $foreign = yes ]; then
	:
elif check_outer; then
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
		version=$(sed -n "${why#line }"'s/^{"v":\([0-9]*\),.*/\1/p' "$log")
		version=${version:-1}
		why="$why does not follow the line before it"
		return 1
	}
}
chain=no
version=1
if [ $foreign = yes ]; then
	:
elif ! check_chain; then
	if [ "$version" = 1 ]; then
		say failed chain "$why"
	else
		say cannot chain "$why: its version is $version, this script reads 1"
	fi
elif [ "$events" -eq 0 ]; then
	chain=sweep
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
		size=$(printf '%s\n' "$d" | number tree_size)
		want=$(printf '%s\n' "$d" | text root)
		[ -n "$size" ] && [ "$size" -lt "$seq" ] && [ "$size" -gt 0 ] &&
			[ "$(root "$size")" = "$want" ] || {
			why="event $seq states another root than its lines have"
			return 1
		}
		n=$((n + 1))
	done
}
# The proofs, a line "NAME SEQ SIZE ROOT NODE..." each; "-" for what is missing.
# A node on the path of a line is the neighbour on each level of the tree.
proofs() {
	for f in "$inner"/evidence/proofs/*; do
		[ -f "$f" ] || continue
		echo "= ${f##*/}"
		cat "$f"
		echo
	done | awk '
	function out() { if (name) print name, seq, size, root nodes }
	function value() {
		sub(/^ *"[a-z_]*": "?/, "")
		sub(/"?,?$/, "")
		return $0
	}
	$1 == "=" {
		out()
		name = $2; seq = size = root = "-"; nodes = ""; schema = ""
		next
	}
	/^ *"schema": "[^"]*",$/ && value() != "faceaudit-proof/1" { name = name "?" }
	/^ *"seq": [0-9]+,$/ { seq = value() }
	/^ *"tree_size": [0-9]+,$/ { size = value() }
	/^ *"root": "[0-9a-f]+",$/ { root = value() }
	/^ *"[0-9a-f]+",?$/ { sub(/^ *"/, ""); sub(/",?$/, ""); nodes = nodes " " $0 }
	END { out() }'
}
check_proofs() {
	proofs >"$tmp/proofs"
	why=$(sed -n 's/^\([^ ]*\)? .*/\1/p' "$tmp/proofs" | head -n 1)
	[ -z "$why" ] || {
		why="$why has another schema, this script reads faceaudit-proof/1"
		return 2
	}
	: >"$tmp/trees"
	for size in $(cut -d ' ' -f 3 "$tmp/proofs" | sort -u); do
		case $size in *[!0-9]*) continue ;; esac
		tree "$size" || continue
		awk -v s="$size" '{ print "tree", s, $0 }' "$tmp/tree-$size" >>"$tmp/trees"
	done
	why=$(awk '
	$1 == "tree" { at[$2, $3, $4] = $5; top[$2] = $3; next }
	{
		good = ($3 in top) && $2 > 0 && $2 + 0 <= $3 + 0 &&
			$1 == sprintf("%06d.json", $2) && $4 == at[$3, top[$3], 0]
		i = $2 - 1
		f = 5
		for (l = 0; good && l < top[$3]; l++) {
			j = i % 2 ? i - 1 : i + 1
			if (($3, l, j) in at) good = $(f++) == at[$3, l, j]
			i = int(i / 2)
		}
		if (!good || f != NF + 1) { print $1 " proves nothing"; exit }
	}' "$tmp/trees" "$tmp/proofs")
	[ -z "$why" ] || return 1
	cut -d ' ' -f 2 "$tmp/proofs" | sort >"$tmp/proven"
	why=$(of_op capture | sort | comm -23 - "$tmp/proven" | head -n 1)
	[ -z "$why" ] || {
		why="event $why has no proof"
		return 1
	}
	n=$(($(wc -l <"$tmp/proofs")))
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
	walk-*/walk.warc.gz) printf '%s\n' "archive/${1%%/*}.warc.gz" ;;
	walk/* | walk-*) printf '%s\n' "evidence/$1" ;;
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
		printf '%s\n' "evidence/$k$3$e"
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

# 9. The archives. Each record has the digest that it states.
# records FILE: appends a line "TYPE ID BLOCK BYTES FILE" for each of them.
records() {
	inflate <"$inner/$1" >"$tmp/warc" 2>/dev/null || return 1
	total=$(wc -c <"$tmp/warc" | tr -d ' ')
	at=0
	while [ "$at" -lt "$total" ]; do
		# Length of the head, of the block, type, id, digest as stated.
		# shellcheck disable=SC2046
		set -- "$1" $(tail -c "+$((at + 1))" "$tmp/warc" 2>/dev/null | awk '
			NR == 1 && !/^WARC\/1\./ { exit }
			{ n += length($0) + 1; sub(/\r$/, "") }
			$0 == "" { print n, bytes, type, id, digest; exit }
			{ k = tolower($0); sub(/:.*/, "", k); v = $0
			  sub(/^[^:]*:[ \t]*/, "", v); sub(/[ \t]*$/, "", v) }
			k == "warc-type" { type = v }
			k == "warc-record-id" { id = v }
			k == "content-length" { bytes = v }
			k == "warc-block-digest" { digest = v }')
		[ $# -ge 5 ] || return 1
		case $2$3 in *[!0-9]*) return 1 ;; esac
		file=$1 all=$(($2 + $3 + 4)) type=$4 id=$5 said=${6:-}
		[ $((at + all)) -le "$total" ] || return 1
		# shellcheck disable=SC2046,SC2086
		set -- $(tail -c "+$((at + $2 + 1))" "$tmp/warc" 2>/dev/null |
			head -c "$3" | $sum)
		case $said in
		sha256:*) [ "$said" = "sha256:$1" ] || return 1 ;;
		esac
		echo "$type $id $1 $all $file"
		at=$((at + all))
		set -- "$file"
	done
}
check_archives() {
	n=0
	: >"$tmp/records"
	for f in "$inner"/archive/*; do
		[ -f "$f" ] || continue
		# Without the meaning of * and ? in words that are split.
		(set -f && records "archive/${f##*/}") >>"$tmp/records" || {
			why="archive/${f##*/} is damaged, or is no archive"
			return 1
		}
		n=$((n + 1))
	done
}
# Exchanges: the record of each is where the log says, and is that one; there
# are no others.
captures() {
	awk '
	function get(o, key,    p, c) {
		p = index(o, "\"" key "\":")
		if (!p) return "-"
		o = substr(o, p + length(key) + 3)
		if (substr(o, 1, 1) == "\"") {
			o = substr(o, 2)
			return substr(o, 1, index(o, "\"") - 1)
		}
		match(o, /^[0-9]+/)
		return RLENGTH > 0 ? substr(o, 1, RLENGTH) : "-"
	}
	/^{"v":1,"seq":[0-9]*,"prev":"sha256:[0-9a-f]*","t":"[^"]*","mono_ns":[0-9a-z]*,"op":"capture",/ {
		p = index($0, "],\"detail\":{")
		d = substr($0, p)
		p = index(d, "\"warc\":{")
		if (!p) next
		d = substr(d, p)
		d = substr(d, 1, index(d, "}"))
		f = get(d, "file")
		if (f ~ /^walk(-[^\/]*)?\/walk\.warc\.gz$/) {
			sub(/\/.*/, "", f)
			f = "archive/" f ".warc.gz"
		}
		print NR, f, get(d, "offset"), get(d, "length"), \
			get(d, "record"), get(d, "block_sha256")
	}' "$log"
}
check_captures() {
	n=0
	captures >"$tmp/captures"
	# With the length that the record has: "-" when there is no such record.
	awk '
	FNR == NR {
		if ($1 == "response" || $1 == "revisit") bytes[$5, $2, $3] = $4
		next
	}
	{
		k = $2 SUBSEP "<" $5 ">" SUBSEP $6
		print $1, $2, $3, $4, $5, k in bytes ? bytes[k] : "-"
	}' "$tmp/records" "$tmp/captures" >"$tmp/wanted"
	while read -r seq file offset length id bytes; do
		why="event $seq: the record at $offset of $file is another one"
		[ -f "$inner/$file" ] || return 1
		case $offset$length$bytes in *[!0-9]*) return 1 ;; esac
		tail -c "+$((offset + 1))" "$inner/$file" 2>/dev/null |
			head -c "$length" | inflate >"$tmp/record" 2>/dev/null &&
			[ $(($(wc -c <"$tmp/record"))) -eq "$bytes" ] &&
			awk -v id="<$id>" '
			{ sub(/\r$/, "") }
			$0 == "WARC-Record-ID: " id { print }
			$0 == "" { exit }' "$tmp/record" | grep -q . || return 1
		echo "$file <$id>" >>"$tmp/told"
		n=$((n + 1))
	done <"$tmp/wanted"
	awk '$1 == "response" || $1 == "revisit" { print $5, $2 }' \
		"$tmp/records" | sort >"$tmp/exchanges"
	why=$({
		uniq -d "$tmp/exchanges"
		sort -u "$tmp/told" | comm -23 "$tmp/exchanges" -
	} | head -n 1)
	[ -z "$why" ] || {
		why="no event speaks of the record $why"
		return 1
	}
}

# Without a log there is nothing that a log would speak of.
check_sweep() {
	why=$(list "$inner" | grep -E '^evidence/(case\.json$|(proofs|objects|screenshots|tls|stamps|dom|environment)/|walk)' | head -n 1)
	[ -z "$why" ] || {
		why="no event speaks of $why"
		return 1
	}
}

(cd "$inner" && list . | sums) >"$tmp/real.files"
if [ $chain = yes ]; then
	if ! check_checkpoints; then
		say failed checkpoints "$why"
	elif [ "$n" -gt 0 ]; then
		say ok checkpoints "$n Merkle roots are those of the lines before them"
	else
		say none checkpoints 'the log has no checkpoint'
	fi
	check_proofs
	case $? in
	0) say ok proofs "$n events are proven to be in the log" ;;
	2) say cannot proofs "$why" ;;
	*) say failed proofs "$why" ;;
	esac
	if check_objects; then
		say ok objects "$n objects are what the log says"
	else
		say failed objects "$why"
	fi
elif [ $chain = sweep ]; then
	if check_sweep; then
		say ok objects 'there are none'
	else
		say failed objects "$why"
	fi
fi
: >"$tmp/told"
if [ $foreign = yes ]; then
	:
elif ! command -v gzip >/dev/null 2>&1; then
	say cannot archives 'gzip is missing'
elif ! check_archives; then
	say failed archives "$why"
else
	say ok archives "$n archives, $(wc -l <"$tmp/records" | tr -d ' ') records with the digests that they state"
	if [ $chain != yes ]; then
		:
	elif check_captures; then
		say ok captures "$n exchanges in the archives are those of the log"
	else
		say failed captures "$why"
	fi
fi

# 10. Time stamps, checked at their own time: certificates end before cases do.
# epoch: "Nov 22 06:00:00 2026 GMT" on standard input as seconds since 1970,
# and as "2026-11-22T06:00:00Z".
epoch() {
	awk '{
		m = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $1) + 2) / 3
		split($3, t, ":"); d = $2; y = $4
		iso = sprintf("%04d-%02d-%02dT%sZ", y, m, d, $3)
		if (m <= 2) y--
		m = (m + 9) % 12
		days = y * 365 + int(y / 4) - int(y / 100) + int(y / 400) \
			+ int((153 * m + 2) / 5) + d - 1 - 719468
		printf "%d %s\n", ((days * 24 + t[1]) * 60 + t[2]) * 60 + int(t[3]), iso
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
	at=$(printf '%s\n' "$when" | epoch)
	when=${at#* }
	at=${at% *}
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
		token=$(printf '%s\n' "$d" | text token_sha256)
		on=$(printf '%s\n' "$d" | number checkpoint)
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
			if [ "$on" -gt "$covered" ]; then
				covered=$on
				stamped=$(line "$on" | detail | number tree_size)
				[ $logstate = failed ] ||
					logwhy="the first $stamped of $events events existed at $why"
			fi
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
	if [ "$state" = ok ]; then
		good=yes
		since=$(printf '%s\n' "${since:-$when}" "$when" | sort | head -n 1)
	fi
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
		printf '%s\n' "$sig" | openssl base64 -d -A >"$tmp/sig" 2>/dev/null
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
	as_expected=yes
	say ok signature 'by the key that was expected'
else
	say ok signature 'by the key in the pack: whose it is has to be known from elsewhere (-k)'
fi

# 12. What this script cannot do.
if [ $evidence_only = yes ]; then
	say none judgement 'left out: what was derived from the evidence (findings, quotes, texts, bodies, lists, index) was not made again'
else
	say cannot judgement 'whether findings, quotes, texts, bodies, lists and index follow from the evidence, faceaudit verify tells; -e leaves it out'
fi
finish
