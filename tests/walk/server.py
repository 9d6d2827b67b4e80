#!/usr/bin/env python3
"""The small app over HTTP: gives a cookie, wants it back with the form, and can
hold an answer until it is told.

server.py FOLDER LOG [HELD]: serves on a free port of 127.0.0.1, which is the
first line of the output. LOG gets a line per request. HELD is a pair of named
pipes, HELD.asked and HELD.go: /policy.html is not answered before HELD.go is
written to, and HELD.asked says that it was asked for."""
import http.server
import os
import sys

folder, log = sys.argv[1], open(sys.argv[2], 'w', encoding='utf-8')
held = sys.argv[3] if len(sys.argv) > 3 else None


class App(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args):
        super().__init__(*args, directory=folder)

    def note(self, what):
        print(self.command, self.path, what, file=log, flush=True)

    def end_headers(self):
        if self.path == '/':
            self.send_header('Set-Cookie', 'visitor=7; HttpOnly; Path=/')
        super().end_headers()

    def do_GET(self):
        self.note(self.headers.get('User-Agent', ''))
        if self.path == '/robots.txt':
            self.send_error(404)
            return
        if held and self.path == '/policy.html':
            with open(held + '.asked', 'w') as f:
                f.write('asked')
            with open(held + '.go') as f:
                f.read()
        super().do_GET()

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        cookie = self.headers.get('Cookie', '')
        self.note(f'{body.decode()} {cookie}')
        good = body == b'13800138000' and 'visitor=7' in cookie
        self.send_response(200 if good else 403)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), App)
print(server.server_address[1], flush=True)
server.serve_forever()
