#!/usr/bin/env python3
"""A small web for one case, on loopback addresses, and a name server.

usage: site.py FOLDER

127.0.0.2 is the site as everybody sees it, 127.0.0.3 the same site as somebody
might forge it. FOLDER gets ca.pem, leaf.pem, ports.json; then "ready" is
printed. SIGTERM ends it."""
import gzip
import json
import os
import signal
import socket
import socketserver
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'world'))
import certs  # noqa: E402
import text   # noqa: E402

TRUE, FORGED = '127.0.0.2', '127.0.0.3'
HOST = 'site.world.test'
WRITER = text.Writer('capture')


def policy(kind, links=(), size=9000):
    return WRITER.policy('case', kind, links=links, size=size)


LINKS = (('儿童隐私保护规则', '/children.html'),
         ('第三方SDK目录', '/sdk.html'))
PAGES = {
    '/policy.html': policy('violation', LINKS),
    '/plain.html': policy('compliant'),
    '/children.html': WRITER.related('case', 'children'),
    '/sdk.html': WRITER.related('case', 'sdk'),
    # Gives way to scripts that do nothing good.
    '/script.html': text.doc('脚本', '<h1>隐私政策</h1><script>'
                             'document.title="</script>"</script>'),
    '/long.html': policy('violation', size=120000),
    # What two servers behind one name differ in.
    '/coded.html': policy('silent'),
}
FLAKY = {}
LOCK = threading.Lock()
# A page that is red once its style is there, and its script says so; with all
# that a picture may not have.
PAGES['/styled.html'] = text.doc('样式', """<link rel=stylesheet href=look.css>
<h1>隐私政策</h1><p id=said>脚本没有运行</p><img src=dot.png width=20 height=20>
<img src=dot.png?again width=20 height=20><iframe src=script.html></iframe>
<img src=none.png><img src=private/dot.png><img src=http://127.0.0.9:1/in.png>
<img src=moved.png><script src=said.js></script>""")
# A bar at the edge of the screen that does not scroll, at the end of the page.
PAGES['/bar.html'] = text.doc('固定栏', '<h1>隐私政策</h1>' + '<p>条款</p>' * 90 +
                              '<p style="position:fixed;bottom:0">同意</p>')
# The page is as high as the screen, and scrolls within.
PAGES['/inner.html'] = text.doc(
    '内部滚动', '<div style="position:fixed;inset:0;overflow:auto">'
    '<h1>隐私政策</h1>' + '<p>条款</p>' * 90 + '<p>最后一条</p></div>')
LOADED = {
    '/look.css': ('text/css', b'body { background: #ff0000; }'),
    '/dot.png': ('image/png', bytes.fromhex(
        '89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55'
        '0000000a49444154789c636000000002000148afa4710000000049454e44ae426082')),
    '/private/dot.png': ('image/png', b'robots.txt forbids this'),
    '/said.js': ('text/javascript', """
document.getElementById('said').textContent = '脚本运行了';
document.cookie = 'a=b';
fetch('/sent', {method: 'POST', body: 'x'});
fetch('/asked.json').then(r => r.json()).then(
    j => { document.title = j.t; });""".encode()),
    '/asked.json': ('application/json', b'{"t": "asked"}'),
    '/robots.txt': ('text/plain', b'User-agent: *\nDisallow: /private/\n'),
}


