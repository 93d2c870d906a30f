/** Files that go out with a document: inside its e-invoice as BG-24, in both syntaxes and in a Factur-X, and which cannot. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { readXml } from '../src/adapters/xml/read-xml.ts'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { readEInvoice } from '../src/core/einvoice/read-einvoice.ts'
import { RULE_SETS } from '../src/core/einvoice/rules/rule-sets.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { commandsOf } from './command-line.ts'
import { CALLS, startKvit } from './harness.ts'

const { app, client } = await startKvit('enclosed', '2026-02-01T06:00:00Z')
const command = commandsOf(app, 'enclosed')
const folder = await mkdtemp(join(tmpdir(), 'kvit-enclosed-'))
after(async () => rm(folder, { recursive: true, force: true }))
const BERLIN = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Example Street 1'] }
await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: CALLS }] })
await client.post('/v1/issuers', {
  ...{ key: 'seller', name: 'Seller', address: 'Berlin', postalAddress: BERLIN, invoiceSeries: 'R' },
  ...{ registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }] },
  electronicAddress: { scheme: '9930', id: 'DE136695976' },
  contact: { name: 'Accounts', telephone: '+49 30 1234567', email: 'billing@example.com' },
  bankAccounts: [{ currency: 'EUR', iban: 'DE71 1102 2033 0123 4567 89', bic: 'BHBLDEHHXXX' }],
})
await client.post('/v1/customers', {
  ...{ key: 'city', name: 'City', kind: 'business', postalAddress: BERLIN, purchaseOrder: 'PO-7' },
  electronicAddress: { scheme: '0204', id: '992-90009-96' },
  einvoice: { specification: 'peppol', buyerReference: 'B-1' },
})
const cycle = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
await client.post('/v1/accounts', { key: 'city', customer: 'city', issuer: 'seller', ...cycle })
await client.post('/v1/services', { key: 'city', account: 'city', validFrom: '2026-01-01T00:00:00Z' })
const terms = { plan: 'basic', alignment: 'calendar', startsAt: '2026-01-01T00:00:00Z' }
await client.post('/v1/subscriptions', { key: 'city', account: 'city', ...terms })
await runBills(client, '2026-02-01')
const [invoice] = (await client.list('/v1/invoices')) as [Json]
const PATH = `/v1/invoices/${invoice['number']}/attachments`

/** What streams of a PDF have, unpacked. */
function streamsOf(pdf: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1))
    try {
      found.push(inflateSync(pdf.subarray(at + 'stream\n'.length, pdf.indexOf('endstream', at))))
    } catch {
      // Not every stream is packed.
    }
  return found
}

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n')
const ODS = Buffer.concat([
  Buffer.from([0x50, 0x4b, 3, 4, ...new Array(26).fill(0)]),
  Buffer.from('mimetypeapplication/vnd.oasis.opendocument.spreadsheet, and more'),
])
const FILES = [
  ['Stunden März.pdf', PDF, 'application/pdf'],
  ['hours.csv', Buffer.from('day,hours\n2026-01-01,3\n'), 'text/csv'],
  ['hours.ods', ODS, 'application/vnd.oasis.opendocument.spreadsheet'],
] as const
const add = async (name: string, bytes: Uint8Array, query = '&enclosed=true', path = PATH): Promise<Json> =>
  client.postRaw(`${path}?name=${encodeURIComponent(name)}${query}`, bytes, 'application/octet-stream')
const einvoice = async (query: string): Promise<string> =>
  Buffer.from(await client.download(`/v1/invoices/${invoice['number']}/einvoice?${query}`)).toString('utf8')

test('only files that were said to go out do, and one that is kept already can be said to later', async () => {
  await add('internal.pdf', Buffer.concat([PDF, Buffer.from('secret')]), '')
  assert.doesNotMatch(await einvoice('syntax=ubl'), /EmbeddedDocument/)
  const [[name, bytes]] = FILES
  const kept = await add(name, bytes, '')
  assert.equal(kept['enclosed'], false)
  const said = await add(name, bytes)
  assert.deepEqual([said['id'], said['enclosed']], [kept['id'], true])
  const file = join(folder, FILES[1][0])
  await writeFile(file, FILES[1][1])
  await command('attachment', 'add', 'invoice', String(invoice['number']), file, '--enclosed')
  await add(FILES[2][0], FILES[2][1])
})

for (const [syntax, specification] of [
  ['ubl', 'peppol'],
  ['ubl', 'en16931'],
  ['cii', 'en16931'],
] as const)
  test(`${syntax} by ${specification}: the files are inside with name, kind and every byte, and all rules hold`, async () => {
    const args = ['--syntax', syntax, '--specification', specification]
    const document = readEInvoice(
      readXml(Buffer.from(await command('invoice', 'einvoice', String(invoice['number']), ...args))),
    )
    assert.ok(document !== null)
    assert.deepEqual(
      document.document.attachments.map(({ reference, file }) => [
        reference,
        file?.name,
        file?.mimeType,
        file?.content,
      ]),
      FILES.map(([name, bytes, type]) => [name, name, type, bytes.toString('base64')]),
    )
    assert.deepEqual(
      validate(document, RULE_SETS[specification]).filter(({ severity }) => severity === 'fatal'),
      [],
    )
  })

test('a Factur-X has them, too', async () => {
  const pdf = Buffer.from(await client.download(`/v1/invoices/${invoice['number']}/pdf?format=factur-x`))
  const inside = streamsOf(pdf).find((one) => one.includes('CrossIndustryInvoice'))
  assert.ok(inside !== undefined)
  const document = readEInvoice(readXml(inside))
  assert.deepEqual(
    document?.document.attachments.map(({ file }) => file?.content),
    FILES.map(([, bytes]) => bytes.toString('base64')),
  )
})

test('what an e-invoice has no place for is refused with the rule, and nothing is kept of it', async () => {
  const before = await client.get<{ items: Json[] }>(PATH)
  await assert.rejects(add('note.txt', Buffer.from('three hours')), /note\.txt is text\/plain, .*BR-CL-24/)
  await assert.rejects(add('HOURS.csv', Buffer.from('day,hours\n')), /goes out with it already.*BR-DE-22/)
  for (const name of ['a.csv', 'b.csv'])
    if (name === 'a.csv') await add(name, Buffer.alloc(4_999_000, 97))
    else await add(name, Buffer.alloc(4_999_000, 98))
  await assert.rejects(add('c.csv', Buffer.alloc(5_000, 99)), /at most 10000000 bytes/)
  await assert.rejects(add('a.pdf', PDF, '&enclosed=true', '/v1/customers/city/attachments'), /enclosed/)
  const after = await client.get<{ items: Json[] }>(PATH)
  assert.equal(after.items.length, before.items.length + 2)
})

test('one that was deleted is in no e-invoice any more, and its name is free', async () => {
  const { items } = await client.get<{ items: Json[] }>(PATH)
  for (const { id, name } of items)
    if (name !== 'hours.ods') await client.post(`/v1/attachments/${id}/deletion`, { reason: 'no longer' })
  assert.deepEqual((await einvoice('')).match(/filename="[^"]*"/g), ['filename="hours.ods"'])
  await add('hours.csv', Buffer.from('day,hours\n'))
})
