"""The odd part of the world: one host with a name of its own for everything
that servers do wrong, and what has to come of it. Outcomes are the names of
faceaudit-store(5); a|b where a standard leaves it open."""
import acts
import odd_robots
import text
from acts import redirect
from model import FORBIDDEN, SITE, Page

HTML = 'text/html; charset=utf-8'
POLICY = '/privacy.html'
PDF = b'%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n'
PNG = (b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15'
       b'\xc4\x89\0\0\0\0IEND\xaeB`\x82')


class Odd:
    """Makes hosts and their targets; their names go round the addresses."""

    def __init__(self, world, writer, addresses):
        self.world = world
        self.writer = writer
        self.addresses = addresses
        self.made = 0

    def host(self, name, **how):
        addr = self.addresses[self.made % len(self.addresses)]
        self.made += 1
        return self.world.host(f'{name}.{SITE}', addr, **how)

    def policy(self, name, kind='silent', **how):
        how.setdefault('size', 6000)
        return self.writer.policy(name, kind, **how)

    def page(self, name, **how):
        """A good policy."""
        return Page(self.policy(name), media=HTML, coding='gzip', valid='em',
                    **how)

    def target(self, host, outcome, url=None, final=None):
        """One target; final is what becomes of its first URL."""
        url = url or self.world.url(host, POLICY)
        name = host.name.split('.')[0]
        t = self.world.target(f'com.world.{name}', outcome, policy=url)
        return t.expect(url, 'policy', final or outcome)

    def scene(self, name, outcome, page, **how):
        """A host whose only page is page."""
        host = self.host(name, **how)
        host.robots('', status=404)
        host.add(POLICY, page)
        self.target(host, outcome)
        return host

    def act(self, name, outcome, act):
        return self.scene(name, outcome, Page(act=act))


def answers(o):
    """No answer, half of one, too much of one."""
    body = o.policy('broken')
    for name, outcome, act in (
            ('slow-body', 'timeout', acts.SLOW_BODY),
            ('slow-head', 'timeout', acts.SLOW_HEAD),
            ('silent', 'timeout', acts.silent),
            ('endless-body', 'too_large', acts.ENDLESS_BODY),
            ('endless-chunks', 'too_large', acts.ENDLESS_CHUNKS),
            ('huge-length', 'too_large', acts.HUGE_LENGTH),
            ('bomb', 'too_large', acts.compressed(acts.bomb())),
            ('truncated', 'truncated', acts.TRUNCATED),
            ('cut-chunks', 'truncated', acts.CUT_CHUNKS),
            ('bad-chunk', 'bad_http', acts.BAD_CHUNK),
            ('broken-gzip', 'bad_coding', acts.broken_gzip(body)),
            ('cut-gzip', 'bad_coding|truncated', acts.cut_gzip(body)),
            ('not-gzip', 'ok|bad_coding', acts.compressed(body)),
            ('reset', 'reset', acts.reset),
            ('empty', 'reset', acts.EMPTY),
            ('huge-header', 'bad_http', acts.HUGE_HEADER),
            ('many-headers', 'bad_http', acts.MANY_HEADERS),
            ('http09', 'bad_http', acts.HTTP09),
            ('garbage', 'bad_http', acts.GARBAGE)):
        o.act(name, outcome, act)
    o.scene('unknown-coding', 'bad_coding', Page(
        body, media=HTML, headers=[('Content-Encoding', 'x-secret')]))
    o.scene('deflate', 'ok', Page(body, media=HTML, coding='deflate'))


def statuses(o):
    for code, outcome in (
            (401, 'blocked'), (403, 'blocked'), (407, 'blocked'),
            (451, 'blocked'), (404, 'gone'), (410, 'gone'),
            (400, 'http_error'), (418, 'http_error'), (204, 'http_error'),
            (206, 'http_error'), (500, 'server_error'),
            (502, 'server_error'), (503, 'server_error')):
        o.act(f's{code}', outcome, acts.status(code))
    for name, times, trouble in (
            ('flaky-503', 2, acts.status(503)),
            ('flaky-500', 2, acts.status(500)),
            ('flaky-reset', 2, acts.reset),
            ('flaky-truncated', 1, acts.TRUNCATED),
            ('busy-503', 2, acts.status(503, ('Retry-After', '1'))),
            ('busy-429', 1, acts.status(429, ('Retry-After', '1'))),
            ('busy-date', 1, acts.retry_date(429, 1))):
        o.act(name, 'ok', acts.first(times, trouble, o.page(name)))
    o.act('busy-always', 'blocked', acts.status(429))


