// docx.js FILE: the DOCX as HTML, read by mammoth.
import mammoth from 'mammoth'

const result = await mammoth.convertToHtml({ path: process.argv[2] })
const bad = result.messages.filter((m) => m.type === 'error')
if (bad.length > 0) {
	console.error(bad.map((m) => m.message).join('\n'))
	process.exit(1)
}
process.stdout.write(result.value)
