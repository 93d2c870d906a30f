/**
 * Random histories of a chain: payers pay, bump and double-spend, blocks come, branches win over others, and the watcher looks at times
 * only. What the observations folded one by one come to is held against a slow reference that reads all snapshots again from the start.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decimal } from '../base/decimal.ts'
import { type PaymentException, type PaymentPolicy, type PaymentRequest, statePayment } from './payment-state.ts'
import { type ChainFacts, NO_FACTS, observe } from './receipts.ts'

interface Tx {
  readonly id: string
  /** What it pays us: 0 for a double spend that pays somebody else. */
  readonly amount: bigint
  readonly spendsSameAs: string
  readonly isReplaceable: boolean
}

interface Block {
  readonly timeMs: number
  readonly ids: readonly string[]
}

/** What a node would answer at a moment. */
interface Snapshot {
  readonly nowMs: number
  readonly chain: readonly Block[]
  readonly pool: readonly string[]
}

type Step =
  | { readonly do: 'pay'; readonly amount: bigint; readonly isReplaceable: boolean }
  | { readonly do: 'respend'; readonly which: number; readonly amount: bigint }
  | { readonly do: 'mine'; readonly take: number }
  | { readonly do: 'fork'; readonly depth: number; readonly takes: readonly number[] }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'look' }

const amounts = fc.constantFrom(10n, 40n, 60n, 99n, 100n, 150n)
const bits = fc.nat(255)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('pay' as const), amount: amounts, isReplaceable: fc.boolean() }),
  fc.record({ do: fc.constant('respend' as const), which: fc.nat(5), amount: fc.constantFrom(0n, 0n, 60n, 100n) }),
  fc.record({ do: fc.constant('mine' as const), take: bits }),
  fc.record({
    do: fc.constant('fork' as const),
    depth: fc.integer({ min: 1, max: 8 }),
    takes: fc.array(bits, { minLength: 9, maxLength: 9 }),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60 }) }),
  fc.constant({ do: 'look' as const }),
)
const policies: fc.Arbitrary<PaymentPolicy> = fc.record({
  tolerance: fc.constantFrom(decimal('0'), decimal('1'), decimal('40.5')),
  confirmations: fc.constantFrom(
    [{ from: 0n, confirmations: 2 }],
    [
      { from: 0n, confirmations: 1 },
      { from: 110n, confirmations: 3 },
    ],
  ),
  zeroConfirmation: fc.constantFrom('never', 'unless_replaceable', 'always'),
  zeroConfirmationUpTo: fc.constantFrom(99n, 100n),
  late: fc.constantFrom('accept', 'hold'),
  over: fc.constantFrom('balance', 'refund'),
  under: fc.constantFrom('balance', 'refund'),
})
const REQUEST: PaymentRequest = { due: 100n, expiresAtMs: 100, monitoredUntilMs: 200 }

class World {
  readonly txs = new Map<string, Tx>()
  chain: Block[] = [{ timeMs: 0, ids: [] }]
  pool: string[] = []
  nowMs = 1

  do(told: Step): void {
    if (told.do === 'wait') this.nowMs += told.ms
    else if (told.do === 'pay') this.send(told.amount, null, told.isReplaceable)
    else if (told.do === 'respend') {
      const waiting = this.pool[told.which % Math.max(1, this.pool.length)]
      if (waiting !== undefined) this.send(told.amount, waiting, true)
    } else if (told.do === 'mine') this.mine(told.take)
    else if (told.do === 'fork') this.fork(Math.min(told.depth, this.chain.length - 1), told.takes)
  }

  private send(amount: bigint, insteadOf: string | null, isReplaceable: boolean): void {
    const id = `t${this.txs.size}`
    const spendsSameAs = insteadOf === null ? id : (this.txs.get(insteadOf)?.spendsSameAs ?? id)
    this.txs.set(id, { id, amount, spendsSameAs, isReplaceable })
    this.pool = [...this.pool.filter((other) => this.coin(other) !== spendsSameAs), id]
  }

  private coin(id: string): string {
    return this.txs.get(id)?.spendsSameAs ?? id
  }

  private mine(take: number): void {
    const ids = this.pool.filter((_, at) => (take >> (at % 8)) & 1)
    this.chain = [...this.chain, { timeMs: this.nowMs, ids }]
    this.pool = this.pool.filter((id) => !ids.includes(id))
  }

