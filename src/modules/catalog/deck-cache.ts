import type { CompiledPrice } from '../../core/rating/compiled-price.ts'
import { type CompiledDeck, compileSteps, type VersionRows } from '../../core/rating/selectors/compiled-deck.ts'
import type { Database } from '../../platform/db.ts'
import { Pauses } from '../../platform/pauses.ts'
import { listDeckVersions, rowsInPieces, type StoredDeckVersion, unpackContent } from './deck-store.ts'

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
  const made = { deck: await compileBeside(db, versions), prices: new Map() }
  cached.set(key, made)
  const [oldest] = cached.keys()
  if (cached.size > MAX_DECKS && oldest !== undefined) cached.delete(oldest)
  return made
}

/** A million prefixes take seconds: others work in between. */
async function compileBeside(db: Database, versions: readonly StoredDeckVersion[]): Promise<CompiledDeck> {
  const parts: VersionRows[] = []
  for (const version of versions)
    parts.push({ version, count: version.rowCount, rows: rowsInPieces(await unpackContent(db, version.id)) })
  const pauses = new Pauses()
  const each = compileSteps(parts)
  for (let step = each.next(); ; step = each.next()) {
    if (step.done === true) return step.value
    await pauses.take()
  }
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