def redirects(o):
    w = o.world
    for n in (1, 2, 3, 4, 5, 8):
        host = o.host(f'chain-{n}')
        host.robots('', status=404)
        for k in range(n):
            host.add(f'/hop{k}', redirect(f'/hop{k + 1}', (301, 302, 303, 307,
                                                          308)[k % 5]))
        host.add(f'/hop{n}', o.page(host.name))
        t = o.target(host, 'ok' if n <= 5 else 'too_many_redirects',
                     w.url(host, '/hop0'), 'redirect')
        if n <= 5:
            t.expect(w.url(host, f'/hop{n}'), 'policy', 'ok')
    loop = o.scene('loop', 'redirect_loop', redirect('/other'))
    loop.add('/other', redirect(POLICY))
    w.targets[-1].urls[0]['outcome'].append('redirect')
    for name, page in (('loop-self', redirect(POLICY)),
                       ('cookie', acts.cookie_check(POLICY))):
        o.scene(name, 'redirect_loop', page)
        w.targets[-1].urls[0]['outcome'].append('redirect')
    for name, location in (
            ('to-file', 'file:///etc/passwd'), ('to-none', None),
            ('to-gopher', f'gopher://{FORBIDDEN}:{w.ports["http"]}/_x'),
            ('to-script', 'javascript:alert(1)'), ('to-bad', 'http://[::/')):
        o.scene(name, 'bad_redirect|bad_url', redirect(location))
        w.targets[-1].urls[0]['outcome'].append('redirect')
    for name, outcome, location, final in (
            ('to-forbidden', 'forbidden_address',
             f'http://{FORBIDDEN}:{w.ports["http"]}/x', None),
            ('to-number', 'forbidden_address',
             f'http://2130706632:{w.ports["http"]}/x', None),
            ('to-missing', 'gone', '/nothing', '/nothing'),
            ('to-private', 'robots', '/private/policy.html', None),
            ('to-fragment', 'ok', '/policy.html#part', '/policy.html'),
            ('to-utf8', 'ok', '/隐私 政策.html',
             '/%E9%9A%90%E7%A7%81%20%E6%94%BF%E7%AD%96.html')):
        host = o.host(name)
        host.robots('User-agent: *\nDisallow: /private/\n',
                    [(False, '/private/')])
        host.add(POLICY, redirect(location))
        t = o.target(host, outcome, final='redirect')
        if outcome == 'ok':
            host.add(final, o.page(name))
            t.expect(w.url(host, final), 'policy', 'ok')


def network(o):
    """Names, ports and certificates."""
    w = o.world
    o.scene('tls-good', 'ok', o.page('tls-good'), https=True)
    t = w.target('com.world.nowhere', 'dns', policy='http://x.invalid/p.html')
    t.expect(t.policy, 'policy', 'dns')
    for name, outcome, scheme, port in (
            ('refused', 'refused', 'http', 'dead'),
            ('tls-name', 'tls', 'https', 'wrong'),
            ('tls-expired', 'tls', 'https', 'expired'),
            ('tls-unknown', 'tls', 'https', 'unknown'),
            ('tls-none', 'tls', 'https', 'http'),
            ('tls-only', 'reset|bad_http', 'http', 'tls')):
        host = o.host(name)
        o.target(host, outcome, w.url(host, POLICY, scheme, w.ports[port]))


def kinds(o):
    """Pages without the text that was looked for."""
    for name, outcome, body, media in (
            ('shell', 'empty_shell', text.SHELL, HTML),
            ('login', 'login_wall', text.LOGIN, HTML),
            ('captcha', 'blocked', text.CAPTCHA, HTML),
            ('soft-404', 'not_a_policy', text.MISSING, HTML),
            ('news', 'not_a_policy', text.NEWS, HTML),
            ('pdf', 'unsupported_type', PDF, 'application/pdf'),
            ('image', 'unsupported_type', PNG, 'image/png'),
            ('zip', 'unsupported_type', b'PK\3\4' + bytes(60),
             'application/zip'),
            ('no-bytes', 'empty_shell|not_a_policy|unsupported_type', b'',
             HTML),
            ('no-type', 'ok', o.policy('no-type'), ''),
            ('utf16', 'ok', ('\ufeff' + o.policy(
                'utf16', meta=False).decode()).encode('utf-16-le'),
             'text/html'),
            ('text', 'ok', '\n'.join(
                ['示例应用隐私政策'] + [s for _, p in text.TOPICS for s in p]
            ).encode(), 'text/plain; charset=utf-8')):
        o.scene(name, outcome, Page(body, media=media))


