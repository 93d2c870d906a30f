import { present } from '../../core/base/assert.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { openAllowances } from '../../core/charging/allowances.ts'
import { addLot, type Balances, newBalances } from '../../core/charging/balances.ts'
import type { Payer } from '../../core/charging/deductions.ts'
import { planGrant } from '../../core/charging/grant.ts'
import { applyMovement, applyToMember, type MovementSink } from '../../core/charging/movements.ts'
import { valueAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { NOTHING_YET } from '../../core/rating/modifiers/session-rules.ts'
import { rateHoldsUntil } from '../../core/rating/selectors/rate-selector.ts'
import { splitUse } from '../../core/rating/split-use.ts'
import { contextOf, counterOf, type PayingAccount, toMoney } from '../charging/charge-account.ts'
import { tryUses } from '../charging/try-uses.ts'
import { allowancePeriod } from '../definitions/allowance-period.ts'
import { payersOf } from '../definitions/payers.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { isFault } from '../rating/fault.ts'
import { type Acceptance, addParts, attributesAt, type LocatedRecord, locateRecord } from '../rating/locate-record.ts'
import type { LocatedUse } from '../rating/located-use.ts'

/** What a use would cost now, and how much of it the account could use; nothing is charged or set aside. */
export interface Advice {
  readonly result: 'advice' | 'refused'
  readonly reason?: string
  readonly detail?: string
  readonly cost?: string
  readonly currency?: string
  /** Whether the balances and the credit limit cover the cost. */
  readonly isCovered?: boolean
  /** By property: the most that could be used at the rate of that time; null where nothing limits it. */
  readonly most?: Readonly<Record<string, string | null>>
  /** Until when the rate holds, looking a day ahead. */
  readonly rateHoldsUntil?: string
}

/** More than anybody uses. */
const MOST = 10n ** 17n
const LOOK_AHEAD_MS = 86_400_000

/** Advice of charge (3GPP TS 22.086) about the record in a row, tried out on a copy of the balances. */
export function advise(state: PartitionState, batch: UsageBatch, row: number, acceptance: Acceptance): Advice {
  const startMs = batch.startMs[row] as number
  const located = locateRecord({ state, batch, acceptance }, row, startMs)
  if (isFault(located)) return { result: 'refused', reason: located[0], detail: located[1] }
  const { definitions } = state
  const type = valueAt(batch.type, row)
  const barred = definitions.parties.barrings.whyNot(located.service, type, acceptance.nowMs)
  if (barred !== null) return { result: 'refused', reason: 'service_blocked', detail: barred }
  const account = definitions.parties.services.accountOf(located.service)
  const { payers, balances } = copyOfPayers(state, account)
  const period = definitions.parties.calendarOfAccount(account).periodOf(acceptance.nowMs)
  openCopied(state, located, balances, payers, { nowMs: acceptance.nowMs, period, startMs })
  const work = { entry: { balances }, payers, nowMs: acceptance.nowMs, period }
  const { cost, isCovered } = tryUses(state, work, located.subscription, located.uses, startMs)
  const clock = definitions.parties.clockOfService(located.service)
  let untilMs = startMs + LOOK_AHEAD_MS
  const most: Record<string, string | null> = {}
  for (const use of located.uses) {
    if (use.isContinued) continue
    const { price } = use.meter
    const property = price.meter.property ?? price.meter.code
    most[property] = null
    if (!price.isAdditive) continue
    const granted = mostOf(state, work, located, use, startMs, attributesAt(batch, row, use.meter))
    if (granted !== MOST) most[property] = formatQuantity(granted, price.meter.scale)
    untilMs = rateHoldsUntil(price.selector, startMs, clock, untilMs, attributesAt(batch, row, use.meter))
  }
  const { amount, currency } = toMoney(state, account, cost)
  return { result: 'advice', cost: amount, currency, isCovered, most, rateHoldsUntil: new Date(untilMs).toISOString() }
}

/** The most that the balances pay for at the rate of a time, and at those that follow it in the course of a session. */
function mostOf(
  state: PartitionState,
  work: PayingAccount,
  { service, subscription }: LocatedRecord,
  use: LocatedUse,
  startMs: number,
  values: readonly string[],
): bigint {
  const { balances } = work.entry
  const context = contextOf(state, work, subscription, use, startMs)
  const { steps } = use.element
  const first = planGrant(counterOf(state, balances, use), NOTHING_YET, work.payers, context, steps?.[0]?.from ?? MOST)
  if (first.granted !== steps?.[0]?.from) return first.granted
  const clock = state.definitions.parties.clockOfService(service)
  const isCovered = (quantity: bigint): boolean => {
    const parts = splitUse(use.meter.price, { startMs, endMs: Number.NaN, quantity }, clock, values)
    if (parts === null) return true
    const uses: LocatedUse[] = []
    const fault = addParts(state, { subscription, period: use.period, startMs }, use.meter, values, parts, uses)
    return fault === null && tryUses(state, work, subscription, uses, startMs).isCovered
  }
  if (isCovered(MOST)) return MOST
  let [low, high] = [first.granted, MOST]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (isCovered(middle)) low = middle
    else high = middle
  }
  return low
}

function copyOfPayers({ book, definitions }: PartitionState, account: number): { payers: Payer[]; balances: Balances } {
  const standing = (number: number): Balances =>
    book.look(number) ?? newBalances(definitions.names.accounts.idOf(number))
  const balances = structuredClone(standing(account))
  const payers = payersOf(definitions, account, (number) => (number === account ? balances : standing(number)))
  return { payers, balances }
}

/** Opens the allowances of the plan on the copy, as charging would. */
function openCopied(
  { definitions }: PartitionState,
  { service, subscription }: LocatedRecord,
  balances: Balances,
  payers: readonly Payer[],
  { nowMs, period, startMs }: { nowMs: number; period: number; startMs: number },
): void {
  const allowances = definitions.allowancesAt(service, subscription, startMs)
  if (allowances.length === 0) return
  const sink: MovementSink = {
    open: (_account, lot) => addLot(balances, lot),
    move: (movement) => {
      applyMovement(balances, movement)
      applyToMember(balances, movement)
    },
  }
  const desk = { balances, creditLimit: present(payers.at(-1), 'a payer').creditLimit, nowMs, period, sink }
  const id = definitions.parties.subscriptions.idOf(subscription)
  openAllowances(desk, id, allowances, allowancePeriod(definitions, service, subscription, startMs))
}
