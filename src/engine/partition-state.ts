import { CounterTable } from './counter-table.ts'
import { Definitions } from './definitions.ts'
import { Hash128 } from './hash.ts'
import { IdentityIndex } from './identity-index.ts'
import type { SegmentFacts } from './segment.ts'

/** Everything a partition holds in memory. All of it can be thrown away and rebuilt from Postgres. */
export class PartitionState {
  readonly definitions = new Definitions()
  readonly counters = new CounterTable()
  private readonly identities = new IdentityIndex()
  private readonly hash: Hash128
  private readonly key = new Uint32Array(4)
  private readonly body = new Uint32Array(2)

  constructor(hashSeed: Uint32Array) {
    this.hash = new Hash128(hashSeed)
  }

  /** What is known of a record; `remember` then speaks of the same record. */
  identify(record: IdentifiedRecord): ReturnType<IdentityIndex['statusOf']> {
    this.hashRecord(record)
    return this.identities.statusOf(this.key, this.body)
  }

  /** As `identify`, for a body that came under a name which stands for another body. */
  identifyConflict(record: IdentifiedRecord): ReturnType<IdentityIndex['statusOf']> {
    this.hashRecord(record)
    this.key[0] = (this.key[0] as number) ^ (this.body[0] as number)
    this.key[1] = (this.key[1] as number) ^ (this.body[1] as number)
    this.key[2] = ~(this.key[2] as number)
    return this.identities.statusOf(this.key, this.body)
  }

  /** Remembers the record that was identified last. */
  remember(suspended: boolean): void {
    this.identities.put(this.key, this.body, suspended)
  }

  /** The hashes of the record that was identified last: 24 bytes that suspense keeps for recovery. */
  fingerprint(): Buffer {
    return Buffer.concat([Buffer.from(this.key.slice().buffer), Buffer.from(this.body.slice().buffer)])
  }

  rememberFingerprint(fingerprint: Buffer): void {
    const words = new Uint32Array(6)
    Buffer.from(words.buffer).set(fingerprint)
    this.identities.put(words.subarray(0, 4), words.subarray(4), true)
  }

  /** Applies the facts of a committed segment, as they are: nothing is decided again. */
  applySegment(seq: number, facts: SegmentFacts, checkpointSeq: number): void {
    for (let row = 0; row < facts.id.length; row++) {
      this.hashRecord({
        id: facts.id[row] as string,
        source: facts.sources[facts.source[row] as number] as string,
        service: facts.services[facts.service[row] as number] as string,
        type: facts.types[facts.type[row] as number] as string,
        data: facts.data[row] as string,
        startMs: facts.startMs[row] as number,
        endMs: facts.endMs[row] as number,
      })
      this.remember(false)
    }
    if (seq > checkpointSeq) this.applyCharges(seq, facts)
  }

  private applyCharges(seq: number, facts: SegmentFacts): void {
    const { counters, definitions } = this
    const subscriptions = facts.subscriptions.map((id) => definitions.indexOfSubscription(id))
    const cells = facts.cells.map((name) => definitions.numberOfCell(name))
    let measureAt = 0
    for (let charge = 0; charge < facts.chargeRecord.length; charge++) {
      const cell = facts.chargeCell[charge] as number
      const measures = facts.measures[cell] as number
      const from = measureAt
      measureAt += measures
      const subscription = subscriptions[facts.subscription[facts.chargeRecord[charge] as number] as number] as number
      const place = counters.place(subscription, cells[cell] as number, facts.chargePeriod[charge] as number)
      if ((counters.columns.storedSeq[place] as number) >= seq) continue
      const before = counters.aggregate(place)
      const after = facts.chargeMeasures.slice(from, measureAt).map((increase, index) => (before[index] ?? 0n) + increase)
      counters.update(place, after, (counters.columns.amount[place] as bigint) + (facts.chargeAmount[charge] as bigint))
    }
  }

  private hashRecord(record: IdentifiedRecord): void {
    const { hash } = this
    hash.start()
    hash.addText(record.source)
    hash.addText(record.id)
    this.key.set(hash.finish())
    hash.start()
    hash.addText(record.service)
    hash.addText(record.type)
    hash.addNumber(record.startMs)
    hash.addNumber(record.endMs)
    hash.addText(record.data)
    const words = hash.finish()
    this.body[0] = words[0] as number
    this.body[1] = words[1] as number
  }
}

/** Source and id name a record; the rest is its body. */
export interface IdentifiedRecord {
  readonly id: string
  readonly source: string
  readonly service: string
  readonly type: string
  readonly data: string
  readonly startMs: number
  readonly endMs: number
}
