"""Looks at the forms of one report as another program.

check.py html HTML JSON     parts, and hostile text
check.py pdf TEXT JSON      the text of the PDF has all that the facts have
check.py docx DOCX HTML JSON  parts, and what mammoth made of it
check.py law JSON           the words of provisions
check.py two JSON ID        a second session, the reviews of a finding
check.py axe DUMP           what axe-core found
"""
import html.parser
import json
import re
import sys
import zipfile
import xml.dom.minidom

SHOWN = {c: '⟨U+%04X⟩' % c for c in
         list(range(0x20)) + list(range(0x7f, 0xa0)) +
         list(range(0x202a, 0x202f)) + list(range(0x2066, 0x206a)) +
         [0x200b, 0x200e, 0x200f, 0xfeff]}
problems = []


def expect(what, ok):
    if not ok:
        problems.append(what)


def squeeze(text):
    """Without blanks, which each form sets in its own way, and with hidden
    characters as reports show them."""
    text = re.sub(r'[\s\u3000]+', '', text)
    return text.translate(SHOWN)


def facts(path):
    with open(path, encoding='utf-8') as f:
        return json.load(f)


def must_say(d):
    """Every text, digest and number that all forms have to show."""
    for f in d['findings']:
        yield f['fact']
        yield f['duty']
        yield f['id']
        for p in f['for'] + f['against']:
            yield p['text']
            yield p['before']
            yield p['after']
            yield p['sha256']
            yield '[%d,%d)' % tuple(p['code_points'])
            yield '[%d,%d)' % tuple(p['bytes'])
        for law in f['law']:
            yield law['source']
            yield law['text']
        for x in f['rebutted_by'] + f['other_readings'] + [f['remedy']]:
            yield x
        for o in f['review']['opinions']:
            yield o['by']
            yield o['note']
    for t in d['texts']:
        yield t['title']
        yield t['relation']
        for k in ('raw', 'text'):
            yield t[k]['sha256']
            yield t[k]['sm3']
        if t['capture']:
            yield t['capture']['url']
            yield t['capture']['final']
            yield t['capture']['payload']['sha256']
            yield t['capture']['payload']['sm3']
            yield str(t['capture']['offset'])
    for p in d['points']:
        yield p['duty']
        yield p['reason'] if p['verdict'] == 'cannot_tell' else p['where']
    for u in d['unknowns']:
        yield u['what']
        yield u['code']
    for s in d['sessions']:
        yield s['operator']
        for e in s['checks']:
            yield e['name']
            yield e['value']
    for f in d['faults']:
        yield f['what']
        yield f['why']
    for o in d['objects']:
        yield o['digest']['sha256']
        yield o['digest']['sm3']
    for k in ('method', 'maker', 'proves'):
        yield d['making'][k]
    for k in ('head', 'merkle_root'):
        yield d['custody'][k]
    yield d['tool']['rules_sha256']
    yield d['case']['title']
    yield d['case']['number']
    yield d['case']['report']


def all_said(where, text, d):
    text = squeeze(text)
    seen = 0
    for s in must_say(d):
        if not s:
            continue
        seen += 1
        expect('%s lacks: %s' % (where, s[:120]), squeeze(s) in text)
    expect('nothing was looked for', seen > 100)


class Page(html.parser.HTMLParser):
    """Text, headings, ids, links and tables of a page."""

    def __init__(self):
        super().__init__()
        self.text, self.tags, self.ids, self.hrefs = [], {}, set(), []
        self.attributes, self.skip, self.captions = set(), 0, 0

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.skip += tag in ('style', 'script', 'title')
        for k, v in attrs:
            self.attributes.add(k)
            if k == 'id':
                expect('id %s is there twice' % v, v not in self.ids)
                self.ids.add(v)
            if k == 'href':
                self.hrefs.append(v)

    def handle_endtag(self, tag):
        self.skip -= tag in ('style', 'script', 'title')

    def handle_data(self, data):
        if self.skip == 0:
            self.text.append(data)


def read_page(path):
    page = Page()
    with open(path, encoding='utf-8') as f:
        source = f.read()
    page.feed(source)
    return page, source


def check_html(path, facts_path):
    page, source = read_page(path)
    d = facts(facts_path)
    all_said('HTML', ''.join(page.text), d)
    expect('one h1', page.tags.get('h1') == 1)
    expect('main', page.tags.get('main') == 1)
    expect('every table has a caption',
           page.tags.get('table') == page.tags.get('caption'))
    for tag in ('script', 'iframe', 'img', 'object', 'embed', 'form', 'link',
                'base', 'b'):
        expect('<%s> is there' % tag, tag not in page.tags)
    expect('an event handler is there',
           not any(a.startswith('on') for a in page.attributes))
    expect('no src', 'src' not in page.attributes)
    for h in page.hrefs:
        if h.startswith('#'):
            expect('%s leads nowhere' % h, h[1:] in page.ids)
        else:
            expect('%s is no address' % h[:60],
                   re.match(r'https?://|data:image/(png|jpeg);base64,', h))
    expect('raw control character',
           not re.search('[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]',
                         source))
    expect('the policy is there', "default-src 'none'" in source)
    expect('@page', '@page' in source)
    for hostile in ('<script>alert(1)</script>', '=HYPERLINK("http://evil',
                    '委托⟨U+202E⟩人⟨U+001B⟩[31m', '证明“刷脸付”的规则<b>'):
        expect('%s is not shown' % hostile,
               squeeze(hostile) in squeeze(''.join(page.text)))


