/** The commands of docs/einvoices.md, on the file that stands there; and what files that are none are answered with. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { convertDocument } from '../src/cli/einvoice/convert-document.ts'
import { readFile } from '../src/cli/einvoice/read-file.ts'
import { verdictOf } from '../src/cli/einvoice/validate-document.ts'
import { writeEInvoice } from '../src/core/einvoice/write-einvoice.ts'
import { writeXml } from '../src/core/einvoice/xml/write-xml.ts'
import { runCommand } from './command-line.ts'
import { documentOf, fullDocument } from './einvoice-documents.ts'
import { having } from './einvoice-variants.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../docs/einvoices.md'), 'utf8')
const folder = await mkdtemp(join(tmpdir(), 'kvit-einvoice-'))
after(async () => rm(folder, { recursive: true, force: true }))

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}
const [, example = ''] = /^```xml invoice\.xml\n([\s\S]*?)^```$/m.exec(PAGE) ?? []
await file('invoice.xml', example)

/** Commands of the page, with what it shows of them. */
const shown = [...PAGE.matchAll(/^```sh\nkvit (.*)\n```\n(?:\n```text\n([\s\S]*?)```)?/gm)]

for (const [, command = '', output] of shown)
  test(`kvit ${command}`, async () => {
    const args = command.split(' ').map((word) => (word.endsWith('.xml') ? join(folder, word) : word))
    const { code, out, err } = await runCommand(args)
    assert.equal(code, command.includes(' validate ') ? 1 : 0, err)
    if (output !== undefined) assert.equal(out.replaceAll(`${folder}/`, ''), output)
    else assert.ok((JSON.parse(out) as { violations: unknown[] }).violations.length > 3)
  })

test('the page shows read, validate and convert', () => {
  assert.deepEqual(
    shown.map(([, command = '']) => command.split(' ')[1]),
    ['read', 'validate', 'validate', 'convert'],
  )
})

test('the file that the page converts to is valid but for what the page says of the first one', async () => {
  const before = verdictOf(await readFile(join(folder, 'invoice.xml')), undefined)
  const { xml, lost } = convertDocument(await readFile(join(folder, 'invoice.xml')), 'cii')
  const after_ = verdictOf(await readFile(await file('cii.xml', xml)), undefined)
  assert.deepEqual(lost, [])
  assert.deepEqual(after_.violations, before.violations)
})

const REFUSED: readonly (readonly [what: string, content: string, says: RegExp])[] = [
  ['no file', '', /there is no file or folder .*missing\.xml/],
  ['a text', 'hello', /no well-formed XML/],
  ['entities', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /a DOCTYPE is not allowed/],
  ['other XML', '<invoice/>', /the root element \{\}invoice is none of a UBL Invoice, a UBL CreditNote or/],
]

for (const [what, content, says] of REFUSED)
  test(`${what} is answered with a sentence that names the file`, async () => {
    const path = content === '' ? join(folder, 'missing.xml') : await file('refused.xml', content)
    const { code, out, err } = await runCommand(['einvoice', 'validate', path])
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, says)
    assert.match(err, /^kvit: [^\n]*\n$/)
  })

test('a conversion does not write over the file that it is made of', async () => {
  const path = await file('kept.xml', writeXml(writeEInvoice(documentOf('S'), 'ubl-invoice')))
  const { code, err } = await runCommand(['einvoice', 'convert', path, '--to', 'cii', '--output', path])
  assert.equal(code, 1)
  assert.match(err, /kept\.xml is the file itself: name another one/)
  assert.equal((await readFile(path)).syntax, 'ubl-invoice')
})

test('what the other syntax has no place for is told', async () => {
  const card = having(fullDocument(), { payments: [{ code: '48', card: { number: '123456', network: 'VISA' } }] })
  const read = await readFile(await file('card.xml', writeXml(writeEInvoice(card, 'ubl-invoice'))))
  assert.deepEqual(convertDocument(read, 'cii').lost, ['payments.1.card.network (VISA) has no place in CII'])
  assert.deepEqual(convertDocument(read, 'ubl').lost, [])
  const due = having(documentOf('S'), { typeCode: '381', payments: [] })
  const credit = await readFile(await file('credit.xml', writeXml(writeEInvoice(due, 'cii'))))
  assert.deepEqual(convertDocument(credit, 'ubl').lost, ['dueDate (2026-02-15) has no place in UBL'])
})

test('a value that is none, and what is not known, are told with their line', async () => {
  const text = example
    .replace('2026-02-15', '2026-02-30')
    .replace('<cac:TaxTotal>', '<cbc:Mood>good</cbc:Mood>\n<cac:TaxTotal>')
  const verdict = verdictOf(await readFile(await file('odd.xml', text)), 'en16931')
  assert.deepEqual(verdict.faults, [
    { element: 'cbc:DueDate', line: 6, message: '"2026-02-30" is no day of the calendar' },
  ])
  assert.deepEqual(verdict.unread, [{ element: 'cbc:Mood', line: 41, message: 'was not read' }])
  assert.equal(verdict.isValid, false)
  const twice = example.replace(/(<cbc:IssueDate>.*)\n/, '$1\n$1\n')
  const again = verdictOf(await readFile(await file('twice.xml', twice)), 'en16931')
  const message = 'stands there again, where one is allowed'
  assert.deepEqual(again.faults, [{ element: 'cbc:IssueDate', line: 6, message, isRepeated: true }])
  assert.equal(again.isValid, false)
  assert.throws(() => verdictOf({} as never, 'all'), /--rules: write one of en16931, peppol, xrechnung/)
})
