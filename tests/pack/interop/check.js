// A container as others see it.
//   check.js CASE.wacz FOLDER   FOLDER holds it unpacked
// warcio reads every record at the place that the index names; js-wacz makes
// an index of the same archives, which has to say the same; pages and list of
// files are what WACZ 1.1.1 asks for. Exit status: 0 all is well, 1 not.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WARCParser } from 'warcio';

const [wacz, folder] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const read = (name) => readFileSync(join(folder, name));
const lines = (name) => read(name).toString().trimEnd().split('\n');

function parse(line) {
	const [, key, ts, json] = /^(\S+) (\d{14}) (\{.*\})$/.exec(line);
	return { key, ts, ...JSON.parse(json) };
}

const index = lines('indexes/index.cdxj').map(parse);
assert.ok(index.length > 0, 'the index is empty');

// Each entry leads to its record.
for (const e of index) {
	const bytes = read(`archive/${e.filename}`)
		.subarray(e.offset, e.offset + e.length);
	assert.equal(`sha256:${sha256(bytes)}`, e.recordDigest, e.url);
	const parser = new WARCParser([bytes]);
	const record = await parser.parse();
	assert.equal(record.warcTargetURI, e.url);
	const body = Buffer.from(await record.readFully(false));
	if (record.warcType === 'response') {
		assert.equal(`sha256:${sha256(body)}`, e.digest, e.url);
		assert.equal(Number(record.httpHeaders.statusCode), e.status);
	}
	assert.equal(await parser.parse(), null, 'two records at one place');
}
console.log(`# warcio reads ${index.length} records where the index says`);

// The same index by js-wacz.
const work = mkdtempSync(join(tmpdir(), 'wacz-'));
try {
	const cli = join(here, 'node_modules/@harvard-lil/js-wacz/bin/cli.js');
	execFileSync(process.execPath, [cli, 'create', '-f',
		join(folder, 'archive/*.warc.gz'), '-o', join(work, 'theirs.wacz'),
		'--log-level', 'error'], { stdio: ['ignore', 'ignore', 'inherit'] });
	execFileSync('unzip', ['-q', join(work, 'theirs.wacz'), '-d', work]);
	const their = readdirSync(join(work, 'indexes'))
		.find((n) => n.endsWith('.cdx') || n.endsWith('.cdxj') ||
			n.endsWith('.cdx.gz'));
	let text = readFileSync(join(work, 'indexes', their));
	if (their.endsWith('.gz'))
		text = execFileSync('gzip', ['-dc'], { input: text });
	const theirs = text.toString().trimEnd().split('\n')
		.filter((l) => !l.startsWith('!meta')).map(parse);
	const bare = (e) => [e.key, e.ts, e.url, e.filename, Number(e.offset),
		Number(e.length), e.mime, Number(e.status ?? 0)].join(' ');
	const web = (e) => /^https?:/.test(e.url);
	assert.deepEqual(index.filter(web).map(bare).sort(),
		theirs.filter(web).map(bare).sort());
	console.log(`# js-wacz makes the same index, ${theirs.length} entries`);
} finally {
	rmSync(work, { recursive: true });
}

// The list of files and the pages.
const pack = JSON.parse(read('datapackage.json'));
assert.equal(pack.profile, 'data-package');
assert.match(pack.wacz_version, /^1\./);
for (const r of pack.resources) {
	const bytes = read(r.path);
	assert.equal(bytes.length, r.bytes, r.path);
	assert.equal(`sha256:${sha256(bytes)}`, r.hash, r.path);
	assert.ok(!statSync(join(folder, r.path)).isDirectory());
}
assert.deepEqual(JSON.parse(read('datapackage-digest.json')), {
	path: 'datapackage.json',
	hash: `sha256:${sha256(read('datapackage.json'))}`,
});
const [head, ...pages] = lines('pages/pages.jsonl').map((l) => JSON.parse(l));
assert.equal(head.format, 'json-pages-1.0');
for (const p of pages) {
	assert.ok(index.some((e) => e.url === p.url), p.url);
	assert.ok(!Number.isNaN(Date.parse(p.ts)) && p.id && p.title, p.url);
}
assert.ok(pages.some((p) => p.url === pack.mainPageUrl));
assert.equal(readFileSync(wacz).subarray(0, 2).toString(), 'PK');
console.log(`# ${pack.resources.length} files and ${pages.length} pages`);
