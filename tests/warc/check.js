// Checks WARC archives by warcio.
//   check.js FILE...     every record of every file; prints what it found
//   check.js list FILE   offset, length, type, id, URL, block digest of records
//   check.js torn FILE   cuts the file at many points: what is whole before the
//                        cut must be found, and nothing else
// Exit status: 0 valid, 1 invalid.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AsyncIterReader, WARCParser } from 'warcio';

const CUTS = 60;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const PROFILE = /^http:\/\/netpreserve\.org\/warc\/1\.[01]\/revisit\/(identical-payload-digest|server-not-modified)$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
const PIECE = 65536;

function* pieces(bytes) {
	for (let at = 0; at < bytes.length; at += PIECE)
		yield bytes.subarray(at, at + PIECE);
}

function base32(bytes) {
	let bits = '';
	for (const b of bytes)
		bits += b.toString(2).padStart(8, '0');
	return bits.match(/.{1,5}/g)
		.map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)])
		.join('');
}

// Does "sha256:<hex>" or "sha1:<base 32 or hex>" fit the bytes? null when the
// algorithm is another.
function fits(digest, bytes) {
	const [, name, value] = /^([^:]*):(.*)$/.exec(digest) ?? [];
	if (!['sha1', 'sha256'].includes(name))
		return null;
	const hash = createHash(name).update(bytes).digest();
	return value.toLowerCase() === hash.toString('hex') ||
		value.toUpperCase() === base32(hash);
}

const bare = (id) => id?.replace(/^<(.*)>$/, '$1');

