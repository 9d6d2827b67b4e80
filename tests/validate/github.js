// Reads workflow commands as the runner does, and has GitHub's own toolkit
// write them again: the lines must be the same, byte by byte.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { issueCommand } = createRequire(import.meta.url)(
	'@actions/core/lib/command.js');
const SHOWN = 10;

function again(name, properties, message) {
	const write = process.stdout.write;
	let out = '';
	process.stdout.write = (s) => { out += s; return true; };
	try {
		issueCommand(name, properties, message);
	} finally {
		process.stdout.write = write;
	}
	return out;
}

// The last of the escapes is that of the sign that they begin with.
const unescape = (s, pairs) => pairs.reduce(
	(t, [code, sign]) => t.replaceAll(code, sign), s);
const DATA = [['%0D', '\r'], ['%0A', '\n'], ['%25', '%']];
const PROPERTY = [['%0D', '\r'], ['%0A', '\n'], ['%3A', ':'], ['%2C', ','],
	['%25', '%']];

let bad = 0;
for (const file of process.argv.slice(2)) {
	const complain = (what) => {
		console.error(`${file}: ${what}`);
		bad++;
	};
	const text = readFileSync(file, 'utf8');
	const seen = { error: 0, warning: 0, notice: 0 };
	let last = 'error';
	if (text !== '' && !text.endsWith('\n'))
		complain('no line end at the end');
	for (const line of text.split('\n').slice(0, -1)) {
		const m = /^::(error|warning|notice) (.*?)::(.*)$/.exec(line);
		if (!m) {
			complain(`no command: ${line.slice(0, 80)}`);
			continue;
		}
		const properties = Object.fromEntries(m[2].split(',').map((p) => {
			const at = p.indexOf('=');
			return [p.slice(0, at),
			    unescape(p.slice(at + 1), PROPERTY)];
		}));
		const message = unescape(m[3], DATA);
		if (again(m[1], properties, message) !== line + '\n')
			complain(`the toolkit writes another line: ${line}`);
		if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/
		    .test(message))
			complain('a hidden character');
		if (properties.endLine &&
		    Number(properties.endLine) < Number(properties.line))
			complain('a range that ends before it begins');
		if (properties.endLine && properties.endLine !==
		    properties.line && (properties.col || properties.endColumn))
			complain('columns of a range over several lines');
		if (m[1] !== last && seen[m[1]] > 0)
			complain('levels are not in order');
		last = m[1];
		if (++seen[m[1]] > SHOWN)
			complain(`more ${m[1]} than GitHub shows`);
	}
}
process.exit(bad ? 1 : 0);
