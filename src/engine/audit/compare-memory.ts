import { type Balances, newBalances } from '../../core/charging/balances.ts'
import { fromExactJson, toComparableJson } from '../columnar/exact-json.ts'
import type { JournalReplay } from '../partition/replay-journal.ts'
import {
  type LiveBalances,
  type LiveCounter,
  type LiveSession,
  nameOfCounter,
  type Piece,
  textOfCounter,
} from '../queries/memory.ts'

/** What memory has, a piece at a time: the segment of a piece is never before that of the piece before. */
export interface LiveMemory {
  /** The last committed segment when the comparison begins. */
  readonly seq: number
  counters(): AsyncGenerator<Piece<LiveCounter>>
  balances(): AsyncGenerator<Piece<LiveBalances>>
  sessions(): AsyncGenerator<Piece<LiveSession>>
}

/** What was compared, and where memory is not what the journal gives. */
export interface Compared {
  readonly count: number
  readonly wrong: readonly string[]
}

/** The counters of a replay by their names. */
export class ReplayedCounters {
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
 * Compares counters in memory with those of the journal: each piece with the journal up to the piece's segment,
 * while charging continues.
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
  // Those that came to memory after their piece was read are looked for once more.
  const missed = new Map([...replayed.update()].filter(([name]) => !seen.has(name)))
  if (missed.size > 0) await look((name) => missed.has(name))
  for (const [name, place] of missed)
    if (!seen.has(name)) wrong.push(`${name}: ${replayed.textOf(place)} in the journal, nothing in memory`)
  return { count: seen.size, wrong }
}

/** Balances with what is held on counters in whatever order they were last held. */
export function textOfBalances(balances: Balances): string {
  const pools = new Map([...balances.pools].sort(([a], [b]) => (a < b ? -1 : 1)))
  return toComparableJson({ ...balances, pools })
}

/** The same for the balances of accounts. Balances that nothing has happened to yet may be in memory or not. */
export async function compareBalances(replay: JournalReplay, live: LiveMemory): Promise<Compared> {
  const seen = new Set<string>()
  const wrong: string[] = []
  const journalOf = (account: string): string => textOfBalances(replay.state.book.get(account) ?? newBalances(account))
  const look = async (isAsked: (account: string) => boolean): Promise<void> => {
    for await (const { seq, items } of live.balances()) {
      await replay.through(seq)
      for (const [account, text] of items) {
        if (!isAsked(account)) continue
        seen.add(account)
        const [journal, memory] = [journalOf(account), textOfBalances(fromExactJson(text) as Balances)]
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
    const [journal, empty] = [journalOf(account), textOfBalances(newBalances(account))]
    if (!seen.has(account) && journal !== empty) wrong.push(differenceOf(account, journal, empty))
  }
  return { count: seen.size, wrong }
}

/** The same for sessions that run: of those that are over memory and journal may have forgotten others. */
export async function compareSessions(replay: JournalReplay, live: LiveMemory): Promise<Compared> {
  const { state } = replay
  const seen = new Set<string>()
  const wrong: string[] = []
  const journalOf = (key: string): string => state.runningSession(state.sessions.runningRow(key))?.[1] ?? 'nothing'
  const look = async (isAsked: (key: string) => boolean): Promise<void> => {
    for await (const { seq, items } of live.sessions()) {
      await replay.through(seq)
      for (const [key, memory] of items) {
        if (!isAsked(key)) continue
        seen.add(key)
        const journal = journalOf(key)
        if (journal !== memory) wrong.push(`session ${key}: ${journal} in the journal, ${memory} in memory`)
      }
    }
  }
  await look(() => true)
  const missed = new Set<string>()
  for (let row = 0; row < state.sessions.rows; row++) {
    const [key] = state.runningSession(row) ?? []
    if (key !== undefined && !seen.has(key)) missed.add(key)
  }
  if (missed.size > 0) await look((key) => missed.has(key))
  // Those that have ended meanwhile run in neither.
  for (const key of missed)
    if (!seen.has(key) && journalOf(key) !== 'nothing')
      wrong.push(`session ${key}: ${journalOf(key)} in the journal, nothing in memory`)
  return { count: seen.size, wrong }
}

/** The first place where two texts differ, with the text around it. */
function differenceOf(account: string, journal: string, memory: string): string {
  let at = 0
  while (journal[at] === memory[at]) at++
  const near = (text: string): string => text.slice(Math.max(0, at - 40), at + 20)
  return `account ${account}: in the journal …${near(journal)}…, in memory …${near(memory)}…`
}
