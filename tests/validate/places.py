"""Places in reports, computed anew from the sources.
  places.py make DIR    sources in several encodings, with all kinds of line
                        ends, characters beyond the basic plane, and odd names
  places.py check DIR   the reports beside them: each place cuts the quote out
                        of its source
  places.py tree DIR SARIF
                        a report on any files, whose paths are those in DIR"""
import csv
import io
import json
import os
import re
import sys
import urllib.parse

BREACH = '如您拒绝刷脸验证，将无法使用本服务。'
FACE = '𠮷祥用人脸识别核验身份。'
BIG5 = '我們用人臉識別核驗身份。如您拒絕刷臉驗證，將無法使用本服務。'
# name -> (encoding, text)
SOURCES = {
    'gbk.html': ('gb18030', '<meta charset=gbk>\r\n<p>' + FACE + '\r\n𠮷祥<b>，'
                 + BREACH[:6] + '</b>' + BREACH[6:] + '</p>\r\n'),
    'bom.md': ('utf-8-sig', '# 登录\r\n\r\n' + FACE + '𠮷：' + BREACH +
               '\r\n\r\n- ' + FACE + '\r\n- 𠮷𠮷；' + BREACH + '\r\n'),
    'utf16.txt': ('utf-16', FACE + '\n𠮷。' + BREACH + '\n'),
    'utf16be.txt': ('utf-16-be', '\ufeff' + FACE + '\r\n𠮷。' + BREACH),
    'big5.txt': ('big5', '登入\r\n' + BIG5 + '\r\n'),
    'cr.txt': ('utf-8', FACE + '\r第二行。\r𠮷。' + BREACH + '\r'),
    'a,b:c%41@x `q` |.txt': ('utf-8', FACE + '\n𠮷。' + BREACH + '\n'),
    'wrapped.html': ('utf-8', '<p>' + FACE + BREACH[:9] + '\r\n  ' +
                     BREACH[9:] + '</p>'),
}


def make(folder):
    for name, (encoding, text) in SOURCES.items():
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(text.encode(encoding))


CODECS = {'gbk': 'gb18030', 'utf-16le': 'utf-16-le', 'utf-16be': 'utf-16-be'}


class Source:
    def __init__(self, raw, encoding):
        self.raw = raw
        self.encoding = CODECS.get(encoding, encoding)
        self.text = raw.decode(self.encoding).lstrip('\ufeff')
        self.starts = [0] + [m.end() for m in
                             re.finditer('\r\n|\r|\n', self.text)]

    def at(self, line, column):
        return self.starts[line - 1] + column - 1

    def cut(self, line, column, end_line, end_column):
        return self.text[self.at(line, column):self.at(end_line, end_column)]

    def column(self, line, byte):
        """Of a byte of a line as UTF-8, both from 1."""
        rest = self.text[self.starts[line - 1]:].encode()
        return len(rest[:byte - 1].decode()) + 1


bad = []


def same(got, want, what):
    if got != want:
        bad.append(f'{what}: {got!r}, not {want!r}')


def check_sarif(data, sources, quotes):
    run = json.loads(data)['runs'][0]
    for r in run['results']:
        for where in r['locations'] + r.get('relatedLocations', []):
            p = where['physicalLocation']
            region = p.get('region')
            if 'snippet' not in (region or {}) or 'byteOffset' not in region:
                continue
            name = urllib.parse.unquote(p['artifactLocation']['uri'])
            s = sources[name]
            got = s.cut(region['startLine'], region['startColumn'],
                        region['endLine'], region['endColumn'])
            same(got, region['snippet']['text'], f'SARIF, {name}')
            at = region['byteOffset']
            same(s.raw[at:at + region['byteLength']].decode(s.encoding), got,
                 f'bytes in SARIF, {name}')
            if r['level'] != 'none':
                quotes.setdefault(name, set()).add(got)


