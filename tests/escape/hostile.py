"""Text that wants to be obeyed. Every piece stands between marks, so that a
test can see that it arrived: MARK(name) + piece + END(name)."""

# name -> bytes. What is no UTF-8 is here, too.
PIECES = {
    'tag': b'<b onclick=alert(1)>x</b>',
    'script': b'</script><script>alert(1)</script>',
    'style': b'</style><style>*{display:none}</style>',
    'title': b'</title><svg onload=alert(1)>',
    'image': b'"><img src=x onerror=alert(1)>',
    'attribute': b"' onmouseover='alert(1)' x=\" onfocus=\"alert(2)",
    'comment': b'--><!-- x -->',
    'cdata': b']]><x/><![CDATA[',
    'entity': b'&lt;b&gt;&amp;&#60;i&#62;',
    'colour': b'\x1b[31;1m',
    'window': b'\x1b]0;owned\x07',
    'link': b'\x1b]8;;http://evil.example/\x1b\\here\x1b]8;;\x1b\\',
    'c1': '\u009b2J\u0090x\u009c'.encode(),
    'bell': b'\x07\x08\x0b\x0c\x7f',
    'return': b'\rFORGED',
    'newline': b'\nFORGED: error',
    'separator': '\u2028FORGED\u2029FORGED\u0085FORGED'.encode(),
    'bidi': '\u202egpj.exe\u202c\u2066\u2067\u2069\u200f\u061c'.encode(),
    'invisible': '\u200b\u200d\u2060\ufeff\u00ad\u180e\u3164'.encode(),
    'tagged': '\U000e0001\U000e0041\U000e007f'.encode(),
    'command': b'%0A::error file=a::FORGED',
    'command2': b'\n::error file=a::FORGED',
    'command3': b'##vso[task.setvariable]FORGED',
    'format': b'%s%n%99999d%x',
    'equals': b'=1+1|cmd',
    'shell': b'$(touch FORGED)`touch FORGED`;touch FORGED',
    'nul': b'\x00',
    'bad': b'\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80',
    'template': b'{{7*7}}${7*7}<%= 1 %>',
    'mention': b'@everyone @org/team GH-1 #1 www.evil.example',
    'backticks': b'` `` ``` <b>',
    'markdown': b'![x](//evil.example/x.png)[x](//evil.example) **x** |a|b|',
    'fence': b'\n```\n<img src=//evil.example/x>\n',
}
# Cells of a spreadsheet are dangerous by how they begin.
CELLS = {
    'cell-equals': '=1+1', 'cell-plus': '+1', 'cell-minus': '-1+1',
    'cell-at': '@SUM(1)', 'cell-tab': '\t=1', 'cell-return': '\r=1',
    'cell-newline': '\n=1', 'cell-pipe': '=cmd|x!A', 'cell-wide': '＝1+1',
    'cell-quote': '"=1+1"', 'cell-comma': '",=1+1,"',
}


def mark(name):
    return 'M' + name.replace('-', '').upper() + 'Q'


def end(name):
    return 'W' + name.replace('-', '').upper() + 'E'


def wrapped(name, piece=None):
    """The piece between its marks, as bytes."""
    piece = PIECES[name] if piece is None else piece
    return mark(name).encode() + piece + end(name).encode()


def text(name):
    """... as text, malformed bytes replaced."""
    return wrapped(name).decode('utf-8', 'replace')


def visible_in(out, name):
    """Does a readable text show the piece from end to end?"""
    at = out.find(mark(name))
    return at >= 0 and out.find(end(name), at) >= 0
