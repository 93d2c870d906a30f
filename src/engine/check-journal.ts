import { present } from '../core/base/assert.ts'
import { newBalances } from '../core/charging/balances.ts'
import { chargedAmount } from '../core/rating/compiled-price.ts'
import { type CheckResult, checkEqual, checkNone } from '../platform/check.ts'
import type { CounterTable } from './counter-table.ts'
import type { CompiledCatalog, Definitions } from './definitions.ts'
import { toComparableJson } from './exact-json.ts'
import type { Journal } from './journal-store.ts'
import { PartitionState } from './partition-state.ts'
import { fromDayNumber } from './period-calendar.ts'
import { digestOf, FIRST_DIGEST, payloadDigestOf, type SegmentFacts, type UsageCounts, unpackFacts } from './segment.ts'

/** What a walk through the journal found. */
export interface JournalAudit {
  readonly results: CheckResult[]
  readonly totals: UsageCounts
  readonly segments: number
  readonly bytes: number
}

/** The live counters at some segment, to be compared with those that the journal gives. */
export interface LiveCounters {
  readonly seq: number
  readonly size: number
  find(name: string): { quantity: bigint; amount: bigint } | null
  /** Balances of each account as JSON. */
  readonly balances: ReadonlyMap<string, string>
}

export function liveCounters({ book, counters, definitions }: PartitionState, seq: number): LiveCounters {
  const amounts = new Map<string, { quantity: bigint; amount: bigint }>()
  for (let place = 0; place < counters.size; place++) {
    if (counters.records(place) === 0) continue
    amounts.set(nameOf(counters, definitions, place), {
      quantity: counters.aggregate(place)[0] as bigint,
      amount: counters.amount(place),
    })
  }
  const balances = new Map([...book.all()].map((entry) => [entry.balances.account, toComparableJson(entry.balances)]))
  return { seq, size: amounts.size, find: (name) => amounts.get(name) ?? null, balances }
}

/** Subscription, plan version, price, cell and period, as one text. */
function nameOf(counters: CounterTable, definitions: Definitions, place: number): string {
  const { subscription, cell, period } = counters.nameOf(place)
  return [
    definitions.subscriptions.ids[subscription],
    ...(definitions.cellNames[cell] ?? []),
    fromDayNumber(period),
  ].join(' ')
}

/** Recomputes everything that the journal promises, from its stored bytes alone. */
export async function auditJournal(
  store: Journal,
  partition: number,
  catalog: CompiledCatalog,
  live: LiveCounters,
): Promise<JournalAudit> {
  const state = new PartitionState(Uint32Array.of(1, 2, 3, 4))
  const totals: UsageCounts = { received: 0, charged: 0, suspended: 0, duplicates: 0, recycled: 0 }
  const broken: string[] = []
  const repeated: string[] = []
  const miscounted: string[] = []
  let previous: Buffer = FIRST_DIGEST
  let [seq, bytes] = [0, 0]
  for await (const segment of store.segments(0)) {
    if (segment.seq > live.seq) break
    seq++
    bytes += segment.payload.length
    const payloadDigest = payloadDigestOf(segment.payload)
    const digest = digestOf(previous, partition, seq, payloadDigest)
    if (segment.seq !== seq || !segment.previousDigest.equals(previous) || !segment.digest.equals(digest)) {
      broken.push(`segment ${segment.seq} does not follow from the one before`)
      if (!segment.digest.equals(digest)) break
    }
    // Proofs show this hash in place of the bytes.
    if (!segment.payloadDigest.equals(payloadDigest)) broken.push(`segment ${seq} has the hash of other bytes`)
    previous = segment.digest
    const facts = unpackFacts(segment.payload)
    if (!isCounted(facts, segment.counts)) miscounted.push(`segment ${seq}`)
    for (const name of Object.keys(totals) as (keyof UsageCounts)[]) totals[name] += facts.counts[name]
    repeated.push(...state.applySegment(seq, facts, 0).map((row) => `${facts.id[row]} in segment ${seq}`))
  }
  const results = [
    checkNone('the journal chain verifies', broken, `${seq} segments, head ${previous.toString('hex').slice(0, 16)}…`),
    checkNone('every segment counts what it holds', miscounted, `${totals.received} records received`),
    checkNone('no record is charged twice', repeated, `${totals.charged + totals.recycled} records`),
    checkNone('charged = price(total) for every counter', mispriced(state, catalog), `${state.counters.size} counters`),
    checkNone('counters in memory are those of the journal', differing(state, live), `${live.size} counters`),
    checkNone(
      'balances in memory are the sums of the journal\u2019s movements',
      differingBalances(state, live),
      `${live.balances.size} accounts`,
    ),
    checkEqual(
      'received = charged + suspended + duplicates',
      totals.received,
      totals.charged + totals.suspended + totals.duplicates,
    ),
  ]
  return { results, totals, segments: seq, bytes }
}

function isCounted(facts: SegmentFacts, counts: UsageCounts): boolean {
  const { charged, recycled, received, suspended, duplicates } = facts.counts
  const isSame = (Object.keys(counts) as (keyof UsageCounts)[]).every((name) => counts[name] === facts.counts[name])
  return isSame && charged + recycled === facts.id.length && received === charged + suspended + duplicates
}

function mispriced({ counters, definitions }: PartitionState, catalog: CompiledCatalog): string[] {
  const wrong: string[] = []
  for (let place = 0; place < counters.size; place++) {
    const [planVersionId, priceCode, cellName] = present(
      definitions.cellNames[counters.nameOf(place).cell],
      'a cell name',
    )
    const price = catalog.plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
    const cell = price?.cells.find(({ name }) => (name ?? '') === cellName)
    const isRight =
      price !== undefined &&
      cell !== undefined &&
      chargedAmount(price, cell, counters.aggregate(place)) === counters.amount(place)
    if (!isRight) wrong.push(nameOf(counters, definitions, place))
  }
  return wrong
}

function differingBalances({ book }: PartitionState, live: LiveCounters): string[] {
  const replayed = new Map([...book.all()].map((entry) => [entry.balances.account, toComparableJson(entry.balances)]))
  const accounts = [...new Set([...replayed.keys(), ...live.balances.keys()])]
  return accounts.flatMap((account) => {
    // Balances that nothing has happened to yet are in memory alone.
    const empty = toComparableJson(newBalances(account))
    const [journal, memory] = [replayed.get(account) ?? empty, live.balances.get(account) ?? empty]
    if (journal === memory) return []
    let at = 0
    while (journal[at] === memory[at]) at++
    const near = (text: string): string => text.slice(Math.max(0, at - 40), at + 20)
    return [`account ${account}: in the journal …${near(journal)}…, in memory …${near(memory)}…`]
  })
}

function differing({ counters, definitions }: PartitionState, live: LiveCounters): string[] {
  const wrong: string[] =
    counters.size === live.size ? [] : [`${counters.size} counters in the journal, ${live.size} in memory`]
  for (let place = 0; place < counters.size; place++) {
    const name = nameOf(counters, definitions, place)
    const found = live.find(name)
    if (found?.amount !== counters.amount(place) || found.quantity !== counters.aggregate(place)[0]) wrong.push(name)
  }
  return wrong
}
