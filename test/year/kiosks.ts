import assert from 'node:assert/strict'
import type { Json } from '../../src/cli/client.ts'
import { formatMinor } from '../../src/core/base/money.ts'
import type { TerminalFields } from '../../src/core/terminals/request.ts'
import { NETWORK, send, sign } from '../terminal-world.ts'
import { bankingDay, daysAfter } from './bank.ts'
import { minorOf, TENANT, type YearWorld } from './world.ts'

const said = (minor: bigint): string => formatMinor(minor, 'EUR')
/** What the network keeps: 1.5 per cent, rounded down. */
const feeOf = (minor: bigint): bigint => (minor * 15n) / 1000n

/** Accounts that pay in cash at terminals, a note of 5.00 too much at times; their network tells twice, cancels, and transfers each day's money on the next. */
export class KioskPayers {
  private readonly world: YearWorld
  private readonly accounts: readonly string[]
  private readonly visits = new Map<string, string[]>()
  /** What was taken on each day and not transferred. */
  private readonly taken = new Map<string, Map<string, bigint>>()
  private transferred: { readonly netMinor: bigint; readonly arrivesOn: string }[] = []

  constructor(world: YearWorld, accounts: readonly string[]) {
    this.world = world
    this.accounts = accounts
  }

  get heldMinor(): bigint {
    return [...this.taken.values()].flatMap((day) => [...day.values()]).reduce((sum, minor) => sum + minor, 0n)
  }

  /** What the network has transferred and the bank does not have yet. */
  onTheWayMinor(day: string): bigint {
    return this.transferred.filter(({ arrivesOn }) => arrivesOn > day).reduce((sum, { netMinor }) => sum + netMinor, 0n)
  }

  async begin(): Promise<void> {
    await this.world.client.post('/v1/terminal-networks/easypay', { ...NETWORK, zone: 'UTC' }, 'PUT')
  }

  /** Each goes to a terminal on some day of the month. */
  plan(): void {
    for (const account of this.accounts) {
      const days = this.world.between(1, 25)
      if (this.world.happens(8)) this.world.note('terminal forgotten')
      else this.comeAfter(account, days)
    }
  }

  /** Somebody goes to a terminal in some days, and pays all that is open then. */
  comeAfter(account: string, days: number): void {
    const day = daysAfter(this.world.day, days)
    this.visits.set(day, [...(this.visits.get(day) ?? []), account])
  }

  async act(): Promise<void> {
    await this.transferMoneyOf(daysAfter(this.world.day, -1))
    for (const account of this.visits.get(this.world.day) ?? []) await this.visit(account)
  }

  private async visit(account: string): Promise<void> {
    const { world } = this
    const owed = await world.client.list<{ open: string }>(`/v1/invoices?account=${account}&state=open`)
    const due = owed.reduce((sum, { open }) => sum + minorOf(open), 0n)
    if (due === 0n) {
      world.note('at the terminal for nothing')
      return
    }
    const minor = world.happens(30) ? ((due + 499n) / 500n) * 500n : due
    const txn = world.key('kiosk')
    const pay = { command: 'pay', txn_id: txn, account, sum: said(minor) }
    const first = await this.ask(pay)
    assert.equal(first['result'], 0, JSON.stringify(first))
    if (world.happens(20)) {
      assert.deepEqual(await this.ask(pay), first)
      world.note('terminal tells twice')
    }
    const today = this.taken.get(world.day) ?? new Map<string, bigint>()
    this.taken.set(world.day, today)
    today.set(txn, minor)
    world.note('paid at a terminal')
    if (!world.happens(10)) return
    assert.equal((await this.ask({ command: 'cancel', txn_id: txn }))['result'], 0)
    today.delete(txn)
    world.note('cancelled at the terminal')
    this.comeAfter(account, 1)
  }

  /** The clerk: of two days with the same money the rule says neither, since either may be meant. */
  async decide(): Promise<void> {
    const { world } = this
    for (const line of await world.lines(`from=${world.day}`)) {
      if (line.state === 'done' || (line['counterparty'] as Json)['name'] !== 'EASYPAY') continue
      const [payout] = await world.rows(
        `select p.id from gateway_payout p where p.net_minor = $1 and p.arrived_on = $2::date
          and not exists (select from bank_match m where m.payout_id = p.id) order by p.id limit 1`,
        [String(minorOf(line['amount'])), world.day],
      )
      await world.client.post(`/v1/bank-lines/${line.id}/matches`, { kind: 'payout', payout: payout?.['id'] })
      world.note('terminals pay out the same twice')
    }
  }

  private async ask(fields: TerminalFields): Promise<Record<string, unknown>> {
    const query = new URLSearchParams(sign(fields) as Record<string, string>).toString()
    const headers = { accept: 'application/json' }
    const { status, json, text } = await send(this.world.kvit, TENANT, 'easypay', { query, headers })
    assert.equal(status, 200, text)
    return json
  }

  /** The network sends its registry, and what it took less its fee. */
  private async transferMoneyOf(day: string): Promise<void> {
    const { world } = this
    const own = this.taken.get(day)
    this.taken.delete(day)
    if (own === undefined || own.size === 0) return
    const comma = (minor: bigint): string => said(minor).replace('.', ',')
    const rows = [...own].map(([txn, minor]) => `${txn};${comma(minor)};${comma(feeOf(minor))}`)
    const netMinor = [...own.values()].reduce((sum, minor) => sum + minor - feeOf(minor), 0n)
    const arrivesOn = bankingDay(daysAfter(world.day, 1))
    const told = await world.client.post<Record<string, unknown>>('/v1/terminal-networks/easypay/registries', {
      ...{ key: `R-${day}`, from: day, until: world.day, text: ['Receipt;Sum;Fee', ...rows, ''].join('\n') },
      payout: { net: said(netMinor), arrivesOn },
    })
    assert.equal(told['differences'], 0, JSON.stringify(told))
    this.transferred.push({ netMinor, arrivesOn })
    world.bank.book({ minor: Number(netMinor), day: arrivesOn, name: 'EASYPAY', text: `easypay ${day}` })
    world.note('terminals pay out')
  }
}
