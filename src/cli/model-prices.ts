import { parseNumbersAsTexts } from '../core/base/numbers-as-texts.ts'

/**
 * Plans out of the price list of language models that the project genai-prices publishes (JSON): one plan a provider, one
 * price for each kind of token, a matrix of models in it. Context tiers become ranges of `context_tokens`, dated prices
 * become dated entries, times of day become bands in UTC.
 */
type Amount = string | { readonly base: string; readonly tiers: readonly { start: string; price: string }[] }
type PriceList = Readonly<Record<string, Amount>>

interface Constraint {
  readonly type: 'start_date' | 'time_of_date'
  readonly start_date?: string
  readonly start_time?: string
  readonly end_time?: string
}

interface DatedPrices {
  readonly constraint?: Constraint | null
  readonly prices: PriceList
}

export interface Provider {
  readonly id: string
  readonly name: string
  readonly models: readonly { readonly id: string; readonly prices: PriceList | readonly DatedPrices[] }[]
}

/** What the suffix of a price's name counts. */
const UNITS = {
  mtok: { unit: 'token', per: '1000000', plural: 'tokens', scale: 0 },
  kcount: { unit: 'request', per: '1000', plural: '', scale: 0 },
  kpages: { unit: 'page', per: '1000', plural: 'pages', scale: 0 },
  hours: { unit: 'hour', per: '1', plural: 'hours', scale: 6 },
} as const

/** Property of a record's data that has all tokens of the prompt, cached ones too: context tiers go by it. */
const CONTEXT = 'context_tokens'
const EVENT = 'completion'

/** Numbers as their texts, without exponents: prices are exact. */
export function readModelPrices(json: string): Provider[] {
  return parseNumbersAsTexts(json, plainDecimal) as Provider[]
}

function plainDecimal(text: string): string {
  const [, digits = '', exponent = ''] = /^([^eE]+)[eE]([+-]?\d+)$/.exec(text) ?? []
  if (exponent === '') return text
  const [whole = '', fraction = ''] = digits.split('.')
  const shift = Number(exponent)
  if (shift >= 0) return whole + fraction.padEnd(shift, '0')
  return `0.${whole.padStart(-shift, '0')}${fraction}`
}

function unitOf(key: string): (typeof UNITS)[keyof typeof UNITS] & { property: string } {
  const at = key.lastIndexOf('_')
  const unit = UNITS[key.slice(at + 1) as keyof typeof UNITS]
  if (unit === undefined) throw new Error(`unknown kind of price: ${key}`)
  return { ...unit, property: [key.slice(0, at), ...(unit.plural === '' ? [] : [unit.plural])].join('_') }
}

const codeOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-')

/** The whole catalogue as a plan file's content. */
export function plansOfModels(providers: readonly Provider[], currency = 'USD'): { meters: object[]; plans: object[] } {
  const keys = new Set(
    providers.flatMap(({ models }) => models.flatMap(({ prices }) => versionsOf(prices).flatMap(keysOf))),
  )
  const meters = [...keys].sort().map((key) => {
    const { property, unit, scale } = unitOf(key)
    const name = property.replaceAll('_', ' ')
    const base = { code: codeOf(property), name, eventType: EVENT, aggregator: 'sum', property, optional: true }
    return { ...base, unit, scale }
  })
  const plans = providers
    .filter(({ models }) => models.some(({ prices }) => versionsOf(prices).flatMap(keysOf).length > 0))
    .map((provider) => toPlan(provider, currency))
  return { meters, plans }
}

function versionsOf(prices: PriceList | readonly DatedPrices[]): readonly DatedPrices[] {
  return Array.isArray(prices) ? (prices as readonly DatedPrices[]) : [{ prices: prices as PriceList }]
}

function keysOf({ prices }: DatedPrices): string[] {
  return Object.keys(prices)
}

function toPlan({ id, name, models }: Provider, currency: string): object {
  const keys = [...new Set(models.flatMap(({ prices }) => versionsOf(prices).flatMap(keysOf)))].sort()
  const prices = keys.map((key) => {
    const { property, per } = unitOf(key)
    const versions = models.map((model) => ({ model: model.id, versions: versionsOf(model.prices) }))
    const isTiered = versions.some((model) => model.versions.some((one) => typeof one.prices[key] === 'object'))
    const rates = versions.flatMap((model) => ratesOf(model.model, model.versions, key, isTiered))
    const matrix = { keys: isTiered ? ['model', CONTEXT] : ['model'], rates }
    const code = codeOf(property)
    return { kind: 'usage', code, name: property.replaceAll('_', ' '), meter: code, per, zone: 'UTC', matrix }
  })
  return { code: `models-${codeOf(id)}`, name: `${name}: language models`, currency, prices }
}

/** The entries of one model under one price: one for each stretch of dates and each range of the context. */
function ratesOf(model: string, versions: readonly DatedPrices[], key: string, isTiered: boolean): object[] {
  const dated = versions.filter(({ constraint }) => constraint?.type !== 'time_of_date')
  const timed = versions.filter(({ constraint }) => constraint?.type === 'time_of_date')
  return dated.flatMap(({ prices, constraint }, index) => {
    const amount = prices[key]
    if (amount === undefined) return []
    const next = dated[index + 1]?.constraint?.start_date
    const dates = {
      ...(constraint?.start_date === undefined ? {} : { from: `${constraint.start_date}T00:00:00Z` }),
      ...(next === undefined ? {} : { until: `${next}T00:00:00Z` }),
    }
    return rangesOf(amount).map(({ range, at }) => {
      const bands = timed.flatMap(({ constraint: time, prices: then }, place) =>
        then[key] === undefined ? [] : [toBand(time as Constraint, place, amountAt(then[key], at))],
      )
      const rate = { model: 'per_unit', unitAmount: amountAt(amount, at) }
      const when = { model, ...(isTiered ? { [CONTEXT]: range ?? '*' } : {}) }
      return { when, ...dates, ...(bands.length === 0 ? { rate } : { bands, otherwise: { name: 'rest', rate } }) }
    })
  })
}

function toBand({ start_time: start = '', end_time: end = '' }: Constraint, place: number, unitAmount: string): object {
  const time = (text: string): string => text.slice(0, 5)
  return { name: `time ${place + 1}`, from: time(start), to: time(end), rate: { model: 'per_unit', unitAmount } }
}

/** Ranges of the context, each with a context that lies in it. */
function rangesOf(amount: Amount): { range: object | null; at: bigint }[] {
  if (typeof amount === 'string') return [{ range: null, at: 0n }]
  const starts = amount.tiers.map(({ start }) => start)
  const first = { range: { upTo: starts[0] }, at: 0n }
  return [
    first,
    ...starts.map((above, index) => ({
      range: { above, ...(starts[index + 1] === undefined ? {} : { upTo: starts[index + 1] }) },
      at: BigInt(above) + 1n,
    })),
  ]
}

/** What a price is where the context has so many tokens: that of the last tier which begins below. */
function amountAt(amount: Amount, context: bigint): string {
  if (typeof amount === 'string') return amount
  return amount.tiers.findLast(({ start }) => context > BigInt(start))?.price ?? amount.base
}
