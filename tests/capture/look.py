#!/usr/bin/env python3
"""Reads cases with Python's own means, and checks what the log says against
the bytes that are there.

usage: look.py WHAT CASE [ARGUMENT...]"""
import gzip
import hashlib
import json
import os
import sqlite3
import ssl
import sys
import zlib

ZERO = '0' * 64
MEMBERS = ['v', 'seq', 'prev', 't', 'mono_ns', 'op', 'case', 'actor', 'tool',
           'host', 'clock', 'target', 'objs', 'detail']
# evidence of an exchange: all of it has to be there
CAPTURE = ['purpose', 'method', 'url', 'url_final', 'redirect_chain',
           'request', 'status', 'response_head', 'dns', 'peer', 'local', 'tls',
           'date', 'skew_ms', 'timings_us', 'warc', 'payload', 'decoded',
           'truncated', 'limit_bytes', 'robots', 'cookies_sent', 'error',
           'outcome']


def events(case):
    db = sqlite3.connect(f'file:{case}/faceaudit.sqlite?mode=ro', uri=True)
    return [line for (line,) in
            db.execute('SELECT line FROM custody ORDER BY seq')]


def parsed(case):
    return [json.loads(line) for line in events(case)]


def of(case, op, **detail):
    return [e for e in parsed(case) if e['op'] == op and
            all(e['detail'].get(k) == v for k, v in detail.items())]


def need(condition, message):
    if not condition:
        raise SystemExit(message)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def chain(case):
    """Every line holds the digest of the one before, numbers have no gap."""
    before = ZERO
    lines = events(case)
    need(lines, 'the log is empty')
    for n, line in enumerate(lines, 1):
        e = json.loads(line)
        need(list(e) == MEMBERS, f'event {n} has members {list(e)}')
        need(e['seq'] == n, f'event {n} has number {e["seq"]}')
        need(e['prev'] == f'sha256:{before}', f'event {n} does not follow')
        before = sha256(line.encode())
    print(f'# {len(lines)} events')


def member(path, offset, length):
    with open(path, 'rb') as f:
        f.seek(offset)
        data = f.read(length)
    d = zlib.decompressobj(31)
    out = d.decompress(data) + d.flush()
    need(d.eof and not d.unused_data, f'{path}: not one member at {offset}')
    return out


def check_capture(case, e):
    d = e['detail']
    for name in CAPTURE:
        need(name in d, f'event {e["seq"]} lacks {name}')
    need(d['cookies_sent'] is False, f'event {e["seq"]} sent cookies')
    need(d['request'][0].endswith(' HTTP/1.1'), f'{d["request"][0]}')
    need(d['dns']['used'] in d['dns']['answers'],
         f'event {e["seq"]}: the address used is none of the answers')
    w = d['warc']
    record = member(os.path.join(case, w['file']), w['offset'], w['length'])
    head, block = record.split(b'\r\n\r\n', 1)
    fields = dict(line.split(b': ', 1) for line in head.split(b'\r\n')[1:])
    block = block[:int(fields[b'Content-Length'])]
    need(fields[b'WARC-Type'] == b'response',
         f'event {e["seq"]} points at a {fields[b"WARC-Type"]}')
    need(fields[b'WARC-Record-ID'].decode() == f'<{w["record"]}>',
         f'event {e["seq"]}: another record')
    need(sha256(block) == w['block_sha256'],
         f'event {e["seq"]}: another block')
    body = block.split(b'\r\n\r\n', 1)[1]
    need(sha256(body) == d['payload']['sha256'] and
         len(body) == d['payload']['bytes'],
         f'event {e["seq"]}: another payload')
    if d['coding'] == 'gzip':
        body = gzip.decompress(body)
    if not d['truncated']:
        need(sha256(body) == d['decoded']['sha256'],
             f'event {e["seq"]}: another decoded body')


def captures(case):
    """Each capture says where its bytes are, and they are there."""
    found = of(case, 'capture')
    need(found, 'there are no captures')
    for e in found:
        check_capture(case, e)
    print(f'# {len(found)} captures')