def listings(o):
    """Pages of made-up stores; they name the policy, or do not."""
    w = o.world
    host = o.host('store')
    host.robots('User-agent: *\nAllow: /app/\nDisallow: /search\n',
                [(True, '/app/'), (False, '/search')])
    for n, words in enumerate(('隐私政策', '《隐私政策》', '应用隐私政策', '查看隐私协议',
                               '隐私权政策')):
        path, name = f'/policies/{n}.html', f'l{n}'
        host.add(path, Page(o.policy(name, 'violation'), media=HTML,
                            coding='gzip', valid='em'))
        host.add(f'/app/{n}', Page(text.listing(
            name, f'<a href="{path}">{words}</a>'), media=HTML, valid='e'))
        t = w.target(f'com.world.{name}', 'ok', face='violation',
                     listing=w.url(host, f'/app/{n}'))
        t.expect(t.listing, 'listing', 'ok')
        t.expect(w.url(host, path), 'policy', 'ok')
    host.add('/app/none', Page(text.listing('none', ''), media=HTML))
    t = w.target('com.world.unlinked', 'no_policy_link',
                 listing=w.url(host, '/app/none'))
    t.expect(t.listing, 'listing', 'ok|no_policy_link')
    t = w.target('com.world.withdrawn', 'gone',
                 listing=w.url(host, '/app/missing'))
    t.expect(t.listing, 'listing', 'gone')
    home = o.host('home')
    home.robots('', status=404)
    home.add('/', Page(text.doc('示例科技', '<h1>示例科技有限公司</h1><p>欢迎光临</p>'
                                '<a href="/law/privacy">隐私政策</a>'),
                       media=HTML))
    home.add('/law/privacy', o.page('home'))
    t = w.target('com.world.home', 'ok', listing=w.url(home, '/'))
    t.expect(w.url(home, '/law/privacy'), 'policy', 'ok')
    w.target('com.world.unheard', 'no_url', store='nostore')


def related(o):
    """Links of a policy that must not, or cannot, be followed."""
    w = o.world
    host = o.host('links')
    host.robots('', status=404)
    third = w.url(host, '/third/policy.html')
    host.add('/third/policy.html', o.page('third'))
    w.never.append(third)
    table = (f'<table><tr><th>SDK名称</th><th>链接</th></tr><tr><td>推送SDK'
             f'</td><td><a href="{third}">推送SDK隐私政策</a></td></tr></table>')
    # Of the same site, or nobody would follow it.
    trap = w.url(w.host(f'inner.{SITE}', FORBIDDEN), '/children.html')
    body = o.policy('links', links=[
        ('《儿童个人信息保护规则》', trap), ('《用户协议》', '/missing.html'),
        ('应用权限清单', 'javascript:void(0)')]).replace(
            b'</body>', table.encode() + b'</body>')
    host.add(POLICY, Page(body, media=HTML))
    t = o.target(host, 'ok')
    t.expect(trap, 'children', 'forbidden_address')
    t.expect(w.url(host, '/missing.html'), 'agreement', 'gone')


def sharing(o, addr):
    """Many hosts on one address."""
    for n in range(12):
        host = o.world.host(f'shared{n}.{SITE}', addr)
        host.robots('User-agent: *\nAllow: /\n')
        for k in range(3):
            path = f'/{k}{POLICY}'
            host.add(path, o.page(f'shared{n}-{k}', latency=0.02))
            url = o.world.url(host, path)
            o.world.target(f'com.world.shared{n}.p{k}', 'ok',
                           policy=url).expect(url, 'policy', 'ok')


def build(world, writer, addresses):
    o = Odd(world, writer, addresses)
    for part in (answers, statuses, redirects, network, kinds, listings,
                 related, odd_robots.build):
        part(o)
    sharing(o, addresses[-1])
