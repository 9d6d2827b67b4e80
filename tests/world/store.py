#!/usr/bin/env python3
"""What a store holds, read by other means than the program's own.

  store.py outcomes FOLDER STATUS         targets, by `status -o json`
  store.py judged FOLDER FINDINGS         by `report -o ndjson`: pages that
                                          violate were found, and no others
  store.py urls FOLDER STORE              URLs and what they were wanted for
  store.py same STORE STORE               captures, URLs, links are the same
  store.py intact STORE                   the database is; and all that is
                                          committed is in the archive
  store.py archive STORE                  each capture is in the archive
  store.py recrawled FOLDER STORE SWEEP EPOCH  revisits of the last crawl
  store.py shards FOLDER SWEEP...         each host was asked in one sweep
  store.py again FOLDER STORE SWEEP       nothing that is done was asked again

FOLDER is of world.py. Exit status 0 as expected, 1 not (one line each)."""
import collections
import contextlib
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
from check_log import load

SHOWN = 12
DB = 'faceaudit.sqlite'


@contextlib.contextmanager
def opened(store):
    """The database, by a copy: SQLite would write to the original when it
    recovers what a killed process left."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ('', '-wal'):
            path = f'{store}/{DB}{suffix}'
            if os.path.exists(path):
                shutil.copy(path, f'{folder}/{DB}{suffix}')
        db = sqlite3.connect(f'{folder}/{DB}')
        try:
            yield db
        finally:
            db.close()


def done(store):
    """URLs that are done. A store that was never committed holds none."""
    with opened(store) as db:
        try:
            return {u for u, in db.execute(
                "SELECT url FROM url WHERE outcome <> 'pending'")}
        except sqlite3.OperationalError as e:
            if 'no such table' not in str(e):
                raise
            return set()


def expected(folder):
    with open(f'{folder}/expected.json', encoding='utf-8') as f:
        return json.load(f)


def outcomes(folder, status):
    """Every target is there, with the outcome that it must have."""
    got = {}
    with open(status, encoding='utf-8') as f:
        for line in f:
            entry = json.loads(line)
            if 'target' in entry:
                got[entry['target']] = entry
    want = expected(folder)
    for key in sorted(set(got) - set(want)):
        yield f'{key}: nobody asked for it'
    for key, t in sorted(want.items()):
        if key not in got:
            if 'left_out' not in t['outcome']:
                yield f'{key}: missing'
        elif got[key]['outcome'] not in t['outcome']:
            yield (f'{key}: {got[key]["outcome"]}, expected '
                   f'{" or ".join(t["outcome"])}: '
                   f'{json.dumps(got[key].get("urls"), ensure_ascii=False)}')


def judged(folder, findings):
    """Policies that violate are known to; so are those that do not."""
    seen = collections.Counter()
    want = expected(folder)
    with open(findings, encoding='utf-8') as f:
        for line in f:
            t = json.loads(line)
            face = want[t['target']]['face']
            seen[face] += 1
            violations = (t.get('counts') or {}).get('violation', 0)
            if face != 'none' and (violations > 0) != (face == 'violation'):
                yield f'{t["target"]}: {violations} violations, is {face}'
    if sum(seen.values()) != len(want):
        yield f'{sum(seen.values())} of {len(want)} targets are reported'
    for face in ('violation', 'compliant', 'silent'):
        if not seen[face]:
            yield f'no target is {face}: nothing was tested'


def urls(folder, store):
    """Every URL that a target leads to has its outcome, and its role."""
    with opened(store) as db:
        outcome = {u: k if o == 'ok' and k not in (None, 'ok') else o
                   for u, o, k in db.execute(
                       'SELECT url, outcome, kind FROM url')}
        edges = set(db.execute(
            'SELECT target.key, url.url, edge.role FROM edge '
            'JOIN url ON url.id = edge.url '
            'JOIN target ON target.id = edge.target'))
    for key, t in sorted(expected(folder).items()):
        for u in t['urls']:
            judged = u['role'] == 'policy'
            got = outcome.get(u['url'])
            if got not in u['outcome'] and (judged or got is None or
                                            'ok' not in u['outcome']):
                yield (f'{key}: {u["url"]}: {got}, expected '
                       f'{" or ".join(u["outcome"])}')
            elif (key, u['url'], u['role']) not in edges:
                yield f'{key}: {u["url"]}: no edge as {u["role"]}'
    pending = [u for u, o in outcome.items() if o == 'pending']
    for u in sorted(pending):
        yield f'{u}: still pending'


QUERIES = {
    'captures': 'SELECT url.url, capture.status, capture.payload '
                'FROM capture JOIN url ON url.id = capture.url',
    'URLs': 'SELECT url, outcome, status, kind, kind_other FROM url',
    'targets': 'SELECT key, policy_url, store_url, note FROM target',
    'edges': 'SELECT url.url, target.key, edge.role, edge.step, edge.hops, '
             'edge.root FROM edge JOIN url ON url.id = edge.url '
             'JOIN target ON target.id = edge.target',
    'links': 'SELECT url.url, link.via, link.ord, link.href, link.role, '
             'link.text FROM link JOIN url ON url.id = link.url',
}


def same(one, two):
    """The same was obtained, as often, whatever happened on the way."""
    with opened(one) as a, opened(two) as b:
        for what, query in QUERIES.items():
            left = collections.Counter(a.execute(query))
            right = collections.Counter(b.execute(query))
            if not left:
                yield f'{what}: there are none'
            for sign, rest in (('-', left - right), ('+', right - left)):
                for row in sorted(rest, key=repr)[:SHOWN]:
                    yield f'{what} {sign}{row}'


def fields(head):
    out = {}
    for line in head.decode('utf-8', 'replace').split('\r\n')[1:]:
        name, _, value = line.partition(':')
        out[name.lower()] = value.strip()
    return out


def check_record(member, url, payload, revisit):
    """The member of an archive is the record that the store speaks of."""
    head, _, block = gzip.decompress(member).partition(b'\r\n\r\n')
    f = fields(head)
    block = block[:int(f['content-length'])]
    if f.get('warc-target-uri') != url:
        yield f'holds {f.get("warc-target-uri")}'
    if f['warc-type'] != ('revisit' if revisit else 'response'):
        yield f'is a {f["warc-type"]}'
    if f['warc-payload-digest'] != f'sha256:{payload}':
        yield f'payload digest {f["warc-payload-digest"]}, not {payload}'
    if f['warc-block-digest'] != \
            f'sha256:{hashlib.sha256(block).hexdigest()}':
        yield 'block digest is wrong'
    body = block.partition(b'\r\n\r\n')[2]
    if not revisit and hashlib.sha256(body).hexdigest() != payload:
        yield 'payload digest is wrong'


def place(store, name):
    """Archives stand below archive/; others are named by their whole path."""
    return os.path.join(store, 'archive', name)


def archive(store):
    """Committed captures stand in the archive where the store says."""
    with opened(store) as db:
        rows = list(db.execute(
            'SELECT url.url, payload, revisit, archive, offset, length '
            'FROM capture JOIN url ON url.id = capture.url'))
        sizes = dict(db.execute('SELECT name, bytes FROM archive'))
    for name, size in sizes.items():
        if os.path.getsize(place(store, name)) < size:
            yield f'{name}: shorter than its {size} committed bytes'
    if not rows:
        yield 'there are no captures'
    for url, payload, revisit, name, offset, length in rows:
        with open(place(store, name), 'rb') as f:
            f.seek(offset)
            member = f.read(length)
        try:
            for problem in check_record(member, url, payload, revisit):
                yield f'{url} at {offset}: {problem}'
        except (OSError, EOFError, KeyError, ValueError) as e:
            yield f'{url} at {offset}: {type(e).__name__} {e}'


def intact(store):
    """After a failure: nothing is corrupt, even if nothing was obtained."""
    if not os.path.exists(f'{store}/{DB}'):
        return
    with opened(store) as db:
        for problem, in db.execute('PRAGMA integrity_check'):
            if problem != 'ok':
                yield problem
        tables = {t for t, in db.execute('SELECT name FROM sqlite_master')}
        n = db.execute('SELECT count(*) FROM capture').fetchone()[0] \
            if 'capture' in tables else 0
    print(f'# {n} captures')
    if n:
        yield from archive(store)


def recrawled(folder, store, sweep, epoch):
    """Every page was asked for again with what was known of it; pages that
    stayed are revisits, pages that changed have a new capture."""
    requests, _ = load(f'{folder}/log.ndjson', sweep)
    asked = {r['url']: r for r in requests if r['kind'] == 'page'}
    with opened(store) as db:
        last = {u: (o, r, s) for u, o, r, s in db.execute(
            'SELECT url.url, url.outcome, c.revisit, c.status FROM url '
            'JOIN capture c ON c.url = url.id AND c.at_us = (SELECT max('
            'at_us) FROM capture WHERE capture.url = url.id)')}
    seen = collections.Counter()
    for key, t in sorted(expected(folder).items()):
        policies = [u['url'] for u in t['urls']
                    if u['role'] == 'policy' and u['outcome'] == ['ok']]
        if t['epoch2'] == 'same' and not key.startswith(
                'worldstore:com.world.h'):
            continue  # of the odd part: not everything comes out again
        later = t['epoch2'] if epoch == '2' else 'same'
        for url in policies:
            seen[later] += 1
            yield from one_recrawled(url, later, asked.get(url),
                                     last.get(url))
    for kind in (('same', 'changed', 'gone', 'failing') if epoch == '2'
                 else ('same',)):
        if not seen[kind]:
            yield f'no page is {kind}: nothing was tested'


def one_recrawled(url, later, request, last):
    if request is None or last is None:
        yield f'{url}: was not asked for again'
        return
    outcome, revisit, status = last
    conditional = {'if-none-match', 'if-modified-since'} & set(
        request['headers'])
    if later == 'same' and not (outcome == 'ok' and revisit in (1, 2) and
                                (revisit == 2) == (status == 304)):
        yield f'{url}: {outcome}, status {status}, revisit {revisit}'
    if later == 'same' and bool(conditional) != (status == 304):
        yield f'{url}: status {status} to a request with {conditional}'
    if later == 'changed' and (outcome, revisit, status) != ('ok', 0, 200):
        yield f'{url}: changed, but {outcome}, {status}, revisit {revisit}'
    wanted = {'gone': 'gone', 'failing': 'server_error'}.get(later, outcome)
    if outcome != wanted:
        yield f'{url}: {outcome}, expected {wanted}'


def again(folder, store, sweep):
    """A sweep that is done has nothing more to ask."""
    known = done(store)
    requests, _ = load(f'{folder}/log.ndjson', sweep)
    if not known:
        yield 'nothing is done'
    for r in requests:
        if r['kind'] == 'page' and r['url'] in known:
            yield f'{r["url"]} was asked for again'


def shards(folder, *sweeps):
    """robots.txt of another's host may be needed to follow a redirect of
    one's own; pages are the business of one shard only."""
    owner = {}
    for sweep in sweeps:
        requests, _ = load(f'{folder}/log.ndjson', sweep)
        for r in requests:
            if r['kind'] == 'page':
                owner.setdefault(r['host'], set()).add(sweep)
    print(f'# {len(owner)} hosts')
    if len(set.union(set(), *owner.values())) < 2:
        yield 'at most one shard asked for anything'
    for host, names in sorted(owner.items()):
        if len(names) > 1:
            yield f'{host}: asked by {", ".join(sorted(names))}'


def main():
    command, args = sys.argv[1], sys.argv[2:]
    checks = (outcomes, judged, urls, same, intact, archive, recrawled, again,
              shards)
    problems = list({c.__name__: c for c in checks}[command](*args))
    for p in problems[:SHOWN]:
        print(p)
    if len(problems) > SHOWN:
        print(f'{len(problems) - SHOWN} more')
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
