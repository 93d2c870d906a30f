import { isDay } from '../base/calendar-range.ts'
import { compare, type Decimal, decimal, formatDecimal, multiply, ZERO } from '../base/decimal.ts'
import { suggestSpelling } from '../base/suggest-spelling.ts'
import type { DeckRow, RowTerms } from '../catalog/rate-deck.ts'
import { cellText } from './cell-text.ts'
import { type NumberStyle, readNumber } from './number-text.ts'
import { readPrefixes } from './prefix-list.ts'

/**
 * Where a value comes from: a column, or the mapping itself. An amount may be multiplied by an exact
 * decimal; `none` are texts that stand for nothing, as an empty cell does where the value may be absent.
 */
type DeckSource =
  | { readonly column: string; readonly factor?: string | undefined; readonly none?: readonly string[] | undefined }
  | { readonly value: string }

/** What a row says beyond its prefix. A rating method may say it in place of the mapping. */
interface DeckTerms extends SessionTerms {
  /** Rates by the deck's columns. */
  readonly rates?: Readonly<Record<string, DeckSource>> | undefined
  /** Rates from so many units of a call on. */
  readonly steps?:
    | readonly { readonly after: DeckSource; readonly rates: Readonly<Record<string, DeckSource>> }[]
    | undefined
  /** What one of the deck's columns has in place of the terms of the row. */
  readonly columns?: Readonly<Record<string, SessionTerms>> | undefined
}

interface SessionTerms {
  readonly connectionFee?: DeckSource | undefined
  /** `60/1`, `30+6`, `60`. */
  readonly increments?: DeckSource | undefined
  readonly freePerSession?: DeckSource | undefined
  readonly maximumCost?: DeckSource | undefined
}

/** How the rows of a carrier's file become those of a deck. Columns of files without a header are called 1, 2, 3, … */
export interface DeckMapping extends DeckTerms {
  /** Guessed from the first row when absent. */
  readonly delimiter?: string | undefined
  readonly decimal: NumberStyle['decimal']
  readonly grouping?: NumberStyle['grouping']
  /** Lines before the header. */
  readonly skipRows: number
  readonly header: boolean
  /** Rows that are none: those that have one of the values in the column. */
  readonly skip: readonly { readonly column: string; readonly values: readonly string[] }[]
  readonly dates: 'YYYY-MM-DD' | 'DD.MM.YYYY' | 'DD/MM/YYYY' | 'MM/DD/YYYY'
  /** `before` is put before every prefix, `country` is a column that is. */
  readonly prefix: {
    readonly column: string
    readonly before?: string | undefined
    readonly country?: string | undefined
  }
  readonly name: DeckSource
  readonly rates: Readonly<Record<string, DeckSource>>
  readonly from?: DeckSource | undefined
  readonly until?: DeckSource | undefined
  /** What each value of a column means. */
  readonly methods?: { readonly column: string; readonly rules: Readonly<Record<string, DeckTerms>> } | undefined
}

/** What is wrong with a row, and where. */
export interface RowFault {
  readonly column: string
  readonly value: string
  readonly message: string
}

interface Found {
  readonly column: string
  readonly text: string
  readonly factor: Decimal | null
}

type Read = (cells: readonly string[]) => Found

interface TermFields extends SessionFields {
  readonly rates: readonly Read[]
  readonly steps: readonly { readonly after: Read; readonly rates: readonly Read[] }[]
  /** One for each column of rates; null where it has no terms of its own. */
  readonly columns: readonly (SessionFields | null)[]
}

interface SessionFields {
  readonly connectionFee: Read | null
  readonly increments: Read | null
  readonly freePerSession: Read | null
  readonly maximumCost: Read | null
}

/** A mapping made ready for files with certain columns. */
export interface DeckFields {
  readonly mapping: DeckMapping
  readonly columns: readonly string[]
  /** Columns that the mapping needs and the file lacks. */
  readonly missing: readonly string[]
  readonly skip: readonly { readonly at: number; readonly values: readonly string[] }[]
  readonly prefix: Read
  readonly country: Read | null
  readonly name: Read
  readonly from: Read | null
  readonly until: Read | null
  readonly terms: TermFields
  readonly methods: { readonly read: Read; readonly rules: ReadonlyMap<string, TermFields> } | null
}

