import { present } from '../core/base/assert.ts'
import { newBalances } from '../core/charging/balances.ts'
import { cellNamed, chargedAmount } from '../core/rating/compiled-price.ts'
import { type CheckResult, checkEqual, checkNone } from '../platform/check.ts'
import type { BalanceBook } from './balance-book.ts'
import type { CounterTable } from './counter-table.ts'
import type { CompiledCatalog, Definitions } from './definitions.ts'
import { toComparableJson } from './exact-json.ts'
import { PartitionState } from './partition-state.ts'
import { fromDayNumber } from './period-calendar.ts'
import { digestOf, FIRST_DIGEST, payloadDigestOf, type SegmentFacts } from './segment.ts'
import { segmentsWithFacts } from './segment-facts.ts'
import { isAnchor } from './segment-payload.ts'
import type { SegmentRow } from './stored-rows.ts'
import { NO_COUNTS, rowsOf, type UsageCounts } from './usage-counts.ts'
import type { WholeJournal } from './usage-records.ts'

/** What a walk through the journal found. */
export interface JournalAudit {
  readonly results: CheckResult[]
  readonly totals: UsageCounts
  readonly segments: number
  readonly bytes: number
  /** Segments that anchor documents: what they say stays in the journal. */
  readonly anchors: ReadonlySet<number>
}

/** The live counters at some segment, to be compared with those that the journal gives. */
export interface LiveCounters {
  readonly seq: number
  /** What each counter says, by its name. */
  readonly counters: ReadonlyMap<string, string>
  /** Balances of each account as JSON. */
  readonly balances: ReadonlyMap<string, string>
}

export function liveCounters(state: PartitionState, seq: number): LiveCounters {
  const { book, counters, definitions } = state
  const texts = new Map<string, string>()
  for (let place = 0; place < counters.size; place++)
    if (counters.isUsed(place)) texts.set(nameOf(counters, definitions, place), textOfCounter(state, place))
  return { seq, counters: texts, balances: jsonOfBalances(book) }
}

/** All that a counter is priced by; measures that were never added to may be absent. */
function textOfCounter({ counters }: PartitionState, place: number): string {
  const measures = counters
    .aggregate(place)
    .join(' ')
    .replace(/( 0)+$/, '')
  return `${counters.records(place)} ${counters.amount(place)} ${measures}`
}

function jsonOfBalances(book: BalanceBook): Map<string, string> {
  const pairs = Array.from(book.all(), (balances): [string, string] => [balances.account, toComparableJson(balances)])
  return new Map(pairs)
}

/** Subscription, plan version, price, cell and period, as one text. */
function nameOf(counters: CounterTable, definitions: Definitions, place: number): string {
  const { subscription, cell, period } = counters.nameOf(place)
  return [
    definitions.subscriptions.idOf(subscription),
    ...(definitions.cellNames[cell] ?? []),
    fromDayNumber(period),
  ].join(' ')
}

