import type { Json } from './client.ts'
import { formatTable } from './output.ts'

export interface Timeline extends Json {
  readonly subscription: string
  readonly state: string
  readonly termEndsAt: string | null
  readonly intervals: readonly Json[]
  readonly changes: readonly Json[]
}

/** What a subscription was, is and will be, and what made it so. */
export function wordsOfTimeline({ subscription, state, termEndsAt, intervals, changes }: Timeline): string {
  const term = termEndsAt === null ? '' : `; its term ends at ${termEndsAt}`
  const stretches = intervals.map(({ from, until, plan, planVersion, phase, quantity, isPaused, isNegotiated }) => ({
    ...{ from, until: until ?? 'open', plan: `${plan}@${planVersion}${isNegotiated === true ? ', negotiated' : ''}` },
    ...{ quantity, phase, paused: isPaused === true ? 'paused' : '' },
  }))
  const made = changes.map(({ effectiveAt, kind, plan, planVersion, quantity, note, recordedAt, withdrawnAt, id }) => ({
    ...{ effective: effectiveAt, kind, to: plan === undefined ? quantity : `${plan}@${planVersion}`, note },
    ...{ recorded: recordedAt, withdrawn: withdrawnAt, change: id },
  }))
  return [`${subscription} is ${state}${term}`, '', formatTable(stretches), '', 'Changes', formatTable(made)].join('\n')
}

interface Bill {
  readonly lines: readonly Json[]
  readonly total: string
}

export interface Preview extends Json {
  readonly effectiveAt: string
  readonly billedOn: string
  readonly currency: string
  readonly without: Bill
  readonly with: Bill
  readonly difference: string
}

/** What a change would cost: two bills, and what they differ by. */
export function wordsOfPreview({
  effectiveAt,
  billedOn,
  currency,
  without,
  with: changed,
  difference,
}: Preview): string {
  const table = ({ lines, total }: Bill): string =>
    formatTable([
      ...lines.map(({ description, from, until, amount }) => ({ description, from, until, amount })),
      { description: 'total', amount: total },
    ])
  return [
    `The change takes effect at ${effectiveAt} and is billed on ${billedOn}.`,
    ...['', 'Without it', table(without), '', 'With it', table(changed), ''],
    `difference ${difference} ${currency}; nothing is kept`,
  ].join('\n')
}
