import { formatMinor } from '../../src/core/base/money.ts'
import { bankingDay, daysAfter } from './bank.ts'
import { minorOf, type YearWorld } from './world.ts'

const said = (minor: bigint): string => formatMinor(minor, 'EUR')
const DESK = '/v1/cash-desks/front'
const FLOAT_MINOR = 5_000n

/** Accounts that come to the desk with cash; a cashier who takes it, makes mistakes, counts wrongly at times, and brings it to the bank on Fridays. */
export class CashPayers {
  private readonly world: YearWorld
  private readonly accounts: readonly string[]
  private readonly visits = new Map<string, string[]>()
  /** What is in drawer and safe, as somebody who looks into them sees it. */
  heldMinor = 0n
  /** Night deposits that the bank has not booked: by the bank's name of the entry. */
  private readonly deposits = new Map<string, { readonly movement: string; readonly minor: bigint }>()

  constructor(world: YearWorld, accounts: readonly string[]) {
    this.world = world
    this.accounts = accounts
  }

  get inTransitMinor(): bigint {
    return [...this.deposits.values()].reduce((sum, { minor }) => sum + minor, 0n)
  }

  async begin(): Promise<void> {
    const { client } = this.world
    await client.post(DESK, { name: 'Front desk', issuer: 'op', currency: 'EUR', zone: 'UTC' }, 'PUT')
    await this.move('safe_in', FLOAT_MINOR)
    this.heldMinor = FLOAT_MINOR
  }

  private async move(kind: string, minor: bigint): Promise<string> {
    const asked = { key: this.world.key('cash'), kind, amount: said(minor), reason: 'as usual' }
    return (await this.world.client.post<{ id: string }>(`${DESK}/movements`, asked)).id
  }

  /** Each comes on some working day of the month. */
  plan(): void {
    for (const account of this.accounts) {
      const days = this.world.between(1, 22)
      if (this.world.happens(8)) this.world.note('desk forgotten')
      else this.comeAfter(account, days)
    }
  }

  /** Somebody comes on the working day in some days, and pays all that is open then. */
  comeAfter(account: string, days: number): void {
    const day = bankingDay(daysAfter(this.world.day, days))
    this.visits.set(day, [...(this.visits.get(day) ?? []), account])
  }

  async act(): Promise<void> {
    const today = this.visits.get(this.world.day) ?? []
    if (today.length > 0) await this.shift(today)
    if (new Date(`${this.world.day}T00:00:00Z`).getUTCDay() === 5) await this.bringToBank()
  }

  private async shift(accounts: readonly string[]): Promise<void> {
    const { world } = this
    await world.client.post(`${DESK}/shift`, { float: said(FLOAT_MINOR) })
    let drawer = FLOAT_MINOR
    for (const account of accounts) drawer += await this.receive(account)
    // Now and then a euro is missing when it is counted.
    const missing = world.happens(10) ? 100n : 0n
    await world.client.post(`${DESK}/shift/close`, { counted: said(drawer - missing) })
    this.heldMinor += drawer - missing - FLOAT_MINOR
    world.note(missing === 0n ? 'shift closed' : 'shift closed with a euro short')
  }

  /** @returns what is in the drawer of it in the end */
  private async receive(account: string): Promise<bigint> {
    const { world } = this
    const owed = await world.client.list<{ open: string }>(`/v1/invoices?account=${account}&state=open`)
    const minor = owed.reduce((sum, { open }) => sum + minorOf(open), 0n)
    if (minor === 0n) return 0n
    const pay = async (): Promise<{ id: string; number: string }> =>
      world.client.post(`${DESK}/receipts`, {
        key: world.key('receipt'),
        account,
        amount: said(minor),
        tendered: said(minor + 500n),
      })
    const receipt = await pay()
    world.note('paid at the desk')
    if (world.happens(10)) {
      await world.client.post(`/v1/cash-receipts/${receipt.number}/cancel`, { reason: 'typed twice' })
      await pay()
      world.note('receipt cancelled, and written anew')
    }
    return minor
  }

  /** All but the float goes into the night safe of the bank, which counts it on the next day. */
  private async bringToBank(): Promise<void> {
    const { world } = this
    const minor = this.heldMinor - FLOAT_MINOR
    if (minor <= 0n) return
    const movement = await this.move('to_bank', minor)
    this.heldMinor -= minor
    const day = daysAfter(world.day, 1)
    this.deposits.set(world.bank.book({ minor: Number(minor), day, name: 'NIGHT SAFE', text: 'deposit' }), {
      movement,
      minor,
    })
    world.note('cash brought to the bank')
  }

  /** The clerk says which line is which deposit. */
  async decide(): Promise<void> {
    const { world } = this
    for (const line of await world.lines(`from=${world.day}`)) {
      const deposit = this.deposits.get(String(line['bankReference']))
      if (deposit === undefined) continue
      await world.client.post(`/v1/bank-lines/${line.id}/matches`, { kind: 'cash', movement: deposit.movement })
      this.deposits.delete(String(line['bankReference']))
    }
  }
}
