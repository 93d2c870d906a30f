import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { runCommand } from './command-line.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request, app } = await startKvit('notes', '2026-03-01T00:00:00Z')
await seedOperator(client)
for (const name of ['anna', 'boris']) await createSubscriber(client, name)
await runBills(client, '2026-03-01')
await client.post('/v1/payments', {
  ...{ key: 'p-anna', account: 'anna', method: 'bank', currency: 'EUR', amount: '10.00', metadata: { bank: 'n1' } },
})
const [invoice] = (await client.list('/v1/invoices?account=anna')) as [Json]
/** Everything that has metadata, by its list and by its own address. */
const THINGS: readonly (readonly [list: string, address: string])[] = [
  ['/v1/issuers', '/v1/issuers/op'],
  ['/v1/customers', '/v1/customers/anna'],
  ['/v1/accounts', '/v1/accounts/anna'],
  ['/v1/services', '/v1/services/anna'],
  ['/v1/subscriptions', '/v1/subscriptions/anna'],
  ['/v1/plans', '/v1/plans/basic'],
  ['/v1/invoices', `/v1/invoices/${invoice['number']}`],
  ['/v1/payments', '/v1/payments/p-anna'],
]

async function change(address: string, metadata: unknown): Promise<{ status: number; json: Json; text: string }> {
  return request('PATCH', address, { body: { metadata } })
}

async function itemsOf(path: string): Promise<Json[]> {
  return (await client.get<{ items: Json[] }>(path)).items
}

async function idsOf(path: string): Promise<unknown[]> {
  return (await itemsOf(path)).map(({ id }) => id)
}

test('what callers note is set, merged, taken away, shown, and found by lists, on all that has it', async () => {
  for (const [list, address] of THINGS) {
    const first = await change(address, { region: 'eu', tier: 'gold' })
    assert.equal(first.status, 200, first.text)
    const merged = await change(address, { tier: null, 'erp no.': '4711' })
    assert.deepEqual(merged.json['metadata'], expected(address, { region: 'eu', 'erp no.': '4711' }))
    const shown = await client.get(address)
    assert.deepEqual(shown['metadata'], merged.json['metadata'], address)
    const found = `${list}?metadata[region]=eu`
    assert.deepEqual(await idsOf(found), [shown['id']], found)
    assert.deepEqual(await idsOf(`${found}&metadata[erp%20no.]=4711`), [shown['id']])
    for (const other of ['metadata[region]=us', 'metadata[region]=eu&metadata[tier]=gold', 'metadata[tier]=gold'])
      assert.deepEqual(await idsOf(`${list}?${other}`), [], other)
    const [listed] = await itemsOf(found)
    assert.deepEqual(listed?.['metadata'], shown['metadata'])
  }
})

function expected(address: string, metadata: Json): Json {
  return address.includes('payments') ? { bank: 'n1', ...metadata } : metadata
}

