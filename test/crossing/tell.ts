import type { Calendar, Change, History, Step } from './history.ts'
import type { Finding } from './play.ts'
import { planFile } from './publish.ts'

/** A finding as a person reads it: the tariff, what was done, and what differs. */
export function tell({ history, at, differences }: Finding, { moments }: Calendar): string {
  const { name, zone, anchor, startsAt, quantity, creditLimit, coupon, meters, plans, steps, features } = history
  const bills = moments.flatMap(({ at: when, billUntil }) =>
    billUntil === undefined ? [] : [{ at: when, text: `bills are run until ${billUntil}` }],
  )
  const done = steps.map((step) => ({ at: step.at, text: wordsOf(history, step) }))
  const story = [...done, ...bills]
    .filter((one) => one.at <= at)
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  const limit = creditLimit === null ? 'pays by invoice' : `may owe ${creditLimit}`
  const terms = { tax: history.tax, rateChangesOn: history.rateChangesOn, graceDays: history.graceDays }
  const prices = plans.flatMap((plan) => plan.prices)
  const hasDeck = prices.some((price) => price.kind === 'usage' && price.deck !== undefined)
  const hasSignal = prices.some((price) => price.kind === 'usage' && price.schedule !== undefined)
  return [
    `--- ${name}: ${features.join('; ')}`,
    `An account in ${zone}, billed by the month from ${anchor}, ${limit}. From ${startsAt} on it has ${plans[0]?.code}, ${quantity} seats.`,
    `Its tax and its grace period: ${JSON.stringify(terms)}`,
    ...(coupon === null ? [] : [`Its coupon: ${JSON.stringify(coupon)}`]),
    ...(hasDeck ? [`The deck: ${JSON.stringify(history.deck)}`] : []),
    ...(hasSignal ? [`The signal: ${JSON.stringify(history.signal)}`] : []),
    planFile(meters, plans).replace(/\n\s+/g, ' '),
    ...story.map(({ at: when, text }) => `${when}  ${text}`),
    `At ${at} there differs:`,
    ...differences.flatMap(({ what, expected, got }) => [
      `  ${what}`,
      `    expected ${expected}`,
      `    got      ${got}`,
    ]),
  ].join('\n')
}

const VIA = { file: 'arrives', event: 'is asked for online', session: 'is reserved, used and reported online' }

function wordsOf({ currency }: History, step: Step): string {
  switch (step.do) {
    case 'use':
      return `usage ${step.id} of ${step.time} ${VIA[step.via]}: ${JSON.stringify(step.data)}`
    case 'pay':
      return `${step.amount} ${currency} are paid`
    case 'top up':
      return `${step.amount} ${currency} are topped up`
    case 'credit limit':
      return `the credit limit becomes ${step.amount} ${currency}`
    case 'coupon':
      return 'the coupon is redeemed'
    case 'interim invoice':
      return 'an interim invoice bills what was used'
    case 're-rate':
      return `usage of ${step.from} until ${step.until} under ${step.fromPlan.join('@')} is re-rated by ${step.toPlan.join('@')}`
    case 'retract':
      return `usage ${step.id} is retracted`
    case 'amend':
      return `usage ${step.id} is amended: ${JSON.stringify(step.data)}`
    case 'change':
      return `from ${step.change.effective} on ${changeWords(step.change)}`
  }
}

function changeWords(change: Change): string {
  switch (change.kind) {
    case 'plan':
      return `it has the plan ${change.plan}@${change.planVersion}${change.usage === 'restart' ? ', and usage restarts' : ''}`
    case 'quantity':
      return `it has ${change.quantity} seats`
    case 'pause':
      return 'it rests'
    case 'resume':
      return 'it goes on'
    case 'cancel':
      return 'it has ended'
  }
}
