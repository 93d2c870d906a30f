import { assert } from '../../base/assert.ts'
import { compare, decimal, ZERO } from '../../base/decimal.ts'
import { startOfDayMs } from '../../base/period.ts'
import { type DeckRow, type DeckVersion, normaliseNumber, type RowTerms } from '../../catalog/rate-deck.ts'
import type { PerUnitTerms } from '../../catalog/rate-terms.ts'
import { PrefixTrie } from './prefix-trie.ts'

/** What many prefixes have in common: the name on documents, and the rates. */
interface Destination {
  /** Unique in its deck: where a name has had other rates before, it says which. */
  readonly name: string
  /** One for each column. */
  readonly terms: readonly PerUnitTerms[]
}

interface CompiledVersion {
  readonly version: DeckVersion
  readonly fromMs: number
  readonly trie: PrefixTrie
  readonly destinations: Int32Array
  /** The length of each row's prefix. */
  readonly lengths: Uint8Array
  /** When each row holds; null where no row has days of its own. */
  readonly dates: { readonly fromMs: Float64Array; readonly untilMs: Float64Array } | null
  /** When any of its rows begins or ends to hold. */
  readonly changes: Float64Array
}

/** What a deck says of a number at a time. */
export interface DeckMatch {
  readonly version: DeckVersion
  readonly prefix: string
  readonly destination: Destination
  /** Epoch milliseconds; infinite where the row has no days of its own. */
  readonly fromMs: number
  readonly untilMs: number
}

/** All versions of a deck, ready for look-up. Destinations keep their places and names: later versions only add some. */
export interface CompiledDeck {
  readonly code: string
  readonly columns: readonly string[]
  readonly destinations: readonly Destination[]
  /** In the order in which they begin. */
  readonly versions: readonly CompiledVersion[]
}

/** The latest version comes into force; of those that begin on one day the one that was imported last. */
function versionAt(deck: CompiledDeck, atMs: number): CompiledVersion | undefined {
  const { versions } = deck
  let at = versions.length - 1
  while (at >= 0 && (versions[at] as CompiledVersion).fromMs > atMs) at--
  return versions[at]
}

function findRow(version: CompiledVersion, number: string, atMs: number): number {
  const { dates, trie } = version
  if (dates === null) return trie.longest(number, always)
  return trie.longest(number, (row) => (dates.fromMs[row] as number) <= atMs && atMs < (dates.untilMs[row] as number))
}

/** When a number may get another rate, in order; nothing where there is one version without dates. */
export function changesOf({ versions }: CompiledDeck): Float64Array {
  const days = new Set(versions.flatMap(({ changes }) => [...changes]))
  if (versions.length >= 2 || days.size > 0) for (const { fromMs } of versions) days.add(fromMs)
  return Float64Array.from(days).sort()
}

const always = (): boolean => true

/** The place of the destination of a number as it was dialled, or −1. */
export function destinationOf(deck: CompiledDeck, dialled: string, atMs: number): number {
  const version = versionAt(deck, atMs)
  if (version === undefined) return -1
  const row = findRow(version, normaliseNumber(dialled, version.version.numbers), atMs)
  return row < 0 ? -1 : (version.destinations[row] as number)
}

/** What a deck says of a number as it was dialled, or null. */
export function matchNumber(deck: CompiledDeck, dialled: string, atMs: number): DeckMatch | null {
  const compiled = versionAt(deck, atMs)
  if (compiled === undefined) return null
  const { version, dates, lengths, destinations } = compiled
  const number = normaliseNumber(dialled, version.numbers)
  const row = findRow(compiled, number, atMs)
  if (row < 0) return null
  return {
    version,
    prefix: number.slice(0, lengths[row]),
    destination: deck.destinations[destinations[row] as number] as Destination,
    fromMs: dates?.fromMs[row] ?? Number.NEGATIVE_INFINITY,
    untilMs: dates?.untilMs[row] ?? Number.POSITIVE_INFINITY,
  }
}

/** A version with its rows, which may be read as they are needed. */
export interface VersionRows {
  readonly version: DeckVersion
  readonly count: number
  readonly rows: Iterable<DeckRow>
}

/** Rows of a step: about a millisecond. */
const STEP = 200

/** @param versions all of a deck, in the order of import: it decides what destinations are called. */
export function compileDeck(versions: readonly VersionRows[]): CompiledDeck {
  const each = compileSteps(versions)
  for (let step = each.next(); ; step = each.next()) if (step.done === true) return step.value
}

/** As `compileDeck`, some rows a step: a million take seconds. */
export function* compileSteps(versions: readonly VersionRows[]): Generator<undefined, CompiledDeck> {
  const names = new DestinationNames()
  const compiled: CompiledVersion[] = []
  for (const one of versions) compiled.push(yield* versionSteps(one, names))
  const [first] = versions
  return {
    code: first?.version.code ?? '',
    columns: first?.version.columns ?? [],
    destinations: names.destinations,
    versions: compiled.toSorted((a, b) => a.fromMs - b.fromMs || a.version.version - b.version.version),
  }
}

