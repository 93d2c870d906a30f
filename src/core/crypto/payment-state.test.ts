/**
 * Policy × what the payer does × what the chain does. The request is for 100 units, expires at 100 and is monitored until 200; two
 * confirmations are needed. Blocks are a minute of nothing apart: what counts is their times as written. Expectations are by hand.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal } from '../base/decimal.ts'
import { type PaymentPolicy, type PaymentRequest, type PaymentState, statePayment } from './payment-state.ts'
import { type ChainFacts, NO_FACTS, type Observation, observe } from './receipts.ts'

const REQUEST: PaymentRequest = { due: 100n, expiresAtMs: 100, monitoredUntilMs: 200 }
const POLICY: PaymentPolicy = {
  tolerance: decimal('0'),
  confirmations: [{ from: 0n, confirmations: 2 }],
  zeroConfirmation: 'never',
  zeroConfirmationUpTo: 1000n,
  late: 'hold',
  over: 'balance',
  under: 'refund',
}

/** A story, a step a word: what is seen, blocks, re-organisations. The chain begins at height 10. */
function tell(story: string): ChainFacts {
  let facts: ChainFacts = { ...NO_FACTS, tip: 10 }
  const say = (observation: Observation): void => {
    // A watcher that was restarted says the same again: it must change nothing.
    facts = observe(observe(facts, observation), observation)
  }
  for (const step of story.split(', ').filter((word) => word !== '')) {
    const [verb = '', id = '', ...rest] = step.split(' ')
    const { tip } = facts
    const number = Number(rest[0]?.replace('@', ''))
    const still = { kind: 'chain', tip, unmined: [], mined: [], lost: [] } as const
    // pay a 100 @10 · bump a 100 @10 (replaceable) · mine a @20 · dig 2 (two empty blocks) · undo a (its block leaves, a longer chain comes)
    if (verb === 'pay' || verb === 'bump')
      say({
        kind: 'seen',
        id,
        amount: BigInt(rest[0] ?? 0),
        atMs: Number(rest[1]?.slice(1)),
        isReplaceable: verb === 'bump',
      })
    else if (verb === 'mine') say({ ...still, tip: tip + 1, mined: [{ id, height: tip + 1, timeMs: number }] })
    else if (verb === 'dig') say({ ...still, tip: tip + Number(id) })
    else if (verb === 'undo') say({ ...still, tip: tip + 1, unmined: [id] })
    else if (verb === 'move')
      say({ ...still, tip: tip + 1, unmined: [id], mined: [{ id, height: tip + 1, timeMs: number }] })
    else if (verb === 'steal') say({ ...still, tip: tip + 1, unmined: [id], lost: [{ id, why: 'double_spent' }] })
    else if (verb === 'replace') say({ ...still, lost: [{ id, why: 'replaced' }] })
    else if (verb === 'drop') say({ kind: 'lost', id, why: 'dropped' })
    else if (verb === 'conflict') say({ kind: 'lost', id, why: 'double_spent' })
    else throw new Error(`no such step: ${step}`)
  }
  return facts
}

/** `settled late+over 209/209 a100 u109→balance`: status, exceptions, received/confirmed, applied, unapplied. */
function words({ status, exceptions, received, confirmed, applied, unapplied }: PaymentState): string {
  const spare = unapplied === null ? '' : ` u${unapplied.amount}→${unapplied.to}`
  return `${status} ${exceptions.join('+') || 'none'} ${received}/${confirmed}${applied > 0n ? ` a${applied}` : ''}${spare}`
}

type Row = readonly [story: string, now: number, policy: Partial<PaymentPolicy>, expected: string]
const ACCEPT = { late: 'accept' } as const
const TRUST = { zeroConfirmation: 'unless_replaceable' } as const
const TRUST_ALL = { zeroConfirmation: 'always' } as const

