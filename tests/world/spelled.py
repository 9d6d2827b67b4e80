"""The forbidden address in hostile spellings: as target, and as what a page
redirects or links to. All of them stay within 127.0.0.0/8, should a guard
ever fail."""
import acts
from model import FORBIDDEN, SITE, Page

REFUSED = 'forbidden_address|bad_url|dns'
# A row without a usable URL may be left out of the list at once, or be kept
# as a target without one; a backslash may turn out to begin a path.
DIRECT = REFUSED + '|left_out|no_url|gone'
# A reference may also turn out to be a path on the host it came from.
BY_REDIRECT = REFUSED + '|bad_redirect|gone'

SPELLINGS = (
    'http://127.0.0.200:{p}/', 'HTTP://127.0.0.200:{p}/',
    'https://127.0.0.200:{q}/', 'http://127.200:{p}/',
    'http://127.0.200:{p}/', 'http://2130706632:{p}/',
    'http://6425673928:{p}/', 'http://0x7f0000c8:{p}/',
    'http://0x7f.200:{p}/', 'http://0X7F.0.0.0XC8:{p}/',
    'http://0177.0.0.0310:{p}/', 'http://0177.0.0.200:{p}/',
    'http://127.0.0.0310:{p}/', 'http://017700000310:{p}/',
    'http://127.000.000.200:{p}/', 'http://127.0.0.200.:{p}/',
    'http://[::ffff:127.0.0.200]:{p}/', 'http://[::ffff:7f00:c8]:{p}/',
    'http://[0:0:0:0:0:ffff:7f00:00c8]:{p}/',
    'http://[::FFFF:7F00:00C8]:{p}/',
    'http://a@127.0.0.200:{p}/', 'http://a:b@127.0.0.200:{p}/',
    'http://127.0.0.2:{p}@127.0.0.200:{p}/',
    'http://127.0.0.2%40127.0.0.200:{p}/',
    'http://127.0.0.200:{p}\\@127.0.0.2:{p}/',
    'http://127.0.0.2:{p}\\@127.0.0.200:{p}/',
    'http://127.0.0.200:{p}#@127.0.0.2:{p}/',
    'http://127.0.0.200:{p}?@127.0.0.2:{p}/',
    'http://127.0.0.200%00.{site}:{p}/', 'http://127.0.0.200%2f:{p}/',
    'http://１２７.0.0.200:{p}/', 'http://127。0。0。200:{p}/',
    'http://①②⑦.0.0.②⓪⓪:{p}/', 'http://%31%32%37.0.0.200:{p}/',
    'http://hidden.{site}:{p}/', 'http://HIDDEN.{site}.:{p}/',
    'https://hidden.{site}:{q}/', '//127.0.0.200:{p}/',
    '127.0.0.200:{p}/', 'http:127.0.0.200:{p}/', 'http:/127.0.0.200:{p}/',
    'http:///127.0.0.200:{p}/', 'http:\\\\127.0.0.200:{p}\\',
    'ftp://127.0.0.200:{p}/', 'gopher://127.0.0.200:{p}/_x',
    'dict://127.0.0.200:{p}/x', 'file://127.0.0.200/etc/passwd',
    'file:///etc/passwd', 'javascript:fetch("http://127.0.0.200:{p}/")',
    'http://127.0.0.200:{p}/\t', ' http://127.0.0.200:{p}/',
)


def all_of(ports):
    return [s.format(p=ports['http'], q=ports['tls'], site=SITE)
            for s in SPELLINGS]


def build(world, writer, addr):
    """Direct targets d0, d1 ..., redirects r0, r1 ..., and one policy that
    links to all of them, whose name may come to mean another address."""
    hidden = world.host(f'hidden.{SITE}', FORBIDDEN)
    hidden.robots('', status=404)
    host = world.host(f'spelled.{SITE}', addr)
    host.robots('', status=404)
    spelled = all_of(world.ports)
    for n, url in enumerate(spelled):
        world.target(f'com.world.d{n}', DIRECT, policy=url)
        host.add(f'/r{n}', acts.redirect(url, (301, 302, 307, 308)[n % 4]))
        world.target(f'com.world.r{n}', BY_REDIRECT,
                     policy=world.url(host, f'/r{n}'))
    # A page takes part in at most so many links; a few pages, then.
    for part in range(0, len(spelled), 8):
        body = writer.policy(f's{part}', 'silent', [
            ('《儿童个人信息保护规则》', u) for u in spelled[part:part + 8]
            if '"' not in u], 6000)
        host.add(f'/p{part}', Page(body, media='text/html; charset=utf-8'))
        world.target(f'com.world.p{part}', 'ok',
                     policy=world.url(host, f'/p{part}'))
    rebound = world.host(f'rebound.{SITE}', addr)
    rebound.robots('', status=404)
    rebound.add('/policy', Page(writer.policy('rebound', 'silent'),
                                media='text/html; charset=utf-8'))
    world.target('com.world.rebound', 'ok',
                 policy=world.url(rebound, '/policy'))