def objects(case):
    """Each object is there with its digests, and cannot be written."""
    n = 0
    for e in parsed(case):
        for o in e['objs']:
            path = os.path.join(case, o['name']) if o['name'].startswith(
                'walk') else os.path.join(case, 'objects', o['sha256'][:2],
                                          o['sha256'][2:])
            with open(path, 'rb') as f:
                data = f.read()
            need(sha256(data) == o['sha256'] and len(data) == o['bytes'],
                 f'{path} is not what event {e["seq"]} says')
            need(hashlib.new('sm3', data).hexdigest() == o['sm3'],
                 f'{path}: another SM3')
            if 'objects' in path:
                need(os.stat(path).st_mode & 0o222 == 0, f'{path}: writable')
            n += 1
    need(n, 'there are no objects')
    print(f'# {n} objects')


def archives(case):
    """Every archive can be read to its end."""
    n = 0
    for folder, _, names in os.walk(case):
        for name in names:
            if name.endswith('.warc.gz'):
                with gzip.open(os.path.join(folder, name)) as f:
                    n += f.read().count(b'WARC/1.1\r\n')
    print(f'# {n} records')


def whole(case):
    chain(case)
    captures(case)
    objects(case)
    archives(case)


def ops(case, *expected):
    """The operations of the log, runs of equal ones as one."""
    seen = []
    for e in parsed(case):
        if not seen or seen[-1] != e['op']:
            seen.append(e['op'])
    need(seen == list(expected), f'the log has {seen}')


def pages(case, *expected):
    """PATH=OUTCOME of the pages, in any order, of the last session."""
    log = parsed(case)
    begin = max(e['seq'] for e in log if e['op'] == 'session_open')
    seen = sorted({
        '/' + e['detail']['url'].split('/', 3)[3] + '=' +
        e['detail']['outcome'] for e in log
        if e['seq'] > begin and e['detail'].get('purpose') == 'page'})
    need(seen == sorted(expected), f'captured were {seen}')


def tls(case, leaf):
    """The certificate in the log is that of the server, as an object too."""
    with open(leaf, encoding='ascii') as f:
        der = ssl.PEM_cert_to_DER_cert(f.read())
    found = [e for e in of(case, 'capture')
             if e['detail']['url'].startswith('https:')]
    need(found, 'nothing was captured over TLS')
    for e in found:
        t = e['detail']['tls']
        need(t['leaf_sha256'] == sha256(der), 'another leaf certificate')
        need(t['version'].startswith('TLSv1.') and t['cipher'],
             f'{t["version"]} {t["cipher"]}')
        path = os.path.join(case, 'objects', t['chain_sha256'][:2],
                            t['chain_sha256'][2:])
        with open(path, encoding='ascii') as f:
            first = f.read().split('-----END CERTIFICATE-----')[0]
        need(ssl.PEM_cert_to_DER_cert(first + '-----END CERTIFICATE-----')
             == der, 'the object holds another certificate')
    for e in of(case, 'capture'):
        if e['detail']['url'].startswith('http:'):
            need(e['detail']['tls'] is None, 'TLS without TLS')


def compared(case, *expected):
    """PATH=SAME of second captures."""
    seen = sorted('/' + e['detail']['url'].split('/', 3)[3] + '=' +
                  e['detail']['compared']['same']
                  for e in of(case, 'capture', purpose='second'))
    need(seen == sorted(expected), f'compared were {seen}')
    by = {e['seq']: e for e in parsed(case)}
    for e in of(case, 'capture', purpose='second'):
        first = by[e['detail']['compared']['with']]
        need(first['detail']['url'] == e['detail']['url'],
             'compared with another page')


def resolver(case, purpose, prefix, *answers):
    for e in of(case, 'capture', purpose=purpose):
        d = e['detail']['dns']
        need(d['resolver'].startswith(prefix), f'asked {d["resolver"]}')
        need(not answers or d['answers'] == list(answers),
             f'answers {d["answers"]}')


