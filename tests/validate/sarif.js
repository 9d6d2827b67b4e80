// Checks SARIF files against the schema of the standard, and then what the
// schema cannot say: indices that point to the right thing, levels that fit
// kinds, columns that fit the snippet, and no hidden characters.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);
const schema = JSON.parse(readFileSync(require.resolve(
	'@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(schema);

const HIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

function checkLocation(run, loc, complain) {
	const p = loc.physicalLocation;
	const a = run.artifacts[p.artifactLocation.index];
	if (!a || a.location.uri !== p.artifactLocation.uri)
		complain(`artifact index ${p.artifactLocation.index} is wrong`);
	const r = p.region;
	if (!r)
		return;
	for (const k of ['startLine', 'startColumn', 'endLine', 'endColumn'])
		if (!(r[k] >= 1))
			complain(`region without ${k}`);
	if (r.endLine < r.startLine ||
	    (r.endLine === r.startLine && r.endColumn < r.startColumn))
		complain('region ends before it starts');
	if (r.byteLength !== undefined && a &&
	    r.byteOffset + r.byteLength > a.length)
		complain('region is outside the artifact');
}

function checkRun(run, complain) {
	const rules = run.tool.driver.rules;
	const ids = new Set(rules.map((r) => r.id));
	if (ids.size !== rules.length)
		complain('two rules share an id');
	for (const rule of rules)
		if (!rule.help || !rule.help.text)
			complain(`rule ${rule.id} has no help`);
	if (run.columnKind !== 'unicodeCodePoints')
		complain(`columnKind is ${run.columnKind}`);
	const prints = new Set();
	/* What code scanning of GitHub accepts. */
	if (run.results.length > 25000 || rules.length > 25000 ||
	    rules.some((r) => (r.properties?.tags ?? []).length > 20 ||
		r.shortDescription.text.length > 1024 ||
		r.fullDescription.text.length > 1024))
		complain('more than GitHub accepts');
	for (const n of run.invocations.flatMap(
	    (i) => i.toolConfigurationNotifications ?? []))
		if (!n.descriptor?.id || !n.locations?.length)
			complain('a note on a waiver without its place');
	for (const result of run.results) {
		if (rules[result.ruleIndex]?.id !== result.ruleId)
			complain(`ruleIndex of ${result.ruleId} is wrong`);
		if ((result.kind !== 'fail') !== (result.level === 'none'))
			complain(`${result.kind} with level ${result.level}`);
		const print = JSON.stringify(result.partialFingerprints ?? {});
		if (print === '{}' || prints.has(print))
			complain(`${result.ruleId}: fingerprint ${print}`);
		prints.add(print);
		/* 3.27.23: all results have suppressions, or none. */
		if (!Array.isArray(result.suppressions))
			complain(`${result.ruleId} without suppressions`);
		for (const s of result.suppressions ?? [])
			if (s.status !== 'accepted' || !s.justification)
				complain(`${result.ruleId}: a suppression ` +
				    'without its reason');
		if (HIDDEN.test(result.message.text))
			complain(`hidden character in ${result.ruleId}`);
		for (const loc of [...result.locations,
		    ...(result.relatedLocations ?? [])])
			checkLocation(run, loc, complain);
	}
}

let bad = 0;
for (const file of process.argv.slice(2)) {
	const complain = (what) => {
		console.error(`${file}: ${what}`);
		bad++;
	};
	let log;
	try {
		log = JSON.parse(readFileSync(file, 'utf8'));
	} catch (e) {
		complain(e.message);
		continue;
	}
	if (!validate(log)) {
		for (const e of validate.errors.slice(0, 20))
			complain(`${e.instancePath} ${e.message}`);
		continue;
	}
	for (const run of log.runs)
		checkRun(run, complain);
}
process.exit(bad ? 1 : 0);
