import type { Change, History, Meter, Plan, Step } from '../history.ts'
import { beginOf, dayOf, periodOf } from './calendar.ts'
import { Fraction, ZERO } from './fraction.ts'
import { lifeOf, phaseAt, planOf, type Stretch, stretchAt, turnsIn, visitAt } from './life.ts'
import { billInterim, correctBilled, standing } from './papers.ts'
import type { Use } from './rate-uses.ts'
import { unitsOf } from './usage.ts'

/** Something that can be billed, as it stands when a document is written: all of it, whatever was billed before. */
export interface Billable {
  /** Names it for ever: later documents bill what it has become less what earlier ones billed. */
  readonly key: string
  /** The name of the price, with which the line begins. */
  readonly name: string
  readonly kind: 'usage' | 'recurring' | 'bound' | 'discount' | 'commit'
  /** Whether it is usage, or lowers usage: what interim invoices have. */
  readonly ofUsage: boolean
  /** The first day of its period. */
  readonly from: string
  /** The day on which it falls due. */
  readonly due: string
  readonly exact: Fraction
  /** Of a cap or discount: what it lowers. */
  readonly lowers?: string
}

export interface Line extends Billable {
  readonly minor: bigint
}

export interface Paper {
  readonly day: string
  readonly isInterim: boolean
  readonly lines: readonly Line[]
}

/** A record as it lies in the folder: what was reported, and under which plan and phase it was charged. */
export interface Filed extends Use {
  readonly type: string
  readonly data: Readonly<Record<string, string>>
  readonly plan: Plan
  readonly phase: string | null
  /** Of a plan that is taken up again in a period: since when. */
  readonly visit: string
  /** What an allowance covered of it. */
  readonly covered?: Fraction
}

/** All that a person with paper would keep of one account: what came in, in order, and what was sent out. */
export class Book {
  readonly history: History
  readonly digits: number
  readonly changes: Change[] = []
  records: Filed[] = []
  readonly papers: Paper[] = []
  readonly moneyIn: { readonly id: string; readonly minor: bigint }[] = []
  billedUntil: string | null = null
  /** The day up to which bills were run; of those of a grace period the book has none before its end. */
  runUntil = ''
  /** Whether a bill is a draft. */
  isWaiting = false
  /** Tax on the documents, as these say it: `compareTax` has held it against the rule. */
  taxMinor = 0n
  /** How many papers there were when the coupon was redeemed. */
  redeemedAfter: number | null = null
  /** What commits have opened, in minor units. */
  granted = 0n
  /** Of accounts with a limit; null lets them owe whatever they use. */
  creditLimit: string | null
  /** Whether balances are open before a limit is set: sessions and allowances need them. */
  private isOpen: boolean
  /** What was owed when balances opened, as far as it still is: no limit counts it as used. */
  private owedBefore = ZERO
  /** Units that are left of allowances, by the first day of their period. */
  private readonly allowances = new Map<string, Fraction>()
  /**
   * What usage came to when it was last looked at for a document: balances have that in whole minor units, whether there was
   * anything more to bill or not.
   */
  readonly settled = new Map<string, Fraction>()

  constructor(history: History) {
    this.history = history
    this.digits = { JPY: 0, EUR: 2, KWD: 3 }[history.currency]
    this.creditLimit = history.creditLimit
    this.isOpen = history.plans.some(({ prices }) => prices.some(({ kind }) => kind === 'allowance'))
  }

  minorOf(amount: string): bigint {
    return minorOf(amount, this.digits)
  }

  life(): Stretch[] {
    return lifeOf(this.history, this.changes)
  }

  meter(code: string): Meter {
    const meter = this.history.meters.find((one) => one.code === code)
    if (meter === undefined) throw new Error(`no meter ${code}`)
    return meter
  }

  /** @returns whether the server is to do it: a record may be suspended, another step be refused. */
  file(step: Step): boolean {
    const isDone = this.take(step)
    this.lookAtOwed()
    return isDone
  }

  /** Money that comes in settles what was owed before first. */
  lookAtOwed(): void {
    if (!this.owedBefore.isZero) this.owedBefore = this.owedBefore.least(ZERO.minus(standing(this)).most(ZERO))
  }

  private take(step: Step): boolean {
    switch (step.do) {
      case 'use':
        return this.use(step)
      case 'pay':
      case 'top up':
        this.moneyIn.push({ id: step.id, minor: minorOf(step.amount, this.digits) })
        return true
      case 'credit limit':
        return this.limit(step.amount)
      case 'coupon':
        this.redeemedAfter = this.papers.length
        return true
      case 'interim invoice':
        return billInterim(this, dayOf(step.at, this.history.zone))
      case 're-rate':
        return this.reRate(step)
      case 'change':
        return this.change(step.change)
      case 'retract':
        return this.remove(step.id) !== undefined
      case 'amend':
        return this.amend(step.id, step.data)
    }
  }

