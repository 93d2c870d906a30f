import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { formatTable, paceOf } from '../src/cli/output.ts'
import { runCommand } from './command-line.ts'
import { CALLS, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, app } = await startKvit('words', '2026-03-01T00:00:00Z')
await seedOperator(client)
for (const name of ['anna', 'boris'])
  await createSubscriber(client, name, name === 'anna' ? { zone: 'Europe/Kyiv' } : {})
await runBills(client, '2026-03-01')
await client.post('/v1/payments', {
  ...{ key: 'p-anna', account: 'anna', method: 'bank', currency: 'EUR', amount: '10.00', receivedOn: '2026-03-01' },
})

async function kvit(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return runCommand(args, { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'words' })
}

async function lines(...args: string[]): Promise<string[]> {
  const { code, out, err } = await kvit(...args)
  assert.equal(code, 0, err)
  return out.trimEnd().split('\n')
}

test('T19: invoice list names account, customer, period, total, open, due and state, the newest first', async () => {
  const [head, , first, ...rest] = await lines('invoice', 'list')
  assert.match(String(head), /^number +account +customer +period +total +open +currency +due +state$/)
  const numbers = [first, ...rest].map((line) => String(line).split(' ')[0] as string)
  assert.equal(numbers.length, 6)
  const oldest = (await client.list('/v1/invoices')).map(({ number }) => String(number))
  assert.deepEqual(numbers, oldest.toReversed())
  const [, , paid, none] = await lines('invoice', 'list', '--state', 'paid', '--customer', 'anna')
  assert.match(String(paid), /anna +Customer anna +2026-01-01\/2026-01-01|anna +Customer anna +2026-01-01\/2026-0/)
  assert.match(String(paid), /10\.00 +0\.00 +EUR +2026-\d\d-\d\d +paid$/)
  assert.equal(none, undefined)
  assert.deepEqual(await lines('invoice', 'list', '--account', 'boris', '--state', 'paid'), ['(none)'])
  const json = JSON.parse((await kvit('--json', 'invoice', 'list', '--limit', '2', '--oldest-first')).out) as Json[]
  assert.deepEqual(
    json.map(({ number }) => number),
    oldest.slice(0, 2),
  )
  for (const name of ['number', 'kind', 'issuedOn', 'dueOn', 'state', 'total', 'paid', 'currency', 'id'])
    assert.ok(name in (json[0] as Json), name)
  const wrong = await kvit('invoice', 'list', '--state', 'payed')
  assert.deepEqual([wrong.code, wrong.out], [1, ''])
  assert.match(wrong.err, /^kvit: \/state: "payed" is none of issued, partially_paid, .*; did you mean "paid"\?/)
})

test('T19: the other lists name whose rows they are, and take the same filters', async () => {
  assert.match(String((await lines('payment', 'list'))[2]), /^2026-03-01 +anna +Customer anna +bank +10\.00 +EUR/)
  assert.match(String((await lines('customer', 'list', '--text', 'BORIS'))[2]), /^boris +Customer boris/)
  assert.match(
    String((await lines('account', 'list', '--customer', 'anna'))[2]),
    /^anna +Customer anna +EUR +Europe\/Kyiv/,
  )
  assert.match(
    String((await lines('subscription', 'list', '--state', 'active', '--limit', '1'))[2]),
    /^boris +boris +Customer boris +basic@1 +1 +active +2026-01-01$/,
  )
  assert.match(String((await lines('service', 'list'))[2]), /^boris +boris +Customer boris/)
  const none = await kvit('payment', 'list', '--limit', '0')
  assert.equal(none.err, 'kvit: --limit is a whole number from 1, not 0\n')
})

test('T6: every list of the command line is narrowed and cut the same way', async () => {
  assert.equal((await lines('invoice', 'list', '--currency', 'EUR', '--min-total', '10', '--limit', '1')).length, 3)
  assert.deepEqual(await lines('payment', 'list', '--currency', 'EUR', '--min-amount', '10.01'), ['(none)'])
  const none = await kvit('invoice', 'list', '--max-total', '5')
  assert.match(none.err, /maxTotal: name the currency of the amount/)
  for (const code of ['ONE', 'TWO'])
    await client.post('/v1/coupons', {
      ...{ code, name: code, value: { kind: 'percent', percent: '10' }, duration: { kind: 'once' } },
    })
  assert.match(String((await lines('coupon', 'list', '--limit', '1'))[2]), /^TWO /)
  assert.match(String((await lines('coupon', 'list', '--oldest-first', '--text', 'one'))[2]), /^ONE /)
  assert.equal((await lines('ledger', 'postings', '--limit', '3')).length, 5)
  for (const words of [
    'usage imports',
    'suspense list',
    'usage corrections',
    'voucher list',
    'coupon redemptions',
    'rerate list',
  ])
    assert.deepEqual(await lines(...words.split(' '), '--limit', '2', '--text', 'x'), ['(none)'], words)
  assert.deepEqual(await lines('balance', 'entries', 'anna', '--created-from', '2026-01-01T00:00:00Z'), ['(none)'])
})

