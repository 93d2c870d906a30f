import { z } from 'zod'
import { isDay } from '../../core/base/calendar-range.ts'
import { readRates } from '../../core/tax/rates/read-rates.ts'
import type { RateSource, TaxRate } from '../../core/tax/rates/tax-rate.ts'
import { placeText } from '../../core/tax/supply.ts'
import { readBounded } from '../bounded-file.ts'
import { readChecked } from '../checked-yaml.ts'
import type { Client, Json } from '../client.ts'
import { formatTable } from '../output.ts'

/** More than all counties and cities of the USA take. */
const MAX_BYTES = 64 * 1024 * 1024
const ROWS_PER_REQUEST = 1_000

const fields = z.strictObject({
  source: z.string().min(1).max(200),
  asOf: z.string().refine(isDay, 'write a day such as 2026-02-01'),
  rates: z.array(z.record(z.string(), z.unknown())).min(1),
})

interface RateFile {
  readonly source: string
  readonly asOf: string
  readonly rates: readonly TaxRate[]
}

/** @throws an error that names every mistake */
export async function readRateFile(file: string): Promise<RateFile> {
  const text = (await readBounded(file, MAX_BYTES)).toString('utf8')
  const { value } = readChecked(file, text, fields, {
    nameOf: (path) => (path.length === 0 ? 'the file' : `"${path.join('.')}"`),
    keysAt: () => Object.keys(fields.shape),
  })
  const { rates, faults } = readRates(value.rates)
  if (faults.length > 0) throw new Error(faults.map((fault) => `${file}: ${fault}`).join('\n'))
  return { ...value, rates }
}

/** Sends rates in parts; what was sent before is known, so that a file may be sent again. */
export async function sendRates(
  client: Client,
  { source, asOf, rates }: RateFile,
): Promise<{ added: number; known: number }> {
  const total = { added: 0, known: 0 }
  for (let at = 0; at < rates.length; at += ROWS_PER_REQUEST) {
    const body = { source, asOf, rates: rates.slice(at, at + ROWS_PER_REQUEST) }
    const { added, known } = await client.post<Json & typeof total>('/v1/tax-rates', body)
    total.added += added
    total.known += known
  }
  return total
}

type ListedRate = TaxRate & { readonly isOwn: boolean; readonly source: string; readonly asOf: string }

/** Rates as the API lists them. */
export interface RateList extends Json {
  readonly items: readonly ListedRate[]
  readonly sources: readonly RateSource[]
}

export function describeRates({ items, sources }: RateList): string {
  const rows = items.map((rate) => ({
    ...{ place: placeText(rate), tax: rate.name ?? rate.tax, class: rate.class, from: rate.from },
    until: rate.until ?? '',
    rate: rate.percent === undefined ? `${rate.perUnit} ${rate.currency} each` : `${rate.percent} %`,
    of: rate.isOwn ? `own: ${rate.source} (as of ${rate.asOf})` : 'Kvit',
  }))
  const lines = sources.map(({ name, url, licence, asOf }) => `  ${name} (as of ${asOf}; ${licence}): ${url}`)
  return [formatTable(rows), ...(lines.length === 0 ? [] : ['', 'rates of Kvit are from:', ...lines])].join('\n')
}
