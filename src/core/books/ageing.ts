import { type DayPeriod, daysIn } from '../base/period.ts'

/** What an account owes by one document on a day; below zero for a credit note that has settled nothing yet. */
export interface OpenItem {
  readonly accountId: string
  readonly documentId: string
  readonly number: string
  readonly kind: string
  readonly currency: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly totalMinor: bigint
  readonly openMinor: bigint
  /** What of it was disputed on that day. */
  readonly disputedMinor: bigint
}

/** How long what is owed has been due, in days: `0-30` is due since 1 to 30 days. */
export const AGES = ['not_due', '0-30', '31-60', '61-90', '90+'] as const
export type Age = (typeof AGES)[number]

/** The age of what is due on a day, seen from another. Due on 1 March, it is `not_due` on that day and 30 days old on 31 March. */
export function ageOf(dueOn: string, onDay: string): Age {
  if (dueOn >= onDay) return 'not_due'
  const days = daysIn({ start: dueOn, end: onDay } satisfies DayPeriod)
  if (days <= 30) return '0-30'
  if (days <= 60) return '31-60'
  return days <= 90 ? '61-90' : '90+'
}

export type AgedSums = Readonly<Record<Age, bigint>>

/** Sums of open items by their age. */
export function agedSums(items: readonly Pick<OpenItem, 'dueOn' | 'openMinor'>[], onDay: string): AgedSums {
  const sums: Record<Age, bigint> = { not_due: 0n, '0-30': 0n, '31-60': 0n, '61-90': 0n, '90+': 0n }
  for (const { dueOn, openMinor } of items) sums[ageOf(dueOn, onDay)] += openMinor
  return sums
}