const ROWS: readonly Row[] = [
  // Nobody pays.
  ['', 0, {}, 'new none 0/0'],
  ['', 99, {}, 'new none 0/0'],
  // CR-3: nobody looked while the request expired; whoever asks afterwards is told so, since now is a fact like others.
  ['', 100, {}, 'expired none 0/0'],
  // Exactly, in time.
  ['pay a 100 @10', 11, {}, 'processing none 100/0'],
  ['pay a 100 @10, mine a @20', 21, {}, 'processing none 100/0'],
  ['pay a 100 @10, mine a @20, dig 1', 30, {}, 'settled none 100/100 a100'],
  ['pay a 100 @10, mine a @120, dig 1', 130, {}, 'settled none 100/100 a100'],
  ['pay a 100 @99, mine a @120', 150, {}, 'processing none 100/0'],
  ['pay a 100 @10', 199, {}, 'processing none 100/0'],
  ['pay a 100 @10', 200, {}, 'invalid none 100/0'],
  ['pay a 100 @10, mine a @250, dig 1', 300, {}, 'settled none 100/100 a100'],
  // Down while it was paid: seen at 150, in a block of 90.
  ['pay a 100 @150, mine a @90, dig 1', 150, {}, 'settled none 100/100 a100'],
  ['pay a 100 @150, mine a @100, dig 1', 150, {}, 'expired late 100/100 u100→refund'],
  // Several transactions for one request.
  ['pay a 40 @10, pay b 60 @20', 30, {}, 'processing none 100/0'],
  ['pay a 40 @10, mine a @20, dig 3, pay b 60 @50, mine b @60', 70, {}, 'processing none 100/40'],
  ['pay a 40 @10, mine a @20, dig 3, pay b 60 @50, mine b @60, dig 1', 70, {}, 'settled none 100/100 a100'],
  // Too little.
  ['pay a 40 @10', 20, {}, 'new partial 40/0'],
  ['pay a 40 @10, mine a @20, dig 1', 50, {}, 'new partial 40/40'],
  ['pay a 40 @10, mine a @20, dig 1', 100, {}, 'expired partial 40/40 u40→refund'],
  ['pay a 40 @10, mine a @20', 100, {}, 'expired partial 40/0'],
  ['pay a 40 @10, mine a @20, dig 1', 100, { under: 'balance' }, 'expired partial 40/40 u40→balance'],
  // The rest comes late: held, or taken, and then waited for.
  ['pay a 40 @10, mine a @20, dig 1', 150, ACCEPT, 'expired partial 40/40'],
  ['pay a 40 @10, mine a @20, dig 1', 200, ACCEPT, 'expired partial 40/40 u40→refund'],
  ['pay a 40 @10, pay b 60 @110, mine a @120, mine b @121, dig 1', 130, {}, 'expired late 100/100 u100→refund'],
  ['pay a 40 @10, pay b 60 @110', 130, ACCEPT, 'processing late 100/0'],
  ['pay a 40 @10, pay b 60 @110, mine a @120, mine b @121, dig 1', 130, ACCEPT, 'settled late 100/100 a100'],
  ['pay a 40 @10, pay b 60 @200, mine a @20, mine b @201, dig 1', 230, ACCEPT, 'expired late 100/100 u100→refund'],
  // All of it late.
  ['pay a 100 @100', 101, {}, 'expired late 100/0'],
  ['pay a 100 @100, mine a @110, dig 1', 120, ACCEPT, 'settled late 100/100 a100'],
  ['pay a 100 @250, mine a @260, dig 1', 270, ACCEPT, 'expired late 100/100 u100→refund'],
  // Too much, at once or by another payment, in time or late; where it goes is a policy.
  ['pay a 150 @10, mine a @20, dig 1', 30, {}, 'settled over 150/150 a100 u50→balance'],
  ['pay a 150 @10, mine a @20, dig 1', 30, { over: 'refund' }, 'settled over 150/150 a100 u50→refund'],
  ['pay a 150 @10', 30, {}, 'processing over 150/0'],
  ['pay a 100 @10, mine a @20, dig 1, pay b 30 @90', 95, {}, 'settled over 130/100 a100'],
  [
    'pay a 100 @10, mine a @20, dig 1, pay b 30 @150, mine b @151, dig 1',
    160,
    {},
    'settled over+late 130/130 a100 u30→balance',
  ],
  // CR-4 in units of a tenth: due 100.0, and a tolerance of 1 %.
  ['pay a 99 @10, mine a @20, dig 1', 30, { tolerance: decimal('1') }, 'settled none 99/99 a99'],
  ['pay a 98 @10, mine a @20, dig 1', 30, { tolerance: decimal('1') }, 'new partial 98/98'],
  ['pay a 99 @10, mine a @20, dig 1', 30, { tolerance: decimal('0.9') }, 'new partial 99/99'],
  ['pay a 99 @10, mine a @20, dig 1', 100, { tolerance: decimal('0.9') }, 'expired partial 99/99 u99→refund'],
  // Before a block, by policy.
  ['pay a 100 @10', 11, TRUST, 'settled none 100/0 a100'],
  ['bump a 100 @10', 11, TRUST, 'processing none 100/0'],
  ['bump a 100 @10, mine a @20', 21, TRUST, 'settled none 100/0 a100'],
  ['bump a 100 @10', 11, TRUST_ALL, 'settled none 100/0 a100'],
  ['pay a 100 @10', 11, { ...TRUST, zeroConfirmationUpTo: 99n }, 'processing none 100/0'],
  ['pay a 100 @10', 11, { ...TRUST, zeroConfirmationUpTo: 100n }, 'settled none 100/0 a100'],
  // What was too much is not believed in before it is deep, else a balance could be filled with money that never comes.
  ['pay a 900 @10', 11, TRUST, 'settled over 900/0 a100'],
  ['pay a 900 @10, mine a @20, dig 1', 30, TRUST, 'settled over 900/900 a100 u800→balance'],
  ['pay a 100 @10, conflict a', 50, TRUST, 'new double_spent 0/0'],
  ['pay a 100 @10, conflict a', 100, TRUST, 'invalid double_spent 0/0'],
  ['pay a 100 @10, mine a @20, undo a', 50, TRUST, 'processing re_orged 100/0'],
  ['pay a 100 @10, drop a, pay a 100 @10', 50, TRUST, 'processing none 100/0'],
  // The payer bumps the fee: the same money again, by another transaction.
  ['bump a 100 @10, replace a, bump b 100 @20', 30, {}, 'processing none 100/0'],
  ['bump a 100 @10, replace a, bump b 100 @20, mine b @30, dig 1', 50, {}, 'settled none 100/100 a100'],
  ['bump a 100 @10, replace a, bump b 60 @20', 30, {}, 'new partial 60/0'],
  // Dropped from the mempool, and sent again.
  ['pay a 100 @10, drop a', 50, {}, 'new none 0/0'],
  ['pay a 100 @10, drop a', 100, {}, 'expired none 0/0'],
  ['pay a 100 @10, drop a, pay a 100 @10, mine a @150, dig 1', 160, {}, 'settled none 100/100 a100'],
  // Double-spent before a block, and paid again.
  ['pay a 100 @10, conflict a, pay b 100 @50, mine b @60, dig 1', 70, {}, 'settled double_spent 100/100 a100'],
  ['pay a 60 @10, pay b 40 @11, conflict b', 100, {}, 'invalid partial+double_spent 60/0'],
  ['pay a 30 @10, pay b 40 @11, conflict b', 100, {}, 'expired partial+double_spent 30/0'],
  ['pay a 100 @10, conflict a, mine a @20, dig 1', 30, {}, 'settled none 100/100 a100'],
  // Re-organised, before and after it settled: waits, mined elsewhere, never again.
  ['pay a 100 @10, mine a @20, undo a', 30, {}, 'processing re_orged 100/0'],
  ['pay a 100 @10, mine a @20, dig 4, undo a', 60, {}, 'processing re_orged 100/0'],
  ['pay a 100 @10, mine a @20, dig 4, undo a', 200, {}, 'invalid re_orged 100/0'],
  ['pay a 100 @10, mine a @20, dig 4, undo a, mine a @70', 80, {}, 'processing re_orged 100/0'],
  ['pay a 100 @10, mine a @20, dig 4, undo a, mine a @70, dig 1', 80, {}, 'settled none 100/100 a100'],
  ['pay a 100 @10, mine a @20, dig 1, move a @21', 40, {}, 'processing re_orged 100/0'],
  ['pay a 100 @10, mine a @20, move a @21', 40, {}, 'processing none 100/0'],
  ['pay a 100 @10, mine a @20, dig 4, steal a', 60, {}, 'new double_spent+re_orged 0/0'],
  ['pay a 100 @10, mine a @20, dig 4, steal a', 150, {}, 'invalid double_spent+re_orged 0/0'],
  ['pay a 100 @10, mine a @20, dig 4, steal a, pay a 100 @10', 60, {}, 'processing re_orged 100/0'],
  ['pay a 150 @10, mine a @20, dig 4, undo a', 60, {}, 'processing over+re_orged 150/0'],
  ['pay a 100 @10, mine a @20, pay b 50 @30, mine b @40, dig 1, undo b', 60, {}, 'settled over+re_orged 150/100 a100'],
  // What is in a block is not lost because a mempool has forgotten it.
  ['pay a 100 @10, mine a @20, dig 1, drop a', 40, {}, 'settled none 100/100 a100'],
  // Late by the re-organisation's block, but seen in time: nobody is late because of the chain.
  ['pay a 100 @90, mine a @95, undo a, mine a @140, dig 1', 150, {}, 'settled none 100/100 a100'],
]

