#!/usr/bin/env python3
"""Looks at a board as files.

inspect.py links DIR       every link leads to a file, and to a place in it
inspect.py sizes DIR       every page is smaller than 1 MB, the script than 10 KB
inspect.py numbers DIR     sums and lists are what findings.sqlite says
inspect.py csv DIR         findings.csv is RFC 4180, and no cell is a formula
inspect.py rows DIR        its rows as JSON
inspect.py filter DIR      what the filter has to find, as JSON
inspect.py inert DIR       no page holds an element or attribute of an app"""
import csv
import html.parser
import json
import os
import re
import sqlite3
import sys
import unicodedata
from urllib.parse import unquote, urljoin

problems = []


def pages(top):
    for d, _, files in sorted(os.walk(top)):
        for f in sorted(files):
            if f.endswith('.html'):
                yield os.path.join(d, f)


class Page(html.parser.HTMLParser):
    ALLOWED = set('''html head meta title link body a header div p nav ul li
        main h1 h2 h3 section table caption thead tr th tbody td svg path rect
        text tspan circle desc footer dl dt dd span b code br article figure
        figcaption blockquote mark details summary pre noscript script label
        select option input button img'''.split())

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.text = set(), [], []
        self.bad, self.duplicate = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.ALLOWED:
            self.bad.append('<%s>' % tag)
        for name, value in attrs:
            if name.startswith('on') or name == 'style':
                self.bad.append('%s=' % name)
            if name == 'id':
                if value in self.ids:
                    self.duplicate.append(value)
                self.ids.add(value)
            if name in ('href', 'src') and value is not None:
                self.links.append((tag, value))

    def handle_data(self, data):
        self.text.append(data)


def parse(path):
    p = Page()
    with open(path, encoding='utf-8', newline='') as f:
        p.feed(f.read())
    return p


def links(top):
    known = {os.path.relpath(p, top): parse(p) for p in pages(top)}
    n = 0
    for path, page in known.items():
        for i in page.duplicate:
            problems.append('%s: id %s twice' % (path, i))
        for tag, href in page.links:
            if re.match('https?://', href):
                if tag != 'a':
                    problems.append('%s: <%s> fetches %s' % (path, tag, href))
                continue
            n += 1
            to, _, place = unquote(urljoin('/' + path, href)[1:]).partition(
                '#')
            if not os.path.isfile(os.path.join(top, to)):
                problems.append('%s: %s leads nowhere' % (path, href))
            elif place and place not in known[to].ids:
                problems.append('%s: no such place: %s' % (path, href))
    if n < 100:
        problems.append('only %d links' % n)
    print('# %d links on %d pages' % (n, len(known)))


def sizes(top):
    largest = max((os.path.getsize(p), p) for p in pages(top))
    if largest[0] >= 1000000:
        problems.append('%s: %d bytes' % (largest[1], largest[0]))
    print('# largest page %d bytes' % largest[0])
    script = os.path.getsize(os.path.join(top, 'filter.js'))
    if script >= 10240:
        problems.append('filter.js: %d bytes' % script)


def numbers(top):
    db = sqlite3.connect('file:%s/findings.sqlite?mode=ro' % top, uri=True)
    one = lambda q: db.execute(q).fetchone()[0]
    if one('PRAGMA integrity_check') != 'ok':
        problems.append('findings.sqlite is damaged')
    index = ' '.join(parse(os.path.join(top, 'index.html')).text)
    for q in ['SELECT count(*) FROM app',
              'SELECT count(*) FROM app WHERE stage >= 4',
              'SELECT count(*) FROM app WHERE violations + gaps > 0',
              'SELECT count(*) FROM verdict WHERE counted']:
        if not re.search(r'\b%d\b' % one(q), index):
            problems.append('index.html lacks %d: %s' % (one(q), q))

    def rows(name):
        n, page = 0, 1
        while os.path.exists('%s/list/%s-%d.html' % (top, name, page)):
            with open('%s/list/%s-%d.html' % (top, name, page),
                      encoding='utf-8') as f:
                text = f.read()
                n += text.count('<tr><th scope="row">')
                if ('<tr>' in text) != ('<tbody>' in text):
                    problems.append('%s: rows without a table' % f.name)
            page += 1
        return n
    lists = [('coverage', 'SELECT count(*) FROM app'),
             ('score', 'SELECT count(*) FROM app WHERE stage >= 4'),
             ('finding', 'SELECT count(*) FROM app WHERE violations + '
              'gaps > 0'),
             ('publisher', 'SELECT count(*) FROM app WHERE publisher_id > 0'),
             ('new', "SELECT count(*) FROM change WHERE state IN ('new', "
              "'reappeared')"),
             ('gone', "SELECT count(*) FROM change WHERE state IN ('fixed', "
              "'unclear')")]
    for (d,) in db.execute('SELECT DISTINCT duty FROM verdict WHERE counted'):
        for dim in 'category', 'store':
            lists.append(('rule-%d-%s' % (d, dim), 'SELECT count(*) FROM '
                          'verdict WHERE counted AND duty = %d' % d))
    for name, q in lists:
        if rows(name) != one(q):
            problems.append('list/%s has %d rows, expected %d' % (
                name, rows(name), one(q)))
    print('# %d lists' % len(lists))
    # Cells of the heat map lead to the place where so many rows begin.
    cells = db.execute('SELECT duty, category_group, sum(breach) FROM tally '
                       'GROUP BY 1, 2 HAVING sum(breach) > 0').fetchall()
    heat = parse(os.path.join(top, 'category.html'))
    hrefs = [h for _, h in heat.links]
    for duty, group, n in cells:
        found = [h for h in hrefs if re.match(
            r'list/rule-%d-category-\d+\.html#g%d$' % (duty, group), h)]
        if not found:
            problems.append('no cell for %d, %d' % (duty, group))
    for q, what in [('SELECT sum(judged) FROM tally', 'SELECT count(*) FROM '
                     'verdict v JOIN app a ON a.id = v.app WHERE '
                     'a.stage >= 4'),
                    ('SELECT sum(breach) FROM tally',
                     'SELECT count(*) FROM finding WHERE counted')]:
        if one(q) != one(what):
            problems.append('%s is not %s' % (q, what))


