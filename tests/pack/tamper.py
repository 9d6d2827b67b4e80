#!/usr/bin/env python3
"""Tampers with a pack in every way and has both verifiers look at it.

tamper.py PROGRAM SCRIPT WORK PACK FORGED CERT SIGNER

PACK is good, with a time stamp (CERT vouches for it) and a signature (of
SIGNER). FORGED is another pack, of pages that said something else. Prints a
line of TAP for each class of tampering.

Both have to come to the same status about the evidence, always; what is derived
from it, the program alone makes again. PACK_ALL: every file in every way."""
import concurrent.futures
import json
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import zipfile
import io

sys.path.insert(0, 'scripts')
sys.path.insert(0, 'tests/pack')
from tap import Tap  # noqa: E402
import forge  # noqa: E402
from forge import bare, pack, read_zip, relist, relog, seal, write_zip  # noqa: E402

PROGRAM, SCRIPT, WORK, PACK, FORGED, CERT, SIGNER = sys.argv[1:8]
ALL = os.environ.get('PACK_ALL', '') != ''
GOOD, OPEN, BAD = 0, 3, 4
# A plan whose schema or version was altered cannot be followed any more.
PLAN = 'evidence/judging.json'
DERIVED = ('evidence/findings.jsonl', PLAN, 'evidence/objects.csv', 'indexes/',
           'pages/')
STATUS = {'ok': GOOD, 'none': GOOD, 'not anchored': OPEN,
          'cannot check': OPEN, 'failed': BAD}

good = pathlib.Path(PACK).read_bytes()
outer = read_zip(good)
inner = read_zip(outer['case.wacz'])
lines = forge.log_of(inner)
TIME = forge.time_of(inner)
cases = []  # class, name, pack, status about the evidence, about all, signer


def add(kind, name, data, evidence, whole=None, signer=None):
    cases.append((kind, name, data, evidence,
                  (evidence,) if whole is None else whole, signer))


def zipped(files, order=None):
    return write_zip(files, TIME, order)


def altered(data):
    if not data:
        return b'x'
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def misprinted(token):
    """A stamp over something else. (Bytes of copies of certificates in it can
    be altered without harm: they are not what was signed.)"""
    digest = bytes.fromhex(forge.sha(outer['case.wacz']))
    assert digest in token
    return token.replace(digest, altered(digest))


WAYS = ('altered', 'truncated', 'removed', 'renamed')


