import type { Engine, OnlineAnswer, OnlineOutcome } from '../../src/engine/index.ts'
import { OnlineDecoder } from '../../src/modules/online-charging/decode-online.ts'
import { Refusal } from '../../src/platform/problems.ts'
import type { Staging } from './disk.ts'
import { MS_PER_DAY } from './operator.ts'
import { comparable, type Told } from './oracle.ts'
import { randomData, randomRecord, type SentRecord, textOfTime } from './requests.ts'
import { TENANT, type World } from './world.ts'

export const WINDOW_MS = 60 * MS_PER_DAY

/** Writes what goes to suspense, as the modules do. A record that goes there twice is a finding. */
export function keepSuspended(world: World, staging: Staging, { suspended }: Pick<OnlineOutcome, 'suspended'>): void {
  for (const { fingerprint, id, source, record, reason } of suspended) {
    const name = fingerprint.toString('hex')
    if (world.disk.tables.suspense.has(name)) world.find(`${source}|${id} is in suspense twice (${reason})`)
    else staging.insert('suspense', name, JSON.stringify({ fingerprint: name, id, source, record, reason }))
  }
}

async function askOnline(world: World, engine: Engine, text: string): Promise<OnlineAnswer> {
  const nowMs = world.nowMs()
  const decoder = new OnlineDecoder(await engine.decoding(TENANT), 8)
  decoder.add(text, 0, text.length)
  const requests = decoder.build()
  const { answers } = await engine.online(TENANT, {
    ...requests,
    acceptance: { nowMs, windowMs: WINDOW_MS },
    commitHook: async (trx, outcome) => keepSuspended(world, trx as unknown as Staging, outcome),
  })
  return answers[0] as OnlineAnswer
}

interface OpenSession {
  readonly session: string
  readonly service: string
  sequence: number
  granted: readonly { readonly type: string; readonly granted: Readonly<Record<string, string>> }[]
}

/** A gateway: events, refunds and sessions, each request sent until it is answered, and now and then once more. */
export class Gateway {
  private readonly world: World
  private readonly told: Told
  private readonly name: string
  private serial = 0
  /** Whether no clock was set while the last request was asked: answers are not remembered for ever. */
  private isSteady = true
  private readonly events: SentRecord[] = []
  private readonly sessions: OpenSession[] = []

  constructor(world: World, told: Told, name: string) {
    this.world = world
    this.told = told
    this.name = name
  }

  /** @returns the answer, which a repetition must give again; null where the request was turned down as a whole. */
  private async ask(request: Readonly<Record<string, unknown>>): Promise<OnlineAnswer | null> {
    const { world } = this
    const { chance, timeline } = world
    const text = JSON.stringify(request)
    const what = `${this.name} ${text}`
    const beforeMs = timeline.wallOffsetMs
    const answer = await world.insist(what, async (engine) => askOnline(world, engine, text))
    if (answer instanceof Refusal) {
      world.find(`${what} is refused: ${answer.message}`)
      return null
    }
    timeline.note(`${what} -> ${JSON.stringify(answer)}`)
    const isKept = answer.result !== 'refused' && answer.result !== 'invalid'
    const [offsetMs, sentMs] = [timeline.wallOffsetMs, timeline.nowMs]
    this.isSteady = offsetMs === beforeMs
    if (isKept && chance.is(0.25)) {
      const again = await world.insist(what, async (engine) => askOnline(world, engine, text))
      const isSoon = timeline.wallOffsetMs === offsetMs && timeline.nowMs - sentMs < 60_000 && this.isSteady
      const isOther =
        again instanceof Refusal || (again.amount !== undefined && comparable(again) !== comparable(answer))
      if (isOther && isSoon) world.find(`${what}: first ${JSON.stringify(answer)}, then ${JSON.stringify(again)}`)
    }
    return answer
  }

  private get nowMs(): number {
    return this.world.nowMs()
  }

  async event(): Promise<void> {
    const { chance, operator } = this.world
    const record = randomRecord(chance, this.nowMs, operator.accounts.length, `e${++this.serial}`)
    const sent = { ...record, source: this.name }
    const answer = await this.ask({ op: 'event', ...sent })
    if (answer?.result !== 'charged') return
    this.events.push(sent)
    this.told.records.add(`${this.name}|${sent.id}`)
    if (answer.amount !== undefined) this.told.amounts.set(`${this.name}|${sent.id}`, answer.amount)
  }

  async refund(): Promise<void> {
    if (this.events.length === 0) return
    const sent = this.world.chance.pick(this.events)
    const name = `${this.name}|${sent.id}/refund`
    const answer = await this.ask({ op: 'refund', ...sent })
    if (answer?.result !== 'refunded') return
    this.told.records.add(name)
    if (answer.amount !== undefined && !this.told.amounts.has(name))
      this.told.amounts.set(name, `refund ${answer.amount}`)
  }

  private requested(): { type: string; data: SentRecord['data'] }[] {
    const { chance } = this.world
    const types = chance.shuffled(['voice', 'data', 'call']).slice(0, chance.int(1, 2))
    return types.map((type) => ({ type, data: { count: 1, ...randomData(chance, type) } }))
  }

  async startSession(): Promise<void> {
    const { chance, operator } = this.world
    const session = `x${++this.serial}`
    const service = `${chance.pick(['s', 't'])}${chance.int(1, operator.accounts.length)}`
    const named = { source: this.name, session, service, time: textOfTime(this.nowMs) }
    const validitySeconds = chance.pick([30, 600, 7_200])
    const answer = await this.ask({ op: 'start', ...named, validitySeconds, requested: this.requested() })
    if (answer?.result !== 'granted') return
    this.sessions.push({ session, service, sequence: 0, granted: answer.groups ?? [] })
  }

  /** What was granted was used, or less, or somewhat more; then more is asked for, or the session ends. */
  async goOn(): Promise<void> {
    const { chance } = this.world
    if (this.sessions.length === 0) return this.startSession()
    const open = chance.pick(this.sessions)
    const op = chance.is(0.3) ? 'end' : 'update'
    const used = open.granted
      .filter(() => chance.is(0.85))
      .map(({ type }) => ({ type, data: chance.is(0.1) ? randomData(chance, type) : this.partOf(open, type) }))
    const { session, service } = open
    const sequence = ++open.sequence
    const named = { source: this.name, session, service, sequence, time: textOfTime(this.nowMs) }
    const requested = op === 'end' || chance.is(0.1) ? [] : this.requested()
    const answer = await this.ask({ op, ...named, used, requested, ...(chance.is(0.3) ? { validitySeconds: 60 } : {}) })
    if (answer?.session === undefined) return
    for (const { type } of used) this.told.records.add(`${this.name}|${session}/${sequence}/${type}`)
    if (answer.amount !== undefined && used.length > 0 && this.isSteady)
      this.told.amounts.set(`${this.name}|${session}/${sequence}/`, answer.amount)
    if (answer.result === 'granted') open.granted = answer.groups ?? open.granted
    if (op === 'end') this.sessions.splice(this.sessions.indexOf(open), 1)
  }

  private partOf({ granted }: OpenSession, type: string): SentRecord['data'] {
    const found = granted.find((group) => group.type === type)
    const entries = Object.entries(found?.granted ?? {}).filter(([name]) => name !== 'calls' && name !== 'setups')
    const share = this.world.chance.pick([0, 0.5, 1])
    return Object.fromEntries(entries.map(([name, text]) => [name, String(Math.floor(Number(text) * share))]))
  }
}
