#!/usr/bin/env python3
"""What tests/pack/run does to packs and reports.

helper.py report FILE           is this the JSON of a pack that is all right?
helper.py edit DATABASE         changes an event behind the triggers' back
helper.py quote CONTAINER       URL and text of a passage that was found
helper.py remake IN OUT CODE    runs CODE on the files of the container
                                (inner), makes lists and digests anew"""
import hashlib
import io
import json
import re
import sqlite3
import sys
import zipfile


def report(path):
    r = json.load(open(path, encoding='utf-8'))
    assert r['schema'] == 'faceaudit-verify/1', r
    assert r['verdict'] in ('ok', 'none') and r['exit_status'] == 0, r
    assert r['case'] == 'T-7' and r['events'] > 5, r
    assert r['stamps'][0]['state'] == 'good', r
    states = {c['check']: c['state'] for c in r['checks']}
    for c in ('container digests files outer chain proofs objects archives '
              'index captures stamps signature quotes judgement').split():
        assert states.get(c) == 'ok', (c, r)


def edit(path):
    c = sqlite3.connect(path)
    for (name,) in c.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' "
            "AND tbl_name = 'custody'").fetchall():
        c.execute(f'DROP TRIGGER {name}')
    n = c.execute("UPDATE custody SET line = replace(line, '张三', '李四') "
                  'WHERE seq = 2').rowcount
    c.commit()
    c.close()
    assert n == 1, n


def quote(path):
    with zipfile.ZipFile(path) as z:
        lines = z.read('evidence/findings.jsonl').decode().splitlines()
    for line in map(json.loads, lines):
        for f in line.get('findings', []):
            for e in f['evidence']:
                # A viewer shows other blanks than a text has.
                if 8 < len(e['text']) < 60 and ' ' not in e['text']:
                    print(line['name'], e['text'], sep='\n')
                    return
    sys.exit('no finding has a passage')


def write(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        for n in sorted(files):
            z.writestr(n, files[n])
    return out.getvalue()


def remake(source, target, code):
    with zipfile.ZipFile(source) as z:
        outer = {n: z.read(n) for n in z.namelist()
                 if 'dsse' not in n and 'pub.pem' not in n}
    with zipfile.ZipFile(io.BytesIO(outer['case.wacz'])) as z:
        inner = {n: z.read(n) for n in z.namelist()}
    before = dict(inner)
    exec(code, {'inner': inner, 'json': json, 're': re})
    assert inner != before, 'nothing was changed'
    head = inner['datapackage.json'].decode().split('\n')[0]
    rows = [json.dumps({'name': n.split('/')[-1], 'path': n, 'hash':
                        'sha256:' + hashlib.sha256(inner[n]).hexdigest(),
                        'bytes': len(inner[n])}, separators=(',', ':'))
            for n in sorted(inner) if not n.startswith('datapackage')]
    text = (head + '\n' + ',\n'.join(rows) + '\n]}\n').encode()
    inner['datapackage.json'] = text
    inner['datapackage-digest.json'] = (
        '{"path":"datapackage.json","hash":"sha256:%s"}\n'
        % hashlib.sha256(text).hexdigest()).encode()
    w = outer['case.wacz'] = write(inner)
    for name in ('sha256', 'sm3'):
        outer['case.wacz.' + name] = (
            hashlib.new(name, w).hexdigest() + '  case.wacz\n').encode()
    with open(target, 'wb') as f:
        f.write(write(outer))


{'report': report, 'edit': edit, 'quote': quote, 'remake': remake}[sys.argv[1]](*sys.argv[2:])
