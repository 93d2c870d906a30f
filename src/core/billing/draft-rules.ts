import { formatMinor, parseMinor } from '../base/money.ts'
import { startOfDayMs } from '../base/period.ts'
import { remembered } from '../base/remembered.ts'

/** What is odd about a document that is to be issued. */
const WARNINGS = {
  unusual_amount: 'far from what was billed before',
  zero: 'it comes to nothing',
  negative: 'it comes to less than nothing: a credit note',
  tax_missing: 'its tax cannot be decided',
  tax_id: 'there is no tax because of a tax id that is not confirmed',
  advance_left: 'what was paid in advance does not come off it: it is taxed otherwise',
  first_bill: 'the first one of its account',
  over_threshold: 'as much as the settings ask to be told of, or more',
} as const
export type WarningCode = keyof typeof WARNINGS
export const WARNING_CODES = Object.keys(WARNINGS) as readonly WarningCode[]

export interface DraftWarning {
  readonly code: WarningCode
  readonly text: string
}

/** What a draft waits for. `tax_missing`, `tax_id` and `einvoice_rule` wait for something to be filled in. */
export const WAIT_CODES = [
  'grace_period',
  'by_hand',
  'on_hold',
  'review',
  'tax_missing',
  'tax_id',
  'einvoice_rule',
  'failed',
] as const

/** Why a document is not issued. With `until` it waits for a time; without, for somebody. */
export interface WaitReason {
  readonly code: (typeof WAIT_CODES)[number]
  readonly text: string
  /** An instant. */
  readonly until?: string
}

/** What a tenant says of reviews. */
export interface ReviewTerms {
  /** An amount of more than so many times the mean of the last ones is unusual, and one of less than the mean by it. */
  readonly factor: number
  /** How many of the last ones. */
  readonly last: number
  /** Amounts by currency from which on it is told of, whether they are owed or credited. */
  readonly over: Readonly<Record<string, string>>
  readonly needsApproval: readonly WarningCode[]
  /** By how much of the approved amount it may change before it is asked again. */
  readonly tolerancePercent: number
}

/** What a draft comes to, with what it is compared with. */
export interface DraftAmount {
  readonly currency: string
  readonly totalMinor: bigint
  /** Sentences about what must be filled in before its tax can be decided. */
  readonly held: readonly string[]
  /** Totals of the last ones of the same purpose, the latest first. */
  readonly earlier: readonly bigint[]
  /** Whether its account was never billed. */
  readonly isFirst: boolean
}

export function warningsOf(draft: DraftAmount, terms: ReviewTerms): DraftWarning[] {
  const { currency, totalMinor, held, isFirst } = draft
  const found = (code: WarningCode, text: string = WARNINGS[code]): DraftWarning => ({ code, text })
  const threshold = parseMinor(terms.over[currency] ?? '', currency)
  const size = totalMinor < 0n ? -totalMinor : totalMinor
  return [
    ...unusual(draft, terms).map((text) => found('unusual_amount', text)),
    ...(totalMinor === 0n ? [found('zero')] : []),
    ...(totalMinor < 0n ? [found('negative')] : []),
    ...(held.length > 0 ? [found('tax_missing')] : []),
    ...(isFirst ? [found('first_bill')] : []),
    ...(threshold !== null && size >= threshold
      ? [found('over_threshold', `${formatMinor(totalMinor, currency)} reaches ${formatMinor(threshold, currency)}`)]
      : []),
  ]
}

/** The mean is not rounded: 40.00 is more than 3 times the mean of 10.00, 10.00 and 19.99, and 39.99 is not. */
function unusual({ currency, totalMinor, earlier }: DraftAmount, { factor, last }: ReviewTerms): string[] {
  const compared = earlier.slice(0, last)
  const sum = compared.reduce((all, one) => all + one, 0n)
  if (sum <= 0n) return []
  const [count, times] = [BigInt(compared.length), BigInt(factor)]
  const known = compared.map((one) => formatMinor(one, currency)).join(', ')
  const amount = formatMinor(totalMinor, currency)
  if (totalMinor * count > sum * times) return [`${amount} is more than ${factor} times the mean of ${known}`]
  if (totalMinor * count * times < sum) return [`${amount} is less than the mean of ${known} divided by ${factor}`]
  return []
}

/** What somebody approved of. */
export interface Approved {
  readonly totalMinor: bigint
  readonly warnings: readonly WarningCode[]
}

/** What a draft needs approval for: warnings that the settings name, unless somebody approved of them and of the amount. */
export function reviewReasons(
  warnings: readonly DraftWarning[],
  totalMinor: bigint,
  approved: Approved | null,
  { needsApproval, tolerancePercent }: ReviewTerms,
): WaitReason[] {
  // Missing data is filled in, not approved of.
  const asked = warnings.filter(({ code }) => code !== 'tax_missing' && needsApproval.includes(code))
  const isSame = approved !== null && isWithin(approved.totalMinor, totalMinor, BigInt(tolerancePercent))
  return asked
    .filter(({ code }) => !(isSame && approved.warnings.includes(code)))
    .map(({ text }) => ({ code: 'review', text }))
}

function isWithin(approvedMinor: bigint, nowMinor: bigint, percent: bigint): boolean {
  const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)
  return size(nowMinor - approvedMinor) * 100n <= size(approvedMinor) * percent
}

/**
 * Until when bills of a day stay drafts: `P3D` are three days of the account's zone, also those of 23 or 25 hours, `PT36H` are 36
 * hours. @returns epoch milliseconds
 */
export const graceEndMs = remembered(
  (billingDay: string, zone: string, period: string) => `${billingDay} ${period} ${zone}`,
  (billingDay, zone, period): number => {
    const { years, months, weeks, days, hours, minutes, seconds } = Temporal.Duration.from(period)
    const day = Temporal.PlainDate.from(billingDay).add({ years, months, weeks, days })
    return (
      startOfDayMs(day.toString(), zone) + Temporal.Duration.from({ hours, minutes, seconds }).total('milliseconds')
    )
  },
)

/** When it is issued by itself, in epoch milliseconds; null where it waits for somebody. */
export function dueMsOf(reasons: readonly WaitReason[]): number | null {
  const ends = reasons.map(({ until }) => (until === undefined ? null : Date.parse(until)))
  return ends.reduce<number | null>(
    (latest, end) => (latest === null || end === null ? null : Math.max(latest, end)),
    0,
  )
}
