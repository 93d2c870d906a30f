import { assert } from '../../core/base/assert.ts'
import { currencyOf } from '../../core/base/currency.ts'
import type { Hash128 } from '../../core/base/hash.ts'
import { createZoneClock, type ZoneClock } from '../../core/base/zone-clock.ts'
import { NumberedValues } from '../columnar/numbered-values.ts'
import { AccountTerms, type ChargingTerms } from './account-terms.ts'
import type { Names } from './names.ts'
import { type BillCycle, PeriodCalendar } from './period-calendar.ts'
import { type Barring, ServiceBarrings } from './service-barrings.ts'
import { NONE, ServiceDirectory } from './service-directory.ts'
import { SubscriptionTable } from './subscription-table.ts'

/** The rows that charging needs, as the modules that own them hand them over. Times are epoch milliseconds. */
interface AccountRow extends BillCycle {
  readonly id: string
  readonly currency: string
  /** Null where nothing limits or watches what the account uses, as it is with most that pay by invoice. */
  readonly terms: ChargingTerms | null
}

interface ServiceRow {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly fromMs: number
  readonly untilMs: number
  /** What bars it, now or later; nothing does where it is absent. */
  readonly barrings?: readonly Barring[]
}
interface SubscriptionRow {
  readonly id: string
  readonly accountId: string
  /** Null covers every service of the account. */
  readonly serviceId: string | null
  /** In order, without overlap. */
  readonly intervals: readonly SubscriptionInterval[]
}
/** A stretch of a subscription's life, half-open. */
interface SubscriptionInterval {
  readonly fromMs: number
  readonly untilMs: number
  readonly planVersionId: string
  readonly phase: string | null
  readonly isPaused: boolean
  /** Usage counts anew from here on, whatever was used before in the period. */
  readonly restarts?: true
  /** Seats; one when absent. */
  readonly quantity?: number
}
export interface AccountDefinitions {
  readonly accounts: readonly AccountRow[]
  readonly services: readonly ServiceRow[]
  readonly subscriptions: readonly SubscriptionRow[]
}

/** Who uses and who pays: accounts, their services and their subscriptions, by number. */
export class Parties {
  readonly services: ServiceDirectory
  readonly subscriptions = new SubscriptionTable()
  readonly barrings = new ServiceBarrings()
  private readonly numbers: Names['accounts']
  private readonly currencies: string[] = []
  private readonly terms = new AccountTerms()
  private readonly calendarNumbers: number[] = []
  private readonly clockNumbers: number[] = []
  private readonly calendars = new NumberedValues<PeriodCalendar>()
  private readonly clocks = new NumberedValues<ZoneClock>()

  /** @param hash finds services by their keys.  @param accounts numbers the accounts. */
  constructor(hash: Hash128, accounts: Names['accounts']) {
    this.services = new ServiceDirectory(hash)
    this.numbers = accounts
  }

  /**
   * Adds accounts with their services and subscriptions, or brings them up to date. An account that a service or subscription
   * names is among the rows or was added before.
   * @param planNumber the number of a plan version in a phase.
   */
  put(rows: AccountDefinitions, planNumber: (planVersionId: string, phase: string | null) => number): void {
    for (const row of rows.accounts) {
      const account = this.numbers.add(row.id)
      this.currencies[account] = currencyOf(row.currency).code
      this.terms.put(account, row.terms)
      this.calendarNumbers[account] = this.numberOfCalendar(row)
      this.clockNumbers[account] = this.clocks.numberOf(row.zone, () => createZoneClock(row.zone))
    }
    for (const { id, key, accountId, fromMs, untilMs } of rows.services) {
      const account = known(this.numbers.find(accountId), 'an account')
      const [calendar, clock] = [this.calendarNumbers[account] as number, this.clockNumbers[account] as number]
      this.services.put(id, key, fromMs, untilMs, { account, calendar, clock })
    }
    for (const { id, accountId, serviceId, intervals } of rows.subscriptions) {
      const account = known(this.numbers.find(accountId), 'an account')
      const service = serviceId === null ? NONE : known(this.services.numberOf(serviceId), 'a service')
      const spans = intervals.map(({ planVersionId, phase, quantity: seats = 1, restarts = false, ...span }) => {
        const { fromMs, untilMs, isPaused } = span
        return { fromMs, untilMs, plan: planNumber(planVersionId, phase), isPaused, restarts, seats }
      })
      this.subscriptions.put(id, account, service, spans)
    }
    for (const { id, accountId, barrings } of rows.services) {
      const first = this.subscriptions.first(known(this.numbers.find(accountId), 'an account'))
      const service = known(this.services.numberOf(id), 'a service')
      this.services.setFirstSubscription(service, first)
      this.barrings.put(service, barrings)
    }
  }

  /** The number of an account whose definitions are known; recovery numbers some before that. */
  numberOfAccount(id: string): number | undefined {
    const account = this.numbers.find(id)
    return this.currencies[account] === undefined ? undefined : account
  }

  /** The code of an account's currency, such as EUR. */
  currencyOf(account: number): string {
    return this.currencies[account] as string
  }

  /** What limits and watches an account; undefined where nothing does. */
  termsOf(account: number): ChargingTerms | undefined {
    return this.terms.get(account)
  }

  /** The billing periods of an account. */
  calendarOfAccount(account: number): PeriodCalendar {
    return this.calendars.values[this.calendarNumbers[account] as number] as PeriodCalendar
  }

  /** Local time of an account. */
  clockOfAccount(account: number): ZoneClock {
    return this.clocks.values[this.clockNumbers[account] as number] as ZoneClock
  }

  /** The billing periods of a service's account, from the service's own row: the hot path reads no other. */
  calendarOfService(service: number): PeriodCalendar {
    return this.calendars.values[this.services.calendarOf(service)] as PeriodCalendar
  }

  /** Local time of a service's account. */
  clockOfService(service: number): ZoneClock {
    return this.clocks.values[this.services.clockOf(service)] as ZoneClock
  }

  private numberOfCalendar({ zone, anchor, cycle }: BillCycle): number {
    const key = `${zone} ${anchor} ${cycle.count} ${cycle.unit}`
    return this.calendars.numberOf(key, () => new PeriodCalendar({ zone, anchor, cycle }))
  }
}

function known(number: number, what: string): number {
  assert(number !== NONE, `${what} is known`)
  return number
}
