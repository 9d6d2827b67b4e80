"""robots.txt in all its forms (RFC 9309)."""
import acts
from model import FORBIDDEN, Page

POLICY = '/privacy.html'
DENY_ALL = [(False, '/')]
PRIVATE = [(False, '/private/')]

# name, text of robots.txt, what it means, outcomes of /privacy.html and of
# /private/policy.html
TEXTS = (
    ('allow', 'User-agent: *\nAllow: /\n', [], 'ok', 'ok'),
    ('empty', '', [], 'ok', 'ok'),
    ('all', 'User-agent: *\nDisallow: /\n', DENY_ALL, 'robots', 'robots'),
    ('some', 'User-agent: *\nDisallow: /private/\n', PRIVATE, 'ok', 'robots'),
    ('longest', 'User-agent: *\nDisallow: /private/\nAllow: /private/policy\n',
     [(False, '/private/'), (True, '/private/policy')], 'ok', 'ok'),
    ('star', 'User-agent: *\nDisallow: /*/policy.html$\n',
     [(False, '/private/policy.html')], 'ok', 'robots'),
    ('bom', '\ufeffUser-agent: *\nDisallow: /private/\n', PRIVATE, 'ok',
     'robots'),
    ('cr', 'User-agent: *\rDisallow: /private/\r', PRIVATE, 'ok', 'robots'),
    ('us', 'User-agent: *\nDisallow:\n\nUser-agent: FaceAudit\n'
     'Disallow: /private/\n', PRIVATE, 'ok', 'robots'),
    ('others', 'User-agent: Googlebot\nUser-agent: Baiduspider\n'
     'Disallow: /\n\nUser-agent: *\nDisallow: /tmp/\n', [], 'ok', 'ok'),
    ('not-star', 'User-agent: faceaudit\nAllow: /\n\nUser-agent: *\n'
     'Disallow: /\n', [], 'ok', 'ok'),
    ('spread', 'User-agent: faceaudit\nDisallow: /a/\n\nUser-agent: x\n'
     'Disallow: /\n\nUser-agent: faceaudit\nDisallow: /private/\n', PRIVATE,
     'ok', 'robots'),
    ('encoded', 'User-agent: *\nDisallow: /%70rivate/\n', PRIVATE, 'ok',
     'robots'),
    ('html', '<!DOCTYPE html><html><body>首页</body></html>', [], 'ok', 'ok'),
    ('garbage', bytes(range(1, 256)) * 40, [], 'ok', 'ok'),
    ('huge', 'User-agent: *\nDisallow: /private/\n' + '# filler\n' * 200000,
     PRIVATE, 'ok', 'robots'),
)


def pair(o, host, open_outcome, private_outcome):
    """Two targets: a policy in the open, and one under /private/."""
    name = host.name.split('.')[0]
    for path, outcome in ((POLICY, open_outcome),
                          ('/private/policy.html', private_outcome)):
        host.add(path, o.page(name + path))
        url = o.world.url(host, path)
        part = 'private' if 'private' in path else 'open'
        o.world.target(f'com.world.{name}.{part}', outcome,
                       policy=url).expect(url, 'policy', outcome)


def answers(o):
    """robots.txt that is not simply there."""
    w = o.world
    for code, deny in ((401, []), (403, []), (410, []), (429, None),
                       (500, DENY_ALL), (503, DENY_ALL)):
        host = o.host(f'robots-{code}')
        host.robots('no', status=code, deny=deny or [])
        # RFC 9309 2.3.1.3 counts 429 among "unavailable"; who takes it for
        # "unreachable" is more careful, and within its right.
        outcome = 'robots' if deny else 'ok' if deny == [] else 'ok|robots'
        pair(o, host, outcome, outcome)
    for name, act, why in (('reset', acts.reset, 'reset'),
                           ('truncated', acts.TRUNCATED, 'truncated'),
                           ('silent', acts.silent, 'timeout')):
        host = o.host(f'robots-{name}')
        host.add('/robots.txt', Page(act=act, robots=True))
        host.deny = DENY_ALL
        pair(o, host, f'robots|{why}', f'robots|{why}')
    host = o.host('robots-flaky')
    host.add('/robots.txt', Page(robots=True, act=acts.first(
        1, acts.status(503), Page(b'User-agent: *\nDisallow: /private/\n',
                                  media='text/plain'))))
    host.deny = PRIVATE
    pair(o, host, 'ok', 'robots')
    host = o.host('robots-forbidden')
    host.robots('', status=302, headers=[
        ('Location', f'http://{FORBIDDEN}:{w.ports["http"]}/robots.txt')],
        deny=DENY_ALL)
    pair(o, host, 'robots|forbidden_address', 'robots|forbidden_address')


def moved(o):
    """robots.txt behind redirects, here and elsewhere (RFC 9309 2.3.1.2)."""
    w = o.world
    rules = Page(b'User-agent: *\nDisallow: /private/\n', media='text/plain',
                 robots=True)
    away = o.host('robots-elsewhere')
    away.robots('', status=404)
    away.add('/common.txt', rules)
    for name, hops in (('robots-moved', 1), ('robots-moved-5', 5)):
        host = o.host(name)
        host.robots('', status=301, headers=[('Location', '/r1')])
        for n in range(1, hops):
            host.add(f'/r{n}', Page(status=302, media='', robots=True,
                                    headers=[('Location', f'/r{n + 1}')]))
        host.add(f'/r{hops}', rules)
        host.deny = PRIVATE
        pair(o, host, 'ok', 'robots')
    host = o.host('robots-away')
    host.robots('', status=302, headers=[
        ('Location', w.url(away, '/common.txt'))], deny=PRIVATE)
    pair(o, host, 'ok', 'robots')


def delays(o):
    """Crawl-delay, which is no part of the RFC but is asked for."""
    for name, text, delay_ms in (
            ('delay-half', '0.5', 500), ('delay-one', '1', 1000),
            ('delay-odd', 'soon', 0)):
        host = o.host(f'robots-{name}')
        host.robots(f'User-agent: *\nCrawl-delay: {text}\n'
                    'Disallow: /private/\n', PRIVATE, delay_ms)
        pair(o, host, 'ok', 'robots')
        for n in range(3):
            host.add(f'/{n}.html', o.page(f'{name}{n}'))
            url = o.world.url(host, f'/{n}.html')
            o.world.target(f'com.world.{name}.p{n}', 'ok',
                           policy=url).expect(url, 'policy', 'ok')


def build(o):
    for name, text, deny, open_outcome, private_outcome in TEXTS:
        host = o.host(f'robots-{name}')
        host.robots(text, deny)
        pair(o, host, open_outcome, private_outcome)
    answers(o)
    moved(o)
    delays(o)
