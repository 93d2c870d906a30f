import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import type { InvoiceDocument } from '../src/core/invoicing/document.ts'
import { runCommand } from './command-line.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('brands', '2026-02-01T00:00:00Z')
const { client, request } = kvit
await seedOperator(client)

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 4"><rect width="12" height="4" fill="#005bbb"/></svg>'
const sendImage = async (bytes: Uint8Array | string) => request('POST', '/v1/brand-images', { raw: bytes })
const publish = async (key: string, content: Json) => client.post<Json>(`/v1/brands/${key}`, content, 'PUT')
const keptLogo = async (): Promise<string> => String((await sendImage(LOGO)).json['digest'])

async function documentsOf(account: string): Promise<(InvoiceDocument & { id: string })[]> {
  const found: (InvoiceDocument & { id: string })[] = []
  for (const { id } of await client.list<{ id: string }>(`/v1/invoices?account=${account}`))
    found.push({ ...(await client.get<{ document: InvoiceDocument }>(`/v1/invoices/${id}`)).document, id })
  return found
}
const pdfOf = async (id: string): Promise<Buffer> => Buffer.from(await client.download(`/v1/invoices/${id}/pdf`))

async function run(...args: string[]): Promise<string> {
  const { code, out, err } = await runCommand(args, {
    ...{ KVIT_URL: kvit.app.url, KVIT_KEY: kvit.app.rootKey, KVIT_TENANT: 'brands' },
  })
  assert.equal(code, 0, err)
  return out
}

/** A grey PNG of a few pixels; the header may say another size than there is. */
function png(width: number, height: number, says = height, more: Buffer = Buffer.alloc(0)): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(says, 4)
  head[8] = 8
  const pixels = deflateSync(Buffer.alloc((width + 1) * height, 0))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0)), more])
}

test('a document is set with the version of the brand that it was issued with, to the byte, whatever the brand is later', async () => {
  const first = {
    accent: '#005bbb',
    headline: true,
    logo: { image: await keptLogo() },
    contact: ['#read("/etc/passwd") $x$ *bold* <label>'],
    footer: { en: 'Acme', de: '#panic("no")' },
    paymentLink: 'https://pay.example/{number}?amount={amount}&currency={currency}',
    messages: [
      { when: { metadata: { segment: 'gold' } }, text: { en: 'You have gold.', de: 'Sie haben Gold.' } },
      { when: { language: 'de' }, text: { en: 'For German readers', de: 'Für Sie' } },
    ],
  }
  assert.equal((await publish('acme', first))['version'], 1)
  assert.equal((await publish('acme', first))['version'], 1, 'the same content is no new version')
  await client.post('/v1/issuers/op', { brand: 'acme' }, 'PATCH')
  await createSubscriber(client, 'anna')
  await client.post('/v1/accounts/anna', { metadata: { segment: 'gold' } }, 'PATCH')
  await createSubscriber(client, 'bernd', { language: 'de' })
  await runBills(client, '2026-02-01')
  const [anna] = await documentsOf('anna')
  const [bernd] = await documentsOf('bernd')
  assert.ok(anna !== undefined && bernd !== undefined)
  assert.equal(anna.brand?.version, 1)
  assert.deepEqual(anna.messages, ['You have gold.'])
  assert.deepEqual(bernd.messages, ['Für Sie'])
  assert.equal(anna.paymentLink, `https://pay.example/${anna.number}?amount=10.00&currency=EUR`)
  const before = await pdfOf(anna.id)
  assert.match(before.subarray(0, 8).toString(), /^%PDF-1\.7/)
  await pdfOf(bernd.id)

  const second = { ...first, accent: '#cc0000', paper: 'us-letter', logo: null, headline: false }
  assert.equal((await publish('acme', second))['version'], 2)
  assert.ok((await pdfOf(anna.id)).equals(before), 'an old document stays as it is')
  await createSubscriber(client, 'clara')
  await runBills(client, '2026-02-01')
  const [clara] = await documentsOf('clara')
  assert.equal(clara?.brand?.version, 2)
  assert.equal((await client.get('/v1/brands/acme?version=1'))['digest'], anna.brand?.digest)
  assert.deepEqual(await checkHolds(client), [])
})

test('an account has a brand in place of its issuer’s; lines are put together, and what was used before is shown', async () => {
  await publish('grouped', { groupBy: 'metadata.costCentre', usageChart: true })
  await createSubscriber(client, 'dora')
  await client.post('/v1/subscriptions', {
    key: 'dora-2',
    account: 'dora',
    plan: 'basic',
    startsAt: '2026-01-01T00:00:00Z',
  })
  await client.post('/v1/subscriptions/dora-2', { metadata: { costCentre: 'K-200' } }, 'PATCH')
  await client.post('/v1/accounts/dora', { brand: 'grouped' }, 'PATCH')
  const record = (month: number, minutes: number) => ({
    ...{ source: 's', id: `d-${month}`, service: 'dora', type: 'call', time: `2026-0${month}-05T10:00:00Z` },
    data: { minutes },
  })
  await client.post('/v1/usage', [record(1, 50)])
  await runBills(client, '2026-02-01')
  await client.post('/v1/tenants/brands', { clock: '2026-03-01T00:00:00Z' }, 'PATCH')
  await client.post('/v1/usage', [record(2, 75)])
  await runBills(client, '2026-03-01')
  const last = (await documentsOf('dora')).find(({ period }) => period.from === '2026-02-01')
  assert.equal(last?.brand?.key, 'grouped')
  assert.deepEqual([...new Set(last?.lines.map(({ subscription, group }) => `${subscription}: ${group}`))].sort(), [
    'dora-2: K-200',
    'dora: ',
  ])
  assert.deepEqual(last?.earlierUsage, [
    { from: '2026-01-01', usage: [{ meter: 'Minutes', unit: 'min', quantity: '50' }] },
  ])
  await pdfOf(String(last?.id))
})

