#!/usr/bin/env python3
"""Answers of the Python package protego: oracle.py FILE of JSON lines."""
import json
import sys

from protego import Protego

for line in open(sys.argv[1], encoding='utf-8'):
    c = json.loads(line)
    robots = Protego.parse(c['robots'])
    allowed = robots.can_fetch('https://example.com' + c['path'], c['agent'])
    delay = robots.crawl_delay(c['agent']) or 0
    print('allow' if allowed else 'disallow', round(delay * 1000))
