import { z } from 'zod'
import { serviceStateAt } from '../../core/charging/service-blocks.ts'
import { systemClock } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { reference } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { accountQuery, accountsNamed, getRow, keysOf, ofAccounts } from '../parties/index.ts'
import { ENFORCEMENT_STATES, type Enforcement, wish } from './enforcement-store.ts'
import { targetEvents } from './events.ts'
import * as store from './store.ts'
import * as schemas from './target-schemas.ts'
import { getTarget, listTargets } from './target-store.ts'

const tag = 'Service blocks'
const named = z.object({ target: reference.describe('The id or key of a target') })
const told = z.strictObject({ services: z.int().describe('How many services the target is told of once more') })

async function viewEnforcements(db: Database, rows: readonly Enforcement[]): Promise<object[]> {
  const targets = new Map((await listTargets(db)).map(({ id, key }) => [id, key]))
  const keys = await keysOf(
    db,
    'service',
    rows.map(({ serviceId }) => serviceId),
  )
  return rows.map((row) => {
    const { id, targetId, serviceId, accountId, state, wishedVersion, toldVersion, attempts, words } = row
    const { dueAt, attemptedAt, toldAt } = row
    return {
      ...{ id, target: targets.get(targetId), serviceId, service: keys.get(serviceId), accountId, state },
      ...{ wishedVersion, toldVersion, attempts, words, dueAt, attemptedAt, toldAt },
    }
  })
}

/** The states of services by now, and rows of those that were never told of, so that they can be. */
async function wishedStates(
  db: Database,
  services: readonly store.BlockableService[],
  nowMs: number,
): Promise<Map<string, Pick<store.ToldState, 'barred' | 'kbps'>>> {
  const accountIds = [...new Set(services.map(({ accountId }) => accountId))]
  const ofAccount = Map.groupBy(await store.unliftedBlocks(db, accountIds), ({ accountId }) => accountId)
  return new Map(
    services.map(({ id, accountId }) => {
      const mine = (ofAccount.get(accountId) ?? []).filter(({ serviceId }) => (serviceId ?? id) === id)
      return [id, serviceStateAt(mine.map(store.blockOf), nowMs)]
    }),
  )
}

export function enforcementRoutes(): Route[] {
  return [listRoute(), resendRoute(), observedRoute()]
}

function listRoute(): Route {
  return readRoute({
    url: '/v1/enforcements',
    scope: 'blocks:read',
    tag,
    summary: 'What targets are to be told of services, and what came of it',
    query: z.object({
      ...listQuery,
      ...accountQuery,
      target: reference.optional().describe('By this target'),
      service: reference.optional().describe('Of this service'),
      state: z.enum(ENFORCEMENT_STATES).optional(),
    }),
    answer: listOf(schemas.enforcementAnswer),
    handle: async ({ db }, { query }) => {
      const accountIds = await accountsNamed(db, query)
      const targetId = query.target === undefined ? undefined : (await getTarget(db, query.target)).id
      const serviceId = query.service === undefined ? undefined : (await getRow(db, 'service', query.service)).id
      const page = await listPage<Enforcement>(db, query, {
        ...{ table: 'enforcement', madeAt: 'createdAt' },
        narrow: (rows) => having(ofAccounts(rows, accountIds), { serviceId }),
        keep: (rows) => having(rows, { 'row.targetId': targetId, 'row.state': query.state }),
      })
      return { ...page, items: await viewEnforcements(db, page.items) }
    },
  })
}

function resendRoute(): Route {
  return writeRoute({
    url: '/v1/enforcement-targets/{target}/resend',
    scope: 'blocks:write',
    tag,
    summary: 'Tell a target once more of all services that are not open, or of one, also what was given up',
    params: named,
    body: z.strictObject({ service: reference.optional().describe('This service alone') }),
    answer: told,
    handle: async ({ db, nowMs }, { params, body }) => {
      const { id, key } = await getTarget(db, params.target)
      const serviceIds = body.service === undefined ? null : [(await getRow(db, 'service', body.service)).id]
      const services = await wish(db, { targetId: id, serviceIds }, systemClock.nowMs())
      await publish(db, [eventOf(targetEvents.resent, { objectId: id }, { key, services })], nowMs)
      return { services }
    },
  })
}

function observedRoute(): Route {
  return writeRoute({
    url: '/v1/enforcement-targets/{target}/observed-states',
    scope: 'blocks:write',
    tag,
    summary: 'Compare what the network really does with what it is to do; it is told once more of what differs',
    params: named,
    body: schemas.observedDraft,
    answer: schemas.observedAnswer,
    handle: async ({ db, nowMs }, { params, body }) => {
      const { id, key } = await getTarget(db, params.target)
      const keys = body.states.map(({ service }) => service)
      const query = db.selectFrom('service').select(['id', 'key', 'accountId']).where('key', '=', anyOf(keys, 'text'))
      const services = (await query.orderBy('id').execute()) as store.BlockableService[]
      // Of services that had a key one after another, the last one is meant.
      const byKey = new Map(services.map((service) => [service.key, service]))
      const wished = await wishedStates(db, [...byKey.values()], nowMs)
      const different: store.BlockableService[] = []
      const differences = body.states.flatMap(({ service, barred, kbps }) => {
        const found = byKey.get(service)
        const state = found === undefined ? undefined : wished.get(found.id)
        if (found === undefined || state === undefined) return []
        if (
          String(state.barred) === String(state.barred.filter((kind) => barred.includes(kind))) &&
          barred.length === state.barred.length &&
          state.kbps === kbps
        )
          return []
        different.push(found)
        return [{ service, wished: { barred: state.barred, kbps: state.kbps }, observed: { barred, kbps } }]
      })
      const ids = different.map(({ id: serviceId }) => serviceId)
      await store.putOpenStates(db, different, nowMs)
      const resent = await wish(db, { targetId: id, serviceIds: ids }, systemClock.nowMs())
      if (resent > 0)
        await publish(db, [eventOf(targetEvents.resent, { objectId: id }, { key, services: resent })], nowMs)
      return { compared: byKey.size, unknown: keys.filter((service) => !byKey.has(service)), differences }
    },
  })
}