export function deckFields(mapping: DeckMapping, columns: readonly string[]): DeckFields {
  const missing = new Set<string>()
  const place = (column: string): number => {
    const at = columns.indexOf(column)
    if (at < 0) missing.add(column)
    return at
  }
  const reader = (source: DeckSource): Read => {
    if ('value' in source) return () => ({ column: '', text: source.value, factor: null })
    const { column } = source
    const at = place(column)
    const factor = source.factor === undefined ? null : decimal(source.factor)
    const none = source.none ?? []
    return (cells) => {
      return { column, text: cellText(cells, at, none), factor }
    }
  }
  const optional = (source: DeckSource | undefined): Read | null => (source === undefined ? null : reader(source))
  const names = Object.keys(mapping.rates)
  const termFields = (terms: DeckTerms): TermFields => ({
    rates: names.map((name) => reader((terms.rates?.[name] ?? mapping.rates[name]) as DeckSource)),
    steps: (terms.steps ?? []).map(({ after, rates }) => ({
      after: reader(after),
      rates: names.map((name) => reader((rates[name] ?? terms.rates?.[name] ?? mapping.rates[name]) as DeckSource)),
    })),
    columns: names.map((name) => {
      const own = terms.columns?.[name]
      return own === undefined ? null : sessionFields(own)
    }),
    ...sessionFields(terms),
  })
  const sessionFields = (terms: SessionTerms): SessionFields => ({
    connectionFee: optional(terms.connectionFee),
    increments: optional(terms.increments),
    freePerSession: optional(terms.freePerSession),
    maximumCost: optional(terms.maximumCost),
  })
  const { prefix, methods } = mapping
  return {
    mapping,
    columns,
    skip: mapping.skip.map(({ column, values }) => ({ at: place(column), values })),
    prefix: reader({ column: prefix.column }),
    country: prefix.country === undefined ? null : reader({ column: prefix.country }),
    name: reader(mapping.name),
    from: optional(mapping.from),
    until: optional(mapping.until),
    terms: termFields(mapping),
    methods:
      methods === undefined
        ? null
        : {
            read: reader({ column: methods.column }),
            rules: new Map(
              Object.entries(methods.rules).map(([value, rule]) => [value, termFields({ ...mapping, ...rule })]),
            ),
          },
    missing: [...missing],
  }
}

class Fault extends Error {
  readonly fault: RowFault

  constructor(column: string, value: string, message: string) {
    super(message)
    this.fault = { column, value, message }
  }
}

/** The rows of a deck that a row of the file stands for, one for each prefix; or what is wrong with it. */
export function readDeckRow(fields: DeckFields, cells: readonly string[]): DeckRow[] | RowFault {
  try {
    return toRows(fields, cells)
  } catch (error) {
    if (error instanceof Fault) return error.fault
    throw error
  }
}

