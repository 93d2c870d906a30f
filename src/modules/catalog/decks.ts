import { startOfDayMs } from '../../core/base/period.ts'
import type { DeckVersion } from '../../core/catalog/rate-deck.ts'
import { type DeckMatch, matchNumber } from '../../core/rating/selectors/compiled-deck.ts'
import type { Database } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { findDeck } from './deck-cache.ts'
import { reportOf } from './deck-draft.ts'
import * as store from './deck-store.ts'

/** One version of a deck; the newest when none is named. */
export async function findVersion(
  db: Database,
  code: string,
  version: number | undefined,
): Promise<store.StoredDeckVersion> {
  const versions = await store.listDeckVersions(db, code)
  const found = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version)
  if (found === undefined)
    throw new Refusal('not_found', version === undefined ? `no rate deck ${code}` : `no version ${version} of ${code}`)
  return found
}

/** What differs from one version of a deck to another, of this deck or of another one. */
export async function diffVersions(
  db: Database,
  code: string,
  query: {
    readonly version?: number | undefined
    readonly base?: string | undefined
    readonly baseVersion?: number | undefined
    readonly limit: number
  },
): Promise<object> {
  const after = await findVersion(db, code, query.version)
  const isOwn = query.base === undefined && query.baseVersion === undefined
  if (isOwn && after.version === 1)
    throw new Refusal('unprocessable', `${code} has no version before the first; name another deck as base`)
  const before = await findVersion(db, query.base ?? code, isOwn ? after.version - 1 : query.baseVersion)
  const report = reportOf(await store.loadDeckRows(db, before.id), await store.loadDeckRows(db, after.id), query.limit)
  return { from: nameOf(before), to: nameOf(after), ...report }
}

function nameOf({ code, version, effectiveFrom }: DeckVersion): object {
  return { code, version, effectiveFrom }
}

/** What a number as it was dialled costs at a time. */
export async function lookUp(db: Database, code: string, number: string, atMs: number): Promise<object> {
  const deck = await findDeck(db, code)
  if (deck === undefined) throw notFound(`rate deck ${code}`, '/v1/rate-decks', 'deck list')
  const match = matchNumber(deck, number, atMs)
  if (match === null) throw new Refusal('not_found', `no prefix of ${code} matches ${number} at that time`)
  return toView(match, deck.columns)
}

function toView({ version, prefix, destination, fromMs, untilMs }: DeckMatch, columns: readonly string[]): object {
  const { connectionFee, increments } = destination.terms[0] ?? {}
  const versionFromMs = startOfDayMs(version.effectiveFrom, version.zone)
  return {
    prefix,
    destination: destination.name,
    rates: Object.fromEntries(columns.map((column, at) => [column, destination.terms[at]?.unitAmount])),
    connectionFee: connectionFee ?? null,
    increments: increments ?? null,
    terms: Object.fromEntries(
      columns.map((column, at) => [column, { ...destination.terms[at], model: undefined, unitAmount: undefined }]),
    ),
    version: version.version,
    effectiveFrom: new Date(Math.max(fromMs, versionFromMs)).toISOString(),
    effectiveUntil: Number.isFinite(untilMs) ? new Date(untilMs).toISOString() : null,
  }
}
