import { formatScaled } from '../base/decimal.ts'
import { parseExact } from '../base/exact.ts'
import { translated } from '../catalog/translations.ts'
import type { InvoiceDocument } from '../invoicing/document.ts'
import { dayText, numberText, percentText } from '../words/format.ts'
import { fill, WORDS } from '../words/words.ts'
import type { Block } from './page.ts'

/** Bars of a chart: a year of months and the one that is billed. */
const MAX_BARS = 13
/** Meters that have a chart. */
const MAX_CHARTS = 3

interface Bar {
  readonly from: string
  readonly quantity: string
}

/** What was used of each meter, by the documents of its periods, and how the last one compares with the one before. */
export function usageCharts(document: InvoiceDocument): Block[] {
  const { usage, earlierUsage } = document
  if (earlierUsage === undefined) return []
  return usage.slice(0, MAX_CHARTS).flatMap(({ meter, unit, quantity }) => {
    const earlier = earlierUsage.flatMap(({ from, usage: told }) =>
      told.filter((one) => one.meter === meter && one.unit === unit).map((one) => ({ from, quantity: one.quantity })),
    )
    const bars = addedByDay([...earlier.toReversed(), { from: document.period.from, quantity }]).slice(-MAX_BARS)
    return bars.length < 2 ? [] : [chartOf(document, { meter, unit }, bars)]
  })
}

/** Several documents may bill one period: what they say of it is added up. */
function addedByDay(bars: readonly Bar[]): { from: string; value: bigint; text: string }[] {
  const scale = Math.max(...bars.map(({ quantity }) => parseExact(quantity).scale))
  const byDay = Map.groupBy(bars, ({ from }) => from)
  return [...byDay]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, own]) => {
      const value = own.reduce((sum, { quantity }) => sum + atScale(quantity, scale), 0n)
      return { from, value, text: formatScaled(value, scale) }
    })
}

function atScale(quantity: string, scale: number): bigint {
  const exact = parseExact(quantity)
  return exact.numerator * 10n ** BigInt(scale - exact.scale)
}

function chartOf(
  { language, names = {} }: InvoiceDocument,
  { meter, unit }: { readonly meter: string; readonly unit: string },
  bars: ReturnType<typeof addedByDay>,
): Block {
  const words = WORDS[language].document
  const largest = bars.reduce((most, { value }) => (value > most ? value : most), 1n)
  const [before, last] = bars.slice(-2) as [(typeof bars)[number], (typeof bars)[number]]
  return {
    kind: 'chart',
    title: `${words.usageOverTime}: ${translated(names, meter)}, ${translated(names, unit)}`,
    bars: bars.map(({ from, value, text }) => ({
      label: dayText(language, from),
      value: numberText(language, text),
      permille: value <= 0n ? 0 : Number((value * 1000n) / largest),
    })),
    ...(before.value <= 0n
      ? {}
      : { remark: fill(words.comparedBefore, { change: changeText(language, before.value, last.value) }) }),
  }
}

/** `+12 %`, rounded to whole percents; it is for the eye, and nothing follows from it. */
function changeText(language: InvoiceDocument['language'], before: bigint, now: bigint): string {
  const difference = (now - before) * 200n
  const half = difference < 0n ? -before : before
  const percent = (difference + half) / (before * 2n)
  return `${percent > 0n ? '+' : ''}${percentText(language, String(percent))}`
}