def changed(files, n, way):
    data = files[n]
    if way == 'removed':
        return {k: v for k, v in files.items() if k != n}
    if way == 'renamed':
        return {(k + 'x' if k == n else k): v for k, v in files.items()}
    if way == 'truncated':
        return {**files, n: data[:len(data) // 2]}
    return {**files, n: misprinted(data) if n.endswith('.tsr')
            else altered(data)}


# The files of the pack itself.
def outer_cases():
    for i, n in enumerate(sorted(outer)):
        for way in WAYS if ALL else ('altered', WAYS[1 + i % 3])[:1 + i % 2]:
            # Without a stamp nothing is wrong, only open.
            gone = n.endswith('.tsr') and way == 'removed'
            add(f'a file beside the container is {way}', n,
                zipped(changed(outer, n, way)), OPEN if gone else BAD)
    add('files beside the container are swapped', 'texts', zipped(
        {**outer, 'verify.sh': outer['README-VERIFY.txt'],
         'README-VERIFY.txt': outer['verify.sh']}), BAD)
    for n in ('x.txt', 'case.wacz.9.tsr'):
        add('a file is added beside the container', n,
            zipped({**outer, n: b'x'}), BAD)


def representatives():
    """A file of each kind."""
    seen, out = set(), []
    for n in sorted(inner):
        kind = n if n.count('/') < 2 else n.rsplit('/', 1)[0]
        kind = re.sub(r'archive/.*', 'archive', kind)
        if kind not in seen:
            seen.add(kind)
            out.append(n)
    return out


def inner_cases():
    """The container alone, then with its digests, then with its list, too."""
    for i, n in enumerate(representatives()):
        listed = not n.startswith('datapackage')
        for way in WAYS if ALL else (WAYS[i % 4],):
            files = changed(inner, n, way)
            if ALL or i == 0:
                add(f'a file in the container is {way}', n, zipped(
                    {**outer, 'case.wacz': zipped(files)}), BAD)
            if ALL or not listed or i < 2:
                add(f'a file in the container is {way}, digests anew', n,
                    zipped(bare(seal(outer, zipped(files)))), BAD)
        for way in WAYS if ALL else ('altered', WAYS[i % 4])[:1 + i % 2]:
            if not listed or way == 'renamed':
                continue
            files = changed(inner, n, way)
            if not n.startswith(DERIVED):
                add(f'a file in the container is {way}, list anew', n,
                    pack(outer, files), BAD)
            else:
                add(f'what is derived is {way}, list anew', n,
                    pack(outer, files), OPEN,
                    (BAD, OPEN) if n == PLAN else (BAD,))
    for n in ('evidence/x.txt', 'archive/x.warc.gz', 'evidence/objects/x',
              'evidence/proofs/x.json'):
        add('a file is added to the container', n,
            pack(outer, {**inner, n: b'x'}), BAD)
    names = sorted(n for n in inner if n.startswith('evidence/proofs/'))
    a, b = names[0], names[1]
    add('proofs are swapped or altered', 'two', pack(
        outer, {**inner, a: inner[b], b: inner[a]}), BAD)
    add('proofs are swapped or altered', 'a node', pack(
        outer, {**inner, a: re.sub(rb'"[0-9a-f]{64}"\n ]', b'"%s"\n ]' % (
            b'0' * 64), inner[a])}), BAD)


def archive_cases():
    """Archives that hold together, but are not those of the log."""
    import gzip
    name = next(n for n in inner if n.startswith('archive/'))
    records = re.split(rb'(?=\x1f\x8b\x08)', inner[name])
    records = [r for r in records if r]
    texts = [gzip.decompress(r) for r in records]
    of = {t: next(i for i, x in enumerate(texts)
                  if b'WARC-Type: ' + t in x.split(b'\r\n\r\n')[0])
          for t in (b'response', b'request', b'metadata')}

    def put(some):
        add('an archive is changed, list anew', some[0], pack(
            outer, {**inner, name: b''.join(some[1])}), BAD)

    def again(text):
        return gzip.compress(text, mtime=0)

    def own(i):
        return records[:i] + records[i + 1:]
    put(('a response put in at the end', records + [records[of[b'response']]]))
    put(('a response is missing', own(of[b'response'])))
    put(('records change places', own(1) + [records[1]]))
    meta = texts[of[b'metadata']]
    put(('a record that was altered within its length',
         records[:-1] + [again(meta.replace(b'outcome: ok', b'outcome: no'))]))
    put(('a record that ends early', records[:-1] + [again(meta[:-9])]))
    put(('bytes behind the last record', records + [b'x']))


def log_cases():
    def put(log):
        return pack(outer, {**inner, 'evidence/custody.jsonl': log})

    def join(some):
        return b''.join(x + b'\n' for x in some)

    n = len(lines) // 2
    add('an event is edited', 'middle', put(join(
        lines[:n] + [lines[n].replace(b'"op":', b'"op" :', 1)]
        + lines[n + 1:])), BAD)
    add('an event is removed', 'first', put(join(lines[1:])), BAD)
    add('events are swapped', 'two', put(join(
        lines[:n] + [lines[n + 1], lines[n]] + lines[n + 2:])), BAD)
    add('an event is repeated', 'middle', put(join(
        lines[:n] + [lines[n]] + lines[n:])), BAD)
    add('the log is cut within a line', 'last', put(join(lines)[:-9]), BAD)
    # The proofs still speak of the line that is gone.
    add('the end of the log is cut off', 'last', put(join(lines[:-1])), BAD)


def rewritten():
    """Everything written anew so that it fits: what was stamped or signed
    tells, and nothing else does."""
    variants = {
        'an error is left out': [x for x in lines
                                 if b'"op":"error"' not in x],
        'the end is cut off': lines[:-1],
        'another operator': [x.replace('张三'.encode(), '李四'.encode())
                             for x in lines],
        'an earlier time': [re.sub(rb'("t":")\d{4}', rb'\g<1>2020', x)
                            for x in lines],
        'an event is put in': lines[:3] + [lines[3].replace(
            b'"detail":{', b'"detail":{"x":1,', 1)] + lines[3:],
    }
    for name, log in variants.items():
        files = relist(relog(inner, log))
        add('the log is rewritten', name, pack(outer, files), OPEN)
        if ALL or name == 'an earlier time':
            add('the log is rewritten, stamps kept', name,
                zipped(seal(outer, zipped(files))), BAD)
    add('the log is rewritten, another signer is expected', 'no signature',
        pack(outer, relog(inner, lines[:-1])), BAD, signer=SIGNER)
    raw = pathlib.Path(FORGED).read_bytes()
    forged = read_zip(raw)
    time = forge.time_of(read_zip(forged['case.wacz']))
    add('everything is rewritten', 'without stamp', raw, OPEN)
    add('everything is rewritten', 'without stamp, a signer is expected', raw,
        BAD, signer=SIGNER)
    for what, mark in (('stamp', ('.tsr',)), ('signature', ('dsse', 'pub.'))):
        kept = {n: d for n, d in outer.items() if any(m in n for m in mark)}
        add('everything is rewritten', f'with the {what} of another',
            write_zip({**bare(forged), **kept}, time), BAD)


LOCAL = ('signature 4 needed 2 flags 2 method 2 time 2 date 2 crc 4 packed 4 '
         'bytes 4 name-length 2 extra-length 2 name 1')
ENTRY = ('signature 4 made-by 2 needed 2 flags 2 method 2 time 2 date 2 crc 4 '
         'packed 4 bytes 4 name-length 2 extra-length 2 comment-length 2 disk 2 '
         'internal 2 attributes 4 offset 4 name 1')
END = ('signature 4 disk 2 directory-disk 2 here 2 entries 2 bytes 4 offset 4 '
       'comment-length 2')


def flip(data, at, rng):
    data = bytearray(data)
    data[at] ^= 1 << rng.randrange(8)
    return bytes(data)


def zip_fields():
    """A bit of each field of headers, directory and end."""
    rng = random.Random(7)
    end = len(good) - 22
    directory = struct.unpack_from('<I', good, end + 16)[0]
    for where, at, form in (('header', 0, LOCAL), ('directory', directory, ENTRY),
                            ('end', end, END)):
        fields = form.split()
        for field, size in zip(fields[::2], fields[1::2]):
            for i in range(int(size)) if ALL else (rng.randrange(int(size)),):
                add(f'a bit of the {where} of a zip file is flipped', field,
                    flip(good, at + i, rng), BAD)
            at += int(size)
    # The container's own, when its digests were made anew.
    wacz = outer['case.wacz']
    start = struct.unpack_from('<I', wacz, len(wacz) - 6)[0]
    for name, at in (('date', 12), ('made-by', 4), ('attributes', 38)):
        add('a bit of the directory of the container is flipped, digests anew',
            name, zipped(bare(seal(outer, flip(wacz, start + at, rng)))), BAD)
    for i in range(int(os.environ.get('PACK_FLIPS', '6'))):
        at = rng.randrange(len(good))
        add('any bit is flipped', f'byte {at}', flip(good, at, rng), BAD)


def entry(name, data, extra=b'', comment=b'', flags=0, method=0, local=None,
          behind=b'', offset=0, attributes=0o100644 << 16):
    """A hostile entry: header with content, and its line of the directory."""
    crc = forge.zlib.crc32(data)
    n = name.encode()

    def both(m):
        return struct.pack('<HHHIIIIHH', 10, flags, method, TIME, crc,
                           len(data), len(data), len(m), len(extra))
    m = (local or name).encode()
    return (b'PK\3\4' + both(m) + m + extra + data + behind,
            b'PK\1\2' + struct.pack('<H', 788) + both(n) + struct.pack(
                '<HHHII', len(comment), 0, 0, attributes, offset) + n + extra
            + comment)


def with_entry(**how):
    """The pack with one more entry behind the others."""
    parts, directory, end = forge.zip_parts(outer, TIME)
    body = b''.join(parts)
    head, line = entry(offset=len(body), **how)
    directory += line
    return body + head + directory + b'PK\5\6' + struct.pack(
        '<IHHIIH', 0, len(outer) + 1, len(outer) + 1, len(directory),
        len(body) + len(head), 0)


def moved(data, n):
    """All places of a zip file n bytes further on."""
    out, end = bytearray(data), len(data) - 22
    at = struct.unpack_from('<I', data, end + 16)[0]
    struct.pack_into('<I', out, end + 16, at + n)
    while data[at:at + 4] == b'PK\1\2':
        struct.pack_into('<I', out, at + 42, struct.unpack_from(
            '<I', data, at + 42)[0] + n)
        at += 46 + struct.unpack_from('<H', data, at + 28)[0]
    return bytes(out)


def other_zip(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as z:
        for n in sorted(outer):
            z.writestr(n, outer[n])
    return out.getvalue()


def hostile():
    for name in ('../x', '/x', 'a//b', '.hidden', '-c', 'a\\b', 'a b',
                 '\u6587', 'x' * 300):
        add('a name that leads astray', repr(name)[:40],
            with_entry(name=name, data=b'x'), BAD)
    for name in ('zz', 'verify.sh', 'VERIFY.sh'):
        add('an entry more, in the place where it belongs or not', name,
            with_entry(name=name, data=b'x'), BAD)
    odd = {
        'a link': dict(attributes=0o120777 << 16), 'a folder': dict(
            name='zz/', data=b''),
        'a setuid mode': dict(attributes=0o104755 << 16),
        'other names before and behind': dict(local='yy'),
        'an extra field': dict(extra=b'UT\5\0\3aaaa'),
        'an extra field of Zip64': dict(extra=b'\1\0\x08\0' + b'\1' * 8),
        'a comment of an entry': dict(comment=b'c'),
        'a data descriptor': dict(flags=8, behind=b'PK\7\x08' + b'\0' * 12),
        'encryption': dict(flags=1), 'deflate that is none': dict(method=8),
        'bytes behind the content': dict(behind=b'hidden'),
    }
    for what, how in odd.items():
        add('an entry of another form', what,
            with_entry(**{'name': 'zz', 'data': b'x', **how}), BAD)
    half = len(good) // 2
    for what, data in (
            ('half', good[:half]), ('last byte', good[:-1]),
            ('bytes before', b'MZ' + good), ('bytes before, places moved',
                                             b'MZ' + moved(good, 2)),
            ('bytes behind', good + b'x'), ('a comment', good[:-2] + b'\1\0c'),
            ('two ends', good + good[-22:]),
            ('an end of Zip64', good[:-22] + b'PK\6\6' + struct.pack(
                '<Q', 44) + b'\0' * 44 + b'PK\6\7' + struct.pack(
                    '<IQI', 0, len(good) - 22, 1) + good[-22:]),
            ('another zip', other_zip(zipfile.ZIP_STORED)),
            ('packed anew', other_zip(zipfile.ZIP_DEFLATED)),
            ('another order', zipped(outer, sorted(outer, reverse=True))),
            ('another time', write_zip(outer, TIME + 1)),
            ('no zip', b'nothing'), ('nothing', b''),
            ('no files', b'PK\5\6' + b'\0' * 18),
            ('no container', zipped({'a': b'x'}))):
        add('a pack of another form', what, data, BAD)
    add('a container of another form, digests anew', 'another order',
        zipped(bare(seal(outer, zipped(inner, sorted(
            inner, reverse=True))))), BAD)
    add('a container of another form, digests anew', 'another time',
        zipped(bare(seal(outer, write_zip(inner, TIME + 1)))), BAD)


def command(file, signer, bad):
    # What is wrong about the evidence stays so with what follows from it.
    a = [PROGRAM, 'verify', '--lang', 'en', '-o', 'json', '--tsa-cert', CERT]
    a += ['-e'] if bad and not ALL else []
    b = ['sh', SCRIPT, '-e', '-t', CERT]
    if signer:
        a += ['--signer', signer]
        b += ['-k', signer]
    return a + [file], b + [file]


def run(i):
    kind, name, data, evidence, whole, signer = cases[i]
    file = pathlib.Path(WORK, f'{i}.zip')
    file.write_bytes(data)
    a, b = (subprocess.run(c, capture_output=True, text=True)
            for c in command(file, signer, evidence == BAD))
    file.unlink()
    said = STATUS[json.loads(a.stdout)['evidence']] if a.stdout else None
    if said == b.returncode == evidence and a.returncode in whole:
        return kind, None
    return kind, (f'{name}: evidence: faceaudit {said}, verify.sh '
                  f'{b.returncode}, expected {evidence}; all: faceaudit '
                  f'{a.returncode}, expected {whole}\n'
                  + a.stdout + a.stderr + b.stdout + b.stderr)


# What is written here has to be what the program writes.
assert forge.objects_csv([json.loads(x) for x in lines]) == \
    inner['evidence/objects.csv'], 'objects.csv is not understood'
assert relist(inner) == inner, 'datapackage.json is not understood'
assert relog(inner, lines) == inner, 'the log is not understood'
assert zipped(inner) == outer['case.wacz'] and zipped(outer) == good, \
    'zip files are not understood'

outer_cases()
inner_cases()
archive_cases()
log_cases()
rewritten()
zip_fields()
hostile()
add('nothing was done', 'as it was', good, GOOD)
tap = Tap()
problems, counts = {}, {}
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    for kind, problem in pool.map(run, range(len(cases))):
        counts[kind] = counts.get(kind, 0) + 1
        problems.setdefault(kind, []).extend(
            problem.split('\n') if problem else [])
for kind, found in problems.items():
    tap.check(f'both verifiers agree when {kind} ({counts[kind]})', found)
tap.end()
