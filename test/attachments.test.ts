/** Files that are kept with documents, customers and disputes: what they are, limits, who may see them, and what of them goes. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Client, Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { commandsOf } from './command-line.ts'
import { checkHolds, createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('files', '2026-02-01T06:00:00Z')
const { client, app } = kvit
const command = commandsOf(app, 'files')
const folder = await mkdtemp(join(tmpdir(), 'kvit-files-'))
after(async () => rm(folder, { recursive: true, force: true }))
await seedOperator(client)
await createSubscriber(client, 'ann')
await runBills(client, '2026-02-01')
const { number } = (await client.list('/v1/invoices'))[0] as Json
const OF_DOCUMENT = `/v1/invoices/${number}/attachments`

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n')
const add = async (by: Client, path: string, name: string, bytes: Uint8Array): Promise<Json> =>
  by.postRaw(`${path}?name=${encodeURIComponent(name)}`, bytes, 'application/octet-stream')
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test('a file is kept with its hash, and comes back as it was, as a download', async () => {
  const made = await add(client, OF_DOCUMENT, 'Stunden März.pdf', PDF)
  assert.deepEqual([made['type'], made['bytes'], made['sha256']], ['application/pdf', PDF.length, sha256(PDF)])
  assert.equal((await add(client, OF_DOCUMENT, 'Stunden März.pdf', PDF))['id'], made['id'])
  const url = `${app.url}/v1/attachments/${made['id']}/content`
  const response = await fetch(url, { headers: { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': 'files' } })
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), PDF)
  const header = (name: string): string | null => response.headers.get(name)
  assert.equal(header('content-disposition'), "attachment; filename*=UTF-8''Stunden%20M%C3%A4rz.pdf")
  assert.deepEqual([header('content-type'), header('x-content-type-options')], ['application/pdf', 'nosniff'])
  assert.match(String(header('content-security-policy')), /sandbox/)
})

const XLSX = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from('[Content_Types].xml … xl/workbook.xml')])
const KINDS: readonly (readonly [string, Uint8Array, string | null])[] = [
  ['a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]), 'image/png'],
  ['a.jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  ['a.xlsx', XLSX, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [
    'a.ods',
    Buffer.concat([
      Buffer.from([0x50, 0x4b, 3, 4, ...new Array(26).fill(0)]),
      Buffer.from('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
    ]),
    'application/vnd.oasis.opendocument.spreadsheet',
  ],
  ['a.xml', Buffer.from('<?xml version="1.0"?><a/>'), 'application/xml'],
  ['a.csv', Buffer.from('day,hours\n2026-01-01,3\n'), 'text/csv'],
  ['a.txt', Buffer.from('three hours'), 'text/plain'],
  ['a note', Buffer.from('three hours'), 'text/plain'],
  // Names that lie, programs, pages, other archives, other encodings.
  ['a.png', PDF, null],
  ['b.pdf', Buffer.from('MZ\u0000\u0001'), null],
  ['b.txt', Buffer.from('MZ\u0000\u0001'), null],
  ['b.html', Buffer.from('<html><script>1</script></html>'), null],
  ['b.txt', Buffer.from('<svg onload="x()"/>'), null],
  ['b.txt', Buffer.from('<!doctype html><script>1</script>'), null],
  ['b.js', Buffer.from('alert(1)'), null],
  ['b.html', Buffer.from('three <script>1</script>'), null],
  ['b.exe', PDF, null],
  ['b\u202Etxt.scr', Buffer.from('three hours'), null],
  ['b.application', Buffer.from('three hours'), null],
  ['..', Buffer.from('three hours'), null],
  ['b.zip', Buffer.from([0x50, 0x4b, 3, 4, 1, 2]), null],
  ['b.txt', Buffer.from([0xe4, 0xf6]), null],
]
for (const [name, bytes, type] of KINDS)
  test(`${name} of ${bytes.length} bytes is ${type ?? 'refused'}`, async () => {
    const path = '/v1/customers/ann/attachments'
    if (type !== null) assert.equal((await add(client, path, name, bytes))['type'], type)
    else await assert.rejects(add(client, path, name, bytes), /by its bytes it is none of/)
  })

test('size, count and total are bounded', async () => {
  await assert.rejects(add(client, OF_DOCUMENT, 'large.txt', Buffer.alloc(5_000_001, 97)), /5000001|bytes|large/)
  await assert.rejects(add(client, OF_DOCUMENT, 'empty.txt', Buffer.alloc(0)), /empty/)
  await assert.rejects(add(client, OF_DOCUMENT, '../passwd.txt', PDF), /without folders/)
  await client.post('/v1/settings/attachments', { values: { totalMegabytes: 1 } }, 'PUT')
  await add(client, OF_DOCUMENT, 'half.txt', Buffer.alloc(600_000, 97))
  await assert.rejects(add(client, OF_DOCUMENT, 'more.txt', Buffer.alloc(600_000, 98)), /may have 1 MB/)
  await client.post('/v1/settings/attachments', undefined, 'DELETE')
  for (let at = 2; at < 20; at++) await add(client, OF_DOCUMENT, `${at}.txt`, Buffer.from(`file ${at}`))
  await assert.rejects(add(client, OF_DOCUMENT, '20.txt', Buffer.from('one more')), /20 files are kept with it already/)
})

test('who may read documents sees theirs, and no file of a customer; nobody of another tenant', async () => {
  const clerk = await personWith(kvit, 'clerk', ['invoices:read', 'invoices:write'])
  const [ofDocument] = (await clerk.get<{ items: Json[] }>(OF_DOCUMENT)).items
  assert.deepEqual(Buffer.from(await clerk.download(`/v1/attachments/${ofDocument?.['id']}/content`)), PDF)
  const [ofCustomer] = (await client.get<{ items: Json[] }>('/v1/customers/ann/attachments')).items
  await assert.rejects(clerk.download(`/v1/attachments/${ofCustomer?.['id']}/content`), /customers:read/)
  await assert.rejects(clerk.post(`/v1/attachments/${ofCustomer?.['id']}/deletion`, { reason: 'x' }), /customers:write/)
  await client.post('/v1/tenants', { name: 'others' })
  const other = await kvit.request('GET', `/v1/attachments/${ofDocument?.['id']}/content`, {
    headers: { 'kvit-tenant': 'others' },
  })
  assert.equal(other.status, 404)
})

test('by the command line, with a dispute; deleted, what it was stays known', async () => {
  await client.post(`/v1/invoices/${number}/disputes`, { key: 'd1', reason: 'other' })
  const file = join(folder, 'letter.txt')
  await writeFile(file, 'You said 6.00')
  assert.match(await command('attachment', 'add', 'dispute', 'd1', file), /letter\.txt/)
  const [kept] = (await client.get<{ items: Json[] }>('/v1/disputes/d1/attachments')).items
  const copy = join(folder, 'copy.txt')
  await command('attachment', 'download', String(kept?.['id']), copy)
  assert.equal(await readFile(copy, 'utf8'), 'You said 6.00')
  await command('attachment', 'delete', String(kept?.['id']), '--reason', 'of another customer')
  assert.match(await command('attachment', 'list', 'dispute', 'd1'), /letter\.txt +text\/plain +13/)
  const [gone] = (await client.get<{ items: Json[] }>('/v1/disputes/d1/attachments')).items
  assert.match(JSON.stringify(gone), /of another customer/)
  await assert.rejects(client.download(`/v1/attachments/${kept?.['id']}/content`), /was deleted/)
  await assert.rejects(command('attachment', 'add', 'payment', 'p', file), /kept with invoice, customer, dispute/)
})

test('an export of the person names its files without their bytes', async () => {
  const rows = await client.list<{ kind: string; row: Json }>('/v1/customers/ann/personal-data')
  const files = rows.filter(({ kind }) => kind === 'file').map(({ row }) => row)
  // 20 with the document, 8 with the customer, 1 with the dispute.
  assert.equal(files.length, 29)
  assert.ok(files.every((row) => !('content' in row) && String(row['customer_id']).length === 36))
  assert.deepEqual(await checkHolds(client), [])
})
