import { newBalances } from '../core/charging/balances.ts'
import { fromExactJson, toComparableJson } from './exact-json.ts'
import { type LiveBalances, type LiveCounter, nameOfCounter, type Piece, textOfCounter } from './memory.ts'
import type { JournalReplay } from './replay-journal.ts'

/** What memory has, a piece at a time: the segment of a piece is never before that of the piece before. */
export interface LiveMemory {
  /** The last committed segment when the comparison begins. */
  readonly seq: number
  counters(): AsyncGenerator<Piece<LiveCounter>>
  balances(): AsyncGenerator<Piece<LiveBalances>>
}

/** What was compared, and where memory is not what the journal gives. */
export interface Compared {
  readonly count: number
  readonly wrong: readonly string[]
}

/** The counters of a replay by their names. */
class ReplayedCounters {
  private readonly replay: JournalReplay
  private readonly places = new Map<string, number>()
  private known = 0

  constructor(replay: JournalReplay) {
    this.replay = replay
  }

  /** All that were made so far. */
  update(): ReadonlyMap<string, number> {
    const { state } = this.replay
    for (; this.known < state.counters.size; this.known++) this.places.set(nameOfCounter(state, this.known), this.known)
    return this.places
  }

  textOf(place: number | undefined): string {
    return place === undefined ? 'nothing' : textOfCounter(this.replay.state, place)
  }
}

/**
 * Compares counters in memory with those of the journal: each piece with the journal as it is behind the piece's segment,
 * while charging goes on.
 */
export async function compareCounters(replay: JournalReplay, live: LiveMemory): Promise<Compared> {
  const replayed = new ReplayedCounters(replay)
  const seen = new Set<string>()
  const wrong: string[] = []
  const look = async (isAsked: (name: string) => boolean): Promise<void> => {
    for await (const { seq, items } of live.counters()) {
      await replay.through(seq)
      const places = replayed.update()
      for (const [name, memory] of items) {
        if (!isAsked(name)) continue
        seen.add(name)
        const journal = replayed.textOf(places.get(name))
        if (journal !== memory) wrong.push(`${name}: ${journal} in the journal, ${memory} in memory`)
      }
    }
  }
  await look(() => true)
  // Those that came to memory behind the piece in which they would have been are looked for once more.
  const missed = new Map([...replayed.update()].filter(([name]) => !seen.has(name)))
  if (missed.size > 0) await look((name) => missed.has(name))
  for (const [name, place] of missed)
    if (!seen.has(name)) wrong.push(`${name}: ${replayed.textOf(place)} in the journal, nothing in memory`)
  return { count: seen.size, wrong }
}

/** The same for the balances of accounts. Balances that nothing has happened to yet may be in memory or not. */
export async function compareBalances(replay: JournalReplay, live: LiveMemory): Promise<Compared> {
  const seen = new Set<string>()
  const wrong: string[] = []
  const journalOf = (account: string): string =>
    toComparableJson(replay.state.book.get(account) ?? newBalances(account))
  const look = async (isAsked: (account: string) => boolean): Promise<void> => {
    for await (const { seq, items } of live.balances()) {
      await replay.through(seq)
      for (const [account, text] of items) {
        if (!isAsked(account)) continue
        seen.add(account)
        const [journal, memory] = [journalOf(account), toComparableJson(fromExactJson(text))]
        if (journal !== memory) wrong.push(differenceOf(account, journal, memory))
      }
    }
  }
  const unseen = (): string[] =>
    Array.from(replay.state.book.all(), ({ account }) => account).filter((account) => !seen.has(account))
  await look(() => true)
  const missed = new Set(unseen())
  if (missed.size > 0) await look((account) => missed.has(account))
  for (const account of missed) {
    const [journal, empty] = [journalOf(account), toComparableJson(newBalances(account))]
    if (!seen.has(account) && journal !== empty) wrong.push(differenceOf(account, journal, empty))
  }
  return { count: seen.size, wrong }
}

/** The first place where two texts differ, with what stands around it. */
function differenceOf(account: string, journal: string, memory: string): string {
  let at = 0
  while (journal[at] === memory[at]) at++
  const near = (text: string): string => text.slice(Math.max(0, at - 40), at + 20)
  return `account ${account}: in the journal …${near(journal)}…, in memory …${near(memory)}…`
}
