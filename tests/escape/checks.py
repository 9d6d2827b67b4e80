"""One check per format: the text is inert. Each gives a list of problems."""
import csv
import html.parser
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree
import zipfile

# What no report may hold raw: controls, bidirectional and invisible
# characters, line separators. JSON may hold them escaped.
HIDDEN = re.compile(
    '[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e'
    '\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]')
SGR = re.compile(r'\x1b\[[0-9;]*m')


def decode(data, problems):
    try:
        return data.decode('utf-8')
    except UnicodeDecodeError as e:
        problems.append(f'no UTF-8 at {e.start}: {data[e.start - 20:e.end + 9]!r}')
        return data.decode('utf-8', 'replace')


def hidden(text, problems, colour=False):
    if colour:
        text = SGR.sub('', text)
    m = HIDDEN.search(text)
    if m:
        near = text[max(0, m.start() - 40):m.end() + 20]
        problems.append(f'U+{ord(m.group()):04X} in {near!r}')


def plain(data, colour=False):
    """Text for a terminal or a log: no line of it is forged."""
    problems = []
    text = decode(data, problems)
    hidden(text, problems, colour)
    for line in SGR.sub('', text).split('\n'):
        if re.match(r'(FORGED|::|##\w)', line):
            problems.append(f'a forged line: {line[:60]!r}')
    return problems


class Page(html.parser.HTMLParser):
    """Elements and texts as a browser sees them."""

    TAGS = set('html head meta title style body a header div h1 h2 h3 h4 h5 p '
               'dl dt dd nav ul ol li main section article table caption '
               'colgroup col thead tbody tfoot tr th td details summary span '
               'b i code pre blockquote figure figcaption mark ins del footer '
               'svg g rect line path circle text tspan title desc polyline '
               'polygon defs marker clippath image use symbol br hr strong em '
               'small sup sub time abbr label input select option button form '
               'fieldset legend img q cite script noscript output kbd samp '
               'address aside dfn wbr var linearGradient pattern'.lower()
               .split())

    def __init__(self, scripts=0):
        super().__init__(convert_charrefs=True)
        self.problems, self.texts, self.scripts = [], [], scripts

    def handle_starttag(self, tag, attrs):
        if tag == 'link':
            self.stylesheet(dict(attrs))
        elif tag not in self.TAGS:
            self.problems.append(f'element <{tag}>')
        if tag == 'script':
            self.scripts -= 1
            if self.scripts < 0:
                self.problems.append('a script')
        for name, value in attrs:
            value = value or ''
            if name.startswith('on'):
                self.problems.append(f'{tag} has {name}={value[:40]!r}')
            if name in ('href', 'src', 'action', 'xlink:href'):
                bad = re.match(r'\s*(javascript|vbscript)\s*:', value, re.I)
                if bad or 'evil' in value:
                    self.problems.append(f'{tag} leads to {value[:60]!r}')
                if tag in ('img', 'script', 'link', 'image', 'use') and \
                        re.match(r'(https?:)?//', value):
                    self.problems.append(f'{tag} loads {value[:60]!r}')
            if not re.match(r'[a-z][a-zA-Z0-9:-]*$', name):
                self.problems.append(f'{tag} has an attribute {name!r}')
            self.texts.append(value)

    def stylesheet(self, attrs):
        """One of its own, beside the page."""
        if attrs.get('rel') != 'stylesheet' or not re.match(
                r'(\.\./)*[\w./-]+\.css$', attrs.get('href', '')):
            self.problems.append(f'a link {attrs}')

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.problems.append(f'a comment {data[:40]!r}')

    def unknown_decl(self, data):
        self.problems.append(f'a declaration {data[:40]!r}')

    def handle_pi(self, data):
        self.problems.append(f'an instruction {data[:40]!r}')


def page(data, scripts=0):
    """HTML: problems, and all its text."""
    problems = []
    text = decode(data, problems)
    hidden(text, problems)
    p = Page(scripts)
    p.feed(text)
    p.close()
    return problems + sorted(set(p.problems))[:8], '\n'.join(p.texts)


def xml_part(data):
    problems = []
    text = decode(data, problems)
    hidden(text, problems)
    if shutil.which('xmllint'):
        r = subprocess.run(['xmllint', '--noout', '--nonet', '-'], input=data,
                           capture_output=True)
        if r.returncode:
            problems.append(r.stderr.decode('utf-8', 'replace')[:300])
    try:
        root = xml.etree.ElementTree.fromstring(data)
    except xml.etree.ElementTree.ParseError as e:
        return problems + [str(e)]
    for e in root.iter():
        tag = e.tag.split('}')[-1].lower()
        if tag in ('script', 'foreignobject', 'iframe', 'handler'):
            problems.append(f'element <{tag}>')
        for name, value in e.attrib.items():
            if re.match(r'on\w', name.split('}')[-1]):
                problems.append(f'{tag} has {name}={value[:40]!r}')
            if name.endswith('href') and not re.match(r'#|data:image/', value):
                problems.append(f'{tag} leads to {value[:60]!r}')
    return problems


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for k, v in value.items():
            yield k
            yield from strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)