function* versionSteps(
  { version, count, rows }: VersionRows,
  names: DestinationNames,
): Generator<undefined, CompiledVersion> {
  const trie = new PrefixTrie(count)
  const destinations = new Int32Array(count)
  const lengths = new Uint8Array(count)
  const days = new RowDays(version.zone, count)
  let at = 0
  for (const row of rows) {
    trie.add(row.prefix, at)
    destinations[at] = names.placeOf(row)
    lengths[at] = row.prefix.length
    days.put(at, row)
    if (++at % STEP === 0) yield
  }
  assert(at === count, 'a version has as many rows as it says')
  const { dates, changes } = days
  const fromMs = startOfDayMs(version.effectiveFrom, version.zone)
  return { version, fromMs, trie, destinations, lengths, dates, changes: Float64Array.from(changes) }
}

/** When rows hold; most decks have no days of rows. */
class RowDays {
  dates: { readonly fromMs: Float64Array; readonly untilMs: Float64Array } | null = null
  readonly changes = new Set<number>()
  private readonly zone: string
  private readonly count: number
  private readonly known = new Map<string, number>()

  constructor(zone: string, count: number) {
    this.zone = zone
    this.count = count
  }

  put(at: number, { from, until }: DeckRow): void {
    if (from === undefined && until === undefined) return
    this.dates ??= {
      fromMs: new Float64Array(this.count).fill(Number.NEGATIVE_INFINITY),
      untilMs: new Float64Array(this.count).fill(Number.POSITIVE_INFINITY),
    }
    if (from !== undefined) this.dates.fromMs[at] = this.changeAt(from)
    if (until !== undefined) this.dates.untilMs[at] = this.changeAt(until)
  }

  private changeAt(day: string): number {
    const ms = this.known.get(day) ?? startOfDayMs(day, this.zone)
    this.known.set(day, ms)
    this.changes.add(ms)
    return ms
  }
}

/** Gives each name with its rates a place, in the order in which they come. */
class DestinationNames {
  readonly destinations: Destination[] = []
  private readonly places = new Map<string, number>()
  private readonly taken = new Set<string>()

  placeOf(row: DeckRow): number {
    const rates = describeRates(row)
    const key = `${row.name}\n${rates}`
    const known = this.places.get(key)
    if (known !== undefined) return known
    const name = [row.name, `${row.name} (${rates})`].find((candidate) => !this.taken.has(candidate)) ?? key
    this.taken.add(name)
    const place = this.destinations.push({ name, terms: termsOf(row) }) - 1
    this.places.set(key, place)
    return place
  }
}

/** The rates of a row as a text, the same for the same rates. What differs by column has a text for each. */
export function describeRates(row: DeckRow): string {
  const columns = row.rates.map((_, at) => rowTerms(row, at))
  const each = (toText: (terms: RowTerms) => string): string[] => {
    const texts = columns.map(toText)
    if (texts.every((text) => text === '')) return []
    const isSame = texts.every((text) => text === texts[0])
    return [isSame ? (texts[0] as string) : texts.map((text) => text || '–').join(' / ')]
  }
  return [
    row.rates.join(' / '),
    ...(row.steps ?? []).map(({ after, rates }) => `after ${after} ${rates.join(' / ')}`),
    ...each(({ connectionFee }) => (connectionFee === undefined ? '' : `fee ${connectionFee}`)),
    ...each(({ increments }) => (increments === undefined ? '' : `${increments.first}/${increments.next}`)),
    ...each(({ freePerSession }) => (freePerSession === undefined ? '' : `${freePerSession} free`)),
    ...each(({ maximumCost }) => (maximumCost === undefined ? '' : `at most ${maximumCost}`)),
  ].join(', ')
}

/** What holds for a column of a row: the row's own terms, but for those that the column has instead. */
function rowTerms({ connectionFee, increments, freePerSession, maximumCost, columns }: DeckRow, at: number): RowTerms {
  return {
    ...(connectionFee === undefined ? {} : { connectionFee }),
    ...(increments === undefined ? {} : { increments }),
    ...(freePerSession === undefined ? {} : { freePerSession }),
    ...(maximumCost === undefined ? {} : { maximumCost }),
    ...columns?.[at],
  }
}

function termsOf(row: DeckRow): PerUnitTerms[] {
  return row.rates.map((unitAmount, at) => {
    const { maximumCost, ...terms } = rowTerms(row, at)
    const steps = (row.steps ?? []).map(({ after, rates }) => ({ after, unitAmount: rates[at] ?? unitAmount }))
    // What costs nothing by the unit never comes to its maximum.
    const isFree = [unitAmount, ...steps.map((step) => step.unitAmount)].every(
      (text) => compare(decimal(text), ZERO) === 0,
    )
    return {
      model: 'per_unit',
      unitAmount,
      ...terms,
      ...(steps.length === 0 ? {} : { steps }),
      ...(maximumCost === undefined || isFree
        ? {}
        : { maximumCost: { amount: maximumCost, afterwards: 'free' as const } }),
    }
  })
}
