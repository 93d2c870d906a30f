import { formatMinor } from '../../core/base/money.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import type { TaxDecision } from '../../core/tax/decide-tax.ts'
import { placeText } from '../../core/tax/supply.ts'
import type { Tax } from '../../core/tax/tax.ts'
import type { TaxedPart } from '../../core/tax/tax-document.ts'
import { formatTable, Worded } from '../output.ts'
import type { DecidedCase } from './decide-case.ts'

/** For people a table with sentences, with --json every field. */
export function shownCase(decided: DecidedCase): Worded {
  return new Worded(asJson(decided), () =>
    decided.undecided.length > 0 ? describeUndecided(decided) : describeCase(decided),
  )
}

function describeUndecided({ undecided }: DecidedCase): string {
  return [
    'NOT DECIDED: a document of this waits until it is',
    ...undecided.map(({ text, sentence }) => `  ${text}: ${sentence}`),
  ].join('\n')
}

function describeCase(decided: DecidedCase): string {
  const { parts, totals, currency, texts } = decided
  const money = (amountMinor: bigint): string => formatMinor(amountMinor, currency)
  const rows = parts.flatMap((part) =>
    part.decision.taxes.map((tax, slot) => ({
      line: slot === 0 ? titleOf(part, texts) : '',
      rule: slot === 0 ? part.decision.rule : '',
      category: tax.category,
      tax: nameOf(tax),
      place: tax.place,
      net: slot === 0 ? money(part.netMinor) : '',
      amount: money(part.taxMinor[slot] as bigint),
    })),
  )
  return [
    formatTable(rows),
    '',
    formatTable(
      totals.map(({ tax, baseMinor, taxMinor }) => ({
        ...{ category: tax.category, tax: nameOf(tax), place: tax.place },
        ...{ of: money(baseMinor), amount: money(taxMinor) },
      })),
    ),
    '',
    ...sums(decided),
    '',
    ...reasons(parts),
  ].join('\n')
}

function titleOf({ line, days }: TaxedPart, texts: readonly string[]): string {
  const text = texts[line] ?? ''
  return days === null ? text : `${text}, ${days.from} to ${days.until}`
}

/** `VAT 25.5 %`, `levy 2.50 each` */
function nameOf({ name, percent, perUnit }: Tax): string {
  return percent === null ? `${name} ${perUnit} each` : `${name} ${percent} %`
}

function sums({ parts, withheldMinor, currency }: DecidedCase): string[] {
  const net = sumOf(parts.map(({ netMinor }) => netMinor))
  const tax = sumOf(parts.flatMap(({ taxMinor }) => taxMinor))
  const withheld: [string, bigint][] =
    withheldMinor === null
      ? []
      : [
          ['withheld', -withheldMinor],
          ['to pay', net + tax - withheldMinor],
        ]
  const told: [string, bigint][] = [['without tax', net], ['tax', tax], ['with tax', net + tax], ...withheld]
  const texts = told.map(([name, amount]) => [name, formatMinor(amount, currency)] as const)
  const width = texts.reduce((most, [, amount]) => Math.max(most, amount.length), 0)
  return texts.map(([name, amount]) => `${name.padEnd(12)} ${amount.padStart(width)} ${currency}`)
}

/** Why each rule decided, once, and what the document must say. */
function reasons(parts: readonly TaxedPart[]): string[] {
  const told = new Map<string, TaxDecision>()
  for (const { decision } of parts) told.set(decision.why, decision)
  return [...told.values()].flatMap(({ rule, why, legal }) => [
    `${rule}: ${why}`,
    ...(legal === null
      ? []
      : [`  the document says: ${legal.text}${legal.reference === null ? '' : ` (${legal.reference})`}`]),
  ])
}

function asJson({ currency, texts, parts, totals, withheldMinor, undecided }: DecidedCase): unknown {
  const money = (amountMinor: bigint): string => formatMinor(amountMinor, currency)
  const sum = (amounts: readonly bigint[]): string => money(sumOf(amounts))
  return {
    isDecided: undecided.length === 0,
    undecided,
    currency,
    lines: parts.map(({ line, days, netMinor, taxMinor, decision }) => ({
      ...{ text: texts[line], ...(days === null ? {} : days), net: money(netMinor) },
      ...{ rule: decision.rule, category: decision.category, place: placeText(decision.place) },
      taxes: decision.taxes.map((tax, slot) => ({ ...tax, amount: money(taxMinor[slot] as bigint) })),
      ...{ why: decision.why, legal: decision.legal },
    })),
    taxes: totals.map(({ tax, baseMinor, taxMinor }) => ({ ...tax, of: money(baseMinor), amount: money(taxMinor) })),
    net: sum(parts.map(({ netMinor }) => netMinor)),
    tax: sum(parts.flatMap(({ taxMinor }) => taxMinor)),
    withheld: withheldMinor === null ? null : money(withheldMinor),
  }
}