def session(case):
    """The environment says what it has to."""
    d = parsed(case)[0]['detail']
    env = d['environment']
    need(d['self_test']['passed'] and len(d['self_test']['tests']) == 4,
         f'self-test: {d["self_test"]}')
    for group, names in {
            'machine': ['os', 'kernel', 'boot_id', 'machine_sha256', 'uid',
                        'locale', 'time_zone', 'free_disk_bytes',
                        'memory_bytes'],
            'clock': ['synchronised', 'maxerror_us'],
            'network': ['addresses', 'hosts_sha256', 'ca_bundle_sha256',
                        'proxy_variables'],
            'browser': ['found', 'fresh_profile']}.items():
        for name in names:
            need(env[group][name] is not None, f'{group}.{name} is missing')
    with open('/proc/sys/kernel/random/boot_id', encoding='ascii') as f:
        need(env['machine']['boot_id'] == f.read().strip(), 'another boot id')
    with open('/etc/hosts', 'rb') as f:
        need(env['network']['hosts_sha256'] == sha256(f.read()),
             'another /etc/hosts')
    with open(env['executable'], 'rb') as f:
        data = f.read()
    need(env['executable_sha256'] == sha256(data), 'another executable')
    need(parsed(case)[0]['tool']['exe_sha256'] == sha256(data),
         'another executable in tool')
    need(any('libcurl' in x['path'] for x in env['libraries']),
         'libcurl is no library of it')
    for x in env['libraries']:
        with open(x['path'], 'rb') as f:
            need(x['sha256'] == sha256(f.read()), f'{x["path"]} differs')
    need('capture' in env['argv'] and '--case' in env['argv'],
         f'arguments {env["argv"]}')


def get(case, op, path):
    """Prints a member of the last event of that kind."""
    at = [e for e in parsed(case) if e['op'] == op][-1]
    for part in path.split('.'):
        at = at[int(part)] if part.isdigit() else at[part]
    print(at if isinstance(at, str) else json.dumps(at, ensure_ascii=False))


def count(case, op):
    print(sum(e['op'] == op for e in parsed(case)))


def fetched_whole(case):
    """A second session has the bytes once more, and no revisits."""
    seen = {}
    for e in of(case, 'capture', purpose='page'):
        seen.setdefault(e['detail']['url'], set()).add(
            (e['detail']['warc']['file'], e['detail']['warc']['offset']))
    need(all(len(places) > 1 for places in seen.values()),
         f'captured once only: {seen}')


def findings(case):
    """Quotes of findings are cut from the bytes that they name."""
    bodies = {}
    for e in of(case, 'capture', purpose='page'):
        w = e['detail']['warc']
        block = member(os.path.join(case, w['file']), w['offset'],
                       w['length']).split(b'\r\n\r\n', 2)[2]
        body = block[:e['detail']['payload']['bytes']]
        if e['detail']['coding'] == 'gzip':
            body = gzip.decompress(body)
        bodies[e['detail']['payload']['sha256']] = body
    n = 0
    for e in of(case, 'finding', scope='app'):
        for d in e['detail']['documents']:
            body = bodies[d['payload_sha256']]
            for q in d['evidence']:
                need(body[q['from']:q['to']].decode() == q['quote'],
                     f'event {e["seq"]}: the quote stands elsewhere')
                n += 1
    need(n, 'there is no quote')
    ids = [e['detail']['id'] for e in of(case, 'finding')]
    print(f'# {n} quotes, {len(set(ids))} findings')


def texts(case):
    """The text objects belong to a decoded body that was captured."""
    decoded = {e['detail']['decoded']['sha256'] for e in of(case, 'capture')
               if e['detail']['decoded']}
    found = of(case, 'extract')
    need(found, 'nothing was extracted')
    for e in found:
        o = e['objs'][0]
        need(o['sha256'] == e['detail']['text_sha256'], 'another text')
        need(o['parent'] in decoded, 'a text of nothing that was captured')


def pictures(case):
    """Each page has pictures that cover it from top to bottom."""
    found = [e for e in of(case, 'render') if 'walk' not in e['detail']]
    need(found, 'there are no pictures')
    for e in found:
        d, to = e['detail'], 0
        need(d['whole'], f'{d["url"]} is not pictured whole')
        for s in d['shots']:
            need(s['y'] <= to, f'{d["url"]}: a gap before {s["y"]}')
            to = s['y'] + s['height']
        need(to + 2 >= d['page_height'], f'{d["url"]}: {to} of '
             f'{d["page_height"]} pixels')
        need(to + 2 >= d['text_to'], f'{d["url"]}: text to {d["text_to"]}')
        need(not d['url'].endswith('/inner.html') or len(d['shots']) > 1,
             'the page was not scrolled within')
        names = [o['name'] for o in e['objs']]
        need('dom.html' in names and 'layout.json' in names, f'{names}')
        png = [o for o in e['objs'] if o['mime'] == 'image/png']
        need(len(png) >= len({s['sha256'] for s in d['shots']}), 'pictures')
    print(f'# {len(found)} pages in pictures')


