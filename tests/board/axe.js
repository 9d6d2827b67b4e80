/* Runs axe-core over pages of a board as they are opened from a folder:
 * axe.js BROWSER FOLDER PAGE... Beside each page a copy with two more scripts is
 * opened and its result read from the DOM. Exit status 1 with findings. */
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const [browser, folder, ...pages] = process.argv.slice(2);
const axe = path.join(__dirname, 'node_modules/axe-core/axe.min.js');
const runner = `axe.run(document, { resultTypes: ['violations'] }).then(r => {
  const p = document.createElement('pre');
  p.id = 'axe-result';
  p.textContent = JSON.stringify(r.violations.map(v => [v.id, v.help,
    v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]));
  document.body.appendChild(p);
}).catch(e => {
  const p = document.createElement('pre');
  p.id = 'axe-result';
  p.textContent = JSON.stringify([['failed', String(e), []]]);
  document.body.appendChild(p);
});`;
fs.copyFileSync(axe, path.join(folder, 'axe-test.js'));
fs.writeFileSync(path.join(folder, 'axe-run.js'), runner);
let bad = 0;
for (const page of pages) {
  const root = '../'.repeat(page.split('/').length - 1);
  const copy = path.join(folder, path.dirname(page), 'axe-copy.html');
  const html = fs.readFileSync(path.join(folder, page), 'utf8');
  fs.writeFileSync(copy, html.replace('</body>',
    `<script src="${root}axe-test.js"></script>` +
    `<script src="${root}axe-run.js"></script></body>`));
  const dom = execFileSync(browser, ['--headless', '--no-sandbox',
    '--disable-gpu', '--virtual-time-budget=60000', '--dump-dom',
    'file://' + path.resolve(copy)],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  fs.unlinkSync(copy);
  const m = /<pre id="axe-result">(.*?)<\/pre>/s.exec(dom);
  if (!m) {
    console.log(`${page}: axe did not run`);
    bad++;
    continue;
  }
  const text = m[1].replace(/&lt;/g, '<').replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"').replace(/&amp;/g, '&');
  for (const [id, help, nodes] of JSON.parse(text)) {
    console.log(`${page}: ${id}: ${help}\n  ${nodes.join('\n  ')}`);
    bad++;
  }
}
fs.unlinkSync(path.join(folder, 'axe-test.js'));
fs.unlinkSync(path.join(folder, 'axe-run.js'));
process.exit(bad ? 1 : 0);
