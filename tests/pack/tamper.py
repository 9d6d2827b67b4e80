#!/usr/bin/env python3
"""Tampers with a pack in every way and has both verifiers look at it.

tamper.py PROGRAM SCRIPT WORK PACK FORGED [CERT]

PACK is good, with a time stamp and a signature; CERT vouches for the stamp.
FORGED is another pack, of a page that said something else. Prints a line of
TAP for each class; the first argument says which faceaudit is meant."""
import concurrent.futures
import hashlib
import io
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import zipfile

sys.path.insert(0, 'scripts')
from tap import Tap  # noqa: E402

PROGRAM, SCRIPT, WORK, PACK, FORGED, CERT = sys.argv[1:7]
ALL = os.environ.get('PACK_ALL', '') != ''
GOOD, OPEN, BAD = 0, 3, 4
# A plan whose schema or version was altered cannot be followed any more.
PLAN = 'evidence/judging.json'
DERIVED = ('evidence/findings.jsonl', 'evidence/judging.json',
           'evidence/objects.csv', 'indexes/', 'pages/')


def read_zip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return {n: z.read(n) for n in z.namelist()}


def write_zip(files, order=None, extra=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_STORED) as z:
        for name in order or sorted(files):
            z.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)),
                       files[name])
        for info, data in extra:
            z.writestr(info, data)
    return out.getvalue()


def sha(data):
    return hashlib.sha256(data).hexdigest()


def seal(outer, wacz):
    """Puts a container into the pack, with its digests."""
    outer = dict(outer)
    outer['case.wacz'] = wacz
    outer['case.wacz.sha256'] = f'{sha(wacz)}  case.wacz\n'.encode()
    sm3 = hashlib.new('sm3', wacz).hexdigest()
    outer['case.wacz.sm3'] = f'{sm3}  case.wacz\n'.encode()
    return outer


def relist(inner):
    """Writes the list of files anew, as whoever forges a pack would."""
    inner = dict(inner)
    head = inner['datapackage.json'].decode().split('\n')[0]
    names = sorted(n for n in inner if not n.startswith('datapackage'))
    lines = [json.dumps({'name': n.split('/')[-1], 'path': n,
                         'hash': 'sha256:' + sha(inner[n]),
                         'bytes': len(inner[n])}, separators=(',', ':'))
             for n in names]
    text = head + '\n' + ',\n'.join(lines) + '\n]}\n'
    inner['datapackage.json'] = text.encode()
    inner['datapackage-digest.json'] = (
        '{"path":"datapackage.json","hash":"sha256:%s"}\n'
        % sha(text.encode())).encode()
    return inner


def bare(outer):
    """Without what vouches for it."""
    return {n: d for n, d in outer.items()
            if not n.endswith('.tsr') and 'dsse' not in n and 'pub.pem' not in n}


# The Merkle tree of RFC 9162, written here once more.
def leaf(line):
    return hashlib.sha256(b'\0' + line).digest()


def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return hashlib.sha256(b'\1' + root(hashes[:k]) + root(hashes[k:])).digest()


def path(i, hashes):
    if len(hashes) == 1:
        return []
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if i < k:
        return path(i, hashes[:k]) + [root(hashes[k:])]
    return path(i - k, hashes[k:]) + [root(hashes[:k])]


def proof(seq, hashes):
    nodes = path(seq - 1, hashes)
    lines = ['{', ' "schema": "faceaudit-proof/1",', f' "seq": {seq},',
             f' "tree_size": {len(hashes)},', ' "checkpoint": null,',
             f' "root": "{root(hashes).hex()}",', ' "path": [']
    lines += [f'  "{n.hex()}"' + (',' if i + 1 < len(nodes) else '')
              for i, n in enumerate(nodes)]
    return ('\n'.join(lines + [' ]', '}']) + '\n').encode()


def place(o):
    mime = (o['mime'] or '').split(';')[0]
    folder, suffix = {
        'image/png': ('screenshots', '.png'), 'text/html': ('dom', '.html'),
        'text/plain': ('text', '.txt'), 'application/json': ('objects', '.json'),
        'application/x-pem-file': ('tls', '.pem'),
        'application/pem-certificate-chain': ('tls', '.pem'),
        'application/timestamp-reply': ('stamps', '.tsr'),
    }.get(mime, ('objects', ''))
    folder = {'environment.json': 'environment', 'rules.json': 'rules'}.get(
        o['name'], folder)
    if o['name'].startswith('walk'):
        return 'evidence/' + o['name']
    return f'evidence/{folder}/{o["sha256"]}{suffix}'


