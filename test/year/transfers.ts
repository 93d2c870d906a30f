import assert from 'node:assert/strict'
import type { Json } from '../../src/cli/client.ts'
import { daysAfter, ibanFor } from './bank.ts'
import { neverPays } from './late.ts'
import { minorOf, type YearWorld } from './world.ts'

interface Owed {
  readonly number: string
  readonly minor: number
}
/** Of an entry of the bank, what its payer knows. */
interface Truth {
  readonly account: string
  readonly isSurplus: boolean
}

/** Accounts that transfer what they owe, in good time or late, with what they think is the right text; and a clerk who sees to the rest. */
export class TransferPayers {
  private readonly world: YearWorld
  private readonly accounts: readonly string[]
  private readonly truth = new Map<string, Truth>()
  /** Payments of what was paid already. */
  private surplus: string[] = []
  private readonly ibans: ReadonlyMap<string, string>

  /** @param others pay so only when they are late */
  constructor(world: YearWorld, accounts: readonly string[], others: readonly string[]) {
    this.world = world
    this.accounts = accounts
    this.ibans = new Map([...accounts, ...others].map((account, at) => [account, ibanFor(5_000 + at)]))
  }

  /** Each decides when it pays what was issued today, and how. */
  async plan(): Promise<void> {
    const { world } = this
    const today = await world.client.list<Json>(`/v1/invoices?from=${world.day}&kind=invoice`)
    const byAccount = Map.groupBy(today, ({ account }) => String(account))
    for (const account of this.accounts) {
      const owed = (byAccount.get(account) ?? [])
        .map(({ number, open }) => ({ number: String(number), minor: Number(minorOf(open)) }))
        .filter(({ minor }) => minor > 0)
      if (owed.length > 0) this.payLater(account, owed)
    }
  }

  /** Transfers all that is open tomorrow. */
  async payUp(account: string): Promise<void> {
    const { world } = this
    const open = await world.client.list<Json>(`/v1/invoices?account=${account}&state=open&kind=invoice`)
    if (open.length === 0) return
    const minor = open.reduce((sum, one) => sum + Number(minorOf(one['open'])), 0)
    this.transfer(
      account,
      minor,
      daysAfter(world.day, 1),
      `Invoice ${open.map(({ number }) => String(number)).join(' ')}`,
    )
    world.note('transfer, late')
  }

  private payLater(account: string, owed: readonly Owed[]): void {
    const { world } = this
    const [first] = owed as [Owed]
    const sum = owed.reduce((total, { minor }) => total + minor, 0)
    const day = daysAfter(world.day, world.between(2, 24))
    const how = world.between(0, 99)
    if (how < 8 || neverPays(account)) {
      world.note('transfer forgotten')
      return
    }
    const numbers = owed.map(({ number }) => number).join(' ')
    const text =
      how < 70 ? `Invoice ${numbers}` : how < 80 ? `inv${first.number.slice(-3)} thank you` : `Internet ${account}`
    if (how >= 96) {
      world.note('transfer in two parts')
      this.transfer(account, Math.floor(sum / 2), day, text)
      this.transfer(account, sum - Math.floor(sum / 2), daysAfter(day, 3), text)
      return
    }
    world.note(
      how < 70 ? 'transfer with number' : how < 80 ? 'transfer with a wrong number' : 'transfer with a key only',
    )
    this.transfer(account, sum, day, text)
    if (how >= 92) {
      world.note('transfer twice')
      this.transfer(account, sum, daysAfter(day, 1), text, true)
    }
  }

  private transfer(account: string, minor: number, day: string, text: string, isSurplus = false): void {
    const from = { name: `Payer ${account}`, iban: this.ibans.get(account) as string }
    const bank = this.world.bank.book({ minor, day, text, ...from })
    this.truth.set(bank, { account, isSurplus })
  }

  /** The clerk: what waits is given to whom it belongs, and what was booked wrongly is put right. */
  async decide(): Promise<void> {
    const { world } = this
    for (const line of await world.lines(`from=${world.day}`)) {
      const truth = this.truth.get(String(line['bankReference']))
      if (truth === undefined) continue
      const { account, isSurplus } = truth
      if (line.state === 'done') {
        assert.equal(line['account'], account, 'money of another')
        world.note('transfer booked by rule')
      } else {
        await world.client.post(`/v1/bank-lines/${line.id}/matches`, { kind: 'payment', account })
        world.note('transfer booked by the clerk')
      }
      if (isSurplus) this.surplus.push(line.id)
    }
  }

  /** Once a week what was paid twice goes back by transfer, for those who ask for it. */
  async giveBack(): Promise<void> {
    const { world } = this
    if (new Date(`${world.day}T00:00:00Z`).getUTCDay() !== 4) return
    for (const id of this.surplus.splice(0)) {
      const { matches } = await world.client.get<{ matches: { paymentId: string }[] }>(`/v1/bank-lines/${id}`)
      const asked = { key: world.key('surplus'), reason: 'paid twice' }
      const payment = matches[0]?.paymentId
      const { status } = await world.kvit.request('POST', `/v1/payments/${payment}/refunds`, { body: asked })
      world.note(status < 300 ? 'surplus to be paid back' : 'surplus used meanwhile')
    }
    const due = await world.client.list<Json>('/v1/refunds?status=due')
    if (due.length === 0) return
    const asked = { kind: 'refunds', key: `refunds-${world.day}`, bankAccount: 'giro' }
    const { orders } = await world.client.post<{ orders: { endToEndId: string; amount: string }[] }>(
      '/v1/sepa-files',
      asked,
    )
    for (const { endToEndId, amount } of orders)
      world.bank.book({ minor: -Number(minorOf(amount)), day: daysAfter(world.day, 1), endToEnd: endToEndId })
    world.note('surplus paid back', orders.length)
  }
}
