#!/usr/bin/env python3
"""Proves from the log of the world that a sweep was polite.

  check_log.py [options] FOLDER     exit status 0 polite, 1 not, 2 usage
  check_log.py --self-test          TAP; made-up logs with one fault each

What is held against the log, for the requests of one sweep:
  host       never two requests of one host (name or address) in progress
  delay      from the end of a request to the begin of the next of that host
             at least --delay, or its Crawl-delay once robots.txt is known
  address    at most --per-address requests of one address in progress
  spacing    from begin to begin on one address at least --address-delay,
             seen over 3 and more requests
  robots     nothing of an origin before its robots.txt, nothing it disallows
  retry      nothing from a host before the moment its Retry-After named
  headers    GET only, our User-Agent, no cookies, no credentials, no ranges
  repeats    a URL once when it was answered, else at most --tries times
  never      nothing that was bait, no connection to a forbidden address

A request on a connection that was used before and that closes without a byte
of an answer was perhaps never seen: it may be repeated at once, on a new one
(RFC 9112 9.3.1). Rules that an earlier sweep obtained may be kept.

Why the figures can be trusted: the server takes "end" before it hands over
the last bytes and "begin" after it read the head, so that a gap as logged is
never shorter than the client's own. Two things can still make it look shorter:
clients count whole milliseconds (ROUNDING), and when a client leaves, or for
distances from begin to begin, the first stamp may be late, because the server
was busy, which it logs as "late", or not yet running (SCHEDULING). A client
that decides in time when to begin may still be late in sending, so that one
pair of requests comes closer together; that is why spacing is judged over
several."""
import argparse
import collections
import json
import sys

sys.dont_write_bytecode = True

MS = 1_000_000
ROUNDING = 1 * MS
SCHEDULING = 20 * MS
WINDOWS = (1, 2, 4, 8, 16)  # requests between the first and the last
SHOWN = 5       # faults of one kind
BANNED = ('cookie', 'authorization', 'proxy-authorization', 'range', 'from')
BUSY = (408, 425, 429, 500, 502, 503, 504)


class Rules:
    """What the sweep was told, and what the hosts of the world ask for."""

    def __init__(self, politeness, delay_ms=1000, address_delay_ms=100,
                 per_address=4, tries=4, agent='faceaudit/',
                 ignore_robots=False, again=False):
        self.hosts = politeness['hosts']
        self.never = set(politeness['never'])
        self.delay = delay_ms * MS
        self.address_delay = address_delay_ms * MS
        self.per_address = per_address
        self.tries = tries
        self.agent = agent
        self.ignore_robots = ignore_robots
        self.again = again  # a killed sweep may ask again

    def host_delay(self, host, kind):
        if kind == 'robots' or self.ignore_robots:
            return self.delay
        asked = self.hosts.get(host, {}).get('crawl_delay_ms', 0)
        return max(self.delay, asked * MS)

    def disallows(self, host, path):
        """The longest prefix decides (RFC 9309 2.2.2)."""
        found = [(len(prefix), allowed) for allowed, prefix in
                 self.hosts.get(host, {}).get('deny', ())
                 if path.startswith(prefix)]
        return bool(found) and not max(found)[1]


def load(path, sweep=None):
    """(requests by begin, trap lines) of one sweep: what stands behind the
    mark of that name and before the next mark. Without a name: everything."""
    requests, traps, _ = load_all(path, sweep)
    return requests, traps


def load_all(path, sweep):
    """... and the requests for robots.txt that came before it."""
    requests, traps, earlier = [], [], []
    inside = sweep is None
    with open(path, encoding='utf-8') as f:
        for line in f:
            entry = json.loads(line)
            if 'mark' in entry:
                inside = sweep is None or entry['mark'] == sweep
            elif inside:
                (traps if 'trap' in entry else requests).append(entry)
            elif not requests and entry.get('kind') == 'robots':
                earlier.append(entry)
    return prepare(requests), traps, prepare(earlier)


