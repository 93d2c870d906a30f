import { Engine } from '../../src/engine/index.ts'
import { FencedError } from '../../src/engine/journal/checkpoint-rows.ts'
import type { JournalStore } from '../../src/engine/journal/journal-store.ts'
import type { Environment } from '../../src/engine/partition/environment.ts'
import type { Archive } from '../../src/engine/ports.ts'
import type { Database } from '../../src/platform/db.ts'
import { Refusal } from '../../src/platform/problems.ts'
import { Chance } from './chance.ts'
import { InjectedFault, SimulatedDisk } from './disk.ts'
import { EPOCH_MS, Operator } from './operator.ts'
import { type FaultRates, SimulatedJournal } from './simulated-journal.ts'
import { ConnectionLost, SimulatedProcess } from './simulated-process.ts'
import { Timeline } from './timeline.ts'

export const TENANT = 'simulated'
/** Whoever is not answered so often never will be. */
const MAX_ATTEMPTS = 1_000

class SimulatedEngine extends Engine {
  private readonly store: SimulatedJournal

  constructor(store: SimulatedJournal, onFault: (error: unknown) => void, around: Environment) {
    const nowhere = undefined as unknown as Database
    super(
      { db: nowhere, prompt: nowhere, heads: new Map() },
      undefined as unknown as Archive,
      0,
      (_tenant, error) => onFault(error),
      around,
    )
    this.store = store
  }

  override journal(): JournalStore {
    return this.store as unknown as JournalStore
  }
}

interface Host {
  readonly process: SimulatedProcess
  readonly engine: Engine
}

/** One seed's world: a disk, the processes that work on it, and what goes wrong. */
export class World {
  readonly chance: Chance
  readonly timeline: Timeline
  readonly disk = new SimulatedDisk()
  readonly operator: Operator
  readonly rates: FaultRates = { failed: 0, unknown: 0, slow: 0 }
  /** What must never happen, and did. */
  readonly findings: string[] = []
  hosts: Host[] = []
  private started = 0
  private isTaken = false
  /** Owners that others take for dead, rightly or not. */
  private readonly lost = new Set<string>()

  constructor(seed: number, isVerbose: boolean) {
    this.chance = new Chance(seed)
    this.timeline = new Timeline(isVerbose)
    this.operator = new Operator(this.chance, this.disk)
    this.startHost()
  }

  nowMs(): number {
    return EPOCH_MS + this.timeline.wallMs()
  }

  find(what: string): void {
    this.timeline.note(`FOUND ${what}`)
    this.findings.push(what)
  }

  startHost(): void {
    const { chance, disk, timeline, rates } = this
    const process = new SimulatedProcess(`p${++this.started}`, timeline, chance, (owner) => this.lost.has(owner))
    const store = new SimulatedJournal(disk, process, timeline, chance, rates)
    const engine = new SimulatedEngine(store, (error) => this.noteFault(process, error), process)
    const source = this.operator.sourceFor(async (ms) => process.pause(ms))
    engine.register({ name: TENANT, schema: '', source })
    this.hosts.push({ process, engine })
    timeline.note(`${process.name} starts`)
  }

  /** What a process complains about is a finding, unless the simulation did it. */
  private noteFault({ name }: SimulatedProcess, error: unknown): void {
    const isMeant = error instanceof InjectedFault || error instanceof FencedError || error instanceof Refusal
    this.timeline.note(`${name} drops its memory: ${error instanceof Error ? error.message : String(error)}`)
    if (!isMeant) this.find(`a fault in ${name}: ${error instanceof Error ? error.stack : String(error)}`)
  }

  /** Ends a process at once; another begins, if none is left. */
  crash(): void {
    if (this.hosts.length > 0) this.end(this.chance.pick(this.hosts))
    if (this.hosts.length === 0) this.startHost()
  }

  /** A second process takes the journal from one that still believes that it owns it. */
  steal(): void {
    const { process } = this.chance.pick(this.hosts)
    this.lost.add(process.name)
    if (this.hosts.length < 3) this.startHost()
    this.timeline.note(`${process.name} is taken for dead`)
  }

  /** Works of this kind take turns; who comes while another is at it leaves it be. */
  async alone(work: () => Promise<void>): Promise<void> {
    if (this.isTaken) return
    this.isTaken = true
    await work()
    this.isTaken = false
  }

  /** Only the latest process goes on: another might still believe that it owns the journal, and tell what was. */
  leaveOne(): void {
    while (this.hosts.length > 1) this.end(this.hosts[0] as Host)
  }

  private end(host: Host): void {
    this.timeline.note(`${host.process.name} is killed`)
    host.process.kill()
    this.lost.add(host.process.name)
    this.hosts = this.hosts.filter((other) => other !== host)
  }

  /** Processes end in order: what they have is stored, the lease is given back. */
  async restart(): Promise<void> {
    const leaving = this.hosts
    this.hosts = []
    await Promise.all(leaving.map(async ({ engine }) => engine.close()))
    for (const { process } of leaving) process.kill()
    this.startHost()
  }

  /** Asks until it is answered, as a caller does that was told to send the same request again. */
  async insist<T>(what: string, ask: (engine: Engine) => Promise<T>): Promise<T | Refusal> {
    const { chance, timeline } = this
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const host = this.hosts.length === 0 ? undefined : chance.pick(this.hosts)
      try {
        if (host !== undefined) return await host.process.serve(async () => ask(host.engine))
      } catch (error) {
        if (error instanceof Refusal && error.code !== 'engine_unavailable' && error.code !== 'overloaded') return error
        const isMeant = [Refusal, ConnectionLost, InjectedFault, FencedError].some((kind) => error instanceof kind)
        if (!isMeant) {
          this.find(`${what}: ${error instanceof Error ? error.stack : String(error)}`)
          return new Refusal('internal', what)
        }
      }
      await timeline.pause(chance.int(5, 400))
    }
    this.find(`${what} was never answered`)
    return new Refusal('internal', what)
  }
}