class Page(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        with LOCK, open(os.path.join(sys.argv[1], 'asked'), 'a',
                        encoding='utf-8') as f:
            f.write(f'{self.requestline} {self.headers.get("Cookie")}\n')

    def do_POST(self):
        self.give(200, b'sent', 'text/plain')

    def give(self, status, body=b'', kind='text/html; charset=utf-8', **more):
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        for name, value in more.items():
            self.send_header(name.replace('_', '-'), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        forged = self.server.server_address[0] == FORGED
        path = self.path.split('?')[0]
        act = getattr(self, 'page_' + path.strip('/').split('.')[0], None)
        if act:
            act(forged)
        elif path == '/moved.png':
            self.give(302, Location='/dot.png?moved')
        elif path in LOADED:
            self.give(200, LOADED[path][1], LOADED[path][0])
        elif path in PAGES:
            self.give(200, PAGES[path])
        elif path.startswith('/big/'):
            self.give(200, os.urandom(6 << 20), 'application/octet-stream')
        else:
            self.give(404, b'gone', 'text/plain')

    def page_forged(self, forged):
        self.give(200, policy('compliant' if forged else 'violation'))

    def page_gzip(self, forged):
        """The same page in two codings: other bytes, the same page."""
        self.give(200, gzip.compress(PAGES['/plain.html'],
                                     1 if forged else 9, mtime=0),
                  Content_Encoding='gzip')

    def page_nonce(self, forged):
        """The same text, with a number in its markup."""
        body = PAGES['/plain.html'].replace(
            b'<body>', b'<body data-n="%d">' % time.monotonic_ns())
        self.give(200, body)

    def page_chunked(self, _):
        body = PAGES['/plain.html']
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Transfer-Encoding', 'chunked')
        self.end_headers()
        for at in range(0, len(body), 1000):
            piece = body[at:at + 1000]
            self.wfile.write(b'%x\r\n%s\r\n' % (len(piece), piece))
        self.wfile.write(b'0\r\n\r\n')

    def page_old(self, _):
        self.give(302, Location='/older.html')

    def page_older(self, _):
        self.give(301, Location='/policy.html')

    def page_cookie(self, _):
        self.give(302, Location='/crumb.html', Set_Cookie='a=b')

    def page_crumb(self, _):
        self.give(200, text.doc('饼干', '<p>%s</p>' %
                                self.headers.get('Cookie', '没有')))

    def page_flaky(self, _):
        """Fails once, then is there."""
        n = FLAKY['n'] = FLAKY.get('n', 0) + 1
        if n % 2:
            self.give(503, b'later', 'text/plain')
        else:
            self.give(200, PAGES['/plain.html'])

    def page_busy(self, _):
        """Wants to be left alone for two hours."""
        self.give(503, b'later', 'text/plain', Retry_After='7200')

    def page_slow(self, _):
        """Begins, and waits until nobody listens."""
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.send_header('Content-Length', '100000')
        self.end_headers()
        self.wfile.write(b'<p>')
        self.wfile.flush()
        try:
            self.connection.settimeout(60)
            self.rfile.read(1)
        except OSError:
            pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


def question(data):
    """Name (labels) and type of a DNS question."""
    at, labels = 12, []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]])
        at += 1 + data[at]
    kind = struct.unpack('>H', data[at + 1:at + 3])[0]
    return b'.'.join(labels).decode(), kind, data[12:at + 5]


def name(text_name):
    return b''.join(bytes([len(p)]) + p.encode()
                    for p in text_name.split('.')) + b'\0'


def answer(data, tcp):
    """What the name server says: by the first label of the name."""
    asked, kind, rest = question(data)
    records, flags = [], 0x8180

    def add(owner, rtype, value):
        records.append(owner + struct.pack('>HHIH', rtype, 1, 60, len(value)) +
                       value)

    if asked.startswith('gone.'):
        flags |= 3
    elif asked.startswith('cut.') and not tcp:
        flags |= 0x0200
    elif kind == 1:
        owner = b'\xc0\x0c'
        if asked.startswith('alias.'):
            add(owner, 5, name('real.world.test'))
            owner = name('real.world.test')
        if asked.startswith('forged.') or os.path.exists(
                os.path.join(sys.argv[1], 'forge')):
            add(owner, 1, socket.inet_aton(FORGED))
        else:
            add(owner, 1, socket.inet_aton(TRUE))
            add(owner, 1, socket.inet_aton(FORGED))
    head = data[:2] + struct.pack('>HHHHH', flags, 1, len(records), 0, 0)
    return head + rest + b''.join(records)


class Udp(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(answer(data, False), self.client_address)


class Tcp(socketserver.StreamRequestHandler):
    def handle(self):
        n = struct.unpack('>H', self.rfile.read(2))[0]
        said = answer(self.rfile.read(n), True)
        self.wfile.write(struct.pack('>H', len(said)) + said)


def start(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    contexts = certs.make(os.path.join(folder, 'certs'), [TRUE, FORGED])
    ports = {}
    for scheme in ('http', 'https', 'expired'):
        for address in (TRUE, FORGED):
            s = Server((address, ports.get(scheme, 0)), Page)
            ports[scheme] = s.server_address[1]
            if scheme != 'http':
                tls = contexts['tls' if scheme == 'https' else 'expired']
                s.socket = tls.wrap_socket(s.socket, server_side=True)
            start(s)
    dns = socketserver.ThreadingUDPServer((TRUE, 0), Udp)
    ports['dns'] = dns.server_address[1]
    start(dns)
    socketserver.TCPServer.allow_reuse_address = True
    start(socketserver.ThreadingTCPServer((TRUE, ports['dns']), Tcp))
    with open(os.path.join(folder, 'resolve.txt'), 'w',
              encoding='ascii') as f:
        for scheme in ('http', 'https', 'expired'):
            f.write(f'{HOST}:{ports[scheme]}:{TRUE}\n')
    for here, there in (('ca', 'ca'), ('tls', 'leaf')):
        with open(os.path.join(folder, 'certs', here + '.pem'), 'rb') as f:
            data = f.read()
        with open(os.path.join(folder, there + '.pem'), 'wb') as f:
            f.write(data)
    with open(os.path.join(folder, 'ports.json'), 'w', encoding='ascii') as f:
        json.dump(ports, f)
    print('ready', flush=True)
    signal.sigwait({signal.SIGTERM})


if __name__ == '__main__':
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    main()
