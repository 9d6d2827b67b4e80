#!/usr/bin/env python3
"""A page with a policy, and time-stamp authorities that the openssl command
plays: /one is good, /two is out of order until /repair is asked for, /other is
one that nobody knows, /html answers with a page. Writes its port to a file
when it listens. Usage: world.py FOLDER"""
import http.server
import os
import subprocess
import sys

POLICY = '''<!doctype html><html lang="zh"><head><meta charset="utf-8">
<title>隐私政策</title></head><body><h1>隐私政策</h1>
<p>我们非常重视您的个人信息和隐私保护。本隐私政策说明我们如何收集、使用、存储、共享和
保护您的个人信息，以及您如何访问、更正、删除您的个人信息和注销账号。请您仔细阅读本政策
并确认同意后再使用我们的服务。为了向您提供服务，我们会在征得您授权同意后收集您的手机号
码、设备信息和日志信息。您必须通过刷脸登录，否则无法使用本服务。本政策更新时我们会以弹
窗等方式通知您。如您对本政策有任何疑问，可以通过客服与我们联系。</p></body></html>
'''
CONFIG = '''[tsa]
default_tsa = t
[t]
serial = ./serial
signer_cert = ./{name}.pem
signer_key = ./{name}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sm3
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
'''


def openssl(*args):
    subprocess.run(['openssl', *args], check=True, capture_output=True)


def authority(ca, name):
    key = ['-newkey', 'rsa:2048', '-nodes']
    openssl('req', '-x509', *key, '-keyout', f'{ca}.key', '-out', f'{ca}.pem',
            '-days', '3650', '-subj', f'/CN={ca}',
            '-addext', 'basicConstraints=critical,CA:TRUE')
    openssl('req', *key, '-keyout', f'{name}.key', '-out', f'{name}.csr',
            '-subj', f'/CN={name}')
    with open('ext', 'w', encoding='ascii') as f:
        f.write('extendedKeyUsage=critical,timeStamping\n')
    openssl('x509', '-req', '-in', f'{name}.csr', '-CA', f'{ca}.pem',
            '-CAkey', f'{ca}.key', '-CAcreateserial', '-days', '30',
            '-extfile', 'ext', '-out', f'{name}.pem')
    with open(f'{name}.cnf', 'w', encoding='ascii') as f:
        f.write(CONFIG.format(name=name))


def stamp(name, query):
    with open('query', 'wb') as f:
        f.write(query)
    openssl('ts', '-reply', '-config', f'{name}.cnf', '-section', 't',
            '-queryfile', 'query', '-out', 'reply')
    with open('reply', 'rb') as f:
        return f.read()


class World(http.server.BaseHTTPRequestHandler):
    repaired = False

    def log_message(self, *args):
        with open('asked', 'a', encoding='ascii') as f:
            f.write(self.path + '\n')

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == '/repair':
            World.repaired = True
        if self.path == '/robots.txt':
            self.answer(404, 'text/plain', b'')
        else:
            self.answer(200, 'text/html; charset=utf-8', POLICY.encode())

    def do_POST(self):
        query = self.rfile.read(int(self.headers['Content-Length']))
        kind = 'application/timestamp-reply'
        if self.headers['Content-Type'] != 'application/timestamp-query':
            self.answer(415, 'text/plain', b'')
        elif self.path == '/other':
            self.answer(200, kind, stamp('other', query))
        elif self.path == '/html' or (self.path == '/two'
                                      and not World.repaired):
            self.answer(200 if self.path == '/html' else 503, 'text/html',
                        POLICY.encode())
        else:
            self.answer(200, kind, stamp('tsa', query))


os.chdir(sys.argv[1])
authority('root', 'tsa')
authority('stranger', 'other')
with open('serial', 'w', encoding='ascii') as f:
    f.write('01\n')
server = http.server.HTTPServer(('127.0.0.1', 0), World)
with open('port.new', 'w', encoding='ascii') as f:
    f.write(str(server.server_address[1]))
os.rename('port.new', 'port')
server.serve_forever()
