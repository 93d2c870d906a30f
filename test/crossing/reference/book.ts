import type { Change, History, Meter, Plan, Step } from '../history.ts'
import { dayOf } from './calendar.ts'
import type { Fraction } from './fraction.ts'
import { lifeOf, phaseAt, planOf, type Stretch, stretchAt } from './life.ts'
import { billInterim, correctBilled } from './papers.ts'
import type { Use } from './rate-uses.ts'

/** Something that can be billed, as it stands when a document is written: all of it, whatever was billed before. */
export interface Billable {
  /** Names it for ever: later documents bill what it has become less what earlier ones billed. */
  readonly key: string
  /** The name of the price, with which the line begins. */
  readonly name: string
  readonly kind: 'usage' | 'recurring' | 'bound'
  /** Whether it is usage, or lowers usage: what interim invoices have. */
  readonly ofUsage: boolean
  /** The first day of its period. */
  readonly from: string
  /** The day on which it falls due. */
  readonly due: string
  readonly exact: Fraction
  /** Of a cap: what it lowers. */
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
  /**
   * What usage came to when it was last looked at for a document: balances have that in whole minor units, whether there was
   * anything more to bill or not.
   */
  readonly settled = new Map<string, Fraction>()

  constructor(history: History) {
    this.history = history
    this.digits = { JPY: 0, EUR: 2, KWD: 3 }[history.currency]
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
    switch (step.do) {
      case 'use': {
        const holds = stretchAt(this.life(), step.time)
        if (holds === undefined || holds.isPaused) return false
        this.records.push({ ...step, value: '', plan: holds.plan, phase: holds.phase })
        return true
      }
      case 'pay':
      case 'top up':
        this.moneyIn.push({ id: step.id, minor: minorOf(step.amount, this.digits) })
        return true
      case 'credit limit':
        return true
      case 'interim invoice':
        return billInterim(this, dayOf(step.at, this.history.zone))
      case 're-rate':
        return this.reRate(step)
      case 'change':
        return this.change(step.change)
      case 'retract': {
        const others = this.records.filter(({ id }) => id !== step.id)
        const isThere = others.length < this.records.length
        this.records = others
        return isThere
      }
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
      return isMeant(record) ? { ...record, plan, phase: phaseAt(this.history, plan, record.time) } : record
    })
    correctBilled(this, { from, until }, [old, plan])
    return true
  }

  /** A change that would change nothing is refused. */
  private change(change: Change): boolean {
    const changed = lifeOf(this.history, [...this.changes, change])
    if (JSON.stringify(changed) === JSON.stringify(this.life())) return false
    this.changes.push(change)
    return true
  }

  /** An amended record comes as if it came now, under its own time. */
  private amend(id: string, data: Readonly<Record<string, string>>): boolean {
    const record = this.records.find((one) => one.id === id)
    if (record === undefined) return false
    const holds = stretchAt(this.life(), record.time)
    if (holds === undefined || holds.isPaused) return false
    const others = this.records.filter((one) => one !== record)
    this.records = [...others, { ...record, data, plan: holds.plan, phase: holds.phase }]
    return true
  }
}

export function minorOf(amount: string, digits: number): bigint {
  const [whole = '0', part = ''] = amount.split('.')
  return BigInt(whole + part.padEnd(digits, '0'))
}
