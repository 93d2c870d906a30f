import type { IncludedUnits } from '../../core/invoicing/included-units.ts'
import type { Language } from '../../core/words/languages.ts'
import { phrase, stepName } from '../../core/words/words.ts'

/** What the text of a line is made from, as `explainLine` returns it. */
export interface ExplainedLine {
  readonly description: string
  readonly isLate: boolean
  readonly period: { readonly from: string; readonly until: string }
  readonly plan: {
    readonly code: string
    readonly version: number
    readonly price?: { readonly name: string } | undefined
  } | null
  readonly rounding: {
    readonly exactAmount: string
    readonly billedBefore: string
    readonly amount: string
    readonly currency: string
  }
  /** The line of the invoice, where it has several rates. */
  readonly invoiceLine?: {
    readonly position: number
    readonly description: string
    readonly amount: string
    readonly exactAmount: string
    readonly rates: readonly unknown[]
  }
  readonly loweredBy?: readonly { readonly description: string; readonly amount: string }[]
  readonly aggregate?: { readonly quantity: string; readonly unit: string }
  readonly parts?: readonly {
    readonly label: string
    readonly units: string
    readonly unitAmount: string | null
    readonly per: string
    readonly amount: string
  }[]
  readonly included?: readonly IncludedUnits[]
  readonly thisLine?: { readonly records: number }
}

/** The explanation of a line, a sentence or a step in each line of text. */
export function textOfLine(language: Language, line: ExplainedLine): string {
  const { plan, period, rounding, aggregate, parts = [], included = [], loweredBy = [], thisLine } = line
  const { currency } = rounding
  const say = (name: Parameters<typeof phrase>[1], ...values: string[]): string => phrase(language, name, ...values)
  return [
    ...(line.invoiceLine === undefined ? [] : [sharedText(language, line.invoiceLine, currency)]),
    line.description,
    ...(plan === null ? [] : [say('price', plan.price?.name ?? '', plan.code, String(plan.version))]),
    say('period', period.from, period.until),
    ...(line.isLate ? [say('late')] : []),
    ...(aggregate === undefined ? [] : [say('used', aggregate.quantity, aggregate.unit)]),
    ...included.map(({ kind, name, unit, given, used, left }) =>
      left === null
        ? say('included', name ?? kind, used ?? '', given ?? '', unit)
        : say('prepaidUnits', kind, left, unit),
    ),
    ...parts.map(({ label, units, unitAmount, per, amount }) => {
      const name = stepName(language, label)
      if (unitAmount === null) return `  ${say('stepFlat', name, amount)}`
      return `  ${per === '1' ? say('step', name, units, unitAmount, amount) : say('stepPer', name, units, unitAmount, per, amount)}`
    }),
    say('exact', rounding.exactAmount, currency),
    ...(/^-?0(\.0+)?$/.test(rounding.billedBefore) ? [] : [say('before', rounding.billedBefore, currency)]),
    say('amount', rounding.amount, currency),
    ...loweredBy.map(({ description, amount }) => say('lowered', description, amount, currency)),
    ...(thisLine === undefined ? [] : [say('records', String(thisLine.records))]),
  ].join('\n')
}

function sharedText(
  language: Language,
  { position, description, exactAmount, amount, rates }: NonNullable<ExplainedLine['invoiceLine']>,
  currency: string,
): string {
  return phrase(language, 'shared', String(position), description, String(rates.length), exactAmount, amount, currency)
}
