import type { OnlineAnswer } from '../../src/engine/index.ts'
import type { SegmentFacts } from '../../src/engine/journal/segment.ts'
import { unpackFacts } from '../../src/engine/journal/segment-payload.ts'
import type { SimulatedDisk } from './disk.ts'

/** What callers were told: everything in here must be true for ever. */
export interface Told {
  /** Records that were accepted, by source and id. */
  readonly records: Set<string>
  /** Money of events, refunds and session reports that were answered with an amount; refunds are negative. */
  readonly amounts: Map<string, string>
  /** Operations on balances that were confirmed. */
  readonly operations: Set<string>
}

export const newTold = (): Told => ({ records: new Set(), amounts: new Map(), operations: new Set() })

/** One charged record, as the journal has it. */
export interface JournalRecord {
  readonly seq: number
  readonly name: string
  readonly type: string
  readonly data: string
  readonly startMs: number
  readonly subscription: string
  charged: bigint
  /** Money that moved on behalf of it. */
  moved: bigint
  /** Units of balances that it took, at UNIT_SCALE. */
  units: bigint
  /** Rated quantity by price cell. */
  readonly rated: { readonly cell: readonly [string, string, string]; readonly increase: bigint }[]
}

const UNIT_AND_MONEY_KINDS = { charge: 1, overrun: 2, return: 3 }

/** Reads the journal from its bytes, row by row, without any of the engine's memory. */
export class JournalReader {
  readonly records = new Map<string, JournalRecord>()
  readonly repeated: string[] = []
  readonly overpaid = new Set<string>()
  private readonly sponsored = new Map<string, bigint>()
  /** Accounts with balances, by the segment since which they have them. */
  readonly openedAt = new Map<string, number>()
  private readonly disk: SimulatedDisk
  private read = 0

  constructor(disk: SimulatedDisk) {
    this.disk = disk
  }

  /** Reads what was appended since the last time. */
  catchUp(): void {
    for (; this.read < this.disk.segments.length; this.read++) {
      const segment = this.disk.segments[this.read]
      if (segment !== undefined) this.add(segment.row.seq, unpackFacts(segment.payload))
    }
  }

  private add(seq: number, facts: SegmentFacts): void {
    const rows = facts.id.map((id, row): JournalRecord => {
      const name = `${facts.sources[facts.source[row] as number]}|${id}`
      const record = {
        seq,
        name,
        type: facts.types[facts.type[row] as number] as string,
        data: facts.data[row] as string,
        startMs: facts.startMs[row] as number,
        subscription: facts.subscriptions[facts.subscription[row] as number] as string,
        charged: 0n,
        moved: 0n,
        units: 0n,
        rated: [],
      }
      if (this.records.has(name)) this.repeated.push(name)
      this.records.set(name, record)
      return record
    })
    let measureAt = 0
    facts.chargeRecord.forEach((row, charge) => {
      const cell = facts.chargeRateKey[charge] as number
      const record = rows[row] as JournalRecord
      record.charged += facts.chargeAmount[charge] as bigint
      const increase = facts.chargeMeasures[measureAt] as bigint
      record.rated.push({ cell: facts.cells[cell] as [string, string, string], increase })
      measureAt += facts.measures[cell] as number
    })
    this.addMoves(seq, facts, rows)
  }

  /** What a sponsor paid for a member, all in all: nothing is given back to it that it did not give. */
  private addSponsored(facts: SegmentFacts, at: number): void {
    const [account, member] = [facts.moveAccount[at] as number, facts.moveMember[at] as number]
    if (account === member || facts.moveKind[at] === 0) return
    const unit = facts.units[(facts.moveUnit[at] as number) - 1] ?? 'money'
    const name = `${facts.accounts[account]} for ${facts.accounts[member]}, ${unit}`
    const paid = (this.sponsored.get(name) ?? 0n) - (facts.moveRemaining[at] as bigint)
    this.sponsored.set(name, paid)
    if (paid < 0n) this.overpaid.add(name)
  }

  private addMoves(seq: number, facts: SegmentFacts, rows: readonly JournalRecord[]): void {
    for (const text of facts.accountFacts) {
      const { fact, account } = JSON.parse(text) as { fact: string; account: string }
      if (fact === 'opened' && !this.openedAt.has(account)) this.openedAt.set(account, seq)
    }
    facts.moveKind.forEach((kind, at) => {
      this.addSponsored(facts, at)
      const row = facts.moveRecord[at] as number
      if (row === 0 || !Object.values(UNIT_AND_MONEY_KINDS).includes(kind)) return
      const record = rows[row - 1] as JournalRecord
      const taken = -(facts.moveRemaining[at] as bigint)
      if (facts.moveUnit[at] === 0) record.moved += taken
      else record.units += taken
    })
  }
}

/** An answer as it is compared with its repetition. */
export function comparable(answer: OnlineAnswer): string {
  return JSON.stringify({ ...answer, duplicate: true })
}