for (const [story, now, policy, expected] of ROWS)
  test(`${story || 'nobody pays'}; at ${now}${Object.keys(policy).length > 0 ? ` (${told(policy)})` : ''}: ${expected}`, () => {
    assert.equal(words(statePayment(REQUEST, { ...POLICY, ...policy }, tell(story), now)), expected)
  })

function told(policy: Partial<PaymentPolicy>): string {
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value, bigintless) : String(value)}`)
    .join(', ')
}

function bigintless(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

test('CR-1: 0.00010790 BTC in time and 0.00010100 after the expiry, of 0.00013790: late and over by 0.00007100, both told', () => {
  const request = { ...REQUEST, due: 13_790n }
  const facts = tell('pay a 10790 @10, mine a @20, pay b 10100 @150, mine b @160, dig 1')
  const held = statePayment(request, POLICY, facts, 170)
  assert.deepEqual([held.received, held.over, held.exceptions], [20_890n, 7_100n, ['over', 'late']])
  assert.equal(words(held), 'expired over+late 20890/20890 u20890→refund')
  const taken = statePayment(request, { ...POLICY, ...ACCEPT }, facts, 170)
  assert.equal(words(taken), 'settled over+late 20890/20890 a13790 u7100→balance')
})

test('CR-4: a tolerance of 1 %, due 100: 99.2 settles, 98.9 is partial', () => {
  const [request, policy] = [
    { ...REQUEST, due: 10_000n },
    { ...POLICY, tolerance: decimal('1') },
  ]
  const of = (amount: number): string =>
    words(statePayment(request, policy, tell(`pay a ${amount} @10, mine a @20, dig 1`), 30))
  assert.deepEqual([of(9920), of(9890)], ['settled none 9920/9920 a9920', 'new partial 9890/9890'])
})

test('what is missing, and how deep the shallowest receipt lies, are told', () => {
  const state = statePayment(REQUEST, POLICY, tell('pay a 30 @10, mine a @20, dig 1, pay b 20 @40, mine b @50'), 60)
  assert.deepEqual([state.missing, state.confirmations], [50n, { have: 1, need: 2 }])
  assert.equal(statePayment(REQUEST, POLICY, NO_FACTS, 0).confirmations, null)
})

test('a large amount too much must lie deeper than the due, and does not hold up what it pays', () => {
  const confirmations = [
    { from: 0n, confirmations: 1 },
    { from: 1000n, confirmations: 3 },
  ]
  const story = 'pay a 5000 @10, mine a @20'
  const of = (facts: ChainFacts): string => words(statePayment(REQUEST, { ...POLICY, confirmations }, facts, 30))
  assert.equal(of(tell(story)), 'settled over 5000/5000 a100')
  assert.equal(of(tell(`${story}, dig 2`)), 'settled over 5000/5000 a100 u4900→balance')
})

test('a part of the due lies as deep as the due must before it is given back', () => {
  const confirmations = [
    { from: 0n, confirmations: 1 },
    { from: 100n, confirmations: 2 },
  ]
  const of = (story: string): string => words(statePayment(REQUEST, { ...POLICY, confirmations }, tell(story), 100))
  assert.equal(of('pay a 40 @10, mine a @20'), 'expired partial 40/0')
  assert.equal(of('pay a 40 @10, mine a @20, dig 1'), 'expired partial 40/40 u40→refund')
})
