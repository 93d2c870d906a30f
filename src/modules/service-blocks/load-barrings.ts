import type { BlockScope } from '../../core/charging/service-blocks.ts'
import type { AccountDefinitions, BarredTypes, Barring, Engine } from '../../engine/index.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { blockSettings } from './settings.ts'
import { forgetUnread, listUnread, type ServiceBlock, unliftedBlocks } from './store.ts'

/** Accounts that are read anew at a time. */
const PAGE = 500

/** Adds to services what bars them, now or later, as charging asks for it. */
export async function withBarrings(db: Database, definitions: AccountDefinitions): Promise<AccountDefinitions> {
  const ids = definitions.accounts.map(({ id }) => id)
  const blocks = (await unliftedBlocks(db, ids)).filter(({ kbps }) => kbps === null)
  if (blocks.length === 0) return definitions
  const typesOf = await barredTypes(db)
  const ofAccount = Map.groupBy(blocks, ({ accountId }) => accountId)
  const services = definitions.services.map((service) => {
    const mine = ofAccount.get(service.accountId)?.filter(({ serviceId }) => (serviceId ?? service.id) === service.id)
    return mine === undefined || mine.length === 0
      ? service
      : { ...service, barrings: mine.map((block) => barringOf(block, typesOf)) }
  })
  return { ...definitions, services }
}

type TypesOf = Readonly<Record<BlockScope, BarredTypes | null>>

async function barredTypes(db: Database): Promise<TypesOf> {
  const { incomingTypes, dataTypes } = await settingValues(db, blockSettings)
  const data = new Set(dataTypes)
  const incoming = new Set(incomingTypes)
  return {
    all: null,
    data: { names: data, isExcept: false },
    incoming: { names: incoming, isExcept: false },
    outgoing: { names: incoming.union(data), isExcept: true },
  }
}

function barringOf({ fromAt, untilAt, reason, scope }: ServiceBlock, typesOf: TypesOf): Barring {
  const untilMs = untilAt?.getTime() ?? Number.POSITIVE_INFINITY
  return { fromMs: fromAt.getTime(), untilMs, types: typesOf[scope], why: `${reason}, ${scope}` }
}

/**
 * Has charging obey blocks that were committed since the last time, by whomever: a request that places one reloads its account itself, and this is
 * for those that other work has placed, and for other processes.
 */
export async function loadUnread(root: Database, engine: Engine, tenant: Tenant): Promise<void> {
  if (!engine.isAwake(tenant.name)) return
  const db = inSchema(root, tenant.schema)
  for (;;) {
    const page = await listUnread(db, PAGE)
    if (page.length === 0) return
    await engine.reloadAccounts(
      tenant.name,
      page.map(({ accountId }) => accountId),
    )
    await forgetUnread(
      db,
      page.map(({ mark }) => mark),
    )
    if (page.length < PAGE) return
  }
}
