"""The web server of the world: many addresses, one process, one line of log
per request.

Times in the log are of the monotonic clock, in nanoseconds, and err on the
side of the client. "begin" is when the head of a request was read, and "late"
how much earlier the client may have begun at most, because the server was busy
with others. "end" is taken before the last bytes are handed to the kernel, so
that no client can have finished earlier."""
import asyncio
import collections
import email.utils
import json
import os
import re
import selectors
import time
import urllib.parse

from acts import MISDIRECTED, MISSING, to_https
from model import REASONS

SEEN = ('user-agent', 'if-none-match', 'if-modified-since', 'range', 'cookie',
        'authorization', 'proxy-authorization', 'referer', 'accept-encoding',
        'from')
HEAD_MAX = 65536
PRINTABLE = ''.join(map(chr, range(0x21, 0x7f)))
ESCAPE = re.compile('%[0-9a-f]{2}', re.I)
IDLE_NS = 100_000  # a poll that took longer had to wait for its event


class Clock(selectors.EpollSelector):
    """Remembers how early the events at hand can have happened."""

    def __init__(self):
        super().__init__()
        now = time.monotonic_ns()
        self.floors = collections.deque([now, now], maxlen=2)
        self.last = now

    def select(self, timeout=None):
        enter = time.monotonic_ns()
        ready = super().select(timeout)
        now = time.monotonic_ns()
        self.floors.append(now if now - enter > IDLE_NS else self.last)
        self.last = now
        return ready


class Log:
    def __init__(self, path):
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND |
                          os.O_TRUNC, 0o644)
        self.requests = 0

    def write(self, entry):
        """One write call per line: nothing waits in the process."""
        line = json.dumps(entry, ensure_ascii=False, separators=(',', ':'))
        os.write(self.fd, line.encode() + b'\n')


class Request:
    def __init__(self, head, conn):
        lines = head.decode('latin-1').split('\r\n')
        self.method, self.path, self.version = \
            (lines[0].split(' ', 2) + ['', ''])[:3]
        self.path = ESCAPE.sub(
            lambda m: m[0].upper(),
            urllib.parse.quote(self.path, PRINTABLE, 'latin-1'))
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(':')
            self.headers[name.strip().lower()] = value.strip()
        self.host = self.headers.get('host', '')
        self.begin = time.monotonic_ns()
        floor = conn.born if conn.first else conn.server.clock.floors[-1]
        self.late = max(0, self.begin - floor)
        self.reused = not conn.first
        self.end = None
        self.status = 0
        self.sent = conn.sent
        self.retry_at = None
        self.kind = 'page'