def check_docx(path, mammoth, facts_path):
    d = facts(facts_path)
    with zipfile.ZipFile(path) as z:
        expect('zip', z.testzip() is None)
        names = z.namelist()
        expect('content types come first', names[0] == '[Content_Types].xml')
        for n in names:
            if n.endswith(('.xml', '.rels')):
                xml.dom.minidom.parseString(z.read(n))
        body = z.read('word/document.xml').decode()
        styles = z.read('word/styles.xml').decode()
        for s in set(re.findall(r'<w:(?:p|r|tbl)Style w:val="(\w+)"', body)):
            expect('style %s is missing' % s, 'w:styleId="%s"' % s in styles)
        rels = z.read('word/_rels/document.xml.rels').decode()
        for r in set(re.findall(r'r:(?:id|embed)="(\w+)"', body)):
            expect('relation %s is missing' % r, 'Id="%s"' % r in rels)
        for a in set(re.findall(r'w:anchor="(\w+)"', body)):
            expect('anchor %s is missing' % a, 'w:name="%s"' % a in body)
        expect('fonts for Chinese', 'w:eastAsia="宋体"' in styles)
        expect('page numbers', 'NUMPAGES' in z.read('word/footer1.xml').decode())
        expect('fields', 'instrText' not in body)
    page, _ = read_page(mammoth)
    all_said('DOCX', ''.join(page.text), d)
    expect('tables: %s' % page.tags.get('table'),
           page.tags.get('table', 0) > len(d['findings']))
    expect('headings', page.tags.get('h1', 0) >= 8 and
           page.tags.get('h2', 0) >= len(d['findings']))
    expect('script', 'script' not in page.tags)


def check_pdf(path, facts_path):
    with open(path, encoding='utf-8') as f:
        text = f.read()
    d = facts(facts_path)
    # Heads and feet of pages may stand between two halves of a text.
    pages = text.split('\f')
    expect('pages are numbered', any(
        re.search(r'第\s*2\s*页|Page\s*2', p) for p in pages))
    lines = []
    for p in pages:
        kept = [x for x in p.split('\n') if not re.match(
            r'faceaudit\d+\.\d|人脸识别合规取证报告案号|'
            r'Facerecognitionevidencereport·case', squeeze(x))]
        lines.append('\n'.join(kept))
    joined = '\n'.join(lines) + d['case']['report']
    all_said('PDF', joined, d)


def check_law(path):
    d = facts(path)
    laws = [x for f in d['findings'] for x in f['law']]
    own = [x for x in laws if x['code'] == 'FRM']
    ten = [x for x in own if x['article'].startswith('10(')]
    expect('article 10 is quoted', ten and all(
        x['text'] == '第十条　为测试而写的第十条第一款，不是官方文本。\n　　'
        '第二款也是为测试而写。' for x in ten))
    expect('with its digest', all(
        len(x['digest']['sha256'] or '') == 64 for x in ten))
    expect('a file that does not name the instrument is pointed out',
           not any(x['file_names_it'] for x in ten))
    expect('an article that is not in the file has no words', all(
        x['text'] is None for x in own
        if not re.match(r'(1|10|11)(\(|$)', x['article'])))
    expect('an instrument without a file has no words', all(
        x['text'] is None for x in laws if x['code'] != 'FRM'))


def check_two(path, finding):
    d = facts(path)
    first, later = d['sessions']
    expect('operators', [first['operator'], later['operator']] ==
           ['张三', '赵六'] and '张三、赵六' in d['making']['maker'])
    expect('checks', len(first['checks']) > 10 and
           len(later['checks']) + later['as_in_the_first'] ==
           len(first['checks']))
    expect('commands', '赵六' in later['argv'])
    seconds = [s for t in d['texts'] if t['capture']
               for s in t['capture']['seconds']]
    expect('a second look at the same server', seconds and not any(
        s['apart'] for s in seconds))
    said = [o for f in d['findings'] if f['id'] == finding
            for o in f['review']['opinions'] if o['by'] == '张三']
    expect('what was said first', [(o['state'], o['superseded'])
                                   for o in said] ==
           [('rejected', True), ('confirmed', False)])
    expect('the operator reviewed', d['making']['reviewed_by_operator'])
    expect('no faults', not d['faults'])


def check_axe(path):
    with open(path, encoding='utf-8') as f:
        m = re.search(r'<pre id="axe">(.*?)</pre>', f.read(), re.S)
    expect('axe-core did not run', m)
    if m:
        for x in json.loads(html.unescape(m.group(1))):
            problems.append(x)


{'html': check_html, 'pdf': check_pdf, 'docx': check_docx, 'law': check_law,
 'two': check_two, 'axe': check_axe}[sys.argv[1]](*sys.argv[2:])
for p in problems[:20]:
    print(p)
sys.exit(1 if problems else 0)
