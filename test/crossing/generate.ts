import { Chance } from '../simulation/chance.ts'
import { featuresOf } from './coverage.ts'
import type { Features } from './features.ts'
import { drawChanges } from './generate-changes.ts'
import { drawTariff, type Tariff } from './generate-plan.ts'
import { drawCoupon, drawDeck, drawSignal } from './generate-surroundings.ts'
import type { Calendar, History, Step } from './history.ts'
import { addDays, beginOf } from './reference/calendar.ts'

/** Histories of one seed: they share a tenant, its clock and its bill runs. */
export interface Batch {
  readonly seed: number
  readonly calendar: Calendar
  readonly histories: readonly { readonly history: History; readonly features: Features }[]
}

export const HISTORIES = 24
/** First days that have month ends, the days of both changes of clocks, and a leap day within their reach. */
const STARTS = ['2026-01-31', '2026-02-01', '2026-03-01', '2026-10-01', '2026-09-30', '2027-12-31', '2028-01-30']

/** Shorter than the time between bill runs, about as long, and longer than a billing period. */
const GRACE_DAYS = [3, 12, 34]

/** @param wanted - so many of its histories, the first ones. */
export function generate(seed: number, wanted = HISTORIES): Batch {
  const chance = new Chance(seed)
  const calendar = drawCalendar(chance)
  const begin = calendar.begins.slice(0, 10)
  const shared = {
    signal: drawSignal(chance, begin),
    deck: drawDeck(chance, begin),
    rateChangesOn: addDays(begin, chance.int(10, 60)),
  }
  const histories = Array.from({ length: wanted }, (_, at) => {
    const own = new Chance(seed * 1_000 + at)
    const features = featuresOf(seed, at, HISTORIES)
    return { features, history: drawHistory(own, `s${seed}n${at}`, calendar, features, shared) }
  })
  return { seed, calendar, histories }
}

/** @param days in which things are done; all periods that had usage have ended 40 days later */
export function drawCalendar(chance: Chance, days = 100): Calendar {
  const begin = chance.pick(STARTS)
  const moments: { at: string; billUntil?: string }[] = []
  let day = begin
  const last = addDays(begin, days)
  while (day < last) {
    const at = `${day}T12:00:00Z`
    moments.push(chance.is(0.35) ? { at, billUntil: day } : { at })
    day = addDays(day, chance.int(3, 11))
  }
  // All periods that had usage have ended by then.
  for (const more of [40, 75]) {
    const end = addDays(last, more)
    moments.push({ at: `${end}T12:00:00Z`, billUntil: end })
  }
  const interimAt = chance.pick(moments.slice(4, -3)).at
  return { begins: `${begin}T00:00:00Z`, moments, interimAt }
}

export function drawHistory(
  chance: Chance,
  name: string,
  calendar: Calendar,
  features: Features,
  shared: Pick<History, 'signal' | 'deck' | 'rateChangesOn'>,
): History {
  const tariff = drawTariff(chance, name, features)
  const zone = features.zone
  const begin = calendar.begins.slice(0, 10)
  const anchor = chance.is(0.5) ? begin : addDays(begin, -chance.int(0, 30))
  const startsAt = beginOf(addDays(begin, chance.is(0.5) ? 0 : chance.int(0, 20)), zone)
  const quantity = features.seats === 'one seat' ? 1 : chance.int(1, 4)
  const uses = drawUsage(chance, name, calendar, features, tariff, startsAt)
  const steps: Step[] = [
    ...drawChanges(chance, { calendar, features, plans: tariff.plans, startsAt, zone, quantity }),
    ...uses,
    ...drawCorrections(chance, calendar, features, tariff, uses),
    ...drawMoney(chance, calendar, features),
    ...drawReRating(chance, calendar, features, tariff, startsAt),
    ...drawInterim(chance, calendar, features, startsAt),
    ...(features.coupon === 'no coupon'
      ? []
      : [{ do: 'coupon' as const, at: chance.pick(calendar.moments.slice(0, -3)).at }]),
  ]
  return {
    name,
    features: Object.entries(features).map(([dimension, value]) => `${dimension}: ${value}`),
    currency: features.currency as History['currency'],
    zone,
    cycle: { unit: 'month' },
    anchor,
    startsAt,
    creditLimit: { prepaid: '0', 'on credit': '40' }[features.money] ?? null,
    quantity,
    coupon: drawCoupon(chance, name, features),
    tax: features.tax as History['tax'],
    graceDays: features.grace === 'grace' ? chance.pick(GRACE_DAYS) : 0,
    ...shared,
    meters: [tariff.meter],
    plans: tariff.plans,
    steps: steps.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  }
}

/** Instants between two others, some of them at the edges of days and within an hour that a change of clocks skips or repeats. */
function drawTime(chance: Chance, from: string, until: string): string {
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)]
  const anyMs = chance.int(Math.ceil(fromMs / 60_000), Math.floor(untilMs / 60_000)) * 60_000
  if (chance.is(0.6)) return new Date(anyMs).toISOString()
  const atEdgeMs = Math.floor(anyMs / 86_400_000) * 86_400_000 + chance.pick([-6, -3, -2, 0, 4, 5]) * 3_600_000
  return new Date(Math.min(Math.max(atEdgeMs, fromMs), untilMs)).toISOString()
}