  /** A branch that is a block longer wins. It may hold transactions that the other one replaced. */
  private fork(depth: number, takes: readonly number[]): void {
    if (depth < 1) return
    const left = this.chain.slice(-depth).flatMap(({ ids }) => ids)
    this.chain = this.chain.slice(0, -depth)
    const spent = new Set(this.chain.flatMap(({ ids }) => ids.map((id) => this.coin(id))))
    const choices = [...this.txs.keys()].filter((id) => !spent.has(this.coin(id)))
    for (let at = 0; at <= depth; at++) {
      const ids: string[] = []
      for (const [bit, id] of choices.entries()) {
        if (((takes[at] ?? 0) >> (bit % 8)) % 2 === 0 || spent.has(this.coin(id))) continue
        spent.add(this.coin(id))
        ids.push(id)
      }
      this.chain.push({ timeMs: this.nowMs, ids })
    }
    const waiting = [...this.pool, ...left]
    this.pool = waiting.filter(
      (id, at) => !spent.has(this.coin(id)) && waiting.findIndex((other) => this.coin(other) === this.coin(id)) === at,
    )
  }

  look(): Snapshot {
    return { nowMs: this.nowMs, chain: [...this.chain], pool: [...this.pool] }
  }
}

/** As a watcher does: what differs from what it knows, as observations. */
function catchUp(facts: ChainFacts, { chain, pool, nowMs }: Snapshot, txs: ReadonlyMap<string, Tx>): ChainFacts {
  const places = new Map(chain.flatMap(({ ids, timeMs }, height) => ids.map((id) => [id, { height, timeMs }] as const)))
  let next = facts
  for (const id of [...places.keys(), ...pool]) {
    const { amount = 0n, isReplaceable = false } = txs.get(id) ?? {}
    if (amount > 0n) next = observe(next, { kind: 'seen', id, amount, atMs: nowMs, isReplaceable })
  }
  const known = [...next.receipts.keys()]
  const visible = new Set([...places.keys(), ...pool])
  const gone = known.filter((id) => !visible.has(id))
  return observe(next, {
    kind: 'chain',
    tip: chain.length - 1,
    unmined: known.filter((id) => !places.has(id)),
    mined: known.flatMap((id) => {
      const place = places.get(id)
      return place === undefined ? [] : [{ id, ...place }]
    }),
    lost: gone.map((id) => ({ id, why: whyGone(id, visible, txs) })),
  })
}

function whyGone(id: string, visible: ReadonlySet<string>, txs: ReadonlyMap<string, Tx>): 'double_spent' | 'replaced' {
  const coin = txs.get(id)?.spendsSameAs
  const other = [...visible].find((one) => txs.get(one)?.spendsSameAs === coin)
  return (txs.get(other ?? '')?.amount ?? 0n) > 0n ? 'replaced' : 'double_spent'
}

