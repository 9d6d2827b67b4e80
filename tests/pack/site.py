#!/usr/bin/env python3
"""A small web on a loopback address. Usage: site.py FOLDER; prints its port."""
import functools
import http.server
import sys


class Site(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(
    ('127.0.0.1', 0), functools.partial(Site, directory=sys.argv[1]))
print(server.server_address[1], flush=True)
server.serve_forever()
