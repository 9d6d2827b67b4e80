// Opens a container in ReplayWeb.page, in a headless browser, and looks for a
// text in the replayed page.
//   replay.js CASE.wacz URL TEXT BROWSER [OPTION...]
// Exit status: 0 found, 1 not.
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 90000);
const [wacz, url, text, browser, ...options] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const player = join(here, 'node_modules/replaywebpage');

// Runs in the page: looks through frames and shadow trees until it is there.
// What is looked for does not stand in the page itself.
async function look() {
	const wanted = await (await fetch('/wanted')).text();
	const bare = (s) => s.replace(/\s/g, '');
	const texts = (root) => {
		let out = root.body ? [root.body.textContent] : [];
		for (const e of root.querySelectorAll('*')) {
			if (e.shadowRoot)
				out = out.concat(texts(e.shadowRoot));
			let inner = null;
			try {
				inner = e.contentDocument;
			} catch {
				// Of another origin: not ours.
			}
			if (inner)
				out = out.concat(texts(inner));
		}
		return out;
	};
	const timer = setInterval(() => {
		const all = texts(document);
		const found = all.some((t) => bare(t).includes(bare(wanted)));
		fetch('/result', { method: 'POST',
			body: JSON.stringify({ found, all }) });
		if (found)
			clearInterval(timer);
	}, 500);
}

const page = `<!DOCTYPE html><meta charset="utf-8"><title>replay</title>
<script src="/ui.js"></script>
<replay-web-page source="/case.wacz" url="${url}" replayBase="/replay/"
 embed="replayonly" style="height: 600px"></replay-web-page>
<script type="module">(${look})()</script>`;
const files = {
	'/ui.js': join(player, 'ui.js'),
	'/replay/ui.js': join(player, 'ui.js'),
	'/replay/sw.js': join(player, 'sw.js'),
	'/replay/index.html': join(player, 'index.html'),
	'/replay/': join(player, 'index.html'),
};
const types = { js: 'text/javascript', html: 'text/html' };

// With ranges: the player reads no more of a container than it needs.
function sendRange(request, response) {
	const size = statSync(wacz).size;
	const [, from, to] = /^bytes=(\d*)-(\d*)$/
		.exec(request.headers.range ?? '') ?? [];
	const head = { 'Content-Type': 'application/zip', 'Accept-Ranges': 'bytes' };
	let start = from ? Number(from) : 0;
	let end = to ? Number(to) : size - 1;
	if (from === '') {
		start = size - Number(to);
		end = size - 1;
	}
	end = Math.min(end, size - 1);
	if (from !== undefined)
		head['Content-Range'] = `bytes ${start}-${end}/${size}`;
	head['Content-Length'] = end - start + 1;
	response.writeHead(from === undefined ? 200 : 206, head);
	if (request.method === 'HEAD')
		response.end();
	else
		createReadStream(wacz, { start, end }).pipe(response);
}

let last = [];
let done;
const result = new Promise((resolve) => {
	done = resolve;
});
const server = createServer((request, response) => {
	const path = new URL(request.url, 'http://x').pathname;
	if (path === '/result') {
		let body = '';
		request.on('data', (d) => { body += d; });
		request.on('end', () => {
			const said = JSON.parse(body);
			last = said.all;
			response.end();
			if (said.found)
				done(true);
		});
	} else if (path === '/case.wacz') {
		sendRange(request, response);
	} else if (path === '/wanted') {
		response.writeHead(200, {
			'Content-Type': 'text/plain; charset=utf-8' });
		response.end(text);
	} else if (path === '/') {
		response.writeHead(200, { 'Content-Type': 'text/html' });
		response.end(page);
	} else if (files[path]) {
		response.writeHead(200, {
			'Content-Type': types[files[path].split('.').pop()],
			'Service-Worker-Allowed': '/',
		});
		response.end(readFileSync(files[path]));
	} else {
		response.writeHead(404);
		response.end();
	}
});
const profile = mkdtempSync(join(tmpdir(), 'replay-'));
await new Promise((resolve) => {
	server.listen(0, '127.0.0.1', resolve);
});
const child = spawn(browser, ['--headless', '--disable-gpu',
	`--user-data-dir=${profile}`, '--no-first-run', '--disable-extensions',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
	'--remote-debugging-port=0', ...options,
	`http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore' });
const timer = setTimeout(() => done(false), PATIENCE_MS);
child.on('exit', () => done(false));
child.on('error', () => done(false));
const found = await result;
clearTimeout(timer);
const gone = new Promise((resolve) => {
	child.exitCode !== null ? resolve() : child.on('exit', resolve);
});
child.kill('SIGKILL');
await gone;
server.closeAllConnections();
server.close();
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
if (found)
	console.log('# the text stands in the replayed page');
else
	console.log(`the text is not in the replayed page:\n${last.join('\n--\n').slice(0, 4000)}`);
process.exit(found ? 0 : 1);
