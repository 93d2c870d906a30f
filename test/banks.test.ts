/** Banks through the door: statements are imported, found again, matched, decided on and taken back. Amounts are written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { creditorReference } from '../src/core/payment-codes/references.ts'
import { camt, type MadeStatement, mt940 } from './bank-files-made.ts'
import { BankWorld, type Line } from './bank-world.ts'
import { checkHolds } from './harness.ts'

const world = await BankWorld.open('banks', ['ann', 'bob', 'cleo'])
const { client, request } = world.kvit

const [ann1, ann2] = (await world.numbersOf('ann')) as [string, string]
const [bob1] = (await world.numbersOf('bob')) as [string]
const FEBRUARY: MadeStatement = {
  id: 'S-1',
  opening: 50_000,
  entries: [
    {
      minor: 1000,
      day: '2026-02-02',
      reference: creditorReference(ann1) as string,
      name: 'Customer ann',
      iban: 'NL56AGDH9619008421',
      bank: 'B1',
    },
    { minor: 1000, day: '2026-02-02', text: `Rechnung ${bob1.replace('-', ' ')}`, name: 'Customer bob', bank: 'B2' },
    { minor: 777, day: '2026-02-02', text: 'who knows', name: 'Somebody Else', bank: 'B3' },
    { minor: -250, day: '2026-02-02', code: 'ACMT/MDOP/CHRG', text: 'fee of February', bank: 'B4' },
  ],
}

test('a statement is booked whole: what names an invoice pays it, a fee is a cost, the rest is in suspense', async () => {
  const [statement] = await world.imported(camt([FEBRUARY]))
  const { entries, newEntries, opening, closing } = statement as Json
  // 500.00 + 10.00 + 10.00 + 7.77 − 2.50 = 525.27
  assert.deepEqual([entries, newEntries, opening, closing], [4, 4, '500.00', '525.27'])
  const { balance, suspense, missing, gaps } = await world.giro()
  assert.deepEqual([balance, suspense, missing, gaps], ['525.27', '7.77', '0.00', []])
  assert.deepEqual(
    (await world.lines()).map(({ amount, state, account, matches }) => [
      amount,
      state,
      account,
      matches.map(({ kind }) => kind).join(),
    ]),
    [
      ['10.00', 'done', 'ann', 'payment'],
      ['10.00', 'done', 'bob', 'payment'],
      ['7.77', 'waiting', null, ''],
      ['-2.50', 'done', null, 'fee'],
    ],
  )
  const left = await world.openInvoices()
  assert.deepEqual([left[ann1], left[ann2], left[bob1]], ['0.00', '10.00', '0.00'])
  const ledger = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
  const amounts = Object.fromEntries(
    ledger.items.map(({ ledgerAccount, debit, credit }) => [ledgerAccount, Number(debit) - Number(credit)]),
  )
  assert.deepEqual(
    [amounts['cash:bank:giro'], amounts['suspense_cash:giro'], amounts['bank_fees'], amounts['outside:giro']].map(
      (one) => one?.toFixed(2),
    ),
    ['525.27', '-7.77', '2.50', '-500.00'],
  )
})

test('each match says why, in words', async () => {
  const [first] = await world.lines()
  assert.deepEqual(first?.matches[0]?.reasons, [
    'the payer has the name Customer ann',
    `the reference ${creditorReference(ann1)} is of ${ann1}`,
    `10.00 is what is open of ${ann1}`,
  ])
})

test('the same file, the same statement in another file, as MT940, and the report before it book nothing again', async () => {
  const before = await world.giro()
  assert.equal((await world.upload(camt([FEBRUARY]))).json['repeated'], true)
  const again = await world.imported(camt([{ ...FEBRUARY, id: 'S-1 again' }], '053', '02'))
  const report = await world.imported(camt([{ ...FEBRUARY, id: 'R-1' }], '052'))
  const asMt = await world.imported(mt940({ ...FEBRUARY, id: 'S-1 as MT940' }))
  assert.deepEqual(
    [again, report, asMt].map(([one]) => one?.['newEntries']),
    [0, 0, 0],
  )
  assert.deepEqual(await world.giro(), before)
})

test('what a report announces is booked at once, and the statement of the day books the rest', async () => {
  const entries = [
    { minor: 300, day: '2026-02-03', text: 'morning', name: 'X' },
    { minor: 300, day: '2026-02-03', text: 'morning', name: 'X' },
  ]
  await world.imported(camt([{ id: 'R-3', entries: entries.slice(0, 1) }], '052'))
  const { announced, missing } = await world.giro()
  assert.deepEqual([announced, missing], ['3.00', '0.00'])
  // The two entries are alike, and there are two of them.
  const [statement] = await world.imported(camt([{ id: 'S-3', opening: 52_527, entries }]))
  assert.deepEqual(
    [statement?.['newEntries'], (await world.giro())['announced'], (await world.giro())['balance']],
    [1, '0.00', '531.27'],
  )
})

test('two statements of one day that follow each other are two, however alike; a missing one is a gap until it comes', async () => {
  const one = { minor: 100, day: '2026-02-05', text: 'same', name: 'Y' }
  // 531.27 → (S-4: −31.27, missing) → 500.00 → 501.00 → 502.00
  await world.imported(camt([{ id: 'S-5', opening: 50_000, entries: [one] }]))
  assert.deepEqual((await world.giro())['gaps'], [{ after: 'S-3', before: 'S-5', missing: '-31.27' }])
  assert.equal((await world.giro())['missing'], '-31.27')
  const [second] = await world.imported(camt([{ id: 'S-6', opening: 50_100, entries: [one] }]))
  assert.equal(second?.['newEntries'], 1)
  await world.imported(
    camt([
      { id: 'S-4', opening: 53_127, entries: [{ minor: -3127, day: '2026-02-04', text: 'rent', name: 'Landlord' }] },
    ]),
  )
  const { gaps, missing, balance } = await world.giro()
  assert.deepEqual([gaps, missing, balance], [[], '0.00', '502.00'])
})

test('an earlier statement that comes late moves what was there at first', async () => {
  await world.imported(
    camt([{ id: 'S-0', opening: 49_000, entries: [{ minor: 1000, day: '2026-01-31', text: 'early', name: 'Z' }] }]),
  )
  const { balance, missing } = await world.giro()
  assert.deepEqual([balance, missing], ['502.00', '0.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('somebody decides: for an account, for the invoices that are named, a part for another account; undone it is open again', async () => {
  const [waiting] = (await world.lines('?state=waiting&text=who')) as [Line]
  const part = await client.post<Line>(`/v1/bank-lines/${waiting.id}/matches`, {
    kind: 'payment',
    account: 'ann',
    invoices: [ann2],
    amount: '5.00',
  })
  assert.deepEqual([part.state, part['open']], ['waiting', '2.77'])
  const rest = await client.post<Line>(`/v1/bank-lines/${waiting.id}/matches`, { kind: 'payment', account: 'cleo' })
  assert.deepEqual([rest.state, rest['open'], (await world.openInvoices())[ann2]], ['done', '0.00', '5.00'])
  const over = await request('POST', `/v1/bank-lines/${waiting.id}/matches`, {
    body: { kind: 'payment', account: 'bob' },
  })
  assert.deepEqual([over.status, over.json['detail']], [409, 'the line is matched already: undo that first'])
  const undone = await client.post<Line>(`/v1/bank-lines/${waiting.id}/undo`, { reason: 'of somebody else' })
  assert.deepEqual([undone.state, undone['open'], (await world.openInvoices())[ann2]], ['waiting', '7.77', '10.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('a payment that somebody reverses opens its line: the money is on the account all the same', async () => {
  const [line] = (await world.lines('?account=bob')) as [Line]
  await client.post(`/v1/payments/${line.matches[0]?.paymentId}/reversal`, { reason: 'of another Bob' })
  const after_ = await client.get<Line>(`/v1/bank-lines/${line.id}`)
  assert.deepEqual([after_.state, after_['open'], (await world.openInvoices())[bob1]], ['waiting', '10.00', '10.00'])
  await client.post('/v1/bank-accounts/giro/matching', {})
  await world.settled()
  assert.equal((await client.get<Line>(`/v1/bank-lines/${line.id}`)).state, 'done')
  assert.deepEqual(await checkHolds(client), [])
})

test('a credit that the bank takes back reverses its payment; what the line has beyond it is a fee', async () => {
  await world.imported(
    camt([
      {
        id: 'S-7',
        opening: 50_200,
        entries: [
          {
            minor: 1000,
            day: '2026-02-06',
            text: ann2,
            name: 'Customer ann',
            iban: 'NL56AGDH9619008421',
            endToEnd: 'E-7',
          },
        ],
      },
    ]),
  )
  assert.equal((await world.openInvoices())[ann2], '0.00')
  await world.imported(
    camt([
      {
        id: 'S-8',
        opening: 51_200,
        entries: [{ minor: -1300, day: '2026-02-07', endToEnd: 'E-7', returned: 'AC04', charges: 300 }],
      },
    ]),
  )
  assert.equal((await world.openInvoices())[ann2], '10.00')
  const [line] = (await world.lines('?from=2026-02-07')) as [Line]
  assert.deepEqual(
    [line.state, line.matches.map(({ kind, amount }) => `${kind} ${String(amount)}`)],
    ['done', ['return -10.00', 'fee -3.00']],
  )
  const undo = await request('POST', `/v1/bank-lines/${line.id}/undo`, { body: { reason: 'x' } })
  assert.equal(undo.status, 409)
  assert.deepEqual(await checkHolds(client), [])
})

test('what banks kept of a payment is a cost, and the customer has paid all of it', async () => {
  await world.imported(
    camt([
      {
        id: 'S-9',
        opening: 49_900,
        entries: [{ minor: 969, charges: 31, day: '2026-02-08', text: `Invoice ${ann2}`, name: 'Customer ann' }],
      },
    ]),
  )
  const [line] = (await world.lines('?from=2026-02-08')) as [Line]
  assert.deepEqual(
    [line.matches.map(({ kind, amount }) => `${kind} ${String(amount)}`), (await world.openInvoices())[ann2]],
    [['payment 10.00', 'fee -0.31'], '0.00'],
  )
})

test('money that was recorded by hand is not booked again by rule, and can be named', async () => {
  const [cleo1] = (await world.numbersOf('cleo')) as [string]
  const payment = await client.post('/v1/payments', {
    key: 'by-hand',
    method: 'bank',
    account: 'cleo',
    currency: 'EUR',
    amount: '10.00',
    receivedOn: '2026-02-08',
  })
  await world.imported(
    camt([
      {
        id: 'S-10',
        opening: 50_869,
        entries: [
          { minor: 1000, day: '2026-02-09', text: (await world.numbersOf('cleo'))[1] as string, name: 'Customer cleo' },
        ],
      },
    ]),
  )
  const [line] = (await world.lines('?from=2026-02-09')) as [Line]
  assert.equal(line.state, 'waiting')
  assert.match(line.proposals[0]?.reasons.at(-1) ?? '', /payment by-hand of this amount was recorded by hand/)
  await client.post(`/v1/bank-lines/${line.id}/matches`, { kind: 'recorded', payment: String(payment['id']) })
  assert.deepEqual([(await world.openInvoices())[cleo1], await checkHolds(client)], ['0.00', []])
})

test('two lines that take each other back, and money of other books', async () => {
  await world.imported(
    camt([
      {
        id: 'S-11',
        opening: 51_869,
        entries: [
          { minor: 4000, day: '2026-02-10', text: 'by mistake', name: 'M' },
          { minor: -4000, day: '2026-02-11', text: 'back to you', name: 'M' },
        ],
      },
    ]),
  )
  const [inward, outward] = (await world.lines('?from=2026-02-10')) as [Line, Line]
  await client.post(`/v1/bank-lines/${inward.id}/state`, { state: 'to_return', note: 'he has called' })
  const matched = await client.post<Line>(`/v1/bank-lines/${inward.id}/matches`, { kind: 'offset', line: outward.id })
  assert.deepEqual([matched.state, (await client.get<Line>(`/v1/bank-lines/${outward.id}`)).state], ['done', 'done'])
  const [rent] = (await world.lines('?text=rent')) as [Line]
  await client.post(`/v1/bank-lines/${rent.id}/matches`, { kind: 'outside', reason: 'rent' })
  assert.deepEqual(await checkHolds(client), [])
  for (const id of [inward.id, rent.id]) await client.post(`/v1/bank-lines/${id}/undo`, { reason: 'a mistake' })
  assert.deepEqual(
    [(await client.get<Line>(`/v1/bank-lines/${outward.id}`)).state, await checkHolds(client)],
    ['waiting', []],
  )
})

test('every invariant holds after all of this', async () => {
  await world.settled()
  assert.deepEqual(await checkHolds(client), [])
})
