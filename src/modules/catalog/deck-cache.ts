import { setImmediate } from 'node:timers/promises'
import type { CompiledPrice } from '../../core/rating/compiled-price.ts'
import { type CompiledDeck, compileDeck } from '../../core/rating/selectors/compiled-deck.ts'
import type { Database } from '../../platform/db.ts'
import { listDeckVersions, loadDeckRows, type StoredDeckVersion } from './deck-store.ts'

/** Decks that are kept ready though nothing may refer to them. */
const MAX_DECKS = 32

export interface CachedDeck {
  readonly deck: CompiledDeck
  /** Prices of plan versions that refer to the deck, ready for the engine. */
  readonly prices: Map<string, CompiledPrice>
}

/** Versions never change, so decks are kept by the ids of theirs: publishing a plan does not read them again. */
const cached = new Map<string, CachedDeck>()

async function readDeck(db: Database, versions: readonly StoredDeckVersion[]): Promise<CachedDeck> {
  const key = versions.map(({ id }) => id).join(' ')
  const known = cached.get(key)
  if (known !== undefined) return known
  const parts = []
  for (const version of versions) {
    parts.push({ version, rows: await loadDeckRows(db, version.id) })
    // Each takes some milliseconds for ten thousand prefixes: others work in between.
    await setImmediate()
  }
  const made = { deck: compileDeck(parts), prices: new Map() }
  cached.set(key, made)
  const [oldest] = cached.keys()
  if (cached.size > MAX_DECKS && oldest !== undefined) cached.delete(oldest)
  return made
}

/** A deck with all its versions, or undefined where there is none. */
export async function findDeck(db: Database, code: string): Promise<CompiledDeck | undefined> {
  const versions = await listDeckVersions(db, code)
  return versions.length === 0 ? undefined : (await readDeck(db, versions)).deck
}

/** The decks of some codes, with the prices that are ready. */
export async function readDecks(db: Database, codes: ReadonlySet<string>): Promise<ReadonlyMap<string, CachedDeck>> {
  const byCode = Map.groupBy(codes.size === 0 ? [] : await listDeckVersions(db), ({ code }) => code)
  const decks = new Map<string, CachedDeck>()
  for (const [code, versions] of byCode) if (codes.has(code)) decks.set(code, await readDeck(db, versions))
  return decks
}
