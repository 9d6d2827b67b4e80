// Checks GitLab Code Quality reports: what the documentation of the format
// asks for (the members, five severities, relative paths, no byte order mark),
// and that no two entries share a fingerprint, of which GitLab shows one.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';

const position = {
	type: 'object',
	required: ['line', 'column'],
	properties: {
		line: { type: 'integer', minimum: 1 },
		column: { type: 'integer', minimum: 1 },
	},
};
const validate = new Ajv({ allErrors: true }).compile({
	type: 'array',
	items: {
		type: 'object',
		required: ['description', 'check_name', 'fingerprint',
		    'severity', 'location'],
		properties: {
			type: { enum: ['issue'] },
			description: { type: 'string', minLength: 1 },
			check_name: { type: 'string', minLength: 1 },
			fingerprint: { type: 'string', minLength: 32 },
			severity: { enum: ['info', 'minor', 'major',
			    'critical', 'blocker'] },
			location: {
				type: 'object',
				required: ['path', 'lines'],
				properties: {
					path: { type: 'string', minLength: 1,
					    pattern: '^(?!\\./)' },
					lines: {
						type: 'object',
						required: ['begin'],
						properties: {
							begin: { type:
							    'integer',
							    minimum: 1 },
						},
					},
					positions: {
						type: 'object',
						required: ['begin', 'end'],
						properties: {
							begin: position,
							end: position,
						},
					},
				},
			},
		},
	},
});

let bad = 0;
for (const file of process.argv.slice(2)) {
	const complain = (what) => {
		console.error(`${file}: ${what}`);
		bad++;
	};
	const bytes = readFileSync(file);
	if (bytes[0] === 0xef)
		complain('a byte order mark');
	let issues;
	try {
		issues = JSON.parse(bytes);
	} catch (e) {
		complain(e.message);
		continue;
	}
	if (!validate(issues)) {
		for (const e of validate.errors.slice(0, 20))
			complain(`${e.instancePath} ${e.message}`);
		continue;
	}
	const prints = new Set(issues.map((i) => i.fingerprint));
	if (prints.size !== issues.length)
		complain('two entries share a fingerprint');
	for (const i of issues)
		if (/\n/.test(i.description))
			complain('a description of several lines');
}
process.exit(bad ? 1 : 0);