def no_twins(pairs):
    keys = [k for k, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError('a key twice')
    return dict(pairs)


def json_text(data, lines=False):
    """Strict JSON, hidden characters only escaped: problems, strings."""
    problems, found = [], []
    text = decode(data, problems)
    hidden(text, problems)
    for part in text.splitlines() if lines else [text]:
        if not part.strip():
            continue
        try:
            found += strings(json.loads(part, object_pairs_hook=no_twins))
        except ValueError as e:
            problems.append(f'{e}: {part[:80]!r}')
    return problems, found


def cell_problem(cell, where):
    if re.match('[=+@\t\r\n-]|＝|＋|－|＠', cell) and \
            not re.match(r'[-+]?\d+(\.\d+)?$', cell):
        return [f'{where} begins like a formula: {cell[:40]!r}']
    return []


def table(data):
    """CSV (RFC 4180): problems, cells."""
    problems = []
    text = decode(data, problems).lstrip('\ufeff')
    hidden(text.replace('\r\n', '\n'), problems)
    rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    wide = {len(r) for r in rows}
    if len(wide) != 1:
        problems.append(f'rows of {sorted(wide)} cells')
    for n, r in enumerate(rows):
        for c in r:
            problems += cell_problem(c, f'row {n + 1}')
    return problems[:8], [c for r in rows for c in r]


COMMAND = re.compile(r'::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)'
                     r'(?:,[a-zA-Z]+=[^,:]*)*)::(.*)')
PROPERTIES = {'file', 'line', 'endLine', 'col', 'endColumn', 'title'}


def commands(data):
    """Workflow commands of GitHub, as its runner reads them, and nothing
    else: problems, all texts."""
    problems, texts = [], []
    text = decode(data, problems)
    hidden(text, problems)
    for line in text.split('\n')[:-1]:
        m = COMMAND.fullmatch(line)
        if not m:
            problems.append(f'no command: {line[:80]!r}')
            continue
        values = dict(p.split('=', 1) for p in m.group(2).split(','))
        if not set(values) <= PROPERTIES:
            problems.append(f'properties {sorted(values)}')
        for s in list(values.values()) + [m.group(3)]:
            if re.search('%(?!25|0A|0D|3A|2C)', s):
                problems.append(f'a bare %: {s[:60]!r}')
            for code, sign in (('%0D', '\r'), ('%0A', '\n'), ('%3A', ':'),
                               ('%2C', ','), ('%25', '%')):
                s = s.replace(code, sign)
            texts.append(s)
    return problems[:8], '\n'.join(texts)


def spans(line):
    """Parts a line of Markdown at its code spans (CommonMark 6.1): texts
    outside, contents."""
    outside, inside, at = '', [], 0
    for m in re.finditer('`+', line):
        if m.start() < at:
            continue
        end = re.compile(f'(?<!`){m.group()}(?!`)').search(line, m.end())
        if not end:
            continue
        outside += line[at:m.start()]
        inside.append(line[m.end():end.start()])
        at = end.end()
    return outside + line[at:], inside


def markdown(data):
    """Markdown: outside of code spans only text, headings, lists and a table
    of numbers: problems, all texts."""
    problems, texts = [], []
    text = decode(data, problems)
    hidden(text, problems)
    for line in text.split('\n'):
        outside, inside = spans(line)
        texts += [outside] + inside
        if line and not re.match(r'(## |### |- |  - |\| .* \| |'
                                 r'[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f])',
                                 line):
            problems.append(f'a line of another kind: {line[:60]!r}')
        body = re.sub(r'^(#+|  -|-|\|.*\|$)', '', outside)
        m = re.search(r'[<>@#*_~`\\\[\]!|&]|://|www\.|GH-\d', body, re.I)
        if m:
            problems.append(f'{m.group()!r} in {body[:60]!r}')
    return problems[:8], '\n'.join(texts)


def package(data, name):
    """XLSX and DOCX: every part is XML, no cell is a formula or a link that a
    document wrote."""
    problems, texts = [], []
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        bad = z.testzip()
        if bad:
            problems.append(f'{bad} is damaged')
        for part in z.namelist():
            body = z.read(part)
            if part.startswith('/') or '..' in part:
                problems.append(f'a part is called {part!r}')
            if not part.endswith(('.xml', '.rels')):
                continue
            problems += [f'{part}: {p}' for p in xml_part(body)]
            text = body.decode('utf-8', 'replace')
            if name == 'xlsx' and re.search(r'<f[ >]', text):
                problems.append(f'{part}: a formula')
            for field in re.findall(r'<w:instrText[^>]*>([^<]*)<|'
                                    r'w:fldSimple[^>]*w:instr="([^"]*)"', text):
                if not re.match(r'\s*(PAGE|NUMPAGES)\s*$', ''.join(field)):
                    problems.append(f'{part}: a field {field}')
            for target in re.findall(r'Target="([^"]*)"', text):
                if 'evil' in target or target.startswith('javascript'):
                    problems.append(f'{part}: a link to {target}')
            texts.append(html_unescape(re.sub(r'<[^>]*>', '\n', text)))
    return problems[:8], '\n'.join(texts)


def html_unescape(s):
    import html
    return html.unescape(s)