def objects_csv(events):
    rows, seen = ['no,name,mime,bytes,sha256,sm3,parent,event,op,time,file'], []
    for e in events:
        for o in e['objs']:
            key = (o['sha256'], o['name'])
            if key in seen or e['op'] in ('export', 'verify'):
                continue
            seen.append(key)
            q = lambda s: '"' + (s or '').replace('"', '""') + '"'
            rows.append(','.join([
                str(len(seen)), q(o['name']), q(o['mime']), str(o['bytes']),
                q(o['sha256']), q(o['sm3']), q(o['parent']), str(e['seq']),
                q(e['op']), q(e['t']), q(place(o))]))
    return ('\r\n'.join(rows) + '\r\n').encode()


def relog(inner, lines):
    """A log that holds together again, with proofs and objects."""
    out, prev = [], '0' * 64
    for i, line in enumerate(lines):
        line = re.sub(rb'^\{"v":1,"seq":\d+,"prev":"sha256:[0-9a-f]*"',
                      b'{"v":1,"seq":%d,"prev":"sha256:%s"' % (
                          i + 1, prev.encode()), line)
        prev = sha(line)
        out.append(line)
    inner = {n: d for n, d in inner.items()
             if not n.startswith('evidence/proofs/')}
    inner['evidence/custody.jsonl'] = b''.join(x + b'\n' for x in out)
    hashes = [leaf(x) for x in out]
    events = [json.loads(x) for x in out]
    for e in events:
        if e['op'] == 'capture':
            inner['evidence/proofs/%06d.json' % e['seq']] = proof(
                e['seq'], hashes)
    inner['evidence/objects.csv'] = objects_csv(events)
    return inner


def altered(data):
    if not data:
        return b'x'
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def misprinted(token):
    """A stamp over something else. (Bytes of copies of certificates in it can
    be altered without harm: they are not what was signed.)"""
    digest = hashlib.sha256(outer['case.wacz']).digest()
    assert digest in token
    return token.replace(digest, altered(digest))


good = pathlib.Path(PACK).read_bytes()
outer = read_zip(good)
inner = read_zip(outer['case.wacz'])
lines = inner['evidence/custody.jsonl'].split(b'\n')[:-1]
cases = []  # class, name, pack, status of the program, those of the script


def add(kind, name, pack, status, script=None):
    cases.append((kind, name, pack, status, script or (status,)))


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


