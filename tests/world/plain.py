"""The ordinary part of the world: hosts full of policies that can be had."""
import random

import text
from model import Page

CODINGS = ('gzip', 'gzip', 'gzip', '')
VALIDATORS = ('em', 'em', 'em', 'e', 'w', 'm', '')
LATENCIES = (0, 0, 0, 0.01, 0.03)
HOPS = (301, 302, 307, 308)
ROLES = tuple(text.RELATED)
ROBOTS = (
    ('User-agent: *\nAllow: /\n', ()),
    ('User-agent: *\nDisallow: /private/\n', ((False, '/private/'),)),
    ('# nothing here\n\nUser-agent: Googlebot\nDisallow: /\n', ()),
    ('User-agent: *\r\nDisallow: /private/ # comment\r\n'
     'Sitemap: /sitemap.xml\r\n', ((False, '/private/'),)),
)


def charset(rng, number):
    """(arguments of text.doc, Content-Type): who says what encoding it is."""
    if number % 6 != 3:
        return {'charset': 'utf-8'}, rng.choice(
            ('text/html; charset=utf-8', 'text/html;charset="UTF-8"'))
    who = rng.choice(('header', 'meta', 'both', 'nobody'))
    media = 'text/html; charset=gbk' if who in ('header', 'both') else \
        'text/html'
    return {'charset': 'gbk', 'meta': who in ('meta', 'both')}, media


def shared(world, writer, host):
    """Documents that all policies of the host may link to."""
    docs = {}
    for role in ROLES:
        path = f'/rules/{role}.html'
        host.add(path, Page(writer.related(f'{host.name}', role),
                            media='text/html; charset=utf-8', coding='gzip',
                            valid='em'))
        docs[role] = (world.url(host, path), path)
    return docs


def links(world, writer, host, docs, rng, name):
    """What one policy links to: [(text, href)] and [(url, role)]."""
    out, want = [], []
    kind = rng.random()
    if kind < 0.4:
        for role in rng.sample(ROLES, rng.randint(1, 3)):
            url, path = docs[role]
            out.append((text.RELATED[role][0],
                        rng.choice((url, path, f'../..{path}'))))
            want.append((url, role))
    elif kind < 0.55:
        role = rng.choice(ROLES)
        path = f'/own/{name}/{role}.html'
        host.add(path, Page(writer.related(f'{host.name}/{name}', role),
                            coding='gzip', valid='e'))
        out.append((text.RELATED[role][0], path))
        want.append((world.url(host, path), role))
    return out, want


def chain(world, host, other, rng, name, final):
    """Redirects that lead to the URL final; the first URL, and all of them."""
    length = rng.randint(1, 5)
    urls = []
    place = host
    for n in range(length):
        path = f'/go/{host.name}/{name}/{n}'
        urls.append((place, path))
        place = other if rng.random() < 0.3 else host
    for n, (at, path) in enumerate(urls):
        if n + 1 == length:
            location = final
        else:
            nxt, location = urls[n + 1]
            if nxt is not at:
                location = world.url(nxt, location)
        at.add(path, Page(status=rng.choice(HOPS), media='',
                          headers=[('Location', location)]))
    return [world.url(at, path) for at, path in urls]


def epoch2(rng):
    """What becomes of a page in the second epoch."""
    x = rng.random()
    return 'changed' if x < 0.12 else 'gone' if x < 0.16 else \
        'failing' if x < 0.19 else 'same'


def policy(world, writer, host, other, docs, j):
    """One target with its policy, and sometimes a second app with the same."""
    name = f'{host.name.split(".")[-1]}-{j}'
    rng = random.Random(f'{world.seed}/{host.name}/{j}')
    number = int(host.name.split('.')[-1])
    face = rng.choice(text.KINDS)
    how, media = charset(rng, number)
    related, want = links(world, writer, host, docs, rng, j)
    size = rng.choice((5, 8, 12, 16, 20, 30, 45, 60)) * 1000
    later = epoch2(rng)

    def body(version):
        return writer.policy(name, face, related, size, version, **how)

    path = f'/app/{j}/privacy.html'
    host.add(path, Page(body, media=media, coding=rng.choice(CODINGS),
                        chunked=rng.random() < 0.3,
                        valid=rng.choice(VALIDATORS),
                        latency=rng.choice(LATENCIES), epoch2=later))
    url = world.url(host, path)
    hops = []
    if rng.random() < 0.1:
        hops = chain(world, host, other, rng, j, url)
    elif host.https and rng.random() < 0.2:
        hops = [world.url(host, path, 'http')]
    for twin in range(2 if rng.random() < 0.02 else 1):
        t = world.target(f'com.world.h{number}.p{j}' + '.twin' * twin, 'ok',
                         policy=hops[0] if hops else url, face=face,
                         epoch2=later)
        for hop in hops:
            t.expect(hop, 'policy', 'redirect')
        t.expect(url, 'policy', 'ok')
        for u, role in want:
            t.expect(u, role, 'ok')


def build(world, writer, hosts, pages_per_host):
    """Hosts 127.0.0.2 and on, every fifth of them by TLS."""
    made = [world.host(f'127.0.0.{2 + i}', f'127.0.0.{2 + i}', i % 5 == 4)
            for i in range(hosts)]
    for i, host in enumerate(made):
        if i % 5 == 0:
            host.robots('not here', status=404)
        else:
            host.robots(*ROBOTS[i % len(ROBOTS)])
        host.add('/private/secret.html', Page(b'secret'))
        docs = shared(world, writer, host)
        other = made[(i + 1) % hosts]
        for j in range(pages_per_host):
            policy(world, writer, host, other, docs, j)
