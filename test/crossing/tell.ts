import type { Calendar } from './history.ts'
import { type Finding, planFile } from './play.ts'

/** A finding as a person reads it: the tariff, what was done, and what differs. */
export function tell({ history, at, differences }: Finding, { moments }: Calendar): string {
  const { name, currency, zone, anchor, startsAt, meters, plans, steps, features } = history
  const bills = moments.flatMap(({ at: when, billUntil }) =>
    billUntil === undefined ? [] : [{ at: when, text: `bill run until ${billUntil}` }],
  )
  const done = steps.map(({ at: when, ...step }) => ({ at: when, text: JSON.stringify(step) }))
  const story = [...done, ...bills]
    .filter((one) => one.at <= at)
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  return [
    `--- ${name}: ${currency}, ${zone}, anchor ${anchor}, starts ${startsAt}; ${features.join(', ')}`,
    planFile(meters, plans).replace(/\n\s+/g, ' '),
    ...story.map(({ at: when, text }) => `${when}  ${text}`),
    `at ${at}:`,
    ...differences.flatMap(({ what, expected, got }) => [
      `  ${what}`,
      `    expected ${expected}`,
      `    got      ${got}`,
    ]),
  ].join('\n')
}