test('T19: a document, an explanation, a timeline and a preview are words for people, and JSON with --json', async () => {
  const [invoice] = (await client.list('/v1/invoices?account=anna')) as [Json]
  const number = String(invoice['number'])
  const shown = (await lines('invoice', 'show', number)).join('\n')
  assert.match(shown, new RegExp(`^Invoice ${number}\n`))
  for (const said of [
    /^from +Operator, Kyiv$/m,
    /^to +Customer anna$/m,
    /^account +anna$/m,
    /^state +paid$/m,
    /^total +10\.00 EUR$/m,
    /^open +0\.00 EUR$/m,
    /Monthly fee/,
  ])
    assert.match(shown, said)
  const { document } = JSON.parse((await kvit('--json', 'invoice', 'show', number)).out) as { document: Json }
  const line = String((document['lines'] as Json[])[0]?.['id'])
  assert.ok(shown.includes(line))
  const explained = await kvit('explain', line)
  assert.equal(explained.out.trimEnd().split('\n')[0], (await kvit('explain', line, '--text')).out.split('\n')[0])
  assert.equal((JSON.parse((await kvit('--json', 'explain', line)).out) as Json)['line'], line)

  const preview = ['subscription', 'preview', 'anna', '--kind', 'quantity', '--quantity', '3']
  assert.match((await kvit(...preview)).out, /Without it\n[\s\S]*With it\n[\s\S]*difference -?\d+\.\d\d EUR/)
  assert.ok('difference' in (JSON.parse((await kvit('--json', ...preview)).out) as Json))
  const timeline = await lines('subscription', 'timeline', 'anna')
  assert.equal(timeline[0], 'anna is active (times in Europe/Kyiv)')
  assert.match(timeline.join('\n'), /from +until +plan[\s\S]*2026-01-01 02:00 +open +basic@1/)
  const told = JSON.parse((await kvit('--json', 'subscription', 'timeline', 'anna')).out) as Json
  assert.deepEqual([told['subscription'], told['state']], ['anna', 'active'])
  const plan = JSON.parse((await kvit('--json', 'plan', 'show', 'basic')).out) as Json
  assert.equal(plan['code'], 'basic')
})

test('T19: a table fits the terminal: wide texts are cut, and what people copy stays whole', () => {
  const rows = [
    { number: 'INV-000001', customer: 'boris', note: 'x'.repeat(60), amount: '10.00' },
    { number: 'INV-000002', customer: 'anna', note: 'short', amount: '1000.00' },
  ]
  const whole = formatTable(rows, undefined, undefined).split('\n')
  assert.ok(String(whole[2]).includes('x'.repeat(60)))
  const cut = formatTable(rows, undefined, 50).split('\n')
  assert.ok(cut.every((line) => line.length <= 50))
  assert.match(String(cut[2]), /^INV-000001 {2}boris {5}x+… +10\.00$/)
  assert.ok(formatTable(rows, undefined, 10).includes('INV-000002'))
})

test('T19: progress tells the rate and the time left', () => {
  assert.equal(paceOf(500, 1_000, 400), '')
  assert.equal(paceOf(2_500, 12_500, 2_000), ' · 1,250/s · 8 s left')
  assert.equal(paceOf(1, 401, 2_000), ' · 0.5/s · 13 min 20 s left')
  assert.equal(paceOf(1, 5_001, 2_000), ' · 0.5/s · 2 h 46 min left')
  assert.equal(paceOf(0, 10, 5_000), '')
})

test('T16: plan apply takes one file, with the tables that it names, and says what else it is given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-test-'))
  const file = join(folder, 'plans.yaml')
  await writeFile(file, CALLS.replaceAll('basic', 'other').replace('name: Basic', 'name: Other'))
  await writeFile(join(folder, 'broken.yaml'), 'plans: [')
  const applied = await kvit('plan', 'apply', file, '--dry-run')
  assert.deepEqual([applied.code, applied.err], [0, ''])
  assert.match(applied.out, /\+ plan other v1 +new[\s\S]*nothing published \(dry run\)/)
  const text = join(folder, 'notes.txt')
  await writeFile(text, 'x')
  const empty = await mkdtemp(join(tmpdir(), 'kvit-test-'))
  for (const [path, said] of [
    [text, `kvit: ${text} is no plan file: give a .yaml or .yml file, or a folder of them\n`],
    [join(folder, 'gone'), `kvit: there is no file or folder ${join(folder, 'gone')}\n`],
    [empty, `kvit: ${empty} has no plan files: their names end with .yaml or .yml\n`],
  ] as const) {
    const { code, err } = await kvit('plan', 'apply', path)
    assert.deepEqual({ code, err }, { code: 1, err: said })
  }
  for (const made of [folder, empty]) await rm(made, { recursive: true })
})