def pixel(case, sha256, x, y):
    """Colour in a picture: Chromium's are 8 bits, no interlace."""
    with open(os.path.join(case, 'objects', sha256[:2], sha256[2:]),
              'rb') as f:
        data = f.read()
    at, packed, width, kind = 8, b'', 0, 0
    while at < len(data):
        n, name = int.from_bytes(data[at:at + 4], 'big'), data[at + 4:at + 8]
        if name == b'IHDR':
            width = int.from_bytes(data[at + 8:at + 12], 'big')
            kind = data[at + 17]
        elif name == b'IDAT':
            packed += data[at + 8:at + 8 + n]
        at += 12 + n
    each = {2: 3, 6: 4}[kind]
    raw, before = zlib.decompress(packed), bytes(width * each)
    for row in range(y + 1):
        at = row * (width * each + 1)
        line = bytearray(raw[at + 1:at + 1 + width * each])
        for i, _ in enumerate(line):
            a = line[i - each] if i >= each else 0
            b, c = before[i], before[i - each] if i >= each else 0
            p = a + b - c
            near = min((abs(p - a), 0, a), (abs(p - b), 1, b),
                       (abs(p - c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, near)[raw[at]]) % 256
        before = line
    return tuple(before[x * each:x * each + 3])


def loaded(case, asked):
    """A page is pictured as a reader sees it; what it loads is captured, and
    what was left out is said, with the reason."""
    by = {e['seq']: e['detail'] for e in of(case, 'capture')}
    d = [e for e in of(case, 'render')
         if e['detail']['url'].endswith('/styled.html')][-1]
    dom = [o['sha256'] for o in d['objs'] if o['name'] == 'dom.html'][0]
    d = d['detail']
    need(pixel(case, d['shots'][0]['sha256'], 2, 2) == (255, 0, 0),
         'the picture has no style')
    with open(os.path.join(case, 'objects', dom[:2], dom[2:]),
              encoding='utf-8') as f:
        html = f.read()
    need('脚本运行了' in html and '<title>asked' in html, 'no script ran')
    got = sorted(by[seq]['url'].rsplit('/', 1)[1] for seq in d['resources'])
    need(got == sorted(['look.css', 'dot.png', 'dot.png?again', 'said.js',
                        'asked.json', 'moved.png', 'dot.png?moved',
                        'none.png']), f'loaded were {got}')
    need(all(by[seq]['purpose'] == 'resource' for seq in d['resources']),
         'another purpose')
    left = {x['url'].rsplit('/', 1)[1]: x['why'] for x in d['left_out']}
    need(sorted(left) == ['dot.png', 'in.png', 'none.png', 'sent'] and
         left['none.png'] == 'status 404' and
         'robots.txt' in left['dot.png'] and
         'no public address' in left['in.png'] and 'sends nothing' in left['sent'],
         f'left out were {left}')
    need(d['requests_without_answer'] == 4, f'{d["requests_without_answer"]}')
    close = of(case, 'session_close')[-1]['detail']
    need(close['status'] == 'complete', f'{close}')
    with open(asked, encoding='utf-8') as f:
        lines = f.read().splitlines()
    need(not any(x.startswith('POST') or '/private' in x or
                 not x.endswith(' None') for x in lines), f'{lines}')
    need(sum('GET /look.css' in x for x in lines) == 1, 'asked for twice')


def noted(case):
    """Each session that was not closed is noted by the next one."""
    open_seq = None
    notes = {e['detail']['was'] for e in of(case, 'note')
             if e['detail']['kind'] == 'unclosed-session'}
    for e in parsed(case):
        if e['op'] == 'session_open':
            need(e['detail']['unclosed_session'] == open_seq,
                 f'event {e["seq"]} says {e["detail"]["unclosed_session"]}, '
                 f'not {open_seq}')
            # The next session may have been killed before its note.
            open_seq = e['seq']
        elif e['op'] == 'session_close':
            open_seq = None
    need(notes, 'no session was noted as not closed')


if __name__ == '__main__':
    globals()[sys.argv[1]](*sys.argv[2:])