test('metadata has limits, and what is beyond them is told', async () => {
  const many = (count: number, from = 0): Json =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at + from}`, 'v']))
  const cases: readonly (readonly [unknown, number, RegExp])[] = [
    [{ ['k'.repeat(41)]: 'v' }, 400, /a key of metadata has 1 to 40 characters, none of them \[ or \]/],
    [{ 'a[b]': 'v' }, 400, /a key of metadata has 1 to 40 characters/],
    [{ '': 'v' }, 400, /a key of metadata has 1 to 40 characters/],
    [{ a: 'v'.repeat(501) }, 400, /500/],
    [{ a: 1 }, 400, /a value of metadata is a text of at most 500 characters/],
    ['text', 400, /metadata has texts by their keys/],
    [many(51), 422, /at most 50 entries; with this change there would be 52/],
    [many(101), 400, /a change names at most 100 entries/],
  ]
  await client.post('/v1/customers', { key: 'limits', name: 'Limits', metadata: { ['k'.repeat(40)]: 'v'.repeat(500) } })
  for (const [metadata, status, said] of cases) {
    const answer = await change('/v1/customers/limits', metadata)
    assert.equal(answer.status, status, answer.text)
    assert.match(String(answer.json['detail']), said)
  }
  const made = await request('POST', '/v1/customers', { body: { key: 'more', name: 'More', metadata: many(51) } })
  assert.deepEqual([made.status, /at most 50 entries/.test(made.text)], [400, true])
  assert.equal((await change('/v1/customers/limits', many(49))).status, 200)
  assert.equal((await change('/v1/customers/limits', { one: 'more' })).status, 422)
  assert.equal((await change('/v1/customers/limits', { k0: null, one: 'more' })).status, 200)
  const list = await request('GET', '/v1/customers?metadata=eu')
  assert.deepEqual([list.status, /in an address metadata\[region\]=eu/.test(list.text)], [400, true])
  const unknown = await request('GET', '/v1/coupons?metadata[region]=eu')
  assert.match(String(unknown.json['detail']), /unknown parameter "metadata"/)
  const nul = await request('GET', '/v1/customers?metadata[a]=%00')
  assert.equal(nul.status, 400)
})

test('changes at the same time lose nothing of each other', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      client.post('/v1/accounts/boris', { metadata: { [`n${at}`]: 'x' } }, 'PATCH'),
    ),
  )
  const { metadata } = await client.get('/v1/accounts/boris')
  assert.equal(Object.keys(metadata as object).length, 20)
})

test('a document stays what it is, its proof and all seals hold, whatever is noted of it', async () => {
  const address = `/v1/invoices/${invoice['id']}`
  const { document } = await client.get(address)
  await client.get(`${address}/proof`)
  await change(address, { po: 'changed after issue' })
  await change('/v1/payments/p-anna', { po: 'changed after issue' })
  assert.deepEqual((await client.get(address))['document'], document)
  assert.equal((await request('PATCH', address, { body: { metadata: {}, total: '1.00' } })).status, 400)
  assert.deepEqual(await checkHolds(client), [])
})

test('plan files say metadata without a new version; a file that says nothing leaves it as it is', async () => {
  const apply = async (text: string): Promise<Json> => {
    const { changes } = await client.post<{ changes: Json[] }>('/v1/catalog', { files: [{ name: 'plans.yaml', text }] })
    return changes.find(({ kind }) => kind === 'plan') as Json
  }
  const noted = (metadata: string, fee = 10): string =>
    CALLS.replace('code: basic', `code: tagged\n    metadata: ${metadata}`).replace('amount: 10', `amount: ${fee}`)
  const now = async (): Promise<unknown[]> => {
    const { version, metadata } = await client.get('/v1/plans/tagged')
    return [version, metadata]
  }
  assert.equal((await apply(noted('{ erp: 4711, tier: gold }')))['change'], 'new')
  assert.deepEqual(await now(), [1, { erp: '4711', tier: 'gold' }])
  const same = await apply(noted('{ tier: gold, erp: 4711 }'))
  assert.deepEqual([same['change'], same['differences']], ['unchanged', []])
  const other = await apply(noted('{ erp: 4712 }'))
  assert.deepEqual(
    [other['change'], other['version'], other['differences']],
    ['metadata', 1, ['metadata.erp: "4711" → "4712"', 'metadata.tier: "gold" → (none)']],
  )
  assert.deepEqual(await now(), [1, { erp: '4712' }])
  const silent = CALLS.replace('code: basic', 'code: tagged')
  assert.equal((await apply(silent))['change'], 'unchanged')
  assert.equal((await apply(silent.replace('amount: 10', 'amount: 11')))['change'], 'new_version')
  assert.deepEqual(await now(), [2, { erp: '4712' }])
  const third = await apply(noted('{ erp: 1 }', 12))
  assert.deepEqual(third['differences'], ['prices.0.amount: "11" → "12"', 'metadata.erp: "4712" → "1"'])
  assert.deepEqual(await now(), [3, { erp: '1' }])
  assert.deepEqual((await client.get('/v1/plans/tagged?version=1'))['metadata'], { erp: '4712' })
  await client.post('/v1/plans/tagged?version=1', { metadata: { erp: null, old: 'yes' } }, 'PATCH')
  assert.deepEqual((await client.get('/v1/plans/tagged?version=1'))['metadata'], { old: 'yes' })
  const wrong = await request('POST', '/v1/catalog', {
    body: { files: [{ name: 'plans.yaml', text: noted('{ erp: [1] }') }] },
  })
  assert.match(String(wrong.json['detail']), /plans\.yaml:6: a value of metadata is a text/)
})

test('a bulk import takes entries as columns', async () => {
  const csv =
    'customer.key,customer.name,customer.metadata.region,customer.metadata.erp.no\nnina,Nina,eu,17\nolha,Olha,,18\n'
  const report = await client.post('/v1/customer-imports', { csv })
  assert.deepEqual(report['errors'], [])
  assert.deepEqual((await client.get('/v1/customers/nina'))['metadata'], { region: 'eu', 'erp.no': '17' })
  assert.deepEqual((await client.get('/v1/customers/olha'))['metadata'], { 'erp.no': '18' })
  const bare = await request('POST', '/v1/customer-imports', { body: { csv: 'customer.key,customer.metadata\na,b\n' } })
  assert.match(String(bare.json['detail']), /unknown column "customer\.metadata".*customer\.metadata\.region/)
})

test('the command line sets, takes away and filters entries', async () => {
  const kvit = async (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
    runCommand(args, { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'notes' })
  const shown = async (...args: string[]): Promise<Json> => {
    const { code, out, err } = await kvit('--json', ...args)
    assert.equal(code, 0, err)
    return JSON.parse(out) as Json
  }
  const made = await shown(
    'customer',
    'create',
    '--key',
    'cli',
    '--name',
    'Cli',
    '--metadata',
    'a=1',
    '--metadata',
    'b=x=y',
  )
  assert.deepEqual(made['metadata'], { a: '1', b: 'x=y' })
  const changed = await shown('customer', 'change', 'cli', '--metadata', 'a=', '--metadata', 'c=3', '--name', 'New')
  assert.deepEqual([changed['metadata'], changed['name']], [{ b: 'x=y', c: '3' }, 'New'])
  const listed = (await shown('customer', 'list', '--metadata', 'c=3')) as unknown as Json[]
  assert.deepEqual(
    listed.map(({ key }) => key),
    ['cli'],
  )
  const number = String(invoice['number'])
  assert.equal(
    ((await shown('invoice', 'annotate', number, '--metadata', 'via=cli'))['metadata'] as Json)['via'],
    'cli',
  )
  const documents = (await shown('invoice', 'list', '--metadata', 'via=cli')) as unknown as Json[]
  assert.deepEqual(
    documents.map((one) => one['number']),
    [number],
  )
  for (const [group, name] of [
    ['payment', 'p-anna'],
    ['subscription', 'anna'],
    ['plan', 'basic'],
  ] as const)
    assert.equal(((await shown(group, 'annotate', name, '--metadata', 'via=cli'))['metadata'] as Json)['via'], 'cli')
  const { out } = await kvit('plan', 'export', 'basic')
  assert.match(out, /metadata:\n(.*\n)*? +via: cli/)
  const wrong = await kvit('customer', 'change', 'cli', '--metadata', 'a')
  assert.deepEqual([wrong.code, /Write it as key=value/.test(wrong.err)], [1, true])
})