def read_csv(top):
    with open(os.path.join(top, 'findings.csv'), 'rb') as f:
        raw = f.read()
    if not raw.startswith(b'\xef\xbb\xbf'):
        problems.append('no byte order mark')
    text = raw[3:].decode('utf-8')
    if re.search('(?<!\r)\n|\r(?!\n)', text):
        problems.append('a line does not end with CRLF')
    return list(csv.reader(text.split('\r\n')[:-1], strict=True))


def check_csv(top):
    rows = read_csv(top)
    for n, row in enumerate(rows):
        if len(row) != len(rows[0]):
            problems.append('row %d has %d cells' % (n, len(row)))
        for c in row:
            if re.match(r'[\s]*[=+\-@＝＋－＠]', c):
                problems.append('row %d: %r is a formula' % (n, c))
            if any(unicodedata.category(x) in ('Cc', 'Cf', 'Zl', 'Zp')
                   for x in c):
                problems.append('row %d: %r hides something' % (n, c))
    print('# %d rows' % len(rows))


def what_filter_finds(top):
    db = sqlite3.connect('file:%s/findings.sqlite?mode=ro' % top, uri=True)
    one = lambda q, *a: db.execute(q, a).fetchone()[0]
    out = {'all': one('SELECT count(*) FROM app'),
           'most': one('SELECT max(violations) FROM app'),
           'fs': dict(db.execute('SELECT store, count(*) FROM app WHERE store '
                                 'IN (SELECT store FROM app GROUP BY store '
                                 'LIMIT 5) GROUP BY store')),
           'fc': dict(db.execute("SELECT category, count(*) FROM app WHERE "
                                 "category IN ('金融', '工具') "
                                 "GROUP BY category")),
           'fg': {g: one('SELECT count(*) FROM app WHERE grade = ? '
                         'AND stage >= 4', g) for g in 'ABCDEUN'},
           'fk': {'f': one('SELECT count(*) FROM app WHERE violations + gaps '
                           '> 0'),
                  'h': one('SELECT count(*) FROM app WHERE grave > 0'),
                  'x': one('SELECT count(*) FROM app WHERE stage < 4')},
           'q': {w: one("SELECT count(*) FROM app WHERE instr(lower("
                        "coalesce(app, key) || ' ' || coalesce(package, '') "
                        "|| ' ' || coalesce(publisher, '')), ?)", w)
                 for w in ['应用', 'com.example.a0001', '<script>',
                           'no such app']}}
    out['fs'] = {k: v for k, v in out['fs'].items() if k}
    print(json.dumps(out))


def inert(top):
    n = 0
    for path in pages(top):
        page = parse(path)
        n += 1
        for b in page.bad:
            problems.append('%s: %s' % (path, b))
        text = ''.join(page.text)
        for c in text:
            if c not in '\n\t' and unicodedata.category(c) in (
                    'Cc', 'Cf', 'Zl', 'Zp'):
                problems.append('%s: U+%04X is hidden' % (path, ord(c)))
                break
        for tag, href in page.links:
            if not re.match(r'(https?://|[\w#./-]+$)', href):
                problems.append('%s: link %r' % (path, href))
    print('# %d pages' % n)


command, folder = sys.argv[1:3]
if command == 'rows':
    print(json.dumps(read_csv(folder)))
else:
    {'links': links, 'sizes': sizes, 'numbers': numbers, 'csv': check_csv,
     'filter': what_filter_finds, 'inert': inert}[command](folder)
for p in problems[:20]:
    print(p)
sys.exit(1 if problems else 0)
