import type { Balances } from '../../core/charging/balances.ts'
import { newBalances } from '../../core/charging/balances.ts'
import { fromExactJson } from '../columnar/exact-json.ts'
import type { CheckpointRows } from '../journal/checkpoint-rows.ts'
import type { JournalReplay } from '../partition/replay-journal.ts'
import { measuresText } from '../queries/memory.ts'
import { type Compared, ReplayedCounters, textOfBalances } from './compare-memory.ts'

/** Rows of a checkpoint that is being stored, which are looked at after those of the one before it. */
const MAX_LATER = 500_000

interface StoredText {
  readonly asOfSeq: number
  readonly name: string
  readonly text: string
}

/**
 * Compares the rows of checkpoints with the journal, before memory is: memory began with them, and the next start will. A
 * row has all facts up to its own segment and, if that is older, up to the last checkpoint; what comes after is not in it.
 * @param throughSeq the last segment whose facts memory is compared with
 */
export async function compareStored(
  replay: JournalReplay,
  store: CheckpointRows,
  throughSeq: number,
): Promise<{ counters: Compared; balances: Compared }> {
  const { checkpointSeq, headSeq } = await store.checkpointAndHead()
  if (checkpointSeq > headSeq) {
    const wrong = [`the checkpoint ${checkpointSeq} is of a segment that is not there: the last one is ${headSeq}`]
    return { counters: { count: 0, wrong }, balances: { count: 0, wrong } }
  }
  // Another checkpoint has ended since the check began: the next check looks at it.
  if (checkpointSeq > throughSeq) return { counters: NOTHING, balances: NOTHING }
  await replay.through(checkpointSeq)
  const replayed = new ReplayedCounters(replay)
  const counterOf = (name: string): string => replayed.textOf(replayed.update().get(name))
  const balancesOf = (account: string): string => textOfBalances(replay.state.book.get(account) ?? newBalances(account))
  const counters = new StoredRows(checkpointSeq, throughSeq, counterOf)
  const balances = new StoredRows(checkpointSeq, throughSeq, balancesOf)
  const expected = new Set<string>()
  for (const [name, place] of replayed.update()) if (replay.state.counters.isUsed(place)) expected.add(name)
  for await (const { subscriptionId, planVersionId, priceCode, cell, periodStart, ...row } of store.counters()) {
    const name = [subscriptionId, planVersionId, priceCode, cell, periodStart].join(' ')
    expected.delete(name)
    const text = `${row.records} ${row.amount} ${measuresText(row.measures)}`
    counters.look({ name, text, asOfSeq: row.asOfSeq })
  }
  for (const name of expected) counters.wrong.push(`${name} is not stored`)
  const withBalances = new Set<string>()
  for (const { account } of replay.state.book.all())
    if (balancesOf(account) !== textOfBalances(newBalances(account))) withBalances.add(account)
  for await (const { accountId, content, asOfSeq } of store.balances()) {
    withBalances.delete(accountId)
    balances.look({ name: accountId, text: textOfBalances(fromExactJson(content) as Balances), asOfSeq })
  }
  for (const account of withBalances) balances.wrong.push(`account ${account} is not stored`)
  for (const seq of new Set(
    [...counters.later, ...balances.later].map(({ asOfSeq }) => asOfSeq).toSorted((a, b) => a - b),
  )) {
    await replay.through(seq)
    counters.lookLater(seq)
    balances.lookLater(seq)
  }
  return { counters, balances }
}

const NOTHING: Compared = { count: 0, wrong: [] }

/** Rows that are compared with what a replay has where they end. */
class StoredRows implements Compared {
  readonly wrong: string[] = []
  readonly later: StoredText[] = []
  count = 0
  private readonly checkpointSeq: number
  private readonly throughSeq: number
  private readonly journalOf: (name: string) => string

  constructor(checkpointSeq: number, throughSeq: number, journalOf: (name: string) => string) {
    this.checkpointSeq = checkpointSeq
    this.throughSeq = throughSeq
    this.journalOf = journalOf
  }

  look(row: StoredText): void {
    this.count++
    if (row.asOfSeq <= this.checkpointSeq) this.compare(row)
    else if (row.asOfSeq <= this.throughSeq && this.later.length < MAX_LATER) this.later.push(row)
  }

  lookLater(seq: number): void {
    for (const row of this.later) if (row.asOfSeq === seq) this.compare(row)
  }

  private compare({ name, text }: StoredText): void {
    const journal = this.journalOf(name)
    if (journal !== text) this.wrong.push(`${name}: ${text} is stored, ${journal} in the journal`)
  }
}
