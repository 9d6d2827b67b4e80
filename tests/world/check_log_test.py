"""Made-up logs for check_log.py: a polite one, and others that differ from it
in one fault each, which must be found and nothing else with it."""
import copy
import json
import os
import sys
import tempfile

from check_log import MS, Check, Rules, load, prepare

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../../scripts'))
from tap import Tap

POLITENESS = {
    'never': ['http://h1.test:80/bait'],
    'hosts': {
        'h1.test': {'addr': '127.0.0.2', 'crawl_delay_ms': 0,
                    'deny': [[False, '/private/'],
                             [True, '/private/open']]},
        'h2.test': {'addr': '127.0.0.2', 'crawl_delay_ms': 900, 'deny': []},
        'h3.test': {'addr': '127.0.0.3', 'crawl_delay_ms': 0, 'deny': []},
        'h4.test': {'addr': '127.0.0.2', 'crawl_delay_ms': 0, 'deny': []}}}
ADDRESSES = {h: v['addr'] for h, v in POLITENESS['hosts'].items()}


def request(host, path, begin_ms, length_ms=10, status=200, **more):
    r = {'begin': begin_ms * MS, 'end': (begin_ms + length_ms) * MS,
         'late': 0, 'how': 'done', 'reused': False, 'addr': ADDRESSES[host],
         'url': f'http://{host}:80{path}', 'method': 'GET',
         'kind': 'robots' if path == '/robots.txt' else 'page',
         'status': status, 'bytes': 100,
         'headers': {'user-agent': 'faceaudit/0.1 (+https://...)'}}
    r.update(more)
    return r


def polite():
    return {
        'robots1': request('h1.test', '/robots.txt', 0),
        'robots2': request('h2.test', '/robots.txt', 60),
        'a': request('h1.test', '/a', 410),
        'b': request('h1.test', '/b', 820),
        'open': request('h1.test', '/private/open.html', 1230),
        'slow': request('h2.test', '/slow', 970, 300),
        'next': request('h2.test', '/next', 2170),
        'robots3': request('h3.test', '/robots.txt', 0),
        'busy': request('h3.test', '/busy', 410, status=503,
                        retry_at=2420 * MS),
        'busy2': request('h3.test', '/busy', 2420),
    }


RULES = {'delay_ms': 400, 'address_delay_ms': 50, 'per_address': 2, 'tries': 3}


def judge(log, traps=(), earlier=(), **more):
    requests = prepare(copy.deepcopy(list(log.values())))
    return Check(Rules(POLITENESS, **{**RULES, **more}), requests, traps,
                 prepare(list(earlier))).run()


def shift(log, name, begin_ms, length_ms=10):
    log[name].update(begin=begin_ms * MS, end=(begin_ms + length_ms) * MS)


def broken(log):
    """The connection of a closes without an answer; a is repeated at once."""
    log['a'].update(reused=True, how='server left', bytes=0, status=0)
    log['a2'] = request('h1.test', '/a', 422)
    shift(log, 'b', 840)
    shift(log, 'open', 1260)


