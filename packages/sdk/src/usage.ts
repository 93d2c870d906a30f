import type { UsageRecordInput } from './generated/things.ts'
import type { AnswerOf, RequestOptions } from './request.ts'

/** What a server says of one delivery. */
export type UsageReport = AnswerOf<'post', '/v1/usage'>

export interface UsageOptions {
  /** Records of one delivery; 1,000 when absent, 20,000 at most. */
  readonly batch?: number
  /** Deliveries under way at once. 2 when absent; more of them may be charged in another order. */
  readonly atOnce?: number
  /** How long a record waits for others. 200 ms when absent. */
  readonly lingerMs?: number
  /** Called for each delivery that was answered. Indexes of the report are those of the records. */
  readonly onReport?: (report: UsageReport, records: readonly UsageRecordInput[]) => void
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
  readonly retries?: number
}

/** What became of all that was sent. */
export interface UsageTotals {
  readonly received: number
  readonly charged: number
  /** Not lost: they wait in suspense, each with its reason. */
  readonly suspended: number
  readonly duplicates: number
}

const BATCH = 1_000
const AT_ONCE = 2
const LINGER_MS = 200
/** What a delivery may hold, far below what a server takes of one: 32 MiB. */
const MAX_CHARACTERS = 8 * 1024 * 1024

type Deliver = (body: string, options: RequestOptions) => Promise<UsageReport>

/**
 * Usage on its way: records are gathered into deliveries, of which a few are under way at once. `send` waits while there are as many,
 * so whoever awaits it is never ahead of the server by more than that. A delivery that fails and may pass is sent again:
 * (source, id) makes that harmless.
 */
export class UsageStream {
  private readonly deliver: Deliver
  private readonly options: UsageOptions
  private readonly batch: number
  private readonly atOnce: number
  private readonly gathered: UsageRecordInput[] = []
  private readonly lines: string[] = []
  private characters = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly underWay = new Map<Promise<void>, readonly UsageRecordInput[]>()
  private readonly failed: UsageRecordInput[] = []
  private failure: { readonly error: unknown } | null = null
  private isClosed = false
  private totals: UsageTotals = { received: 0, charged: 0, suspended: 0, duplicates: 0 }

  constructor(deliver: Deliver, options: UsageOptions = {}) {
    this.deliver = deliver
    this.options = options
    this.batch = options.batch ?? BATCH
    this.atOnce = options.atOnce ?? AT_ONCE
    if (this.batch < 1 || this.atOnce < 1) throw new RangeError('batch and atOnce are 1 or more')
  }

  /** Takes a record; waits while as many deliveries are under way as may be. @throws what ended an earlier delivery */
  async send(record: UsageRecordInput): Promise<void> {
    if (this.isClosed) throw new Error('the stream of usage is closed')
    this.assertUnbroken()
    const line = JSON.stringify(record)
    this.gathered.push(record)
    this.lines.push(line)
    this.characters += line.length
    if (this.isWhole()) await this.flush()
    else this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), this.options.lingerMs ?? LINGER_MS)
  }

  /** Sends the rest, and waits for all answers. @throws what ended a delivery; `unconfirmed` has its records */
  async close(): Promise<UsageTotals> {
    this.isClosed = true
    while (this.failure === null && this.gathered.length > 0) await this.flush()
    clearTimeout(this.timer)
    await Promise.all(this.underWay.keys())
    this.assertUnbroken()
    return this.totals
  }

  /** Records that no answer has confirmed. They may be sent again: what was charged is not charged twice. */
  get unconfirmed(): readonly UsageRecordInput[] {
    return [...this.failed, ...[...this.underWay.values()].flat(), ...this.gathered]
  }

  /** Whether as much is gathered as one delivery has. */
  private isWhole(): boolean {
    return this.gathered.length >= this.batch || this.characters >= MAX_CHARACTERS
  }

  private assertUnbroken(): void {
    if (this.failure !== null) throw this.failure.error
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    while (this.underWay.size >= this.atOnce) await Promise.race(this.underWay.keys())
    // Meanwhile somebody else may have sent them; whoever does not wait for `send` may have gathered more than one delivery has.
    if (this.gathered.length === 0) return
    this.assertUnbroken()
    const records = this.gathered.splice(0, this.batch)
    const body = this.lines.splice(0, this.batch).join('\n')
    this.characters = this.lines.reduce((sum, line) => sum + line.length, 0)
    const delivery: Promise<void> = this.deliverOne(records, body).finally(() => this.underWay.delete(delivery))
    this.underWay.set(delivery, records)
  }

  private async deliverOne(records: readonly UsageRecordInput[], body: string): Promise<void> {
    const { signal, timeoutMs, retries, onReport } = this.options
    try {
      const report = await this.deliver(body, { contentType: 'application/x-ndjson', signal, timeoutMs, retries })
      const { received, charged, suspended, duplicates } = this.totals
      this.totals = {
        received: received + report.received,
        charged: charged + report.charged,
        suspended: suspended + report.suspended,
        duplicates: duplicates + report.duplicates,
      }
      onReport?.(report, records)
    } catch (error) {
      this.failed.push(...records)
      this.failure ??= { error }
    }
  }
}
