import type { History, Meter, Plan, Step } from '../history.ts'
import type { Fraction } from './fraction.ts'
import type { Use } from './rate-uses.ts'

/** Something that can be billed, as it stands when a document is written: all of it, whatever was billed before. */
export interface Billable {
  /** Names it for ever: later documents bill what it has become less what earlier ones billed. */
  readonly key: string
  /** The name of the price, with which the line begins. */
  readonly name: string
  readonly kind: 'usage' | 'recurring'
  readonly from: string
  readonly exact: Fraction
}

export interface Line extends Billable {
  readonly minor: bigint
}

export interface Paper {
  readonly day: string
  readonly lines: readonly Line[]
}

/** A record as it lies in the folder: what was reported, and under which plan it was charged. */
export interface Filed extends Use {
  readonly type: string
  readonly data: Readonly<Record<string, string>>
  readonly plan: Plan
}

/** All that a person with paper would keep of one account: what came in, in order, and what was sent out. */
export class Book {
  readonly history: History
  readonly digits: number
  readonly records: Filed[] = []
  readonly papers: Paper[] = []
  readonly moneyIn: { readonly id: string; readonly minor: bigint }[] = []
  billedUntil: string | null = null

  constructor(history: History) {
    this.history = history
    this.digits = { JPY: 0, EUR: 2, KWD: 3 }[history.currency]
  }

  get plan(): Plan {
    const [plan] = this.history.plans
    if (plan === undefined) throw new Error('no plan')
    return plan
  }

  meter(code: string): Meter {
    const meter = this.history.meters.find((one) => one.code === code)
    if (meter === undefined) throw new Error(`no meter ${code}`)
    return meter
  }

  file(step: Step): void {
    switch (step.do) {
      case 'use':
        this.records.push({ ...step, value: '', plan: this.plan })
        break
      case 'pay':
        this.moneyIn.push({ id: step.id, minor: minorOf(step.amount, this.digits) })
    }
  }
}

export function minorOf(amount: string, digits: number): bigint {
  const [whole = '0', part = ''] = amount.split('.')
  return BigInt(whole + part.padEnd(digits, '0'))
}
