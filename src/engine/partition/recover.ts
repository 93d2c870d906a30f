import { assert } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import { elementOfKey, type RateElement } from '../../core/rating/compiled-price.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Definitions } from '../definitions/definitions.ts'
import type { AccountDefinitions } from '../definitions/parties.ts'
import type { CompiledCatalog } from '../definitions/price-catalog.ts'
import type { Journal, PartitionRow } from '../journal/journal-store.ts'
import { unpackEffects } from '../journal/segment-payload.ts'
import type { CounterRow } from '../journal/stored-rows.ts'
import { accountsWithBalances } from '../memory/opened-accounts.ts'
import { PartitionState } from '../memory/partition-state.ts'

/** What the engine needs from the modules that own definitions and suspense, for one tenant. */
export interface DefinitionSource {
  loadCatalog(): Promise<CompiledCatalog>
  /** All accounts, some thousands at a time. */
  loadAllAccounts(): AsyncIterable<AccountDefinitions>
  loadAccounts(ids: readonly string[]): Promise<AccountDefinitions>
  /** All accounts whose balances were opened, whatever their terms and plans are by now; some thousands at a time. */
  loadOpened(): AsyncIterable<readonly string[]>
  /** Fingerprints of all records that ever went to suspense. */
  loadSuspendedFingerprints(): AsyncIterable<Buffer>
}

/**
 * Memory as of the head of the journal: definitions, checkpointed counters, the identities of segments that are not yet
 * archived, and the facts of those after the checkpoint.
 */
export async function recover(store: Journal, row: PartitionRow, source: DefinitionSource): Promise<PartitionState> {
  const seed = new Uint32Array(4)
  Buffer.from(seed.buffer).set(row.hashSeed)
  const state = new PartitionState(seed)
  state.definitions.catalog.replace(await source.loadCatalog())
  for await (const page of source.loadAllAccounts()) {
    // A plan that was published since the catalogue was read may have a subscription already.
    const { plans } = state.definitions.catalog.compiled
    const isKnown = page.subscriptions.every(({ intervals }) =>
      intervals.every(({ planVersionId }) => plans.has(planVersionId)),
    )
    if (!isKnown) state.definitions.catalog.replace(await source.loadCatalog())
    state.definitions.putAccounts(page)
    for (const id of accountsWithBalances(page, state.definitions.catalog.compiled)) state.book.open(id)
  }
  for await (const ids of source.loadOpened()) for (const id of ids) state.book.open(id)
  // Most subscriptions will have a counter soon.
  state.counters.reserve(state.definitions.parties.subscriptions.size)
  for await (const fingerprint of source.loadSuspendedFingerprints()) state.rememberSuspended(fingerprint)
  await restoreCounters(store, state)
  for await (const { content, asOfSeq } of store.balances()) state.restoreBalances(content, asOfSeq)
  for await (const content of store.sessions()) state.restoreSession(content)
  state.archived = await store.archive.load()
  state.forgottenSeq = state.archived.throughSeq
  assert(state.forgottenSeq === row.archivedSeq, 'nobody archives while memory is rebuilt')
  state.reserveIdentities(await store.archive.countRecords(row.archivedSeq))
  let seq = row.archivedSeq
  for await (const segment of store.archive.identities(row.archivedSeq, row.checkpointSeq)) {
    if (segment.seq > row.headSeq) throw new Refusal('engine_unavailable', 'another process took over this journal')
    assert(segment.seq === ++seq, `segment ${seq} is there`)
    state.rememberIdentities(seq, segment.identities)
    if (segment.payload !== null) state.applyFacts(seq, unpackEffects(segment.payload))
  }
  assert(seq === row.headSeq, `the journal ends at ${row.headSeq}`)
  return state
}

/** Absent for a price that is not published any more. */
function elementOfCounter(
  definitions: Definitions,
  { planVersionId, priceCode, cell }: CounterRow,
): RateElement | undefined {
  const priced = definitions.catalog.meterOf(planVersionId, priceCode)
  return priced === undefined ? undefined : elementOfKey(priced.price, cell)
}

async function restoreCounters(store: Journal, { counters, definitions, series }: PartitionState): Promise<void> {
  for await (const counter of store.counters()) {
    const cell = definitions.names.numberOfRateElement([counter.planVersionId, counter.priceCode, counter.cell])
    const subscription = definitions.parties.subscriptions.numberOf(counter.subscriptionId)
    const place = counters.place(subscription, cell, toDayNumber(counter.periodStart))
    counters.restore(place, counter.measures, counter.amount, counter.records, counter.asOfSeq)
    const measures = elementOfCounter(definitions, counter)?.measures
    if (measures !== undefined && counter.measures.length > measures) counters.markCarried(place)
    if (counter.series !== null) series.restore(place, counter.series)
  }
}
