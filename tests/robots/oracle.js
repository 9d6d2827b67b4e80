// Answers of the npm package robots-parser: oracle.js FILE of JSON lines.
import { readFileSync } from 'node:fs';
import robotsParser from 'robots-parser';

const site = 'https://example.com';
for (const line of readFileSync(process.argv[2], 'utf8').split('\n')) {
	if (line === '') continue;
	const c = JSON.parse(line);
	const robots = robotsParser(site + '/robots.txt', c.robots);
	const allowed = robots.isAllowed(site + c.path, c.agent);
	const delay = robots.getCrawlDelay(c.agent) ?? 0;
	console.log(`${allowed ? 'allow' : 'disallow'} ${delay * 1000}`);
}