# The files of the pack itself.
def outer_cases():
    for n in sorted(outer):
        # Without a stamp or a signature nothing is wrong, only open.
        gone = OPEN if n.endswith('.tsr') else BAD
        data = outer[n]
        add('a file beside the container is altered', n,
            write_zip({**outer, n: misprinted(data) if n.endswith('.tsr')
                       else altered(data)}), BAD)
        add('a file beside the container is truncated', n,
            write_zip({**outer, n: data[:len(data) // 2]}), BAD)
        if ALL:
            add('a file beside the container is emptied', n,
                write_zip({**outer, n: b''}), BAD)
        add('a file beside the container is removed', n,
            write_zip({k: v for k, v in outer.items() if k != n}), gone)
        add('a file beside the container is renamed', n,
            write_zip({('x-' + k if k == n else k): v
                       for k, v in outer.items()}), BAD)
    swapped = {**outer, 'verify.sh': outer['README-VERIFY.txt'],
               'README-VERIFY.txt': outer['verify.sh']}
    add('files beside the container are swapped', 'texts',
        write_zip(swapped), BAD)
    add('a file is added beside the container', 'x.txt',
        write_zip({**outer, 'x.txt': b'x'}), BAD)
    add('a file is added beside the container', 'case.wacz.9.tsr',
        write_zip({**outer, 'case.wacz.9.tsr': b'x'}), BAD)
    add('the files of the pack are in another order', 'reversed',
        write_zip(outer, sorted(outer, reverse=True)), GOOD)


def inner_changes(n):
    data = inner[n]
    yield 'altered', {**inner, n: altered(data)}
    yield 'truncated', {**inner, n: data[:len(data) // 2]}
    yield 'removed', {k: v for k, v in inner.items() if k != n}
    yield 'renamed', {(k + 'x' if k == n else k): v for k, v in inner.items()}


def inner_cases():
    for n in representatives():
        derived = n.startswith(DERIVED)
        for what, files in inner_changes(n):
            wacz = write_zip(files)
            # The container alone, then with its digests, then with the list.
            if ALL or what == 'altered':
                add(f'a file in the container is {what}', n,
                    write_zip({**outer, 'case.wacz': wacz}), BAD)
            if ALL or what == 'removed' or n.startswith('datapackage'):
                add(f'a file in the container is {what}, digests anew', n,
                    write_zip(bare(seal(outer, wacz))), BAD)
            if n.startswith('datapackage') or (what == 'renamed' and not ALL):
                continue
            # An archive that ends within a record, or a text that is not
            # listed, is also seen by both.
            add(f'a file in the container is {what}, list anew', n,
                write_zip(bare(seal(outer, write_zip(relist(files))))),
                (BAD, OPEN) if n == PLAN else BAD,
                (BAD, OPEN) if derived else None)
    order = sorted(inner, reverse=True)
    add('the files in the container are in another order', 'digest as it was',
        write_zip({**outer, 'case.wacz': write_zip(inner, order)}), BAD)
    add('the files in the container are in another order', 'digests anew',
        write_zip(bare(seal(outer, write_zip(inner, order)))), OPEN)
    for n in ('evidence/x.txt', 'archive/x.warc.gz', 'evidence/objects/x',
              'evidence/proofs/x.json'):
        files = {**inner, n: b'x'}
        add('a file is added to the container', n,
            write_zip(bare(seal(outer, write_zip(files)))), BAD)
        # That an archive holds no record is seen by who reads archives.
        add('a file is added to the container, list anew', n,
            write_zip(bare(seal(outer, write_zip(relist(files))))), BAD,
            (BAD, OPEN) if n.startswith('archive') else None)
    shots = [n for n in sorted(inner) if n.startswith('evidence/text/')]
    a, b = shots[0], shots[1]
    add('objects are swapped', 'list anew', write_zip(bare(seal(
        outer, write_zip(relist({**inner, a: inner[b], b: inner[a]}))))), BAD)
    proofs = [n for n in sorted(inner) if n.startswith('evidence/proofs/')]
    a, b = proofs[0], proofs[1]
    add('proofs are altered', 'a node', write_zip(bare(seal(outer, write_zip(
        relist({**inner, a: re.sub(rb'"[0-9a-f]{64}"\n ]', b'"%s"\n ]' % (
            b'0' * 64), inner[a])}))))), BAD)


def log_cases():
    def put(log):
        files = {**inner, 'evidence/custody.jsonl': log}
        return write_zip(bare(seal(outer, write_zip(relist(files)))))

    def join(some):
        return b''.join(x + b'\n' for x in some)

    n = len(lines) // 2
    add('an event is edited', 'middle', put(join(
        lines[:n] + [lines[n].replace(b'"op":', b'"op" :', 1)]
        + lines[n + 1:])), BAD)
    add('an event is removed', 'middle', put(join(
        lines[:n] + lines[n + 1:])), BAD)
    add('an event is removed', 'first', put(join(lines[1:])), BAD)
    add('events are swapped', 'two', put(join(
        lines[:n] + [lines[n + 1], lines[n]] + lines[n + 2:])), BAD)
    add('an event is repeated', 'middle', put(join(
        lines[:n] + [lines[n]] + lines[n:])), BAD)
    add('the log is cut within a line', 'last', put(join(lines)[:-9]), BAD)
    # The proofs still speak of the line that is gone.
    add('the end of the log is cut off', 'last', put(join(lines[:-1])), BAD)


def rewritten():
    """Everything rewritten so that it fits: only an anchor tells."""
    drop = [x for x in lines if b'"op":"error"' not in x]
    variants = {
        'as it was': lines,
        'an error is left out': drop,
        'the end is cut off': lines[:-1],
        'another operator': [x.replace('张三'.encode(), '李四'.encode())
                             for x in lines],
        'an event is put in': lines[:3] + [lines[3].replace(
            b'"detail":{', b'"detail":{"x":1,', 1)] + lines[3:],
        'two findings change places': lines[:-3] + [lines[-2], lines[-3],
                                                    lines[-1]],
    }
    for name, log in variants.items():
        files = relist(relog(inner, log))
        wacz = write_zip(files)
        add('the log is rewritten', name,
            write_zip(bare(seal(outer, wacz))), OPEN)
        anchored = seal(outer, wacz)
        if wacz != outer['case.wacz']:
            add('the log is rewritten, stamps kept', name,
                write_zip(anchored), BAD)
    forged = read_zip(pathlib.Path(FORGED).read_bytes())
    add('everything is rewritten', 'without stamp',
        write_zip(bare(forged)), OPEN)
    kept = {n: d for n, d in outer.items() if n.endswith('.tsr')}
    add('everything is rewritten', 'with the stamp of another',
        write_zip({**bare(forged), **kept}), BAD)
    kept = {n: d for n, d in outer.items() if 'dsse' in n or 'pub.pem' in n}
    add('everything is rewritten', 'with the signature of another',
        write_zip({**bare(forged), **kept}), BAD)


def hostile():
    def named(name, mode=0o100644):
        info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        info.external_attr = mode << 16
        info.create_system = 3
        return info

    for name in ('../x', '/x', 'a/../../x', 'a//b', '.hidden', '-c', 'a/-c', 'a\\b',
                 'a b', '\u6587', 'x' * 300):
        add('a name that leads astray', repr(name)[:40],
            write_zip(outer, extra=[(named(name), b'x')]), BAD)
    add('a link', 'to a file', write_zip(outer, extra=[
        (named('link', 0o120777), b'/etc/passwd')]), BAD)
    for name in ('verify.sh', 'VERIFY.sh'):
        add('a name that occurs twice', name,
            write_zip(outer, extra=[(named(name), b'x')]), BAD)
    add('a pack that ends early', 'half', good[:len(good) // 2], BAD)
    add('a pack that ends early', 'last byte', good[:-1], BAD)
    add('no pack at all', 'text', b'nothing', BAD)
    add('no pack at all', 'another zip', write_zip({'a': b'x'}), BAD)
    # The local header and the directory of a zip file name different lengths.
    at = good.rfind(b'PK\x01\x02')
    broken = bytearray(good)
    broken[at + 16] ^= 1  # check sum
    add('a wrong check sum', 'last entry', bytes(broken), BAD)
    deflated = io.BytesIO()
    with zipfile.ZipFile(deflated, 'w', zipfile.ZIP_DEFLATED) as z:
        for n in outer:
            z.writestr(n, outer[n])
    add('a pack that was compressed again', 'deflate', deflated.getvalue(),
        GOOD)


def flips():
    """Single bits of what the pack holds, and of what the zip file says about
    it: damage there may be seen by one of the two only, and changes nothing
    that was packed."""
    rng = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(good)) as z:
        heads = list(range(z.start_dir, len(good)))
        for i in z.infolist():
            heads += range(i.header_offset,
                           i.header_offset + 30 + len(i.filename))
    inside = set(heads)
    for i in range(int(os.environ.get('PACK_FLIPS', '20'))):
        at = rng.choice(heads) if i % 2 else rng.randrange(len(good))
        data = bytearray(good)
        data[at] ^= 1 << rng.randrange(8)
        if at in inside:
            add('a bit of the zip file is flipped', f'byte {at}', bytes(data),
                (GOOD, BAD), (GOOD, BAD))
        else:
            add('a bit of a file is flipped', f'byte {at}', bytes(data), BAD)


def run(i):
    kind, name, pack, status, script = cases[i]
    file = pathlib.Path(WORK, f'{i}.zip')
    file.write_bytes(pack)
    a = subprocess.run([PROGRAM, 'verify', '--lang', 'en', '--tsa-cert', CERT,
                        file], capture_output=True, text=True)
    b = subprocess.run(['sh', SCRIPT, '-t', CERT, file], text=True,
                       capture_output=True)
    file.unlink()
    wanted = status if isinstance(status, tuple) else (status,)
    right = a.returncode in wanted and b.returncode in script
    if right:
        return kind, None
    return kind, (f'{name}: faceaudit {a.returncode}, verify.sh '
                  f'{b.returncode}, expected {status} and {script}\n'
                  + a.stdout + a.stderr + b.stdout + b.stderr)


# What is rewritten here has to be what the program writes.
assert objects_csv([json.loads(x) for x in lines]) == \
    inner['evidence/objects.csv'], 'objects.csv is not understood'
assert relist(inner) == inner, 'datapackage.json is not understood'
assert relog(inner, lines) == inner, 'the log is not understood'

outer_cases()
inner_cases()
log_cases()
rewritten()
hostile()
flips()
tap = Tap()
problems = {}
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    for kind, problem in pool.map(run, range(len(cases))):
        problems.setdefault(kind, [])
        if problem:
            problems[kind].append(problem)
counts = {}
for c in cases:
    counts[c[0]] = counts.get(c[0], 0) + 1
for kind, found in problems.items():
    tap.check(f'both verifiers agree when {kind} ({counts[kind]})',
              [line for p in found for line in p.split('\n')])
tap.end()