  /** Records of these days that one plan version has priced are priced by another one. */
  private reRate({ fromPlan, toPlan, from, until }: Step & { do: 're-rate' }): boolean {
    const plan = planOf(this.history.plans, ...toPlan)
    const old = planOf(this.history.plans, ...fromPlan)
    const isMeant = (record: Filed): boolean => {
      const day = dayOf(record.time, this.history.zone)
      return record.plan === old && from <= day && day < until
    }
    if (!this.records.some(isMeant)) return true
    this.records = this.records.map((record) => {
      const phase = phaseAt(this.history, plan, record.time)
      return isMeant(record) ? { ...record, plan, phase, visit: this.visit(plan, record.time) } : record
    })
    correctBilled(this, { from, until }, [old, plan])
    return true
  }

  /** Where balances are open already, no limit is set that is less than what is owed. */
  private limit(amount: string): boolean {
    const scale = new Fraction(10n ** BigInt(this.digits))
    const used = ZERO.minus(standing(this)).minus(this.owedBefore)
    if (this.isOpen && used.isAbove(Fraction.of(amount).times(scale))) return false
    this.creditLimit = amount
    return true
  }

  /** A change that would change nothing is refused. */
  private change(change: Change): boolean {
    const changed = lifeOf(this.history, [...this.changes, change])
    if (JSON.stringify(changed) === JSON.stringify(this.life())) return false
    this.changes.push(change)
    return true
  }

  /** Online it is refused where money does not cover it. */
  private use({ via, ...step }: Step & { do: 'use' }): boolean {
    const before = via === 'file' ? ZERO : standing(this)
    // Whatever comes of it: what was billed and paid before is taken up first.
    const isKnown = Date.parse(step.time) >= Date.parse(this.history.startsAt)
    if (via === 'session' && isKnown && !this.isOpen)
      [this.isOpen, this.owedBefore] = [true, ZERO.minus(before).most(ZERO)]
    if (!this.charge({ ...step, value: '' })) return false
    if (via === 'file' || this.creditLimit === null) return true
    const scale = new Fraction(10n ** BigInt(this.digits))
    const available = before.plus(Fraction.of(this.creditLimit).times(scale)).most(ZERO)
    if (!before.minus(standing(this)).isAbove(available)) return true
    this.remove(step.id)
    return false
  }

  /** Files a record under the plan of its time, after what an allowance covers of it. */
  private charge(record: Pick<Filed, 'id' | 'time' | 'type' | 'data' | 'value'>): boolean {
    const holds = stretchAt(this.life(), record.time)
    if (holds === undefined || holds.isPaused) return false
    const { plan, phase } = holds
    const filed = { ...record, plan, phase, visit: this.visit(plan, record.time) }
    this.records.push({ ...filed, ...this.covered(filed) })
    return true
  }

  private visit(plan: Plan, time: string): string {
    const { zone } = this.history
    const { from, until } = this.periodAt(time)
    return visitAt(turnsIn(this.life(), beginOf(from, zone), beginOf(until, zone)), plan, time)
  }

  private periodAt(time: string): { from: string; until: string } {
    const { anchor, cycle, zone } = this.history
    return periodOf(anchor, cycle, dayOf(time, zone))
  }

  private covered(record: Filed): { rated?: Fraction; covered?: Fraction } {
    const allowance = record.plan.prices.find((price) => price.kind === 'allowance')
    if (allowance === undefined) return {}
    const key = this.periodAt(record.time).from
    const left = this.allowances.get(key) ?? Fraction.of(allowance.amount)
    const units = unitsOf(this, record)
    const covered = units.least(left)
    this.allowances.set(key, left.minus(covered))
    return { rated: units.minus(covered), covered }
  }

  /** Takes a record out of the folder; what an allowance covered of it goes back. */
  private remove(id: string): Filed | undefined {
    const record = this.records.find((one) => one.id === id)
    if (record === undefined) return undefined
    this.records = this.records.filter((one) => one !== record)
    const key = this.periodAt(record.time).from
    const left = this.allowances.get(key)
    if (left !== undefined && record.covered !== undefined) this.allowances.set(key, left.plus(record.covered))
    return record
  }

  /** An amended record comes as if it came now, under its own time. */
  private amend(id: string, data: Readonly<Record<string, string>>): boolean {
    const record = this.records.find((one) => one.id === id)
    if (record === undefined) return false
    const holds = stretchAt(this.life(), record.time)
    if (holds === undefined || holds.isPaused) return false
    this.remove(id)
    return this.charge({ id, time: record.time, type: record.type, value: '', data })
  }
}

export function minorOf(amount: string, digits: number): bigint {
  const [whole = '0', part = ''] = amount.split('.')
  return BigInt(whole + part.padEnd(digits, '0'))
}
