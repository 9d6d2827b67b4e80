"""Packs taken apart and put together again, as whoever forges one would: lists,
digests, the chain of the log, Merkle trees and zip files are written here once
more, with no code of the program."""
import hashlib
import io
import json
import re
import struct
import zipfile
import zlib

SIDE = ('case.wacz.sha256', 'case.wacz.sm3')


def sha(data):
    return hashlib.sha256(data).hexdigest()


def read_zip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return {n: z.read(n) for n in z.namelist()}


def dos_time(iso):
    y, m, d, h, mi, s = map(int, re.findall(r'\d+', iso)[:6])
    return (y - 1980) << 25 | m << 21 | d << 16 | h << 11 | mi << 5 | s // 2


def zip_parts(files, time, order=None):
    """Header, content, ... and the directory with the end, as a pack has
    them."""
    parts, directory, at = [], b'', 0
    for name in order or sorted(files):
        data, n = files[name], name.encode()
        both = struct.pack('<HHHIIIIHH', 10, 0, 0, time, zlib.crc32(data),
                           len(data), len(data), len(n), 0)
        head = b'PK\3\4' + both + n
        directory += (b'PK\1\2' + struct.pack('<H', 788) + both + struct.pack(
            '<HHHII', 0, 0, 0, 0o100644 << 16, at) + n)
        at += len(head) + len(data)
        parts += [head, data]
    n = len(parts) // 2
    return parts, directory, b'PK\5\6' + struct.pack(
        '<IHHIIH', 0, n, n, len(directory), at, 0)


def write_zip(files, time, order=None):
    parts, directory, end = zip_parts(files, time, order)
    return b''.join(parts) + directory + end


def time_of(inner):
    return dos_time(re.search(
        rb'"created":"([^"]*)"', inner['datapackage.json'])[1].decode())


def relist(inner, **head):
    """The list of files written anew; head: other members of it."""
    inner = dict(inner)
    first = inner['datapackage.json'].decode().split('\n')[0]
    for k, v in head.items():
        first = re.sub(f'("{k}":)"[^"]*"', f'\\1"{v}"', first)
    names = sorted(n for n in inner if not n.startswith('datapackage'))
    lines = [json.dumps({'name': n.split('/')[-1], 'path': n,
                         'hash': 'sha256:' + sha(inner[n]),
                         'bytes': len(inner[n])}, separators=(',', ':'))
             for n in names]
    text = (first + '\n' + ',\n'.join(lines) + '\n]}\n').encode()
    inner['datapackage.json'] = text
    inner['datapackage-digest.json'] = (
        '{"path":"datapackage.json","hash":"sha256:%s"}\n'
        % sha(text)).encode()
    return inner


def seal(outer, wacz):
    """Puts a container into the pack, with its digests."""
    sm3 = hashlib.new('sm3', wacz).hexdigest()
    return {**outer, 'case.wacz': wacz,
            'case.wacz.sha256': f'{sha(wacz)}  case.wacz\n'.encode(),
            'case.wacz.sm3': f'{sm3}  case.wacz\n'.encode()}


def bare(outer):
    """Without what vouches for it."""
    return {n: d for n, d in outer.items()
            if not n.endswith('.tsr') and 'dsse' not in n and 'pub.pem' not in n}


def pack(outer, inner, listed=True):
    """A pack of these files that nobody vouches for."""
    if listed:
        inner = relist(inner)
    time = time_of(inner)
    return write_zip(bare(seal(outer, write_zip(inner, time))), time)


# The Merkle tree of RFC 9162.
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


def quoted(s):
    return '"' + (s or '').replace('"', '""') + '"'


def objects_csv(events):
    rows, seen = ['no,name,mime,bytes,sha256,sm3,parent,event,op,time,file'], []
    for e in events:
        for o in e['objs']:
            key = (o['sha256'], o['name'])
            if key in seen or e['op'] in ('export', 'verify'):
                continue
            seen.append(key)
            rows.append(','.join([
                str(len(seen)), quoted(o['name']), quoted(o['mime']),
                str(o['bytes']), quoted(o['sha256']), quoted(o['sm3']),
                quoted(o['parent']), str(e['seq']), quoted(e['op']),
                quoted(e['t']), quoted(place(o))]))
    return ('\r\n'.join(rows) + '\r\n').encode()


def log_of(inner):
    return inner['evidence/custody.jsonl'].split(b'\n')[:-1]


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


def new_rules(inner):
    """Rules of a format that is not known yet, and a log that names them."""
    name = next(n for n in inner if n.startswith('evidence/rules/'))
    old = inner.pop(name)
    new = re.sub(rb'("format":"faceaudit-rules/)\d', rb'\g<1>9', old, count=1)
    assert len(new) == len(old) and new != old, old[:300]
    log = inner['evidence/custody.jsonl']
    for f in (sha, lambda d: hashlib.new('sm3', d).hexdigest()):
        log = log.replace(f(old).encode(), f(new).encode())
        inner['evidence/judging.json'] = inner['evidence/judging.json'].replace(
            f(old).encode(), f(new).encode())
    inner[f'evidence/rules/{sha(new)}.json'] = new
    inner.update(relog(inner, log.split(b'\n')[:-1]))
