"""Visits the world with curl: self_visit.py WHAT FOLDER. Prints what is not as
announced; exit status 1 then."""
import concurrent.futures
import json
import subprocess
import sys

sys.dont_write_bytecode = True
from sweep import post

SHOWN = 10
WORKERS = 16
# What curl says of a host: (exit status, HTTP status); 0: any
ODD = {
    'slow-body': (28, 0), 'slow-head': (28, 0), 'silent': (28, 0),
    'endless-body': (28, 200), 'endless-chunks': (28, 200),
    'huge-length': (63, 200), 'bomb': (0, 200), 'truncated': (18, 200),
    'cut-chunks': (18, 200), 'bad-chunk': (56, 200), 'broken-gzip': (61, 200),
    'cut-gzip': (0, 200), 'not-gzip': (61, 200), 'unknown-coding': (61, 200),
    'reset': (56, 0), 'empty': (52, 0), 'huge-header': (27, 0),
    'many-headers': (56, 0), 'http09': (1, 0), 'garbage': (1, 0),
    'refused': (7, 0), 'tls-name': (60, 0), 'tls-expired': (60, 0),
    'tls-unknown': (60, 0), 'tls-none': (35, 0), 'tls-only': (52, 0),
    'loop': (47, 302), 'cookie': (47, 302), 'chain-8': (0, 200),
    'to-file': (1, 302), 'to-gopher': (1, 302), 'to-bad': (3, 302),
    'to-none': (0, 302), 'to-utf8': (0, 200), 'to-missing': (0, 404),
    's401': (0, 401), 's204': (0, 204), 's503': (0, 503), 's451': (0, 451),
    'busy-429': (0, 429), 'flaky-503': (0, 503), 'deflate': (0, 200),
    'robots-all': (0, 200), 'login': (0, 200), 'pdf': (0, 200),
}


class World:
    def __init__(self, folder):
        self.folder = folder
        with open(f'{folder}/expected.json', encoding='utf-8') as f:
            self.targets = json.load(f)
        with open(f'{folder}/resolve.txt', encoding='ascii') as f:
            resolve = ''.join(f'resolve = "{line.strip()}"\n' for line in f)
        with open(f'{folder}/curl', 'w', encoding='ascii') as f:
            f.write(resolve + f'cacert = "{folder}/ca.pem"\nnoproxy = "*"\n'
                    'silent\nmax-time = 4\nspeed-time = 1\nspeed-limit = 64\n'
                    'max-filesize = 4000000\nmax-redirs = 20\n'
                    'output = "/dev/null"\n'
                    'write-out = "%{exitcode} %{http_code} %header{etag} "\n')

    def curl(self, url, *options):
        """(exit status, HTTP status, ETag)"""
        run = subprocess.run(
            ['curl', '-q', '-K', f'{self.folder}/curl', *options, url],
            stdout=subprocess.PIPE, text=True)
        code, status, tag = run.stdout.split(' ')[:3]
        return int(code), int(status), tag

    def policies(self, part):
        """The last URL of each ordinary target: [(its entry, URL)]."""
        return [(t, t['urls'][-1 if not part else 0]['url'])
                for key, t in sorted(self.targets.items())
                if key.startswith('worldstore:com.world.h')
                and key.split('.')[2][1:].isdigit()]


def each(visit, items):
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for problem in pool.map(visit, items):
            if problem:
                yield problem


def pages(w):
    def visit(item):
        url = item[1]
        got = w.curl(url, '-L', '--compressed')
        return got[:2] != (0, 200) and f'{url}: {got}'
    return each(visit, w.policies('first'))


def again(w):
    counted = []

    def visit(item):
        url = item[1]
        tag = w.curl(url)[2]
        if not tag:
            return None
        counted.append(url)
        got = w.curl(url, '-H', f'If-None-Match: {tag}')
        return got[:2] != (0, 304) and f'{url}: {got}'
    yield from each(visit, w.policies(''))
    if not counted:
        yield 'no page has an ETag'


def odd(w):
    first = {}
    for key, t in w.targets.items():
        name = key[len('worldstore:com.world.'):].split('.')[0]
        if t['urls']:
            first.setdefault(name, t['urls'][0]['url'])

    def visit(item):
        name, want = item
        follow = [] if want[1] // 100 == 3 and want[0] == 0 else ['-L']
        coded = [] if name == 'bomb' else ['--compressed']
        got = w.curl(first[name], *follow, *coded)[:2]
        ok = got[0] == want[0] and want[1] in (0, got[1])
        return None if ok else f'{name}: curl says {got}, expected {want}'
    return each(visit, ODD.items())


def trap(w):
    with open(f'{w.folder}/world.json', encoding='ascii') as f:
        ports = json.load(f)['ports']
    for n, name in enumerate(('http', 'tls'), 1):
        w.curl(f'http://127.0.0.200:{ports[name]}/')
        with open(f'{w.folder}/log.ndjson', encoding='utf-8') as f:
            if f.read().count('"trap"') != n:
                yield f'port {name}: no trap in the log'


def epoch(w):
    def look():
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(lambda p: w.curl(p[1])[1:], items))
    items = [(t, u['url']) for t, _ in w.policies('')
             for u in t['urls'] if u['role'] == 'policy' and
             u['outcome'] == ['ok']]
    before = look()
    post(w.folder, 'epoch?n=2')
    after = look()
    post(w.folder, 'reset')
    seen = set()
    for (t, url), a, b in zip(items, before, after):
        want = {'gone': 404, 'failing': 500}.get(t['epoch2'], 200)
        changed = t['epoch2'] == 'changed' and bool(a[1])
        seen.add(t['epoch2'])
        if b[0] != want or (want == 200 and (a[1] != b[1]) != changed):
            yield f'{url} is {t["epoch2"]}: {a}, then {b}'
    if 'changed' not in seen or look() != before:
        yield 'nothing changed, or it did not change back'


def main():
    what, folder = sys.argv[1:]
    problems = list({'pages': pages, 'again': again, 'odd': odd, 'trap': trap,
                     'epoch': epoch}[what](World(folder)))
    for p in problems[:SHOWN]:
        print(p)
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