def faults():
    """(name, kind that must be found, log, other arguments)"""
    log = polite()
    shift(log, 'b', 415)
    yield 'two requests of a host at once', 'host', log, \
        {'address_delay_ms': 0}
    log = polite()
    shift(log, 'b', 810)
    yield 'a gap of 390 ms where 400 are asked for', 'delay', log, {}
    log = polite()
    shift(log, 'next', 2100)
    yield 'a gap of 830 ms where Crawl-delay says 900', 'delay', log, {}
    log = polite()
    log['slow'].update(begin=1060 * MS, end=1260 * MS, how='client left')
    shift(log, 'next', 2100)
    yield 'a short gap after the client left', 'delay', log, {}
    log = polite()
    yield 'two requests at an address that wants one', 'address', log, \
        {'per_address': 1}
    log = polite()
    log['robots2']['begin'] -= 45 * MS
    log['robots4'] = request('h4.test', '/robots.txt', 25)
    yield 'three begins at an address within 25 ms', 'spacing', log, {}
    log = polite()
    del log['robots3']
    yield 'no robots.txt at all', 'robots', log, {}
    log = polite()
    shift(log, 'robots3', 410)
    shift(log, 'busy', 0)
    log['busy']['retry_at'] = None
    yield 'a page before robots.txt', 'robots', log, {}
    log = polite()
    log['robots3'].update(status=503)
    yield 'a page although robots.txt was out of order', 'robots', log, {}
    log = polite()
    log['robots3'].update(status=301)
    log['moved'] = request('h3.test', '/r', 2840, kind='robots')
    yield 'a page before robots.txt, which moved', 'robots', log, {}
    log = polite()
    log['a']['url'] = 'http://h1.test:80/private/secret'
    yield 'a page that robots.txt disallows', 'robots', log, {}
    log = polite()
    shift(log, 'busy2', 2410)
    yield 'ten milliseconds before Retry-After is over', 'retry', log, {}
    log = polite()
    shift(log, 'busy2', 2420)
    log['other'] = request('h3.test', '/other', 830)
    yield 'another page of the host that said Retry-After', 'retry', log, {}
    for name in ('cookie', 'authorization', 'range'):
        log = polite()
        log['a']['headers'][name] = 'x'
        yield f'the header {name}', 'headers', log, {}
    log = polite()
    log['a']['headers']['user-agent'] = 'Mozilla/5.0'
    yield 'a User-Agent in disguise', 'headers', log, {}
    log = polite()
    log['a']['method'] = 'POST'
    yield 'another method than GET', 'headers', log, {}
    log = polite()
    log['b']['url'] = log['a']['url']
    yield 'a page that was answered twice', 'repeats', log, {}
    log = polite()
    broken(log)
    log['a']['reused'] = False
    yield 'a repetition at once of what a new connection lost', 'delay', \
        log, {'address_delay_ms': 0}
    log = polite()
    broken(log)
    log['a2']['reused'] = True
    yield '... or on an old connection', 'delay', log, \
        {'address_delay_ms': 0}
    log = polite()
    yield 'more tries than allowed', 'repeats', log, {'tries': 1}
    log = polite()
    log['a']['url'] = POLITENESS['never'][0]
    yield 'a page that was bait', 'never', log, {}
    yield 'a connection to a forbidden address', 'never', polite(), \
        {'traps': [{'trap': '127.0.0.200:80', 'at': 0}]}
    yield 'an empty log', 'never', {}, {}


def graces():
    """(name, log, other arguments) of what must not be held against it."""
    yield 'a polite log', polite(), {}
    log = polite()
    broken(log)
    yield 'a repetition where an old connection was closed', log, {}
    log = polite()
    yield 'a robots.txt of an earlier sweep', log, \
        {'earlier': [log.pop('robots3')]}
    yield 'a robots.txt that moved', moved(), {}
    log = polite()
    log['a']['late'] = 60 * MS
    shift(log, 'a', 1000)
    shift(log, 'b', 1420)
    shift(log, 'open', 1830)
    yield 'a begin that the server saw late', log, {}
    log = polite()
    shift(log, 'robots2', 15)
    yield 'two begins that a busy client sent together', log, {}
    log = polite()
    log['b']['url'] = log['a']['url']
    yield 'a killed sweep that asks again', log, {'again': True}
    log = polite()
    log['a']['url'] = 'http://h1.test:80/private/secret'
    yield 'a mandate to ignore robots.txt', log, {'ignore_robots': True}


def moved():
    """A robots.txt that was found behind a redirect, on another host."""
    log = polite()
    log['robots3'].update(status=301)
    log['away'] = request('h1.test', '/common.txt', 1640, kind='robots')
    shift(log, 'busy', 1660)
    return log


def marks():
    """Only the requests behind the mark of that name belong to a sweep."""
    requests = list(polite().values())
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'log.ndjson')
        with open(path, 'w', encoding='utf-8') as f:
            for entry in ([requests[0], {'mark': 'one', 'at': 1}] +
                          requests[1:4] + [{'mark': 'two', 'at': 2}] +
                          requests[4:] + [{'trap': 'x', 'at': 3}]):
                f.write(json.dumps(entry) + '\n')
        got = [(len(r), len(t)) for r, t in
               (load(path, s) for s in ('one', 'two', 'three', None))]
    wanted = [(3, 0), (6, 1), (0, 0), (10, 1)]
    return [] if got == wanted else [f'got {got}, expected {wanted}']


def main():
    tap = Tap()
    for name, log, how in graces():
        tap.check(f'not held against a sweep: {name}',
                  [f'{k}: {t}' for k, ts in judge(log, **how).items()
                   for t in ts])
    for name, kind, log, how in faults():
        found = judge(log, **how)
        tap.check(f'found: {name}',
                  [] if list(found) == [kind] else
                  [f'expected {kind}, found {dict(found)}'])
    tap.check('a sweep is cut out of the log by its mark', marks())
    tap.end()
