// Reads CSV with a reader that knows no mercy: as many cells in each row, no
// cell that a spreadsheet would compute, the mark by which Excel knows UTF-8.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

let bad = 0;
for (const file of process.argv.slice(2)) {
	const complain = (what) => {
		console.error(`${file}: ${what}`);
		bad++;
	};
	const bytes = readFileSync(file);
	if (bytes.subarray(0, 3).toString('hex') !== 'efbbbf')
		complain('no byte order mark');
	let rows;
	try {
		rows = parse(bytes, { bom: true, columns: true,
			record_delimiter: '\r\n', relax_quotes: false });
	} catch (e) {
		complain(e.message);
		continue;
	}
	for (const [n, row] of rows.entries()) {
		for (const [name, cell] of Object.entries(row))
			if (/^\s*[=+@\t\r-]/.test(cell) &&
			    !/^-?[0-9.]+$/.test(cell))
				complain(`row ${n + 2}: ${name} is a formula`);
		if (!row.error && !row.notice && !row.obligation)
			complain(`row ${n + 2} says nothing`);
		if ((row.waived !== '') && row.gates === 'true')
			complain(`row ${n + 2} is waived and gates`);
	}
}
process.exit(bad ? 1 : 0);
