/** Credit notes on request, through the door: what they say, what is left, where their money goes, and how they live with what is billed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreditWorld, lines, sums } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('credits')
const { client, kvit } = world

await world.subscriber('tx-7', { country: 'XB', plans: ['tx-7'] })
await world.subscriber('cn-4', { plans: ['cn-4-a', 'cn-4-a', 'cn-4-c', 'cn-4-d'] })
await world.subscriber('down', { plans: ['calls'] })
await world.subscriber('gross', { plans: ['mixed'], pricesIncludeTax: true })
await world.subscriber('silent', { country: 'XN', plans: ['mixed'] })
await world.subscriber('levied', { plans: ['levied'] })
await world.bill('2026-01-01')
await world.setClock('2026-01-20')
for (const id of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']) await world.use('down', id, '100')
await world.use('gross', '1', '77')
await world.use('silent', '1', '77')
await world.use('levied', '1', '100', { type: 'levied' })
await world.use('levied', '2', '100', { type: 'levied' })
await world.bill('2026-02-01')

test('TX-7: a refund of 25.00 of 125.00 is 15.00 + … in parts of the lines: 12.00 + 3.00 and 8.00 + 2.00; then nothing is left', async () => {
  const { number } = await world.last('tx-7')
  await world.pay('tx-7', '125.00')
  const preview = await client.post<typeof note>(`/v1/invoices/${number}/credit-notes`, {
    ...{ reason: 'goodwill', amount: '25.00', money: 'refund', dryRun: true },
  })
  const note = await world.credit(number, { amount: '25.00', money: 'refund' })
  assert.deepEqual([sums(preview), preview.id, preview.left], [sums(note), null, note.left])
  assert.equal(sums(note), '-20.00 + -5.00 = -25.00')
  assert.deepEqual(lines(note), ['-12.00 + -3.00', '-8.00 + -2.00'])
  assert.deepEqual([note.left, note.lowered, note.refund?.amount], ['100.00', '0.00', '25.00'])
  assert.deepEqual([note.document.reason, note.document.corrects], ['goodwill', [number]])
  assert.equal(
    await world.refused(`/v1/invoices/${number}/credit-notes`, { amount: '100.01' }),
    `422 of ${number} 100.00 EUR is left to be credited`,
  )
  const rest = await world.credit(number, { money: 'balance' })
  assert.deepEqual([sums(rest), rest.left], ['-80.00 + -20.00 = -100.00', '0.00'])
  assert.equal(
    await world.refused(`/v1/invoices/${number}/credit-notes`, {}),
    `422 nothing is left of ${number} to be credited`,
  )
})

test('what is to be paid back is owed to the customer until somebody says that it was sent; once', async () => {
  const due = await client.list('/v1/refunds?account=tx-7&status=due')
  assert.deepEqual(
    due.map(({ amount, status }) => [amount, status]),
    [['25.00', 'due']],
  )
  const balance = async (): Promise<unknown[]> =>
    (
      await client.get<{ items: { ledgerAccount: string; debit: string; credit: string }[] }>(
        '/v1/ledger/trial-balance',
      )
    ).items
      .filter(({ ledgerAccount }) => /refunds|^cash/.test(ledgerAccount))
      .map(({ ledgerAccount, debit, credit }) => [ledgerAccount, debit, credit])
  const before = await balance()
  const path = `/v1/refunds/${due[0]?.['id']}/sent`
  const sent = await client.post(path, { method: 'bank', reference: 'T-1' })
  assert.equal(sent['status'], 'sent')
  assert.deepEqual(await client.post(path, { method: 'bank', reference: 'T-1' }), sent)
  assert.equal((await kvit.request('POST', path, { body: { method: 'cash' } })).status, 409)
  assert.notDeepEqual(await balance(), before)
  assert.deepEqual(await client.list('/v1/refunds?account=tx-7&status=due'), [])
  assert.deepEqual(await checkHolds(client), [])
})

test('CN-4: lines of 334.99 credited one after another are 82.00, 69.00, 102.00, and all the rest 81.99', async () => {
  const { number, document } = (await world.documents('cn-4'))[0] as Awaited<ReturnType<typeof world.last>>
  assert.equal(document.totals.total, '334.99')
  const at = (amount: string): number => document.lines.findIndex((line) => line.amount === amount) + 1
  const notes = []
  for (const amount of ['68.33', '57.50', '85.00'])
    notes.push(await world.credit(number, { lines: [{ line: at(amount), amount }] }))
  notes.push(await world.credit(number))
  assert.deepEqual(
    notes.map((note) => note.document.totals.total),
    ['-82.00', '-69.00', '-102.00', '-81.99'],
  )
  assert.deepEqual(
    notes.map(({ left }) => left),
    ['252.99', '183.99', '81.99', '0.00'],
  )
})

test('the same key has one effect; another request under it is a conflict, and none is refused', async () => {
  const { number } = await world.last('silent')
  const body = { key: 'once', reason: 'goodwill', amount: '1.00' }
  const first = await client.post(`/v1/invoices/${number}/credit-notes`, body)
  assert.deepEqual(await client.post(`/v1/invoices/${number}/credit-notes`, body), first)
  const path = `/v1/invoices/${number}/credit-notes`
  const other = await kvit.request('POST', path, { body: { ...body, amount: '2.00' } })
  assert.deepEqual([other.status, other.json['code']], [409, 'idempotency_conflict'])
  const none = await kvit.request('POST', path, { body: { reason: 'goodwill' } })
  assert.equal(none.json['code'], 'idempotency_key_required')
})

test('prices that include tax, and an issuer without tax: in three pieces both come to nothing, for each line and rate', async () => {
  for (const account of ['gross', 'silent']) {
    const { number, document } = (await world.documents(account))[0] as Awaited<ReturnType<typeof world.last>>
    await world.credit(number, { amount: '7.77' })
    await world.credit(number, {
      lines: [
        { line: 1, amount: '11.11' },
        { line: 2, amount: '0.01' },
      ],
    })
    const last = await world.credit(number)
    assert.equal(last.left, '0.00', account)
    const notes = (await world.documents(account)).filter((one) => one.document.kind === 'credit_note')
    for (const field of ['net', 'tax', 'total'] as const) {
      const minor = notes.reduce((sum, note) => sum + Math.round(Number(note.document.totals[field]) * 100), 0)
      assert.equal(minor + Math.round(Number(document.totals[field]) * 100), 0, `${account} ${field}`)
    }
  }
})

test('units come back with their levies, an amount leaves them', async () => {
  // 110.00 for 200 minutes and 22.00 of VAT, 100.00 of levy.
  const { number } = await world.last('levied')
  const path = `/v1/invoices/${number}/credit-notes`
  assert.match(
    await world.refused(path, { lines: [{ line: 1, quantity: '100' }] }),
    /not one price for each unit makes line 1/,
  )
  assert.match(
    await world.refused(path, { amount: '150.00' }),
    /232.00 EUR is left to be credited, 100.00 EUR of it levies on units/,
  )
  const units = await world.credit(number, { lines: [{ line: 1, amount: '10.00', quantity: '100' }] })
  assert.deepEqual([sums(units), units.left], ['-10.00 + -52.00 = -62.00', '170.00'])
  const amount = await world.credit(number, { amount: '24.00' })
  assert.deepEqual([sums(amount), amount.left], ['-20.00 + -4.00 = -24.00', '146.00'])
  const rest = await world.credit(number)
  assert.equal(sums(rest), '-80.00 + -66.00 = -146.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('a credit is not billed again, and what is credited later by itself takes back at most what is left', async () => {
  // 1,000 minutes at 0.10 and 20 %: 100.00 + 20.00.
  const { number } = await world.last('down')
  const note = await world.credit(number, { lines: [{ line: 1, quantity: '300' }] })
  assert.equal(sums(note), '-30.00 + -6.00 = -36.00')
  assert.deepEqual(
    note.document.lines.map(({ quantity, unitAmount }) => [quantity, unitAmount]),
    [['-300', '0.1']],
  )
  await world.bill('2026-03-01')
  assert.equal((await world.documents('down')).length, 2, 'nothing is billed of it')
  // Down to 80.00: −20.00. Down to 20.00: what is left of 50.00, not 60.00.
  for (const id of ['1', '2']) await world.retract('down', id)
  await world.bill('2026-04-01')
  assert.equal(sums(await world.last('down')), '-20.00 + -4.00 = -24.00')
  for (const id of ['3', '4', '5', '6', '7', '8']) await world.retract('down', id)
  await world.bill('2026-05-01')
  assert.equal(sums(await world.last('down')), '-50.00 + -10.00 = -60.00')
  assert.deepEqual(await checkHolds(client), [])
  assert.match(await world.refused(`/v1/invoices/${number}/credit-notes`, {}), /nothing is left/)
  // Up to 100.00 again: 70.00 are owed, all but what was given up.
  await world.use('down', '11', '800')
  await world.bill('2026-06-01')
  assert.equal(sums(await world.last('down')), '70.00 + 14.00 = 84.00')
  assert.deepEqual(await checkHolds(client), [])
})
