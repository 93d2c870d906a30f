import { suggestSpelling } from '../../base/suggest-spelling.ts'
import type { CatalogIssue, DeckReference, Holidays, UsagePrice } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import { attributesOf } from '../attributes.ts'
import { type CompiledDeck, changesOf, destinationOf } from './compiled-deck.ts'
import { NO_RATE } from './no-rate.ts'
import type { RateSelector } from './rate-selector.ts'
import { firstAfter } from './schedule-rates.ts'
import { checkBands, weekSelector } from './week-bands.ts'

/** The columns that a price takes its rates from, with the names of their bands; null where time does not matter. */
function columnsOf({ column, bands, otherwise }: DeckReference, columns: readonly string[]): [string | null, string][] {
  if (bands === undefined) return [[null, column ?? (columns[0] as string)]]
  return [...bands, ...(otherwise === undefined ? [] : [otherwise])].map((band) => [band.name, band.column])
}

/** Every destination in every band. */
export function deckRates(reference: DeckReference, deck: CompiledDeck): { name: string; terms: RateTerms }[] {
  return columnsOf(reference, deck.columns).flatMap(([band, column]) => {
    const at = deck.columns.indexOf(column)
    return deck.destinations.map(({ name, terms }) => ({
      name: band === null ? name : `${band}, ${name}`,
      terms: terms[at] as RateTerms,
    }))
  })
}

export function deckSelector(price: UsagePrice, reference: DeckReference, deck: CompiledDeck): RateSelector {
  const { bands, otherwise } = reference
  const place = attributesOf(price).indexOf(reference.key)
  const week = bands === undefined ? null : weekSelector(bands, otherwise !== undefined, price)
  const count = deck.destinations.length
  // Looking for the end of a rate asks for one number many times.
  let [last, lastPlace]: [string | null, number] = [null, NO_RATE]
  const changes = changesOf(deck)
  const hasDates = changes.length > 0
  return {
    isConstant: week === null && changes.length === 0,
    nextAt(timeMs, accountClock) {
      const date = firstAfter(changes, timeMs)
      return week === null ? date : Math.min(date, week.nextAt(timeMs, accountClock))
    },
    elementAt(startMs, accountClock, values = []) {
      const number = values[place] ?? ''
      if (hasDates || number !== last) {
        lastPlace = destinationOf(deck, number, startMs)
        last = number
      }
      if (lastPlace < 0) return NO_RATE
      const band = week === null ? 0 : week.elementAt(startMs, accountClock)
      return band === NO_RATE ? NO_RATE : band * count + lastPlace
    },
  }
}

/** What plans may refer to of a deck. */
export interface KnownDeck {
  readonly columns: readonly string[]
}

export function checkDeck(
  reference: DeckReference,
  decks: ReadonlyMap<string, KnownDeck>,
  holidays?: Holidays,
): CatalogIssue[] {
  const { code, column, bands, otherwise } = reference
  const issues: CatalogIssue[] = []
  if (bands === undefined && otherwise !== undefined)
    issues.push({
      path: ['otherwise'],
      message: '"otherwise" goes with bands; write "column" for one rate at all times',
    })
  if (bands !== undefined && column !== undefined)
    issues.push({ path: ['column'], message: 'bands name their columns; leave "column" out' })
  if (bands !== undefined) issues.push(...checkBands(bands, otherwise !== undefined, holidays))
  const deck = decks.get(code)
  if (deck === undefined) {
    const message = `unknown rate deck "${code}"${suggestSpelling(code, decks.keys())}; decks are imported before plans that use them`
    return [...issues, { path: ['code'], message }]
  }
  if (bands === undefined && column === undefined && deck.columns.length > 1) {
    const message = `deck "${code}" has the columns ${deck.columns.join(', ')}; name one as "column", or one for each band`
    issues.push({ path: [], message })
  }
  const named = [
    ...(column === undefined ? [] : [{ path: ['column'], name: column }]),
    ...(bands ?? []).map((band, index) => ({ path: ['bands', index, 'column'], name: band.column })),
    ...(otherwise === undefined ? [] : [{ path: ['otherwise', 'column'], name: otherwise.column }]),
  ]
  for (const { path, name } of named)
    if (!deck.columns.includes(name))
      issues.push({ path, message: `deck "${code}" has no column "${name}"${suggestSpelling(name, deck.columns)}` })
  return issues
}