// The HTTP message of a record as warcio takes it apart, from the bytes of the
// record alone: it does not find the end of a head without fields or with bare
// line feeds, which is told here instead.
async function readMessage(record, bytes) {
	const text = record.block.toString('latin1');
	const head = /^[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n/.exec(text)?.[0];
	const usual = /^[^\r\n]*\r\n(?:[^\r\n]+\r\n)+\r\n$/;
	if (head && !usual.test(head)) {
		record.payload = record.block.subarray(head.length);
		return;
	}
	const end = record.offset + record.length;
	const parser = new WARCParser(pieces(
		bytes.subarray(record.offset, end)));
	for await (const r of parser) {
		record.coding = r.httpHeaders?.headers
			.get('transfer-encoding');
		record.payload = await r.readFully(false);
	}
}

// All records up to the end or a failure, whose reason is returned.
async function readAll(bytes, records) {
	const parser = new WARCParser(pieces(bytes), { parseHttp: false });
	try {
		for await (const r of parser) {
			const block = await r.readFully(false);
			// The member is behind us only when all of it was read.
			await r.skipFully();
			records.push({
				header: (name) => r.warcHeader(name),
				version: r.warcHeaders.statusline,
				type: r.warcType,
				id: bare(r.warcHeader('WARC-Record-ID')),
				block: Buffer.from(block),
				offset: parser.offset,
				length: parser.recordLength,
			});
		}
	} catch (e) {
		return `${e}`;
	}
	for (const record of records)
		if (record.type === 'response')
			await readMessage(record, bytes);
	return null;
}

async function payloadFits(record, digest) {
	const result = fits(digest, record.payload);
	if (result !== false || record.coding?.toLowerCase() !== 'chunked')
		return result;
	const joined = new AsyncIterReader([record.payload], null, true);
	return fits(digest, await joined.readFully());
}

function checkFields(record, complain) {
	for (const name of ['WARC-Type', 'WARC-Record-ID', 'WARC-Date',
		'Content-Length'])
		if (!record.header(name))
			complain(`no ${name}`);
	if (!/^WARC\/1\.[01]$/.test(record.version))
		complain(`version ${record.version}`);
	if (!DATE.test(record.header('WARC-Date')))
		complain(`date ${record.header('WARC-Date')}`);
	if (Number(record.header('Content-Length')) !== record.block.length)
		complain(`block is ${record.block.length} bytes, not ` +
			record.header('Content-Length'));
	const needsUrl = ['response', 'resource', 'request', 'revisit',
		'conversion'].includes(record.type);
	const url = bare(record.header('WARC-Target-URI'));
	if (needsUrl && !URL.canParse(url))
		complain(`target ${url}`);
}

async function checkDigests(record, complain) {
	const block = record.header('WARC-Block-Digest');
	if (block && fits(block, record.block) === false)
		complain(`block digest ${block} does not fit`);
	const payload = record.header('WARC-Payload-Digest');
	if (payload && record.payload &&
	    await payloadFits(record, payload) === false)
		complain(`payload digest ${payload} does not fit`);
	return { blocks: block ? 1 : 0,
		payloads: payload && record.payload ? 1 : 0 };
}

// What records say about each other, as far as it is in this file.
function checkReferences(record, seen, complain) {
	const info = bare(record.header('WARC-Warcinfo-ID'));
	if (info && seen.get(info)?.type !== 'warcinfo')
		complain(`no warcinfo record ${info} before it`);
	if (record.type !== 'revisit')
		return;
	if (!PROFILE.test(record.header('WARC-Profile')))
		complain(`profile ${record.header('WARC-Profile')}`);
	const first = seen.get(bare(record.header('WARC-Refers-To')));
	const digest = record.header('WARC-Payload-Digest');
	if (first && digest &&
	    first.header('WARC-Payload-Digest') !== digest)
		complain('its payload digest is not that of the record it ' +
			'refers to');
}

async function checkFile(name) {
	const bytes = readFileSync(name);
	const isGzip = bytes[0] === 0x1f;
	const problems = [];
	const types = {};
	const seen = new Map();
	let end = 0;
	const done = { blocks: 0, payloads: 0 };
	const records = [];
	const failure = await readAll(bytes, records);
	if (failure)
		problems.push(`${name}: ${failure}`);
	for (const record of records) {
		const complain = (what) => problems.push(
			`${name}: record at byte ${record.offset}: ${what}`);
		checkFields(record, complain);
		const n = await checkDigests(record, complain);
		done.blocks += n.blocks;
		done.payloads += n.payloads;
		checkReferences(record, seen, complain);
		if (seen.has(record.id))
			complain(`id ${record.id} comes twice`);
		seen.set(record.id, record);
		types[record.type] = (types[record.type] ?? 0) + 1;
		if (isGzip && record.offset !== end)
			complain(`the one before ends at byte ${end}`);
		end = record.offset + record.length;
	}
	for (const record of records)
		for (const to of record.header('WARC-Concurrent-To')
			?.split(',') ?? [])
			if (!seen.has(bare(to.trim())))
				problems.push(`${name}: record at byte ` +
					`${record.offset}: no record ${to}`);
	if (!records.length)
		problems.push(`${name}: no record`);
	if (isGzip && end !== bytes.length)
		problems.push(`${name}: ends at byte ${bytes.length}, its ` +
			`last record at ${end}`);
	console.log(`# ${name}: ${JSON.stringify(types)}, ${done.blocks} ` +
		`block and ${done.payloads} payload digests`);
	for (const line of problems)
		console.log(line);
	return problems.length === 0;
}

async function list(name) {
	const records = [];
	const failure = await readAll(readFileSync(name), records);
	for (const r of records)
		console.log([r.offset, r.length, r.type, r.id,
			bare(r.header('WARC-Target-URI')) ?? '',
			r.header('WARC-Block-Digest') ?? ''].join('\t'));
	if (failure)
		console.log(failure);
	return !failure;
}

// Ids of the records that come whole out of bytes, up to the first that does
// not.
async function wholeIds(bytes) {
	const ids = [];
	try {
		const parser = new WARCParser(pieces(bytes),
			{ parseHttp: false });
		for await (const r of parser) {
			const block = await r.readFully(false);
			if (fits(r.warcHeader('WARC-Block-Digest') ?? '',
				block) !== true)
				break;
			ids.push(bare(r.warcHeader('WARC-Record-ID')));
		}
	} catch {
		// The end of what can be read.
	}
	return ids;
}

async function torn(name) {
	const bytes = readFileSync(name);
	const records = [];
	await readAll(bytes, records);
	let seed = 7;
	for (let i = 0; i < CUTS; i++) {
		seed = (seed * 48271) % 2147483647;
		const cut = seed % bytes.length;
		const before = records.filter(
			(r) => r.offset + r.length <= cut).length;
		const ids = await wholeIds(bytes.subarray(0, cut));
		// A block may be whole though its member is not.
		const good = (ids.length === before ||
			ids.length === before + 1) &&
			ids.every((id, k) => id === records[k].id);
		if (!good) {
			console.log(`${name}: cut at byte ${cut}: ` +
				`${ids.length} records, ${before} expected`);
			return false;
		}
	}
	return records.length > 0;
}

async function main([mode, ...rest]) {
	if (mode === 'list' && rest.length === 1)
		return list(rest[0]);
	if (mode === 'torn' && rest.length === 1)
		return torn(rest[0]);
	let valid = true;
	for (const name of [mode, ...rest])
		valid = await checkFile(name) && valid;
	return valid;
}

try {
	process.exitCode = await main(process.argv.slice(2)) ? 0 : 1;
} catch (e) {
	console.log(`${e}`);
	process.exitCode = 1;
}
