import { chargedAmount } from '../core/rating/compiled-price.ts'
import { type CheckResult, checkEqual, checkNone } from '../platform/check.ts'
import type { CounterTable } from './counter-table.ts'
import type { CompiledCatalog, Definitions } from './definitions.ts'
import type { JournalStore } from './journal-store.ts'
import { PartitionState } from './partition-state.ts'
import { fromDayNumber } from './period-calendar.ts'
import { digestOf, FIRST_DIGEST, type SegmentFacts, type UsageCounts, unpackFacts } from './segment.ts'

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
  /** Amount and first measure by place name. */
  find(subscriptionId: string, cell: readonly [string, string, string], period: number): { quantity: bigint; amount: bigint } | null
}

export function liveCounters({ counters, definitions }: PartitionState, seq: number): LiveCounters {
  const amounts = new Map<string, { quantity: bigint; amount: bigint }>()
  for (let place = 0; place < counters.size; place++) {
    if ((counters.columns.records[place] as number) === 0) continue
    const { quantity, amount } = counters.columns
    amounts.set(nameOf(counters, definitions, place), { quantity: quantity[place] as bigint, amount: amount[place] as bigint })
  }
  return { seq, size: amounts.size, find: (subscriptionId, cell, period) => amounts.get([subscriptionId, ...cell, period].join('\n')) ?? null }
}

function nameOf({ columns }: CounterTable, { subscriptionIds, cellNames }: Definitions, place: number): string {
  const cell = cellNames[columns.cell[place] as number] as readonly [string, string, string]
  return [subscriptionIds[columns.subscription[place] as number], ...cell, columns.period[place]].join('\n')
}

/** Recomputes everything that the journal promises, from its stored bytes alone. */
export async function auditJournal(store: JournalStore, partition: number, catalog: CompiledCatalog, live: LiveCounters): Promise<JournalAudit> {
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
    const digest = digestOf(previous, partition, seq, segment.payload)
    if (segment.seq !== seq || !segment.previousDigest.equals(previous) || !segment.digest.equals(digest)) {
      broken.push(`segment ${segment.seq} does not follow from the one before`)
      if (!segment.digest.equals(digest)) break
    }
    previous = segment.digest
    const facts = unpackFacts(segment.payload)
    if (!isCounted(facts, segment.counts)) miscounted.push(`segment ${seq}`)
    for (const name of Object.keys(totals) as (keyof UsageCounts)[]) totals[name] += facts.counts[name]
    repeated.push(...repeatedIdentities(state, facts))
    state.applySegment(seq, facts, 0)
  }
  const results = [
    checkNone('the journal chain verifies', broken, `${seq} segments, head ${previous.toString('hex').slice(0, 16)}…`),
    checkNone('every segment counts what it holds', miscounted, `${totals.received} records received`),
    checkNone('no record is charged twice', repeated, `${totals.charged + totals.recycled} records`),
    checkNone('charged = price(total) for every counter', mispriced(state, catalog), `${state.counters.size} counters`),
    checkNone('counters in memory are those of the journal', differing(state, live), `${live.size} counters`),
    checkEqual('received = charged + suspended + duplicates', totals.received, totals.charged + totals.suspended + totals.duplicates),
  ]
  return { results, totals, segments: seq, bytes }
}

function isCounted(facts: SegmentFacts, counts: UsageCounts): boolean {
  const { charged, recycled, received, suspended, duplicates } = facts.counts
  const isSame = (Object.keys(counts) as (keyof UsageCounts)[]).every((name) => counts[name] === facts.counts[name])
  return isSame && charged + recycled === facts.id.length && received === charged + suspended + duplicates
}

function repeatedIdentities(state: PartitionState, facts: SegmentFacts): string[] {
  const repeated: string[] = []
  for (let row = 0; row < facts.id.length; row++) {
    const identity = {
      id: facts.id[row] as string,
      source: facts.sources[facts.source[row] as number] as string,
      ...{ service: '', type: '', data: '', startMs: 0, endMs: 0 },
    }
    if (state.identify(identity) !== 'new') repeated.push(`${identity.source} ${identity.id}`)
  }
  return repeated
}

function mispriced({ counters, definitions }: PartitionState, catalog: CompiledCatalog): string[] {
  const wrong: string[] = []
  for (let place = 0; place < counters.size; place++) {
    const [planVersionId, priceCode, cellName] = definitions.cellNames[counters.columns.cell[place] as number] as readonly [string, string, string]
    const price = catalog.plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
    const cell = price?.cells.find(({ name }) => (name ?? '') === cellName)
    const isRight = price !== undefined && cell !== undefined && chargedAmount(price, cell, counters.aggregate(place)) === counters.columns.amount[place]
    if (!isRight) wrong.push(`${priceCode} of ${definitions.subscriptionIds[counters.columns.subscription[place] as number]}`)
  }
  return wrong
}

function differing({ counters, definitions }: PartitionState, live: LiveCounters): string[] {
  const wrong: string[] = counters.size === live.size ? [] : [`${counters.size} counters in the journal, ${live.size} in memory`]
  for (let place = 0; place < counters.size; place++) {
    const { columns } = counters
    const cell = definitions.cellNames[columns.cell[place] as number] as readonly [string, string, string]
    const subscriptionId = definitions.subscriptionIds[columns.subscription[place] as number] as string
    const period = columns.period[place] as number
    const found = live.find(subscriptionId, cell, period)
    if (found?.amount !== columns.amount[place] || found?.quantity !== columns.quantity[place]) {
      wrong.push(`${cell[1]} of ${subscriptionId} in ${fromDayNumber(period)}`)
    }
  }
  return wrong
}
