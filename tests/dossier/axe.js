// axe.js IN OUT: the page with axe-core in it, which puts what it finds in
// <pre id="axe">. The content security policy of the page goes, since it lets
// no script run.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
let page = readFileSync(process.argv[2], 'utf8')
if (!page.includes("default-src 'none'")) throw new Error('no policy')
page = page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
const run = `axe.run(document, { resultTypes: ['violations'] }).then((r) => {
	const said = r.violations.map((v) => v.id + ' ' + v.nodes.length + ' ' +
		v.nodes[0].html.slice(0, 200))
	document.body.innerHTML = '<pre id="axe"></pre>'
	document.getElementById('axe').textContent = JSON.stringify(said)
})`
writeFileSync(process.argv[3], page.replace('</body>',
	() => `<script>${axe}</script><script>${run}</script></body>`))