class Connection(asyncio.Protocol):
    def __init__(self, server, tls):
        # asyncio makes the protocol one turn after it accepted.
        self.born = server.clock.floors[0]
        self.server = server
        self.tls = tls
        self.first = True
        self.buf = b''
        self.request = None
        self.task = None
        self.sent = 0
        self.lost = False
        self.writable = asyncio.Event()
        self.writable.set()

    def connection_made(self, transport):
        self.transport = transport
        self.addr = transport.get_extra_info('sockname')[0]
        # 1, not 0: TLS in asyncio would pause although nothing waits.
        transport.set_write_buffer_limits(high=1)
        self.server.connections.add(self)

    def connection_lost(self, exc):
        self.lost = True
        self.server.connections.discard(self)
        self.writable.set()
        if self.task:
            self.task.cancel()
        if self.request:
            self.finish('client left')

    def pause_writing(self):
        self.writable.clear()

    def resume_writing(self):
        self.writable.set()

    def data_received(self, data):
        self.buf += data
        if self.first and self.buf[:1] == b'\x16':  # TLS, and this is not
            self.transport.write(b'HTTP/1.1 400 Bad Request\r\n\r\n')
            return self.transport.close()
        if not self.request:
            self.next()

    def next(self):
        at = self.buf.find(b'\r\n\r\n')
        if at < 0:
            if len(self.buf) > HEAD_MAX:
                self.transport.abort()
            return
        head, self.buf = self.buf[:at], self.buf[at + 4:]
        r = self.request = Request(head, self)
        self.first = False
        if r.path.startswith('/__world/'):
            return self.server.control(self, r)
        page = self.server.route(self, r)
        if page.act:
            r.kind = 'robots' if page.robots else 'page'
            self.task = asyncio.ensure_future(self.act(page, r))
        elif page.latency:
            self.task = asyncio.ensure_future(self.later(page, r))
        else:
            self.answer(page, r)

    async def act(self, page, r):
        keep = await page.act(self, r)
        self.task = None
        await self.writable.wait()
        self.finish('done' if keep else 'server left')
        if not keep and not self.lost:
            self.transport.close()

    async def later(self, page, r):
        await asyncio.sleep(page.latency)
        self.task = None
        self.answer(page, r)

    def answer(self, page, r):
        """An ordinary answer, conditional ones included."""
        epoch = self.server.epoch
        if page.robots:
            r.kind = 'robots'
        if epoch > 1 and page.epoch2 == 'gone':
            return self.reply(r, 404, b'gone')
        if epoch > 1 and page.epoch2 == 'failing':
            return self.reply(r, 500, b'failing')
        body, tag = page.payload(epoch)
        headers = list(page.headers)
        if 'e' in page.valid:
            headers.append(('ETag', tag))
        elif 'w' in page.valid:
            headers.append(('ETag', 'W/' + tag))
        if 'm' in page.valid:
            headers.append(('Last-Modified', page.modified(epoch)))
        if self.unchanged(page, r, tag, epoch):
            return self.reply(r, 304, None, headers)
        if page.media:
            headers.append(('Content-Type', page.media))
        if page.coding:
            headers.append(('Content-Encoding', page.coding))
        self.reply(r, page.status, body, headers, page.chunked)

    def unchanged(self, page, r, tag, epoch):
        """RFC 9110 13.1: If-None-Match goes before If-Modified-Since."""
        if page.status != 200:
            return False
        given = r.headers.get('if-none-match')
        if given is not None:
            return bool(set(page.valid) & set('ew')) and tag in given
        since = r.headers.get('if-modified-since')
        return 'm' in page.valid and since == page.modified(epoch)

    def reply(self, r, status, body, headers=(), chunked=False):
        """Status line, headers and body at once, then the next request."""
        self.head(r, status, headers)
        lines = [f'HTTP/1.1 {status} {REASONS.get(status, "Whatever")}',
                 f'Date: {self.server.date()}', 'Server: world']
        lines += [f'{n}: {v}' for n, v in headers]
        data = body or b''
        if body is not None and status != 204:
            if chunked and data:
                lines.append('Transfer-Encoding: chunked')
                cut = max(1, len(data) // 3)
                data = b''.join(
                    b'%x\r\n%s\r\n' % (len(data[i:i + cut]), data[i:i + cut])
                    for i in range(0, len(data), cut)) + b'0\r\n\r\n'
            else:
                lines.append(f'Content-Length: {len(data)}')
        head = ('\r\n'.join(lines) + '\r\n\r\n').encode('utf-8')
        self.send(head if r.method == 'HEAD' else head + data, last=True)
        if self.writable.is_set():
            self.finish('done')
        else:
            self.task = asyncio.ensure_future(self.drained())

    async def drained(self):
        await self.writable.wait()
        self.task = None
        self.finish('done', self.server.clock.floors[-1])

    def head(self, r, status, headers=()):
        """Notes what the client is told."""
        r.status = status
        for name, value in headers:
            if name == 'Retry-After':
                wait = int(value) if value.isdigit() else \
                    email.utils.mktime_tz(
                        email.utils.parsedate_tz(value)) - time.time()
                r.retry_at = time.monotonic_ns() + int(wait * 1e9)

    def send(self, data, last=False):
        if last:
            self.request.end = time.monotonic_ns()
        self.sent += len(data)
        if not self.lost:
            self.transport.write(data)

    def finish(self, how, end=None):
        r, self.request = self.request, None
        if r is None:
            return
        if end or r.end is None or how == 'client left':
            r.end = end or max(r.begin, self.server.clock.floors[-1])
        self.server.note(self, r, how)
        if self.buf and not self.lost and how == 'done':
            asyncio.get_running_loop().call_soon(self.next)


class Trap(asyncio.Protocol):
    """Listens where nobody may connect."""

    def __init__(self, server):
        self.server = server

    def connection_made(self, transport):
        self.server.log.write({
            'trap': '%s:%d' % transport.get_extra_info('sockname')[:2],
            'at': time.monotonic_ns()})
        transport.close()


class Server:
    def __init__(self, world, log, clock):
        self.world = world
        self.log = log
        self.clock = clock
        self.epoch = 1
        self.counts = collections.Counter()
        self.connections = set()
        self.second = (0, '')

    def date(self):
        now = int(time.time())
        if now != self.second[0]:
            self.second = (now, email.utils.formatdate(now, usegmt=True))
        return self.second[1]

    def route(self, conn, r):
        """The page that a request means."""
        name = r.host.rsplit(':', 1)[0].lower()
        host = self.world.hosts.get(name)
        if host is None or host.addr != conn.addr:
            return MISDIRECTED
        page = host.pages.get(r.path)
        if page is None:
            return MISSING
        if host.https and not conn.tls and not page.robots:
            return to_https(self.world.url(host, r.path))
        return page

    def note(self, conn, r, how):
        if r.kind == 'control':
            return
        self.log.requests += 1
        scheme = 'https' if conn.tls else 'http'
        entry = {
            'begin': r.begin, 'late': r.late, 'end': r.end, 'how': how,
            'addr': conn.addr, 'url': f'{scheme}://{r.host}{r.path}',
            'reused': r.reused, 'method': r.method, 'kind': r.kind,
            'status': r.status,
            'bytes': conn.sent - r.sent,
            'headers': {n: r.headers[n] for n in SEEN if n in r.headers}}
        if r.retry_at:
            entry['retry_at'] = r.retry_at
        self.log.write(entry)

    def control(self, conn, r):
        """POST /__world/epoch?n=2, reset, mark?name=...; GET count."""
        r.kind = 'control'
        verb, _, query = r.path[len('/__world/'):].partition('?')
        _, _, value = query.partition('=')
        if conn.addr != '127.0.0.2':
            return conn.reply(r, 404, b'')
        if r.method == 'POST' and verb == 'epoch' and value in ('1', '2'):
            self.epoch = int(value)
        elif r.method == 'POST' and verb == 'reset':
            self.epoch = 1
            self.counts.clear()
        elif r.method == 'POST' and verb == 'mark':
            self.log.write({'mark': value, 'at': time.monotonic_ns()})
        elif not (r.method == 'GET' and verb == 'count'):
            return conn.reply(r, 404, b'')
        conn.reply(r, 200, b'%d\n' % self.log.requests)

    def stop(self):
        for conn in list(self.connections):
            if conn.request:
                conn.finish('server stopped')
            conn.transport.abort()