/** The reference: nothing is remembered; every question is asked of all snapshots again. */
function readAll(snapshots: readonly Snapshot[], txs: ReadonlyMap<string, Tx>, policy: PaymentPolicy) {
  const last = snapshots.at(-1) as Snapshot
  const depthIn = ({ chain }: Snapshot, id: string): number => {
    const at = chain.findIndex(({ ids }) => ids.includes(id))
    return at < 0 ? 0 : chain.length - at
  }
  const isIn = (snapshot: Snapshot, id: string): boolean => depthIn(snapshot, id) > 0 || snapshot.pool.includes(id)
  const known = [...txs.values()]
    .filter(({ id, amount }) => amount > 0n && snapshots.some((snapshot) => isIn(snapshot, id)))
    .map(({ id, amount, isReplaceable }) => {
      const since = snapshots.slice(snapshots.findIndex((snapshot) => isIn(snapshot, id)))
      const seen = (since[0] as Snapshot).nowMs
      const block = last.chain.find(({ ids }) => ids.includes(id))
      const depth = depthIn(last, id)
      const deepest = Math.max(...since.map((snapshot) => depthIn(snapshot, id)))
      const isGone = !isIn(last, id)
      const paid = block !== undefined && block.timeMs < seen ? block.timeMs : seen
      const wasGone = since.some((snapshot) => !isIn(snapshot, id))
      const isStolen =
        isGone && whyGone(id, new Set([...last.pool, ...last.chain.flatMap(({ ids }) => ids)]), txs) === 'double_spent'
      return { amount, isReplaceable, depth, deepest, isGone, isStolen, wasGone, paid }
    })
  type Known = (typeof known)[number]
  const total = (which: (one: Known) => boolean): bigint =>
    known.filter(which).reduce((sum, { amount }) => sum + amount, 0n)
  const needFor = (amount: bigint): number => {
    let need = 0
    for (const one of policy.confirmations) if (amount >= one.from) need = one.confirmations
    return need
  }
  const need = needFor(100n)
  const isTrusted = (one: Known): boolean =>
    policy.zeroConfirmation !== 'never' &&
    policy.zeroConfirmationUpTo >= 100n &&
    !one.wasGone &&
    one.depth === one.deepest &&
    (one.depth > 0 || !one.isReplaceable || policy.zeroConfirmation === 'always')
  const isOurs = (one: Known): boolean => one.paid < 100 || (policy.late === 'accept' && one.paid < 200)
  // amount ≥ 100 × (100 − tolerance) ÷ 100, the tolerance in tenths of a per cent.
  const tenths = policy.tolerance.coefficient * (policy.tolerance.scale === 0 ? 10n : 1n)
  const suffices = (amount: bigint): boolean => amount * 1000n >= 100n * (1000n - tenths)
  const there = total(({ isGone }) => !isGone)
  const sure = total((one) => !one.isGone && isOurs(one) && (one.depth >= need || isTrusted(one)))
  const coming = total((one) => !one.isGone && isOurs(one))
  const withStolen = total((one) => isOurs(one) && (!one.isGone || one.isStolen))
  const now = last.nowMs
  const status = suffices(sure)
    ? 'settled'
    : suffices(coming)
      ? now >= 200
        ? 'invalid'
        : 'processing'
      : now < 100
        ? 'new'
        : suffices(withStolen)
          ? 'invalid'
          : 'expired'
  const exceptions: PaymentException[] = []
  if (there > 0n && !suffices(there)) exceptions.push('partial')
  if (there > 100n) exceptions.push('over')
  if (known.some((one) => !one.isGone && one.paid >= 100)) exceptions.push('late')
  if (known.some(({ isStolen }) => isStolen)) exceptions.push('double_spent')
  if (known.some(({ depth, deepest }) => depth < deepest && depth < need)) exceptions.push('re_orged')
  const applied = status === 'settled' ? (sure > 100n ? 100n : sure) : 0n
  const deep = total((one) => one.depth >= needFor(there > 100n ? there : 100n))
  const isOver =
    status === 'expired' || status === 'invalid' ? now >= (policy.late === 'accept' ? 200 : 100) : status === 'settled'
  const spare = isOver && deep > applied ? deep - applied : 0n
  return { status, exceptions, received: there, applied, spare, mined: total(({ depth }) => depth > 0) }
}

const RUNS = Number(process.env['KVIT_TEST_HISTORIES'] ?? 1000)

test(`${RUNS} histories: observations folded one by one come to what all snapshots say`, () => {
  const met = new Map<string, number>()
  fc.assert(
    fc.property(fc.array(step, { minLength: 8, maxLength: 60, size: 'max' }), policies, (steps, policy) => {
      const world = new World()
      const snapshots: Snapshot[] = []
      let facts = NO_FACTS
      for (const told of [...steps, { do: 'look' } as const]) {
        world.do(told)
        if (told.do !== 'look') continue
        snapshots.push(world.look())
        facts = catchUp(facts, world.look(), world.txs)
        // Told twice, as after a restart: nothing changes.
        assert.deepEqual(catchUp(facts, world.look(), world.txs), facts)
        const state = statePayment(REQUEST, policy, facts, world.nowMs)
        const { mined, ...expected } = readAll(snapshots, world.txs, policy)
        assert.deepEqual(
          {
            ...{ status: state.status, exceptions: state.exceptions, received: state.received },
            ...{ applied: state.applied, spare: state.unapplied?.amount ?? 0n },
          },
          expected,
        )
        // Nothing is credited that the best chain does not have, unless the policy trusts what waits.
        if (policy.zeroConfirmation === 'never') assert.ok(state.applied + (state.unapplied?.amount ?? 0n) <= mined)
        for (const word of [state.status, ...state.exceptions]) met.set(word, (met.get(word) ?? 0) + 1)
      }
    }),
    { numRuns: RUNS, seed: 19 },
  )
  // The histories are no use if they meet nothing.
  for (const word of [
    'new',
    'processing',
    'settled',
    'expired',
    'invalid',
    'partial',
    'over',
    'late',
    'double_spent',
    're_orged',
  ])
    assert.ok((met.get(word) ?? 0) >= 5, `${word}: ${met.get(word) ?? 0}`)
})
