"""What servers do wrong. An act is a coroutine that is given the connection
and the request; it returns True when the connection may go on."""
import asyncio
import email.utils
import gzip
import math
import socket
import struct
import time
import zlib

from model import Page

HTML = 'text/html; charset=utf-8'
MISSING = Page(b'not found', status=404)
MISDIRECTED = Page(b'no such host here', status=421)
OK = (b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n'
      b'Connection: close\r\n')


def to_https(url):
    return Page(status=301, media='', headers=[('Location', url)])


def bomb(mebibytes=512):
    """Half a mebibyte of gzip that becomes half a gibibyte of blanks: one
    block of deflate, which refers to nothing before it, again and again."""
    blank = b' ' * (1 << 20)
    c = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = c.compress(blank) + c.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(blank, crc)
    size = mebibytes << 20
    return (b'\x1f\x8b\x08\0\0\0\0\0\2\3' + block * mebibytes + b'\3\0' +
            struct.pack('<II', crc, size))


def raw(data, status=200):
    """Sends these bytes and leaves."""
    async def act(c, r):
        c.head(r, status)
        c.send(data, last=True)
        return False
    return act


def drip(head, piece, pause):
    """Sends head, then piece again and again until the client leaves."""
    async def act(c, r):
        c.head(r, 200)
        c.send(head)
        while not c.lost:
            await asyncio.sleep(pause)
            c.send(piece)
        return False
    return act


def flood(head, piece):
    """Sends piece for ever, as fast as the client reads."""
    async def act(c, r):
        c.head(r, 200)
        c.send(head)
        while not c.lost:
            c.send(piece)
            await c.writable.wait()
            await asyncio.sleep(0)
        return False
    return act


async def silent(c, r):
    """Never answers."""
    while not c.lost:
        await asyncio.sleep(3600)
    return False


async def reset(c, r):
    """RST instead of FIN."""
    c.request.end = time.monotonic_ns()
    c.transport.get_extra_info('socket').setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    c.transport.abort()
    return False


def compressed(data):
    """A whole answer with a gzip body that is up to no good."""
    return raw(OK + b'Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n'
               % len(data) + data)


def broken_gzip(body):
    data = bytearray(gzip.compress(body, 6, mtime=0))
    for i in range(len(data) // 2, len(data) // 2 + 64):
        data[i] ^= 0x5a
    return compressed(bytes(data))


def cut_gzip(body):
    data = gzip.compress(body, 6, mtime=0)
    return compressed(data[:len(data) // 2])


SLOW_BODY = drip(OK + b'Content-Length: 100000\r\n\r\n<p>', b'x', 0.3)
SLOW_HEAD = drip(b'HTTP/1.1 200 OK\r\n', b'X-A: b\r\n', 0.3)
ENDLESS_BODY = flood(OK + b'\r\n', b'<p>text</p>\n' * 5000)
ENDLESS_CHUNKS = flood(OK + b'Transfer-Encoding: chunked\r\n\r\n',
                       b'ea60\r\n' + b'<p>text</p>\n' * 5000 + b'\r\n')
HUGE_LENGTH = flood(OK + b'Content-Length: 99999999999\r\n\r\n',
                    b'<p>text</p>\n' * 5000)
TRUNCATED = raw(OK + b'Content-Length: 50000\r\n\r\n<p>half a page')
CUT_CHUNKS = raw(OK + b'Transfer-Encoding: chunked\r\n\r\n1000\r\n<p>half')
BAD_CHUNK = raw(OK + b'Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>half\r\n')
HUGE_HEADER = raw(b'HTTP/1.1 200 OK\r\nX-A: ' + b'a' * 2000000 +
                  b'\r\nContent-Length: 2\r\n\r\nhi')
MANY_HEADERS = raw(b'HTTP/1.1 200 OK\r\n' +
                   b'X-Header: ' + b'a' * 1000 + b'\r\n' +
                   (b'X-Header: ' + b'a' * 1000 + b'\r\n') * 4999 +
                   b'Content-Length: 2\r\n\r\nhi')
HTTP09 = raw(b'<html><body>no header at all</body></html>\n')
GARBAGE = raw(bytes(range(256)) * 8)
EMPTY = raw(b'')


def first(times, trouble, page):
    """Makes trouble that many times, counted by URL, then shows the page."""
    async def act(c, r):
        key = (r.host, r.path)
        c.server.counts[key] += 1
        if c.server.counts[key] > times:
            c.answer(page, r)
            return True
        return await trouble(c, r)
    return act


def status(code, *headers):
    async def act(c, r):
        c.reply(r, code, b'<p>no</p>', [('Content-Type', HTML), *headers])
        return True
    return act


def retry_date(code, seconds):
    """Retry-After as a date, at least that many seconds from now."""
    async def act(c, r):
        when = math.ceil(time.time() + seconds)
        c.reply(r, code, b'<p>later</p>', [
            ('Content-Type', HTML),
            ('Retry-After', email.utils.formatdate(when, usegmt=True))])
        return True
    return act


def redirect(location, code=302):
    """A page, not an act; location may be None."""
    headers = [] if location is None else [('Location', location)]
    return Page(b'<p>moved</p>', status=code, media=HTML, headers=headers)


def cookie_check(location):
    """Redirects until a cookie comes back, which it must not."""
    return Page(b'<p>cookie?</p>', status=302, media=HTML, headers=[
        ('Set-Cookie', 'seen=1; Path=/'), ('Location', location)])
