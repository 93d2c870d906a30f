import type { Json } from '../../src/cli/client.ts'
import { bankingDay, daysAfter, ibanFor } from './bank.ts'
import { minorOf, type YearWorld } from './world.ts'

/** Of every thousand collections, how many come back, and why. */
const RETURNS: readonly (readonly [code: string, perMille: number])[] = [
  ['AM04', 50],
  ['MD06', 15],
  ['AC04', 10],
]
const RETURN_FEE = 350

interface Order extends Json {
  readonly endToEndId: string
  readonly account: string
  readonly amount: string
  readonly dueOn: string
}

/** Accounts whose documents are collected by SEPA on the third of each month; some collections come back. */
export class DebitPayers {
  private readonly world: YearWorld
  private readonly accounts: readonly string[]

  constructor(world: YearWorld, accounts: readonly string[]) {
    this.world = world
    this.accounts = accounts
  }

  async begin(): Promise<void> {
    for (const [at, account] of this.accounts.entries())
      await this.world.client.post('/v1/mandates', {
        ...{ account, reference: `M-${account}`, holder: `Payer ${account}`, iban: ibanFor(at) },
        signedOn: '2025-12-15',
      })
  }

  async act(): Promise<void> {
    const { world } = this
    if (!world.day.endsWith('-03')) return
    const asked = { kind: 'debits', key: `debits-${world.day}`, bankAccount: 'giro', until: daysAfter(world.day, 20) }
    const { orders } = await world.client.post<{ orders: Order[] }>('/v1/sepa-files', asked)
    world.note('debits collected', orders.length)
    for (const { endToEndId, amount, dueOn } of orders) {
      const minor = Number(minorOf(amount))
      world.bank.book({ minor, day: dueOn, endToEnd: endToEndId, code: 'PMNT/IDDT/ESDD' })
      const returned = world.pick(RETURNS)
      if (returned === undefined) continue
      world.note(`debit returned: ${returned}`)
      const day = daysAfter(bankingDay(dueOn), world.between(2, 5))
      const back = { minor: -(minor + RETURN_FEE), day, endToEnd: endToEndId, returned, charges: RETURN_FEE }
      world.bank.book({ ...back, code: 'PMNT/IDDT/RTND' })
    }
  }
}
