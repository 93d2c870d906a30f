import type { Chance } from '../simulation/chance.ts'
import type { Features } from './features.ts'
import type { Coupon, Deck, Signal } from './history.ts'
import { addDays } from './reference/calendar.ts'

/** What histories of one tenant share, and what stands beside plans. */
export const SIGNAL = 'signal'
export const SIGNAL_VALUES = ['high', 'low']
export const DECK = 'deck'
/** Numbers as they are dialled: one of the longest prefix, two of shorter ones, and one that was ported to other rates. */
export const NUMBERS = ['380441112233', '380501112233', '48221112233', '+48601112233']

/** Days of the longest history, and one before. */
const SIGNAL_DAYS = 200

export function drawSignal(chance: Chance, begin: string): Signal {
  const days = Array.from({ length: SIGNAL_DAYS }, (_, at) => ({
    day: addDays(begin, at - 1),
    value: chance.pick(SIGNAL_VALUES),
  }))
  return { code: SIGNAL, zone: chance.pick(['UTC', 'Europe/Kyiv']), days }
}

/** Two versions: the second one gives one destination another rate, and leaves the others as they are. */
export function drawDeck(chance: Chance, begin: string): Deck {
  const cents = (): string => `0.${chance.int(1, 99).toString().padStart(2, '0')}`
  const rows = [
    { prefix: '380', destination: 'Ukraine', unitAmount: cents(), fee: cents() },
    { prefix: '38044', destination: 'Kyiv', unitAmount: cents(), fee: cents() },
    { prefix: '48', destination: 'Poland', unitAmount: cents(), fee: cents() },
    { prefix: '48601', destination: 'Poland mobile', unitAmount: cents(), fee: cents() },
  ]
  const changed = rows.map((row) => (row.prefix === '48' ? { ...row, unitAmount: `1${cents().slice(1)}` } : row))
  const versions = [
    { from: addDays(begin, -40), rows },
    { from: addDays(begin, chance.int(5, 60)), rows: changed },
  ]
  return { code: DECK, zone: 'UTC', versions }
}

export function drawCoupon(chance: Chance, name: string, { coupon }: Features): Coupon | null {
  if (coupon === 'no coupon') return null
  const targets = chance.pick([
    {},
    {},
    { kinds: ['usage' as const] },
    { kinds: ['recurring' as const, 'commitment' as const] },
  ])
  const duration = chance.pick([
    { kind: 'once' as const },
    { kind: 'forever' as const },
    { kind: 'bills' as const, count: chance.int(1, 3) },
  ])
  const value =
    coupon === 'percent off'
      ? { kind: 'percent' as const, percent: chance.pick(['10', '33.3', '50']) }
      : { kind: 'fixed' as const, amount: String(chance.int(1, 30)), carryOver: chance.is(0.4) }
  return { code: name, name: 'coupon', value, duration, targets }
}
