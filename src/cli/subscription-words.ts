import type { Json } from './client.ts'
import { formatTable } from './output.ts'

export interface Timeline extends Json {
  readonly subscription: string
  readonly state: string
  readonly zone: string
  readonly termEndsAt: string | null
  readonly intervals: readonly Json[]
  readonly changes: readonly Json[]
}

/** What a subscription was, is and will be, and what made it so. */
export function wordsOfTimeline({ subscription, state, zone, termEndsAt, intervals, changes }: Timeline): string {
  const local = localTimes(zone)
  const term = termEndsAt === null ? '' : `; its term ends at ${local(termEndsAt)}`
  const stretches = intervals.map(({ from, until, plan, planVersion, phase, quantity, isPaused, isNegotiated }) => ({
    ...{
      from: local(from),
      until: until === null ? 'open' : local(until),
      plan: `${plan}@${planVersion}${isNegotiated === true ? ', negotiated' : ''}`,
    },
    ...{ quantity, phase, paused: isPaused === true ? 'paused' : '' },
  }))
  const made = changes.map(({ effectiveAt, kind, plan, planVersion, quantity, note, recordedAt, withdrawnAt, id }) => ({
    ...{ effective: local(effectiveAt), kind, to: plan === undefined ? quantity : `${plan}@${planVersion}`, note },
    ...{ recorded: local(recordedAt), withdrawn: local(withdrawnAt), change: id },
  }))
  return [
    `${subscription} is ${state}${term} (times in ${zone})`,
    '',
    formatTable(stretches),
    '',
    'Changes',
    formatTable(made),
  ].join('\n')
}

/** Times on the clock of an account: 2026-03-01 00:00 in Europe/Kyiv is 22:00 of the day before in UTC. */
function localTimes(zone: string): (time: unknown) => unknown {
  const short = { dateStyle: 'short', timeStyle: 'short' } as const
  const [minutes, seconds] = [short, { ...short, timeStyle: 'medium' } as const].map(
    (style) => new Intl.DateTimeFormat('sv-SE', { ...style, timeZone: zone }),
  )
  return (time) => {
    if (typeof time !== 'string') return time
    const at = new Date(time)
    return (at.getTime() % 60_000 === 0 ? minutes : seconds)?.format(at)
  }
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