/** Recomputes everything that the journal promises, from its stored bytes and those of the archive alone. */
export async function auditJournal(
  journal: WholeJournal,
  partition: number,
  catalog: CompiledCatalog,
  live: LiveCounters,
): Promise<JournalAudit> {
  const chain = new Chain(partition)
  const archived = await auditArchive(journal)
  if (archived.broken.length > 0) {
    // What the files say can not be trusted: what follows from it is not computed.
    for await (const segment of journal.store.segments(0)) if (segment.seq <= live.seq) chain.add(segment)
    return { ...chain.report(), bytes: chain.bytes + archived.bytes, results: [chain.result(), archived.result] }
  }
  const state = new PartitionState(Uint32Array.of(1, 2, 3, 4))
  const repeated: string[] = []
  const miscounted: string[] = []
  for await (const { segment, facts: unpack } of segmentsWithFacts(journal, live.seq)) {
    const { seq, counts } = segment
    // What does not verify is not unpacked.
    if (!chain.add(segment)) break
    const facts = unpack()
    if (!isCounted(facts, counts)) miscounted.push(`segment ${seq}`)
    repeated.push(
      ...state.rememberRecords(seq, facts, archived.throughSeq).map((row) => `${facts.id[row]} in segment ${seq}`),
    )
    state.applyFacts(seq, facts)
  }
  const { totals } = chain
  const results = [
    chain.result(),
    archived.result,
    checkNone('every segment counts what it holds', miscounted, `${totals.received} records received`),
    checkNone('no record is charged twice', repeated, `${totals.charged + totals.recycled} records`),
    checkNone('charged = price(total) for every counter', mispriced(state, catalog), `${state.counters.size} counters`),
    checkNone('counters in memory are those of the journal', differing(state, live), `${live.counters.size} counters`),
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
  return { ...chain.report(), bytes: chain.bytes + archived.bytes, results }
}

/** Follows the chain of digests, which needs the payloads only where they are still there. */
class Chain {
  readonly totals: UsageCounts = { ...NO_COUNTS }
  readonly anchors = new Set<number>()
  bytes = 0
  private readonly partition: number
  private readonly broken: string[] = []
  private previous: Buffer = FIRST_DIGEST
  private seq = 0

  constructor(partition: number) {
    this.partition = partition
  }

  /** @returns whether the segment is what its digest says. */
  add({ seq, payload, payloadDigest, previousDigest, digest, counts }: SegmentRow): boolean {
    this.seq++
    this.bytes += payload?.length ?? 0
    if (payload !== null && isAnchor(payload)) this.anchors.add(seq)
    const expected = payload === null ? payloadDigest : payloadDigestOf(payload)
    const computed = digestOf(this.previous, this.partition, this.seq, expected)
    if (seq !== this.seq || !previousDigest.equals(this.previous) || !digest.equals(computed))
      this.broken.push(`segment ${seq} does not follow from the one before`)
    // Proofs show this hash in place of the bytes.
    else if (!payloadDigest.equals(expected)) this.broken.push(`segment ${seq} has the hash of other bytes`)
    this.previous = digest
    for (const name of Object.keys(this.totals) as (keyof UsageCounts)[]) this.totals[name] += counts[name]
    return digest.equals(computed)
  }

  result(): CheckResult {
    const head = this.previous.toString('hex').slice(0, 16)
    return checkNone('the journal chain verifies', this.broken, `${this.seq} segments, head ${head}…`)
  }

  report(): Pick<JournalAudit, 'totals' | 'segments' | 'anchors'> {
    return { totals: this.totals, segments: this.seq, anchors: this.anchors }
  }
}

/** Whether every file of the archive has the bytes that it had when it was compared with its segments. */
async function auditArchive({
  store,
  archive,
}: WholeJournal): Promise<{ broken: string[]; bytes: number; throughSeq: number; result: CheckResult }> {
  const { files, throughSeq } = await store.archive.load()
  const broken: string[] = []
  let bytes = 0
  for (const { path, sha256, bytes: size } of files) {
    bytes += size
    const digest = await archive.digest(path)
    if (digest === null) broken.push(`${path} is missing`)
    else if (!digest.equals(sha256)) broken.push(`${path} was changed`)
  }
  const result = checkNone(
    'archive files are as they were written',
    broken,
    `${files.length} files, to segment ${throughSeq}`,
  )
  return { broken, bytes, throughSeq, result }
}

function isCounted(facts: SegmentFacts, counts: UsageCounts): boolean {
  const { corrected, received, charged, suspended, duplicates } = facts.counts
  const isSame = (Object.keys(counts) as (keyof UsageCounts)[]).every((name) => counts[name] === facts.counts[name])
  const changed = facts.change.reduce((sum, change) => (change === 0 ? sum : sum + 1), 0)
  const isWhole = rowsOf(facts.counts) === facts.id.length && changed === corrected
  return isSame && isWhole && received === charged + suspended + duplicates
}

function mispriced({ counters, definitions }: PartitionState, catalog: CompiledCatalog): string[] {
  const wrong: string[] = []
  for (let place = 0; place < counters.size; place++) {
    const [planVersionId, priceCode, cellName] = present(
      definitions.cellNames[counters.nameOf(place).cell],
      'a cell name',
    )
    const price = catalog.plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
    const cell = price === undefined ? undefined : cellNamed(price, cellName)
    const isRight =
      price !== undefined &&
      cell !== undefined &&
      (chargedAmount(price, cell, counters.aggregate(place)) === counters.amount(place) ||
        // Like one that nothing was ever counted in.
        (counters.records(place) === 0 && counters.amount(place) === 0n))
    if (!isRight) wrong.push(nameOf(counters, definitions, place))
  }
  return wrong
}

function differingBalances({ book }: PartitionState, live: LiveCounters): string[] {
  const replayed = jsonOfBalances(book)
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

function differing(state: PartitionState, live: LiveCounters): string[] {
  const { counters, definitions } = state
  const wrong: string[] =
    counters.size === live.counters.size
      ? []
      : [`${counters.size} counters in the journal, ${live.counters.size} in memory`]
  for (let place = 0; place < counters.size; place++) {
    const name = nameOf(counters, definitions, place)
    const [journal, memory] = [textOfCounter(state, place), live.counters.get(name) ?? 'nothing']
    if (journal !== memory) wrong.push(`${name}: ${journal} in the journal, ${memory} in memory`)
  }
  return wrong
}
