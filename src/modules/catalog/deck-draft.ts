import type { DeckRow, DeckVersion } from '../../core/catalog/rate-deck.ts'
import { type DeckFile, readDeckFile } from '../../core/mediation/deck-file.ts'
import { DECK_CHANGES, type DeckDifference, diffDecks } from '../../core/rating/selectors/deck-diff.ts'
import { Refusal } from '../../platform/problems.ts'
import type { DeckImport } from './deck-schemas.ts'
import { type DeckContent, packRows, type StoredDeckVersion, unpackRows } from './deck-store.ts'

/** Prefixes of one version. */
const MAX_ROWS = 1_000_000
/** The most mistakes of one file that are listed. */
const MAX_PROBLEMS = 200
/** Characters of a text in them: a cell may be the whole file. */
const MAX_TOLD = 300
/** The most differences of each kind that an import lists. */
const MAX_DIFFERENCES = 20

/** Differences, at most so many of each kind, and how many there are. */
interface DeckReport {
  readonly counts: Readonly<Record<string, number>>
  readonly differences: readonly DeckDifference[]
}

/** A version to be, with what differs from the one before. */
export interface DeckDraft {
  readonly version: DeckVersion
  readonly content: DeckContent
  readonly report: DeckReport & { readonly repeated: number; readonly skipped: number }
}

/** Asks for what is imported already. */
export interface AskDecks {
  /** All versions of a deck, in the order of import. */
  versions(code: string): Promise<readonly StoredDeckVersion[]>
  /** The packed rows of a version. */
  content(id: string): Promise<Uint8Array>
}

/** Reads a carrier's file as the next version of a deck, whole or not at all. A file can have a million rows: this is for a thread. */
export async function draftDeck(given: Omit<DeckImport, 'dryRun'>, ask: AskDecks): Promise<DeckDraft> {
  const { mapping, effectiveFrom, mode, file } = given
  const { code, name, zone, numbers, destination, ...columns } = mapping
  const read = readDeckFile(file.text, { ...columns, name: destination })
  if (read.problems.length > 0) throw refusalOf(file.name, read)
  const versions = await ask.versions(code)
  const names = Object.keys(mapping.rates)
  const [first] = versions
  if (first !== undefined && JSON.stringify(first.columns) !== JSON.stringify(names)) {
    const detail = `deck ${code} has the columns ${first.columns.join(', ')}, which never change; the mapping has ${names.join(', ')}`
    throw new Refusal('deck_invalid', detail, { errors: [] })
  }
  const base = inForce(versions, effectiveFrom)
  if (mode === 'add' && base === undefined)
    throw new Refusal('deck_invalid', `deck ${code} has no version on ${effectiveFrom} to add to`, { errors: [] })
  const before = base === undefined ? [] : unpackRows(await ask.content(base.id))
  const rows = mode === 'add' ? withAdded(before, read.rows) : read.rows
  if (rows.length > MAX_ROWS)
    throw new Refusal('deck_invalid', `a deck has at most ${MAX_ROWS} prefixes`, { errors: [] })
  const number = versions.length + 1
  return {
    version: { code, name, version: number, effectiveFrom, zone, numbers, columns: names },
    content: packRows(rows),
    report: { repeated: read.repeated, skipped: read.skipped, ...reportOf(before, rows, MAX_DIFFERENCES) },
  }
}

function refusalOf(file: string, { problems }: DeckFile): Refusal {
  const cut = (text: string): string => (text.length > MAX_TOLD ? `${text.slice(0, MAX_TOLD)}…` : text)
  const told = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ line, column, value, message }) => ({ line, column, value: cut(value), message: cut(message) }))
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
function inForce(versions: readonly StoredDeckVersion[], day: string): StoredDeckVersion | undefined {
  return versions
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0))
    .at(-1)
}

export function reportOf(before: readonly DeckRow[], after: readonly DeckRow[], limit: number): DeckReport {
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
