"""What the world consists of: hosts, pages and targets, and what is expected
of whoever visits them."""
import csv
import gzip
import hashlib
import json
import zlib

LAST_MODIFIED = 'Sun, 01 Nov 2026 08:00:00 GMT'
LAST_MODIFIED_NEXT = 'Fri, 20 Nov 2026 08:00:00 GMT'
SITE = 'world.test'     # of the hosts that have names
FORBIDDEN = '127.0.0.200'  # stands for an address that is not public
STORE = 'worldstore'
REASONS = {200: 'OK', 204: 'No Content', 206: 'Partial Content',
           301: 'Moved Permanently', 302: 'Found', 303: 'See Other',
           304: 'Not Modified', 307: 'Temporary Redirect',
           308: 'Permanent Redirect', 403: 'Forbidden', 404: 'Not Found',
           429: 'Too Many Requests', 503: 'Service Unavailable'}


class Page:
    """One path of one host. A page either answers with a body or has an act,
    a coroutine of acts.py that misbehaves."""

    def __init__(self, body=b'', *, status=200, media='text/html', coding='',
                 chunked=False, valid='', headers=(), act=None, latency=0,
                 epoch2='same', robots=False):
        self.body = body            # bytes, or a function of the epoch
        self.status = status
        self.media = media          # Content-Type; '' for none
        self.coding = coding        # '', 'gzip', 'deflate'
        self.chunked = chunked
        self.valid = valid          # validators: letters of "ewm"
        self.headers = tuple(headers)
        self.act = act
        self.latency = latency      # seconds before the answer
        self.epoch2 = epoch2        # same, changed, gone, failing
        self.robots = robots        # is it part of obtaining robots.txt?
        self.cache = {}

    def version(self, epoch):
        return 2 if epoch > 1 and self.epoch2 == 'changed' else 1

    def payload(self, epoch):
        """(content-coded body, ETag) of a version, made once."""
        v = self.version(epoch)
        if v not in self.cache:
            body = self.body(v) if callable(self.body) else self.body
            tag = hashlib.sha256(body).hexdigest()[:16]
            if self.coding == 'gzip':
                body = gzip.compress(body, 1, mtime=0)
            elif self.coding == 'deflate':
                body = zlib.compress(body, 1)
            self.cache[v] = (body, f'"{tag}"')
        return self.cache[v]

    def modified(self, epoch):
        return LAST_MODIFIED_NEXT if self.version(epoch) > 1 else LAST_MODIFIED


class Host:
    """A host by name or address. deny is what its robots.txt means, longest
    prefix first wins: [(allowed?, prefix)]."""

    def __init__(self, name, addr, https=False):
        self.name = name
        self.addr = addr
        self.https = https
        self.pages = {}
        self.deny = []
        self.crawl_delay_ms = 0

    def add(self, path, page):
        assert path not in self.pages, path
        self.pages[path] = page
        return page

    def robots(self, text, deny=(), crawl_delay_ms=0, **how):
        body = text if isinstance(text, bytes) else text.encode()
        how.setdefault('media', 'text/plain')
        self.add('/robots.txt', Page(body, robots=True, **how))
        self.deny = list(deny)
        self.crawl_delay_ms = crawl_delay_ms


class Target:
    def __init__(self, package, outcome, *, policy='', listing='',
                 store=STORE, face='none', epoch2='same'):
        self.package = package
        self.outcome = outcome.split('|')
        self.policy = policy
        self.listing = listing
        self.store = store
        self.face = face
        self.epoch2 = epoch2
        self.urls = []

    def expect(self, url, role, outcome):
        """The outcome of one URL; several joined by | are all right."""
        self.urls.append({'url': url, 'role': role,
                          'outcome': outcome.split('|')})
        return self


class World:
    """ports: http, tls, dead (nothing listens), wrong, expired, unknown (TLS
    with certificates that must be refused)."""

    def __init__(self, seed, ports):
        self.seed = seed
        self.ports = ports
        self.hosts = {}
        self.targets = []
        self.never = []  # URLs that nobody may ask for

    def host(self, name, addr, https=False):
        assert name not in self.hosts, name
        self.hosts[name] = host = Host(name, addr, https)
        return host

    def url(self, host, path, scheme=None, port=None):
        scheme = scheme or ('https' if host.https else 'http')
        port = port or self.ports['tls' if scheme == 'https' else 'http']
        return f'{scheme}://{host.name}:{port}{path}'

    def warm(self):
        """Makes all answers of the first epoch, so that none has to wait."""
        for h in self.hosts.values():
            for p in h.pages.values():
                p.payload(1)

    def target(self, *args, **kwargs):
        t = Target(*args, **kwargs)
        self.targets.append(t)
        return t

    def write(self, folder):
        """Writes targets.csv, expected.json, politeness.json, resolve.txt
        and allow.txt."""
        with open(f'{folder}/targets.csv', 'w', encoding='utf-8',
                  newline='') as f:
            out = csv.writer(f)
            out.writerow(['app', 'package', 'store', 'publisher', 'store_url',
                          'policy_url'])
            for t in self.targets:
                out.writerow([f'示例应用{t.package}', t.package, t.store,
                              '示例科技有限公司', t.listing, t.policy])
        self.write_json(f'{folder}/expected.json', {
            f'{t.store}:{t.package}': {
                'outcome': t.outcome, 'urls': t.urls, 'face': t.face,
                'epoch2': t.epoch2} for t in self.targets})
        self.write_json(f'{folder}/politeness.json', {
            'ports': self.ports, 'never': self.never,
            'hosts': {h.name: {'addr': h.addr, 'deny': h.deny,
                               'crawl_delay_ms': h.crawl_delay_ms}
                      for h in self.hosts.values()}})
        with open(f'{folder}/resolve.txt', 'w', encoding='ascii') as f:
            for h in self.hosts.values():
                if h.name != h.addr:
                    for port in sorted(set(self.ports.values())):
                        f.write(f'{h.name}:{port}:{h.addr}\n')
        with open(f'{folder}/allow.txt', 'w', encoding='ascii') as f:
            f.write('127.0.0.0/26\n')

    @staticmethod
    def write_json(path, value):
        with open(path, 'w', encoding='utf-8') as f:
            json.dump(value, f, ensure_ascii=False, indent=1, sort_keys=True)
            f.write('\n')
