/** Voids, debit notes and the money of credits on request, through the door. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { CreditWorld, lines, sums } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('voids')
const { client } = world

await world.subscriber('anew', { plans: ['calls'] })
await world.subscriber('given', { plans: ['mixed'] })
await world.subscriber('late', { plans: ['calls'] })
await world.subscriber('payer', { plans: ['mixed'] })
await world.subscriber('prepaid', { plans: ['prepaid'], creditLimit: '0', pricesIncludeTax: true })
await world.subscriber('sponsor', { plans: [], creditLimit: '1000.00' })
await world.subscriber('member', {
  plans: ['calls'],
  creditLimit: '0',
  sponsor: 'sponsor',
  sponsorCaps: { '': '500.00' },
})
await client.post('/v1/top-ups', { key: 'top', account: 'prepaid', amount: '50.00', currency: 'EUR', method: 'cash' })
await world.bill('2026-01-01')
await world.setClock('2026-01-20')
for (const account of ['anew', 'given', 'late', 'payer', 'prepaid', 'member']) await world.use(account, '1', '100')
await world.bill('2026-02-01')

const states = async (account: string): Promise<string[]> =>
  (await world.documents(account)).map(
    ({ number, state, total, open }) => `${number.slice(0, 3)} ${state} ${total} ${open}`,
  )
const owed = async (account: string): Promise<Json> => client.get(`/v1/accounts/${account}/balances`)

test('an invoice that is void is billed anew by the next bill run, with what is known then; what was paid for it pays that', async () => {
  const { number } = await world.last('anew')
  await world.pay('anew', '12.00')
  const note = await world.void(number, { rebill: true })
  assert.deepEqual([sums(note), note.left], ['-10.00 + -2.00 = -12.00', '0.00'])
  assert.deepEqual(await states('anew'), ['XA- void 12.00 0.00', 'CXA issued -12.00 0.00'])
  assert.deepEqual(await checkHolds(client), [])
  await world.use('anew', '2', '50')
  await world.bill('2026-03-01')
  assert.deepEqual(await states('anew'), [
    'XA- void 12.00 0.00',
    'CXA issued -12.00 0.00',
    'XA- partially_paid 18.00 6.00',
  ])
  const [line] = (await world.last('anew')).document.lines
  assert.deepEqual([line?.quantity, line?.unitAmount], ['150', '0.1'])
  assert.deepEqual(await checkHolds(client), [])
})

test('or at once; or it is given up, and is not billed again', async () => {
  const again = await world.last('anew')
  const note = await world.void(again.number, { rebill: true, atOnce: true })
  assert.deepEqual(
    note.rebilled.map(({ total }) => total),
    ['18.00'],
  )
  assert.deepEqual((await states('anew')).at(-1), 'XA- partially_paid 18.00 6.00')
  const { number } = await world.first('given')
  await world.void(number, { rebill: false })
  await world.bill('2026-04-01')
  assert.match((await states('given'))[0] as string, /^XA- void .* 0.00$/)
  // The fees of February and March were billed, and nothing of January is again.
  const january = (await world.documents('given')).flatMap(({ document }) =>
    document.lines.filter(({ from }) => from < '2026-02-01'),
  )
  // Three charges, and the three credits of them.
  assert.equal(january.length, 6)
  assert.deepEqual(await checkHolds(client), [])
})

test('only a whole document is voided, and the last of its usage first', async () => {
  const { number } = await world.last('late')
  await world.use('late', '2', '10', { day: '2026-01-06' })
  await world.bill('2026-05-01')
  const second = await world.last('late')
  assert.equal(sums(second), '1.00 + 0.20 = 1.20')
  const path = `/v1/invoices/${number}/void`
  assert.match(
    await world.refused(path, { rebill: true }),
    new RegExp(`^409 ${second.number} bills more of the same usage`),
  )
  await world.void(second.number, { rebill: true })
  await world.void(number, { rebill: true, atOnce: true })
  assert.equal(sums(await world.last('late')), '11.00 + 2.20 = 13.20')
  const third = (await world.last('late')).number
  await world.credit(third, { amount: '1.00' })
  assert.match(await world.refused(`/v1/invoices/${third}/void`, { rebill: false }), /^409 .* was credited in part/)
  assert.deepEqual(await checkHolds(client), [])
})

test('what is open of a document is lowered first; only what was paid in money is paid back', async () => {
  const { number, total } = await world.first('payer')
  const path = `/v1/invoices/${number}/credit-notes`
  assert.match(
    await world.refused(path, { amount: '1.00', money: 'refund' }),
    /is open, which a credit of 1.00 EUR lowers: there is nothing to pay back/,
  )
  const note = await world.credit(number, { amount: '1.00', money: 'balance' })
  assert.equal(note.lowered, '1.00')
  await world.pay('payer', String(Number(total) - 1))
  const refund = await world.credit(number, { amount: '2.00', money: 'refund' })
  assert.deepEqual([refund.lowered, refund.refund?.amount], ['0.00', '2.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('a debit note charges more, taxed as bills are, and can be credited itself', async () => {
  const { number } = await world.first('payer')
  const body = {
    reason: 'other',
    text: 'A visit',
    lines: [
      { description: 'Visit of a technician', unitPrice: '40.00' },
      {
        description: 'A book',
        unitPrice: '10.00',
        taxClass: 'reduced_service',
        from: '2026-01-01',
        until: '2026-02-01',
      },
    ],
  }
  const note = await client.post<Awaited<ReturnType<typeof world.credit>>>(`/v1/invoices/${number}/debit-notes`, {
    key: 'debit',
    ...body,
  })
  assert.deepEqual(
    [note.document.kind, note.document.reason, note.document.corrects],
    ['debit_note', 'A visit', [number]],
  )
  assert.deepEqual(lines(note), ['40.00 + 8.00', '10.00 + 0.50'])
  assert.equal(sums(note), '50.00 + 8.50 = 58.50')
  const credit = await world.credit(note.document.number, { lines: [{ line: 2 }] })
  assert.deepEqual([sums(credit), credit.left], ['-10.00 + -0.50 = -10.50', '48.00'])
  await world.bill('2026-06-01')
  assert.deepEqual(await checkHolds(client), [])
})

test('a credit of what a balance paid goes back to it; what is to be paid back does not', async () => {
  const before = await owed('prepaid')
  const [first] = await world.documents('prepaid')
  await world.credit(String(first?.number), { amount: '6.00', money: 'balance' })
  const after = await owed('prepaid')
  assert.notDeepEqual(after, before)
  assert.deepEqual(await checkHolds(client), [])
  await world.credit(String(first?.number), { amount: '2.00', money: 'refund' })
  assert.deepEqual((await owed('prepaid'))['money'], after['money'])
  assert.deepEqual(await checkHolds(client), [])
  const note = await world.void((await world.documents('prepaid'))[1]?.number as string, { rebill: true, atOnce: true })
  assert.equal(note.rebilled.length, 1)
  assert.deepEqual(await checkHolds(client), [])
})

test('documents of members are credited and voided like others; the sponsor is billed for what they used', async () => {
  const { number } = await world.last('member')
  await world.credit(number, { amount: '1.00' })
  assert.deepEqual(await checkHolds(client), [])
  await world.use('member', '2', '100', { day: '2026-05-05' })
  await world.bill('2026-07-01')
  const second = await world.last('member')
  await world.void(second.number, { rebill: true, atOnce: true })
  assert.deepEqual(await checkHolds(client), [])
  await world.bill('2026-08-01')
  assert.deepEqual(await checkHolds(client), [])
  const ofSponsor = await world.last('sponsor')
  await world.credit(ofSponsor.number, { amount: '1.00' })
  assert.deepEqual(await checkHolds(client), [])
  await world.bill('2026-09-01')
  assert.deepEqual(await checkHolds(client), [])
})

test('a credit, then the subscription ends as of before: what was given up does not come back twice', async () => {
  await world.subscriber('ends', { plans: ['cn-4-d'] })
  await world.setClock('2026-01-01')
  await world.bill('2026-09-01')
  const first = (await world.documents('ends'))[0]
  await world.credit(String(first?.number), { lines: [{ line: 1, amount: '80.00' }] })
  await client.post('/v1/subscriptions/ends-0', { endsAt: '2026-01-02T00:00:00Z' }, 'PATCH')
  await world.bill('2026-10-01')
  const total = (await world.documents('ends')).reduce((sum, { total }) => sum + Math.round(Number(total) * 100), 0)
  // 85.00 for a day of 31 is 2.74, less than what was given up: nothing is owed of January.
  assert.equal(total, 0)
  assert.deepEqual(await checkHolds(client), [])
})

test('where the issuer wants it, a correction says what was billed and what it should be', async () => {
  await client.post('/v1/issuers/XB', { correctiveForm: true }, 'PATCH')
  await world.subscriber('form', { country: 'XB', plans: ['tx-7'] })
  await world.bill('2026-11-01')
  const { number } = await world.last('form')
  const { document } = await world.credit(number, { lines: [{ line: 1, amount: '12.00' }] })
  assert.deepEqual(document.lines[0]?.corrected, {
    was: { net: '60.00', tax: '15.00', total: '75.00' },
    shouldBe: { net: '48.00', tax: '12.00', total: '60.00' },
  })
})

test('a document that took something back is void, and more of the same comes back afterwards', async () => {
  await world.setClock('2026-11-20')
  await world.subscriber('took-back', { plans: ['calls'] })
  for (const [id, minutes] of Object.entries({ 1: '60', 2: '30', 3: '10' }))
    await world.use('took-back', id, minutes, { day: '2026-11-05' })
  await world.bill('2026-12-01')
  await world.setClock('2026-12-20')
  await world.retract('took-back', '2')
  await world.use('took-back', '4', '50', { day: '2026-12-05' })
  await world.bill('2027-01-01')
  await world.void((await world.last('took-back')).number, { rebill: false })
  await world.retract('took-back', '3')
  await world.bill('2027-02-01')
  // 100 minutes are 12.00 with tax; 50 more less 30 are 2.40, which are void; 10 less are 1.20.
  assert.deepEqual(
    (await world.documents('took-back')).map(({ total }) => total),
    ['12.00', '2.40', '-2.40', '-1.20'],
  )
  assert.deepEqual(await checkHolds(client), [])
})
