import type { Chance } from '../simulation/chance.ts'
import type { Features } from './features.ts'
import type { Calendar, Change, Plan, Step } from './history.ts'
import { addDays, beginOf, dayOf } from './reference/calendar.ts'

interface Frame {
  readonly calendar: Calendar
  readonly features: Features
  readonly plans: readonly Plan[]
  readonly startsAt: string
  readonly zone: string
  readonly quantity: number
}

type What = Change extends infer One ? (One extends Change ? Omit<One, 'effective'> : never) : never

/** Changes of the subscription as the features say, each recorded at a moment and in force from then, before or later. */
export function drawChanges(chance: Chance, frame: Frame): Step[] {
  const { features, plans, quantity } = frame
  const [first, other] = plans
  const usage = features['usage at a change'] === 'restarts' ? { usage: 'restart' as const } : {}
  const to = (plan: Plan): What => ({ kind: 'plan', plan: plan.code, planVersion: plan.version, ...usage })
  const rows: What[] = []
  if (first !== undefined && other !== undefined && features.change !== 'no change') {
    rows.push(to(other))
    if (features.change === 'there and back') rows.push(to(first))
  }
  if (features.seats !== 'one seat')
    for (let number = chance.int(1, 2); number > 0; number--)
      rows.push({ kind: 'quantity', quantity: ((quantity + chance.int(0, 3)) % 5) + 1 })
  if (features.rest === 'pause' || features.rest === 'pause and resume') rows.push({ kind: 'pause' })
  if (features.rest === 'pause and resume') rows.push({ kind: 'resume' })
  if (features.rest === 'cancel') rows.push({ kind: 'cancel' })
  return rows.map((what) => drawChange(chance, frame, what))
}

function drawChange(chance: Chance, { calendar, startsAt, zone, features }: Frame, what: What): Step {
  const { at } = chance.pick(calendar.moments.slice(0, -2).filter((moment) => moment.at > startsAt))
  const day = dayOf(at, zone)
  // Of usage whose plan changes as of before, the documents do not say what was used before it.
  const isClear = what.kind !== 'plan' || features['usage at a change'] === 'another price'
  const when = chance.weighted({ now: 3, past: isClear ? 2 : 0, future: 2 })
  const days = when === 'past' ? -chance.int(1, 20) : chance.int(1, 20)
  const drawn = when === 'now' ? at : beginOf(addDays(day, days), zone)
  const effective = Date.parse(drawn) < Date.parse(startsAt) ? startsAt : drawn
  return { do: 'change', at, change: { ...what, effective } as Change }
}