def prepare(requests):
    for r in requests:
        scheme, _, rest = r['url'].partition('://')
        authority, slash, path = rest.partition('/')
        r['origin'] = f'{scheme}://{authority}'
        r['host'] = authority.rsplit(':', 1)[0].lower()
        r['path'] = slash + path
    return sorted(requests, key=lambda r: r['begin'])


def grouped(requests, key):
    groups = collections.defaultdict(list)
    for r in requests:
        groups[r[key]].append(r)
    return groups


def unseen(r):
    """Perhaps the server had closed the connection already."""
    return r['reused'] and r['how'] == 'server left' and r['bytes'] == 0


def repeats(before, r):
    """Is r what RFC 9112 9.3.1 lets a client do at once?"""
    return unseen(before) and r['url'] == before['url'] and not r['reused']


class Check:
    def __init__(self, rules, requests, traps=(), earlier=()):
        self.rules = rules
        self.requests = requests
        self.traps = traps
        self.earlier = list(earlier)
        self.faults = collections.defaultdict(list)
        self.least_gap = {}
        self.most = collections.Counter()

    def fault(self, kind, text):
        self.faults[kind].append(text)

    def run(self):
        if not self.requests:
            self.fault('never', 'the log holds no request at all')
        for host, requests in grouped(self.requests, 'host').items():
            self.check_host(host, requests)
        for addr, requests in grouped(self.requests, 'addr').items():
            self.check_address(addr, requests)
        if not self.rules.ignore_robots:
            before = grouped(self.earlier, 'origin')
            for origin, requests in grouped(self.requests, 'origin').items():
                self.check_robots(requests, before[origin] + requests)
        for url, requests in grouped(self.requests, 'url').items():
            self.check_repeats(url, requests)
        for r in self.requests:
            self.check_headers(r)
            if r['url'] in self.rules.never:
                self.fault('never', f'{r["url"]} was asked for')
        for t in self.traps:
            self.fault('never', f'connection to {t["trap"]}')
        return self.faults

    def check_host(self, host, requests):
        until = None  # of the last Retry-After
        for before, r in zip(requests, requests[1:]):
            if repeats(before, r):
                continue
            if before.get('retry_at'):
                until = max(until or 0, before['retry_at'])
            gap = r['begin'] - before['end']
            if gap < 0:
                self.fault('host', f'{r["url"]} began {-gap / MS:.1f} ms '
                           f'before the end of {before["url"]}')
                continue
            wanted = self.rules.host_delay(host, r['kind'])
            slack = ROUNDING + (0 if before['how'] == 'done' else SCHEDULING)
            if gap < wanted - slack:
                self.fault('delay', f'{r["url"]}: {gap / MS:.1f} ms after '
                           f'{before["url"]}, {wanted / MS:.0f} asked for')
            self.least_gap[host] = min(gap, self.least_gap.get(host, gap))
            if until and r['begin'] < until - ROUNDING:
                self.fault('retry', f'{r["url"]}: '
                           f'{(until - r["begin"]) / MS:.0f} ms too early')

    def check_address(self, addr, requests):
        ends = []
        for r in requests:
            ends = [e for e in ends if e > r['begin']] + [r['end']]
            self.most[addr] = max(self.most[addr], len(ends))
            if len(ends) > self.rules.per_address:
                self.fault('address', f'{r["url"]}: {len(ends)} requests in '
                           f'progress at {addr}')
        firsts = [r for before, r in zip([None] + requests, requests)
                  if before is None or not repeats(before, r)]
        for n in WINDOWS:
            for first, last in zip(firsts, firsts[n + 1:]):
                span = last['begin'] - first['begin'] + first['late']
                wanted = n * self.rules.address_delay
                if span < wanted - ROUNDING - SCHEDULING:
                    self.fault('spacing', f'{last["url"]}: {n + 2} requests '
                               f'in {span / MS:.1f} ms at {addr}, '
                               f'{wanted / MS:.0f} asked for')

    def robots_known(self, all_requests):
        """When the robots.txt of an origin had been obtained, or None. One
        that moved is obtained with its last hop, maybe of another host; one
        that fails (5xx, no whole answer) is not obtained."""
        whole = [r for r in all_requests if r['kind'] == 'robots' and
                 r['how'] == 'done' and r['status'] < 500]
        for r in whole:
            if not 300 <= r['status'] < 400:
                return r['end']
        for r in whole:
            for hop in self.earlier + self.requests:
                if (hop['kind'] == 'robots' and hop['begin'] > r['end'] and
                        not 300 <= hop['status'] < 400):
                    return hop['end']
        return None

    def check_robots(self, requests, with_earlier):
        known = self.robots_known(with_earlier)
        for r in requests:
            if r['kind'] == 'robots':
                continue
            if known is None or r['begin'] < known:
                self.fault('robots', f'{r["url"]} before robots.txt')
            if self.rules.disallows(r['host'], r['path']):
                self.fault('robots', f'{r["url"]} is disallowed')

    def check_repeats(self, url, requests):
        if self.rules.again:
            return
        robots = requests[0]['kind'] == 'robots'
        answered = [r for r in requests
                    if r['how'] == 'done' and r['status'] not in BUSY]
        if len(answered) > 1 and not robots:
            self.fault('repeats', f'{url}: answered {len(answered)} times')
        requests = [r for r in requests if not unseen(r)]
        # Another origin may lead to the same robots.txt, and each tries.
        most = self.rules.tries * (2 if robots else 1)
        if len(requests) > most:
            self.fault('repeats', f'{url}: {len(requests)} requests')

    def check_headers(self, r):
        if r['method'] != 'GET':
            self.fault('headers', f'{r["url"]}: method {r["method"]}')
        agent = r['headers'].get('user-agent', '')
        if not agent.startswith(self.rules.agent):
            self.fault('headers', f'{r["url"]}: User-Agent "{agent}"')
        for name in BANNED:
            if name in r['headers']:
                self.fault('headers', f'{r["url"]}: header {name}')


