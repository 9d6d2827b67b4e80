// Makes HTML of Markdown as code hosts do (CommonMark and GFM, HTML let
// through) and looks for what nobody is to get in: elements but the few of our
// own, links, images, and, outside of code, what hosts act upon afterwards:
// mentions, references to issues, names of emoji.
import { readFileSync } from 'node:fs';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const OWN = /<\/?(h2|h3|p|ul|li|table|thead|tbody|tr|code)>|<\/?(th|td) align="(left|right)">|<\/(th|td)>/g;
const COMMENT = 65536;

let bad = 0;
for (const file of process.argv.slice(2)) {
	const complain = (what) => {
		console.error(`${file}: ${what}`);
		bad++;
	};
	const text = readFileSync(file, 'utf8');
	const html = micromark(text, { allowDangerousHtml: true,
		allowDangerousProtocol: true, extensions: [gfm()],
		htmlExtensions: [gfmHtml()] });
	const rest = html.replace(OWN, '');
	const m = /<[^>]*>?/.exec(rest.replace(/&lt;/g, ''));
	if (m)
		complain(`an element ${m[0].slice(0, 60)}`);
	const outside = html.replace(/<code>[^]*?<\/code>/g, '')
		.replace(OWN, '').replace(/&[a-z]+;/g, '');
	for (const [what, sign] of Object.entries({ mention: /@\w/,
		reference: /#\d|\bGH-\d/, emoji: /:\w+:/, link: /https?:|www\./i,
		fence: /`/ }))
		if (sign.test(outside))
			complain(`${what}: ${sign.exec(outside)[0]}`);
	if (text.length > COMMENT)
		complain(`${text.length} characters, for a comment of ${COMMENT}`);
	const cells = html.match(/<tr>[^]*?<\/tr>/g) ?? [];
	if (cells.some((r) => (r.match(/<t[hd]/g) ?? []).length !== 2))
		complain('a row of the table is broken');
	if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/
	    .test(text))
		complain('a hidden character');
}
process.exit(bad ? 1 : 0);
