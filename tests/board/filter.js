/* Uses the filter of a board as a person would, in a browser that opened it
 * from a folder: filter.js BROWSER FOLDER. A copy of apps.html with one more
 * script types, chooses and clicks; what it saw is read from the DOM and
 * compared with findings.sqlite as filter.py gives it on standard input. */
'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const [browser, folder] = process.argv.slice(2);
const expected = JSON.parse(fs.readFileSync(0, 'utf8'));
const driver = `window.addEventListener('load', function () {
  setTimeout(function () {
    var out = {}, $ = function (i) { return document.getElementById(i); };
    function set(id, v) {
      $(id).value = v; $(id).dispatchEvent(new Event('input')); }
    function count() {
      var m = /\\/ (\\d+)/.exec($('count').textContent);
      return m ? +m[1] : 0; }
    function first() {
      var r = document.querySelector('#filter tbody tr');
      return r ? r.children[0].textContent : ''; }
    out.all = count();
    out.rows = document.querySelectorAll('#filter tbody tr').length;
    ['fs', 'fc', 'fg', 'fk'].forEach(function (id) {
      out[id] = {};
      Array.prototype.slice.call($(id).options).slice(1).forEach(
        function (o) { set(id, o.value); out[id][o.value] = count(); });
      set(id, ''); });
    out.q = {};
    QUERIES.forEach(function (q) { set('q', q); out.q[q] = count(); });
    set('q', '');
    var th = document.querySelectorAll('#filter th')[6];
    th.querySelector('button').click();
    out.most = +document.querySelector('#filter tbody tr').children[6]
      .textContent;
    out.sort = th.getAttribute('aria-sort');
    if (!$('more').hidden) $('more').click();
    out.after_more = document.querySelectorAll('#filter tbody tr').length;
    out.title = document.title;
    out.images = document.images.length;
    var p = document.createElement('pre');
    p.id = 'filter-result'; p.textContent = JSON.stringify(out);
    document.body.appendChild(p);
  }, 0); });`;
fs.writeFileSync(path.join(folder, 'filter-run.js'), driver.replace('QUERIES',
  JSON.stringify(Object.keys(expected.q)).replace(/</g, '\\u003c')));
const html = fs.readFileSync(path.join(folder, 'apps.html'), 'utf8');
const copy = path.join(folder, 'filter-copy.html');
fs.writeFileSync(copy, html.replace('</body>',
  '<script src="filter-run.js"></script></body>'));
const dom = execFileSync(browser, ['--headless', '--no-sandbox',
  '--disable-gpu', '--virtual-time-budget=60000', '--dump-dom',
  'file://' + path.resolve(copy)],
{ encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
fs.unlinkSync(copy);
fs.unlinkSync(path.join(folder, 'filter-run.js'));
const m = /<pre id="filter-result">(.*?)<\/pre>/s.exec(dom);
if (!m) {
  console.log('the filter did not run');
  process.exit(1);
}
const got = JSON.parse(m[1].replace(/&lt;/g, '<').replace(/&gt;/g, '>')
  .replace(/&quot;/g, '"').replace(/&amp;/g, '&'));
let bad = 0;
function same(what, a, b) {
  if (a === b) return;
  console.log(`${what}: expected ${a}, found ${b}`);
  bad++;
}
same('apps', expected.all, got.all);
same('rows at first', Math.min(200, expected.all), got.rows);
same('rows after more', Math.min(400, expected.all), got.after_more);
same('most violations', expected.most, got.most);
same('order', 'descending', got.sort);
same('images', 0, got.images);
same('title', false, /owned|^\d/.test(got.title));
for (const id of ['fs', 'fc', 'fg', 'fk', 'q'])
  for (const key of Object.keys(expected[id]))
    same(`${id} ${key}`, expected[id][key], got[id][key]);
process.exit(bad ? 1 : 0);