def report(check):
    gap = min(check.least_gap.values(), default=0) / MS
    print(f'# {len(check.requests)} requests, {len(check.most)} addresses; '
          f'least gap within a host {gap:.1f} ms, most at once at an address '
          f'{max(check.most.values(), default=0)}')
    for kind, faults in sorted(check.faults.items()):
        for text in faults[:SHOWN]:
            print(f'{kind}: {text}')
        if len(faults) > SHOWN:
            print(f'{kind}: {len(faults) - SHOWN} more')


def main():
    if sys.argv[1:] == ['--self-test']:
        import check_log_test
        return check_log_test.main()
    p = argparse.ArgumentParser(description='was a sweep polite?')
    p.add_argument('--sweep', help='behind the mark of this name')
    p.add_argument('--delay', type=int, default=1000, help='ms')
    p.add_argument('--address-delay', type=int, default=100, help='ms')
    p.add_argument('--per-address', type=int, default=4)
    p.add_argument('--tries', type=int, default=4)
    p.add_argument('--agent', default='faceaudit/')
    p.add_argument('--ignore-robots', action='store_true')
    p.add_argument('--again', action='store_true',
                   help='a killed sweep may ask for a URL again')
    p.add_argument('folder')
    a = p.parse_args()
    with open(f'{a.folder}/politeness.json', encoding='utf-8') as f:
        rules = Rules(json.load(f), a.delay, a.address_delay, a.per_address,
                      a.tries, a.agent, a.ignore_robots, a.again)
    check = Check(rules, *load_all(f'{a.folder}/log.ndjson', a.sweep))
    check.run()
    report(check)
    return 1 if check.faults else 0


if __name__ == '__main__':
    sys.exit(main())
