#!/usr/bin/env python3
"""What tests/pack/run does to packs and reports.

helper.py report FILE           is this the JSON of a pack that is all right?
helper.py edit DATABASE         changes an event behind the triggers' back
helper.py exports DATABASE PACK NAME...
                                are the last events of the log exports of this
                                pack under these names?
helper.py quote CONTAINER       URL and text of a passage that was found
helper.py remake IN OUT CODE    runs CODE on the files of the container
                                (inner), makes lists and digests anew"""
import json
import re
import sqlite3
import sys
import zipfile

import forge


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


def exports(path, pack, *names):
    with open(pack, 'rb') as f:
        data = f.read()
    c = sqlite3.connect(path)
    rows = c.execute('SELECT line FROM custody ORDER BY seq').fetchall()
    c.close()
    lines = [r[0] for r in rows]
    for line, name in zip(lines[-len(names):], names):
        e = json.loads(line)
        o, = e['objs']
        d = e['detail']
        assert e['op'] == 'export' and e['actor']['id'], e
        assert (o['name'], o['bytes'], o['sha256']) == (
            name, len(data), forge.sha(data)), e
        assert d['kind'] == 'pack' and d['signed'] is True, d
        assert d['events'] == len(lines) - len(names), d
        assert d['head'] == 'sha256:' + forge.sha(
            lines[d['events'] - 1].encode()), d
        assert d['case.wacz']['sha256'] == forge.sha(
            forge.read_zip(data)['case.wacz']), d
    assert json.loads(lines[-1])['actor']['id'] == '王五', lines[-1]


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


def remake(source, target, code):
    with open(source, 'rb') as f:
        outer = forge.read_zip(f.read())
    inner = forge.read_zip(outer['case.wacz'])
    before = dict(inner)
    exec(code, {'inner': inner, 'json': json, 're': re, 'forge': forge})
    assert inner != before, 'nothing was changed'
    with open(target, 'wb') as f:
        f.write(forge.pack(outer, inner))


{'report': report, 'edit': edit, 'exports': exports, 'quote': quote,
 'remake': remake}[sys.argv[1]](*sys.argv[2:])
