import { BackOffice } from './back-office.ts'
import type { Staging } from './disk.ts'
import { Gateway } from './gateway.ts'
import { checkRecords, checkWorld } from './invariants.ts'
import { MS_PER_DAY, MS_PER_HOUR } from './operator.ts'
import { JournalReader, newTold, type Told } from './oracle.ts'
import { TENANT, World } from './world.ts'

export interface Outcome {
  readonly seed: number
  readonly steps: number
  readonly findings: readonly string[]
  readonly traceDigest: string
  readonly lastLines: readonly string[]
  readonly records: number
  readonly segments: number
}

const CALLERS = 5
/** Steps between two looks at everything. */
const CHECK_EVERY = 60
/** Whoever takes longer than this on average waits for something that does not come. */
const MS_PER_STEP = 20_000

/** Runs one seed's world for so many steps of its callers, with everything that goes wrong on the way. */
export async function simulate(seed: number, steps: number, isVerbose = false): Promise<Outcome> {
  const world = new World(seed, isVerbose)
  const told = newTold()
  const reader = new JournalReader(world.disk)
  let isDone = false
  const story = tell(world, told, reader, steps).then(
    () => {
      isDone = true
    },
    (error: unknown) => {
      world.find(`the simulation itself: ${error instanceof Error ? error.stack : String(error)}`)
      isDone = true
    },
  )
  await world.timeline
    .run(() => isDone || world.findings.length > 3, steps * MS_PER_STEP)
    .catch((error: unknown) => world.find(String(error)))
  if (isDone) await story
  const { timeline, findings, disk } = world
  return {
    seed,
    steps,
    findings,
    traceDigest: timeline.traceDigest(),
    lastLines: timeline.lastLines,
    records: reader.records.size,
    segments: disk.segments.length,
  }
}

async function tell(world: World, told: Told, reader: JournalReader, steps: number): Promise<void> {
  let left = steps
  let isOver = false
  const caller = async (number: number): Promise<void> => {
    const gateway = new Gateway(world, told, `g${number}`)
    const office = new BackOffice(world, told, `b${number}`)
    while (left-- > 0 && world.findings.length === 0) {
      await step(world, gateway, office)
      await world.timeline.pause(world.chance.int(0, 60))
      if (left % CHECK_EVERY === 0) await checkWorld(world, told, reader)
    }
  }
  const storm = weather(world, () => isOver)
  await Promise.all(Array.from({ length: CALLERS }, async (_, number) => caller(number)))
  isOver = true
  await storm
  if (world.findings.length > 0) return
  calm(world)
  await sweep(world, 0)
  await checkWorld(world, told, reader, true)
  checkRecords(world, reader)
  // What is stored must give the same as what is in memory: first after an orderly end, then after a kill.
  await world.restart()
  await checkWorld(world, told, reader, true)
  world.crash()
  await checkWorld(world, told, reader, true)
}

function calm(world: World): void {
  const { rates } = world
  world.leaveOne()
  rates.failed = rates.unknown = rates.slow = 0
}

async function step(world: World, gateway: Gateway, office: BackOffice): Promise<void> {
  const kinds = {
    usage: 6,
    event: 8,
    refund: 3,
    start: 3,
    goOn: 10,
    topUp: 3,
    transfer: 1,
    promise: 1,
    adjust: 1,
    recycle: 1,
  }
  switch (world.chance.weighted(kinds)) {
    case 'usage':
      return office.usage()
    case 'event':
      return gateway.event()
    case 'refund':
      return gateway.refund()
    case 'start':
      return gateway.startSession()
    case 'goOn':
      return gateway.goOn()
    case 'topUp':
      return office.topUp()
    case 'transfer':
      return office.transfer()
    case 'promise':
      return office.promise()
    case 'adjust':
      return office.adjust()
    default:
      return world.alone(async () => office.recycle())
  }
}

/** What happens to a running system: sweeps and checkpoints, changes of definitions, and everything that goes wrong. */
async function weather(world: World, isOver: () => boolean): Promise<void> {
  const { chance, timeline, rates } = world
  let sweeps = 0
  while (!isOver()) {
    await timeline.pause(chance.int(20, 600))
    const kinds = { sweep: 6, checkpoint: 3, crash: 1, steal: 0.5, restart: 0.3, clock: 3, rates: 1, define: 2 }
    switch (chance.weighted(kinds)) {
      case 'sweep':
        await sweep(world, ++sweeps)
        break
      case 'checkpoint':
        void world.insist('checkpoint', async (engine) => engine.checkpoint(TENANT))
        break
      case 'crash':
        world.crash()
        break
      case 'steal':
        world.steal()
        break
      case 'restart':
        await world.restart()
        break
      case 'clock':
        timeline.wallOffsetMs += chance.pick([20_000, 11_000, MS_PER_HOUR, 9 * MS_PER_HOUR, 4 * MS_PER_DAY, -2_000])
        break
      case 'rates':
        rates.failed = chance.pick([0, 0, 0.01, 0.05])
        rates.unknown = chance.pick([0, 0, 0.01, 0.05])
        rates.slow = chance.pick([0, 0, 0.02])
        break
      default:
        await define(world)
    }
  }
}

/** Ends what is due, as the sweeper does: expired money is written down in the same commit. */
async function sweep(world: World, number: number): Promise<void> {
  await world.insist('sweep', async (engine) => {
    const nowMs = world.nowMs()
    return engine.expireDue(TENANT, nowMs, async (trx, { expired }) => {
      const rows = expired
        .filter(({ lot }) => lot.unit === null && lot.source === 'paid')
        .map(({ account, amount }) => ({ account, paid: String(-amount) }))
      const staging = trx as unknown as Staging
      staging.insert('expiry', `sweep ${number} at ${world.timeline.nowMs}`, JSON.stringify(rows))
    })
  })
}

async function define(world: World): Promise<void> {
  const accounts = world.operator.change(world.nowMs())
  // Every process that is there hears of it, as after the commit of the rows; one that ends meanwhile reads them anew.
  for (const { engine, process } of world.hosts) {
    const reload = async (): Promise<void> =>
      accounts.length === 0 ? engine.reloadCatalog(TENANT) : engine.reloadAccounts(TENANT, accounts)
    await process.serve(reload).catch((error: unknown) => {
      if (error instanceof TypeError) world.find(`reload: ${error.stack}`)
    })
  }
  world.timeline.note(`definitions of ${accounts.length === 0 ? 'the catalogue' : accounts.join(', ')}`)
}
