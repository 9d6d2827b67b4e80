// Checks reports for reviewdog against the message types of its format
// (reviewdog.proto: DiagnosticResult for rdjson, Diagnostic for each line of
// rdjsonl), without members that it does not know.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';

const object = (properties, required = []) => ({ type: 'object', properties,
	additionalProperties: false, ...(required.length ? { required } : {}) });
const text = { type: 'string' };
const severity = { enum: ['UNKNOWN_SEVERITY', 'ERROR', 'WARNING', 'INFO'] };
const position = object({ line: { type: 'integer', minimum: 1 },
	column: { type: 'integer', minimum: 1 } }, ['line']);
const range = object({ start: position, end: position }, ['start']);
const source = object({ name: text, url: text });
const diagnostic = object({ message: { type: 'string', minLength: 1 },
	location: object({ path: { type: 'string', minLength: 1 }, range },
	    ['path']), severity, source,
	code: object({ value: text, url: text }),
	suggestions: { type: 'array', items: object({ range, text }) },
	original_output: text }, ['message', 'location']);
const ajv = new Ajv({ allErrors: true });
const whole = ajv.compile(object({ diagnostics: { type: 'array',
	items: diagnostic }, source, severity }, ['diagnostics']));
const one = ajv.compile(diagnostic);

let bad = 0;
for (const file of process.argv.slice(2)) {
	const complain = (what) => {
		console.error(`${file}: ${what}`);
		bad++;
	};
	const check = (validate, s) => {
		let value;
		try {
			value = JSON.parse(s);
		} catch (e) {
			complain(e.message);
			return [];
		}
		if (validate(value))
			return value.diagnostics ?? [value];
		for (const e of validate.errors.slice(0, 20))
			complain(`${e.instancePath} ${e.message}`);
		return [];
	};
	const s = readFileSync(file, 'utf8');
	const all = s.startsWith('{\n') ? check(whole, s)
		: s.split('\n').filter(Boolean).flatMap((l) => check(one, l));
	for (const { location: { range: r } } of all)
		if (r.end && (r.end.line < r.start.line ||
		    (r.end.line === r.start.line &&
		    r.end.column < r.start.column)))
			complain('a range that ends before it begins');
}
process.exit(bad ? 1 : 0);