function toRows(fields: DeckFields, cells: readonly string[]): DeckRow[] {
  const { mapping } = fields
  const country = fields.country?.(cells)
  if (country !== undefined && !/^\d+$/.test(country.text))
    throw new Fault(country.column, country.text, 'a country code of digits')
  const prefix = fields.prefix(cells)
  const prefixes = readPrefixes(prefix.text, `${mapping.prefix.before ?? ''}${country?.text ?? ''}`)
  if (typeof prefixes === 'string') throw new Fault(prefix.column, prefix.text, prefixes)
  const name = fields.name(cells)
  if (name.text === '' || name.text.length > 150)
    throw new Fault(name.column, name.text, 'the name of a destination has 1 to 150 characters')
  const terms = termsFor(fields, cells)
  const [from, until] = [fields.from, fields.until].map((read) =>
    maybe(cells, read, (found) => readDay(mapping, found)),
  )
  if (from !== undefined && until !== undefined && until <= from)
    throw new Fault('until', until, `a row ends after it begins, on ${from}`)
  const own = termsOf(mapping, terms, cells)
  const columns = terms.columns.map((fields) => (fields === null ? null : termsOf(mapping, fields, cells, own)))
  const steps = readSteps(mapping, terms, cells)
  const shared = {
    name: name.text,
    rates: terms.rates.map((read) => readAmount(mapping, read(cells))),
    ...withoutFree(own),
    ...(steps.length === 0 ? {} : { steps }),
    ...(columns.every((column) => column === null) ? {} : { columns }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  }
  return prefixes.map((text) => ({ prefix: text, ...shared }))
}

function maybe<T>(cells: readonly string[], read: Read | null, toValue: (found: Found) => T): T | undefined {
  const found = read?.(cells)
  return found === undefined || found.text === '' ? undefined : toValue(found)
}

/** A fee of nothing is none. */
function withoutFree({ connectionFee, ...terms }: RowTerms): RowTerms {
  return connectionFee === undefined || connectionFee === '0' ? terms : { connectionFee, ...terms }
}

/** @param own of the row, where a column's terms are read: what they say stands in place of it. */
function termsOf(mapping: DeckMapping, fields: SessionFields, cells: readonly string[], own: RowTerms = {}): RowTerms {
  const amountOf = (found: Found): string => readAmount(mapping, found)
  const connectionFee = maybe(cells, fields.connectionFee, amountOf)
  const maximumCost = maybe(cells, fields.maximumCost, amountOf)
  const increments = maybe(cells, fields.increments, readIncrements)
  const freePerSession = maybe(cells, fields.freePerSession, readWhole)
  const [fee = '0', most] = [connectionFee ?? own.connectionFee, maximumCost ?? own.maximumCost]
  if (most !== undefined && compare(decimal(most), decimal(fee)) < 0)
    throw new Fault('maximumCost', most, `a call costs at most no less than its fee of ${fee}`)
  return {
    ...(connectionFee === undefined ? {} : { connectionFee }),
    ...(increments === undefined ? {} : { increments }),
    ...(freePerSession === undefined ? {} : { freePerSession }),
    ...(maximumCost === undefined ? {} : { maximumCost }),
  }
}

/** Steps of which a row says nothing are left out; those that it has rise. */
function readSteps(
  mapping: DeckMapping,
  { steps }: TermFields,
  cells: readonly string[],
): { after: string; rates: string[] }[] {
  const found = steps.flatMap(({ after, rates }) => {
    const behind = maybe(cells, after, readWhole)
    if (behind === undefined || rates.every((read) => read(cells).text === '')) return []
    return [{ after: behind, rates: rates.map((read) => readAmount(mapping, read(cells))) }]
  })
  found.forEach(({ after }, at) => {
    const before = found[at - 1]?.after
    if (before !== undefined && Number(after) <= Number(before))
      throw new Fault('steps', after, `steps must rise: it should be more than ${before}`)
  })
  return found
}

function termsFor({ methods, terms }: DeckFields, cells: readonly string[]): TermFields {
  if (methods === null) return terms
  const { column, text } = methods.read(cells)
  const found = methods.rules.get(text)
  if (found !== undefined) return found
  throw new Fault(column, text, `the mapping has no rule for "${text}"${suggestSpelling(text, methods.rules.keys())}`)
}

function readAmount({ decimal: sign, grouping }: DeckMapping, { column, text, factor }: Found): string {
  const value = readNumber(text, { decimal: sign, grouping })
  const right = sign === 'comma' ? '0,0121' : '0.0121'
  if (value === null) throw new Fault(column, text, `a plain amount such as ${right} is needed`)
  if (compare(value, ZERO) < 0) throw new Fault(column, text, 'an amount is not negative')
  return formatDecimal(factor === null ? value : multiply(value, factor))
}

function readIncrements({ column, text }: Found): { first: string; next: string } {
  const [, first, next = first] = /^(\d{1,9})(?:\s*[/+:]\s*(\d{1,9}))?$/.exec(text) ?? []
  if (first === undefined || next === undefined || Number(first) === 0 || Number(next) === 0)
    throw new Fault(column, text, 'increments such as 60/1 are needed: the first, then the steps, in whole units')
  return { first: String(Number(first)), next: String(Number(next)) }
}

function readWhole({ column, text }: Found): string {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Fault(column, text, 'a whole number of units is needed')
  return text
}

const DATES: Readonly<Record<DeckMapping['dates'], readonly [RegExp, string]>> = {
  'YYYY-MM-DD': [/^(\d{4})-(\d\d)-(\d\d)$/, '$1-$2-$3'],
  'DD.MM.YYYY': [/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1'],
  'DD/MM/YYYY': [/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$2-$1'],
  'MM/DD/YYYY': [/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2'],
}

function readDay({ dates }: DeckMapping, { column, text }: Found): string {
  const [pattern, order] = DATES[dates]
  const day = pattern.test(text) ? text.replace(pattern, order) : ''
  if (!isDay(day)) throw new Fault(column, text, `a day as ${dates} is needed`)
  return day
}