def check_rdjson(data, sources, quotes):
    seen = set()
    for d in json.loads(data)['diagnostics']:
        name, r = d['location']['path'], d['location']['range']
        if 'column' not in r['start']:
            continue
        s, a, b = sources[name], r['start'], r['end']
        got = s.cut(a['line'], s.column(a['line'], a['column']),
                    b['line'], s.column(b['line'], b['column']))
        if got not in quotes[name]:
            bad.append(f'rdjson, {name}: {got!r}')
        seen.add(name)
    same(seen, set(quotes), 'files in rdjson')


def check_gitlab(data, sources, quotes):
    seen = set()
    for d in json.loads(data):
        where = d['location']
        if 'positions' not in where:
            continue
        name, a, b = where['path'], *(
            where['positions'][k] for k in ('begin', 'end'))
        got = sources[name].cut(a['line'], a['column'], b['line'], b['column'])
        if got not in quotes[name]:
            bad.append(f'gitlab, {name}: {got!r}')
        same(where['lines']['begin'], a['line'], 'line in gitlab')
        seen.add(name)
    same(seen, set(quotes), 'files in gitlab')


def check_github(data, sources, quotes):
    seen = set()
    for line in data.decode().splitlines():
        p = dict(x.split('=', 1) for x in
                 line.split(' ', 1)[1].split('::')[0].split(','))
        if 'endLine' not in p:
            continue
        name = urllib.parse.unquote(p['file'])
        s = sources[name]
        if 'col' in p:
            got = s.cut(int(p['line']), int(p['col']),
                        int(p['endLine']), int(p['endColumn']))
            if got not in quotes[name]:
                bad.append(f'github, {name}: {got!r}')
        seen.add(name)
    same(seen, set(quotes), 'files in github')


def check_csv(data, sources, quotes):
    seen = set()
    text = data.decode('utf-8-sig')
    for row in csv.DictReader(io.StringIO(text, newline='')):
        if not row['line']:
            continue
        name = row['document']
        got = sources[name].cut(*(int(row[k]) for k in (
            'line', 'column', 'end_line', 'end_column')))
        shown = ''.join(c if c >= ' ' else f'⟨U+{ord(c):04X}⟩' for c in got)
        same(row['quote'], shown, f'quote in CSV, {name}')
        if row['side'] == 'for' and row['verdict'] == 'violation':
            seen.add(name)
    same(seen, set(quotes), 'files in CSV')


def check(folder):
    def report(form):
        with open(os.path.join(folder, 'report.' + form), 'rb') as f:
            return f.read()
    sources = {}
    for name, (encoding, _) in SOURCES.items():
        with open(os.path.join(folder, name), 'rb') as f:
            sources[name] = Source(f.read(), {
                'utf-16': 'utf-16-le', 'utf-8-sig': 'utf-8'}.get(
                    encoding, encoding))
    quotes = {}
    check_sarif(report('sarif'), sources, quotes)
    same(set(quotes), set(SOURCES), 'files with a passage')
    check_rdjson(report('rdjson'), sources, quotes)
    check_gitlab(report('gitlab'), sources, quotes)
    check_github(report('github'), sources, quotes)
    check_csv(report('csv'), sources, quotes)
    for form in ('sarif', 'rdjson', 'rdjsonl', 'gitlab', 'github', 'csv',
                 'junit', 'markdown'):
        if b'missing.txt' not in report(form):
            bad.append(f'{form} does not tell of what was not judged')
    print('\n'.join(bad), file=sys.stderr)
    return 1 if bad else 0


def check_tree(folder, report):
    with open(report, 'rb') as f:
        data = f.read()
    sources, quotes = {}, {}
    for a in json.loads(data)['runs'][0]['artifacts']:
        name = urllib.parse.unquote(a['location']['uri'])
        if 'encoding' in a:
            with open(os.path.join(folder, name), 'rb') as f:
                sources[name] = Source(f.read(), a['encoding'])
    check_sarif(data, sources, quotes)
    if len(quotes) < 10:
        bad.append(f'passages in {len(quotes)} files only')
    print('\n'.join(bad), file=sys.stderr)
    return 1 if bad else 0


if __name__ == '__main__':
    if sys.argv[1] == 'tree':
        sys.exit(check_tree(*sys.argv[2:4]))
    if sys.argv[1] == 'make':
        make(sys.argv[2])
    else:
        sys.exit(check(sys.argv[2]))
