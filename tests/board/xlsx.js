/* Reads findings.xlsx back by exceljs and compares it, cell by cell, with what
 * is in findings.csv: xlsx.js FILE, rows of the CSV as JSON on standard
 * input. */
'use strict';
const ExcelJS = require('exceljs');
const fs = require('fs');

const rows = JSON.parse(fs.readFileSync(0, 'utf8'));
const DATES = ['deadline', 'captured'];
let bad = 0;
function complain(text) {
  if (bad++ < 10) console.log(text);
}
/* exceljs leaves the escapes of ECMA-376, 22.9.2.19 as they are. */
function plain(s) {
  return s.replace(/_x005F(?=_x[0-9A-Fa-f]{4}_)/g, '');
}
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(process.argv[2]);
  const names = book.worksheets.map(s => s.name);
  if (names.join() !== 'findings,apps,rules') complain(`sheets: ${names}`);
  for (const s of book.worksheets) {
    if (!s.views[0] || s.views[0].state !== 'frozen' || s.views[0].ySplit !== 1)
      complain(`${s.name}: the head is not frozen`);
    if (!s.autoFilter) complain(`${s.name}: there is no filter`);
    s.eachRow(row => row.eachCell(cell => {
      if (cell.formula || cell.hyperlink)
        complain(`${s.name} ${cell.address}: a formula or a link`);
    }));
  }
  const sheet = book.getWorksheet('findings');
  if (sheet.rowCount !== rows.length)
    complain(`${sheet.rowCount} rows, expected ${rows.length}`);
  const head = rows[0];
  for (let r = 1; r < rows.length; r++) {
    const row = sheet.getRow(r + 1);
    for (let c = 0; c < head.length; c++) {
      const v = row.getCell(c + 1).value;
      let text = rows[r][c];
      if (/^'/.test(text) && typeof v === 'string' && !/^'/.test(v))
        text = text.slice(1);
      if (text === '' && v === null) continue;
      if (['line', 'column', 'precision'].includes(head[c])) {
        if (typeof v !== 'number' || v !== Number(text))
          complain(`row ${r}, ${head[c]}: ${v} is not the number ${text}`);
      } else if (DATES.includes(head[c])) {
        if (!(v instanceof Date) ||
          Math.abs(v - new Date(text)) > 1000)
          complain(`row ${r}, ${head[c]}: ${v} is not the date ${text}`);
      } else if (typeof v !== 'string' || plain(v) !== text) {
        complain(`row ${r}, ${head[c]}: ${JSON.stringify(v)} is not ` +
          JSON.stringify(text));
      }
    }
  }
  process.exit(bad ? 1 : 0);
})();
