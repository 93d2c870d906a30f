import { setImmediate } from 'node:timers/promises'
import { startOfDayMs } from '../../core/base/period.ts'
import type { DeckRow, DeckVersion } from '../../core/catalog/rate-deck.ts'
import { type DeckFile, deckFileSteps } from '../../core/mediation/deck-file.ts'
import { type DeckMatch, matchNumber } from '../../core/rating/compiled-deck.ts'
import { DECK_CHANGES, type DeckDifference, diffDecks } from '../../core/rating/deck-diff.ts'
import { type Database, isUniqueViolation } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { findDeck } from './deck-cache.ts'
import type { DeckImport } from './deck-schemas.ts'
import * as store from './deck-store.ts'
import { deckPublished } from './events.ts'

/** Prefixes of one version. */
const MAX_ROWS = 1_000_000
/** Mistakes that are told of one file. */
const MAX_PROBLEMS = 200

/** Differences, at most so many of each kind, and how many there are. */
interface DeckReport {
  readonly counts: Readonly<Record<string, number>>
  readonly differences: readonly DeckDifference[]
}

export interface ImportedDeck extends DeckReport {
  readonly code: string
  readonly version: number
  readonly effectiveFrom: string
  readonly rows: number
  readonly repeated: number
  readonly skipped: number
  readonly imported: boolean
}

/** Imports a carrier's file as the next version of a deck, whole or not at all. */
export async function importDeck(context: WriteContext, given: DeckImport): Promise<ImportedDeck> {
  const { db, nowMs } = context
  const { mapping, effectiveFrom, mode, file, dryRun } = given
  const { code, name, zone, numbers, destination, ...columns } = mapping
  const read = await readFile(file.text, { ...columns, name: destination })
  if (read.problems.length > 0) throw refusalOf(file.name, read)
  const versions = await store.listDeckVersions(db, code)
  const names = Object.keys(mapping.rates)
  const [first] = versions
  if (first !== undefined && JSON.stringify(first.columns) !== JSON.stringify(names)) {
    const detail = `deck ${code} has the columns ${first.columns.join(', ')}, which never change; the mapping has ${names.join(', ')}`
    throw new Refusal('deck_invalid', detail, { errors: [] })
  }
  const base = inForce(versions, effectiveFrom)
  if (mode === 'add' && base === undefined)
    throw new Refusal('deck_invalid', `deck ${code} has no version on ${effectiveFrom} to add to`, { errors: [] })
  const before = base === undefined ? [] : await store.loadDeckRows(db, base.id)
  const rows = mode === 'add' ? withAdded(before, read.rows) : read.rows
  if (rows.length > MAX_ROWS)
    throw new Refusal('deck_invalid', `a deck has at most ${MAX_ROWS} prefixes`, { errors: [] })
  const version: DeckVersion = {
    code,
    name,
    version: versions.length + 1,
    effectiveFrom,
    zone,
    numbers,
    columns: names,
  }
  if (!dryRun) {
    try {
      const id = await store.insertDeckVersion(db, version, rows, file.name, new Date(nowMs))
      await publish(db, [eventOf(deckPublished, { objectId: id }, { ...version, rows: rows.length })], nowMs)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new Refusal('conflict', `another version of ${code} was imported at the same time`)
    }
  }
  return {
    code,
    version: version.version,
    effectiveFrom,
    rows: rows.length,
    repeated: read.repeated,
    skipped: read.skipped,
    imported: !dryRun,
    ...reportOf(before, rows, 20),
  }
}

async function readFile(text: string, mapping: Parameters<typeof deckFileSteps>[1]): Promise<DeckFile> {
  const steps = deckFileSteps(text, mapping)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    await setImmediate()
  }
}

function refusalOf(file: string, { problems }: DeckFile): Refusal {
  const told = problems.slice(0, MAX_PROBLEMS)
  const lines = told.map(({ line, column, value, message }) => {
    const where = column === '' ? '' : ` ${column}${value === '' ? '' : ` "${value}"`}:`
    return `${file}:${line}:${where} ${message}`
  })
  const more = problems.length > told.length ? [`and ${problems.length - told.length} more`] : []
  return new Refusal('deck_invalid', [...lines, ...more].join('\n'), { errors: told, total: problems.length })
}

function withAdded(before: readonly DeckRow[], added: readonly DeckRow[]): DeckRow[] {
  const replaced = new Set(added.map(({ prefix }) => prefix))
  return [...before.filter(({ prefix }) => !replaced.has(prefix)), ...added]
}

/** The version of a day: the latest that has begun; of one day the one that was imported last. */
function inForce(versions: readonly store.StoredDeckVersion[], day: string): store.StoredDeckVersion | undefined {
  return versions
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0))
    .at(-1)
}

function reportOf(before: readonly DeckRow[], after: readonly DeckRow[], limit: number): DeckReport {
  const { differences, unchanged } = diffDecks(before, after)
  const byChange = Map.groupBy(differences, ({ change }) => change)
  return {
    counts: {
      ...Object.fromEntries(DECK_CHANGES.map((change) => [change, byChange.get(change)?.length ?? 0])),
      unchanged,
    },
    differences: DECK_CHANGES.flatMap((change) => byChange.get(change)?.slice(0, limit) ?? []),
  }
}

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