test('a logo is looked through before it is kept', async () => {
  const svg = (inside: string, attributes = 'viewBox="0 0 1 1"') =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`
  const wrong: readonly (readonly [Uint8Array | string, RegExp])[] = [
    [svg('<script>1</script>'), /element script/],
    [svg('<image href="file:///etc/passwd"/>'), /element image/],
    [svg('<rect onload="x()"/>'), /attribute onload/],
    [svg('<rect fill="url(http://a.example/x)"/>'), /fill names something outside/],
    [svg('<style>@import "x.css";</style>'), /style names something outside/],
    [svg('<style><![CDATA[rect{fill:url(//x)}]]></style>'), /style names something outside/],
    [svg('<foreignObject/>'), /element foreignObject/],
    [svg('<use href="#a"/>'), /element use/],
    [`<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`, /DOCTYPE/],
    [`<?xml-stylesheet href="x"?>${svg('')}`, /instruction/],
    [svg('', ''), /no size/],
    [svg('<g>').replace('</svg>', ''), /cannot be read/],
    ['not a picture', /cannot be read/],
    [svg('<g>'.repeat(60) + '</g>'.repeat(60)), /nested/],
    [png(2, 2, 3_000), /as many as its header/],
    [png(1, 1, 5_000), /1 × 5000 pixels/],
    [png(2, 2).subarray(0, 40), /cut off/],
    [png(2, 2, 2, Buffer.from('more')), /follows its end/],
    [Buffer.from(png(2, 2)).fill(0, 30, 33), /damaged/],
  ]
  for (const [bytes, reason] of wrong) {
    const { status, json } = await sendImage(bytes)
    assert.equal(status, 422, String(reason))
    assert.match(String(json['detail']), reason)
  }
  assert.equal((await sendImage(Buffer.alloc(300 * 1024, 0x20))).status, 413)
  const kept = await sendImage(png(2, 2))
  assert.equal(kept.json['format'], 'png')
  const shown = await client.download(`/v1/brand-images/${kept.json['digest']}`)
  assert.ok(Buffer.from(shown).equals(png(2, 2)))
  const preview = await client.downloadOf('/v1/brand-previews', {
    content: { logo: { image: kept.json['digest'], widthMm: 10 }, groupBy: 'service', usageChart: true },
    kind: 'credit_note',
    language: 'uk',
  })
  assert.equal(Buffer.from(preview).subarray(0, 5).toString(), '%PDF-')
})

test('the brand of the page of documentation can be published out of its file', async () => {
  const page = await readFile(join(import.meta.dirname, '../docs/pages.md'), 'utf8')
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? []
  const folder = await mkdtemp(join(tmpdir(), 'kvit-brand-'))
  await writeFile(join(folder, 'brand.yaml'), text)
  await writeFile(join(folder, 'logo.svg'), LOGO)
  await run('brand', 'publish', 'documented', join(folder, 'brand.yaml'))
  assert.equal((await client.get('/v1/brands/documented'))['version'], 1)
  await run('brand', 'preview', join(folder, 'brand.yaml'), join(folder, 'sample.pdf'), '--language', 'de')
  assert.equal((await readFile(join(folder, 'sample.pdf'))).subarray(0, 5).toString(), '%PDF-')
  assert.match(await run('brand', 'list'), /documented/)
  await rm(folder, { recursive: true })
})

test('a brand that cannot be is refused, and says why', async () => {
  const wrong: readonly (readonly [Json, RegExp])[] = [
    [{ accent: 'red' }, /six hexadecimal digits/],
    [{ columns: ['amount'] }, /description and amount are needed/],
    [{ paymentLink: 'https://{number}.example/' }, /values behind its host/],
    [{ paymentLink: 'https://pay.example/{customer}' }, /\{customer\} is none of/],
    [{ paymentLink: 'javascript:alert(1)' }, /write an address/],
    [{ logo: { image: '0'.repeat(64) } }, /there is no image/],
    [{ groupBy: 'colour' }, /groupBy/],
    [{ footer: {} }, /one language at least/],
    [{ template: '#read("x")' }, /template/],
  ]
  for (const [content, reason] of wrong)
    assert.match(JSON.stringify((await request('PUT', '/v1/brands/wrong', { body: content })).json), reason)
  await assert.rejects(client.post('/v1/issuers/op', { brand: 'nobody' }, 'PATCH'), /there is no brand nobody/)
  assert.equal((await request('GET', '/v1/brands/wrong')).status, 404)
})

async function tamper(sql: string): Promise<void> {
  const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
  await database.connect()
  try {
    await database.query('set search_path = t_brands; set session_replication_role = replica')
    await database.query(sql)
  } finally {
    await database.end()
  }
}

test('whoever changes a version, or a picture, behind the back of Kvit is found out', async () => {
  assert.deepEqual(await checkHolds(client), [])
  await tamper(`update brand_version set content = content || '{"headline": false}' where key = 'acme' and version = 1`)
  assert.match((await checkHolds(client)).join(), /as they were published: version 1 of brand acme/)
  await tamper(`delete from brand_version where key = 'acme' and version = 1`)
  assert.match((await checkHolds(client)).join(), /has the brand that it was issued with: INV-/)
})