function drawUsage(
  chance: Chance,
  name: string,
  calendar: Calendar,
  features: Features,
  tariff: Tariff,
  startsAt: string,
): Step[] {
  const uses: Step[] = []
  const moments = calendar.moments.slice(0, -1)
  const wanted = chance.int(4, 14)
  for (let number = 1; number <= wanted; number++) {
    const { at } = chance.pick(moments.filter(({ at }) => at > startsAt))
    const isLate = features.late === 'late' && chance.is(0.5)
    // Units of an allowance are kept 35 days behind their period.
    const reach = isLate ? (features.allowance === 'allowance' ? 30 : 75) : 4
    const earliest = new Date(Math.max(Date.parse(startsAt), Date.parse(at) - reach * 86_400_000)).toISOString()
    const time = drawTime(chance, earliest, at)
    uses.push({
      do: 'use',
      via: viaOf(chance, features, isLate),
      at,
      id: `${name}-${number}`,
      type: tariff.meter.eventType,
      time,
      data: tariff.drawData(chance),
    })
  }
  return uses
}

/** Now and then also the other way: by file for what a gateway could not ask, as an event beside sessions. */
function viaOf(chance: Chance, { channel }: Features, isLate: boolean): 'file' | 'event' | 'session' {
  if (channel === 'by file' || isLate || chance.is(0.25)) return 'file'
  return channel === 'sessions' && chance.is(0.8) ? 'session' : 'event'
}

function drawCorrections(
  chance: Chance,
  calendar: Calendar,
  { correction, allowance }: Features,
  tariff: Tariff,
  uses: readonly Step[],
): Step[] {
  if (correction === 'none') return []
  return chance
    .shuffled(uses)
    .slice(0, chance.int(1, 3))
    .flatMap((use): Step[] => {
      // Reports of sessions are named by the server.
      if (use.do !== 'use' || use.via === 'session') return []
      // Units of an allowance come back to its lot as long as that is kept.
      const last = allowance === 'allowance' ? `${addDays(use.time.slice(0, 10), 30)}T` : 'Z'
      const moments = calendar.moments.filter((moment) => moment.at >= use.at && moment.at < last)
      if (moments.length === 0) return []
      const { at } = chance.pick(moments)
      if (correction === 'retract') return [{ do: 'retract', at, id: use.id }]
      const data = tariff.drawData(chance)
      // An amended record is not to be what it was.
      return [{ do: 'amend', at, id: use.id, data: { ...data, note: 'amended' } }]
    })
}

/** Payments and, of accounts with balances, top-ups. */
function drawMoney(chance: Chance, calendar: Calendar, { money, commit }: Features): Step[] {
  const all = calendar.moments.map(({ at }) => at)
  const opened = money === 'prepaid' || money === 'on credit' ? (all[0] ?? '') : chance.pick(all.slice(1, -2))
  const comesIn = Array.from({ length: chance.int(0, 4) }, (_, number): Step => {
    const at = chance.pick(all)
    const isTopUp = money !== 'by invoice' && at >= opened && chance.is(0.6)
    return { do: isTopUp ? 'top up' : 'pay', at, id: `money-${number}`, amount: String(chance.int(1, 60)) }
  })
  if (money === 'top-up later')
    comesIn.push({ do: 'top up', at: opened, id: 'first', amount: String(chance.int(1, 60)) })
  if (money === 'credit limit later')
    // What a limit leaves beside money that was bought is another question.
    comesIn.push({
      do: 'credit limit',
      at: opened,
      amount: commit === 'commit' ? '1000000' : String(chance.int(0, 50)),
    })
  return comesIn
}

function drawReRating(
  chance: Chance,
  calendar: Calendar,
  features: Features,
  { plans }: Tariff,
  startsAt: string,
): Step[] {
  const [one, other] = plans
  if (features['tariff of before'] === 'stays' || other === undefined) return []
  const { at } = chance.pick(calendar.moments.slice(1).filter((moment) => moment.at > startsAt))
  const from = addDays(at.slice(0, 10), -chance.int(1, 60))
  const until = addDays(from, chance.int(10, 60))
  const [fromPlan, toPlan] = [one, other].map(({ code, version }) => [code, version] as const)
  return fromPlan === undefined || toPlan === undefined ? [] : [{ do: 're-rate', at, fromPlan, toPlan, from, until }]
}

/** All interim invoices of a tenant come at one moment, since the server looks for them now and then only. */
function drawInterim(chance: Chance, calendar: Calendar, { interim }: Features, startsAt: string): Step[] {
  const at = calendar.interimAt
  return interim === 'interim invoice' && at > startsAt && chance.is(0.95) ? [{ do: 'interim invoice', at }] : []
}
