import { sql } from 'kysely'
import { z } from 'zod'
import { BLOCK_REASONS, type BlockReason, stands } from '../../core/charging/service-blocks.ts'
import { instant } from '../../platform/http/dates.ts'
import { reference } from '../../platform/http/fields.ts'
import { having, type ListRows, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { MAX_PAGE, type Route, readRoute, type Scope, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { accountQuery, accountsNamed, getRow, ofAccounts } from '../parties/index.ts'
import * as schemas from './schemas.ts'
import { liftBlock, placeBlock } from './service.ts'
import * as store from './store.ts'
import { viewBlocks, viewState } from './views.ts'

const tag = 'Service blocks'
const byId = z.object({ id: z.uuid() })
/** What a customer, or whoever collects debts, must not lift. */
const FOR_ADMINS: readonly BlockReason[] = ['fraud', 'admin']

function assertMay({ scopes }: { readonly scopes: readonly Scope[] }, reason: BlockReason): void {
  if (FOR_ADMINS.includes(reason) && !scopes.includes('blocks:admin'))
    throw new Refusal('forbidden', `blocks because of ${reason} need the scope blocks:admin`)
}

/** Narrows blocks to those of a state. */
function inState(rows: ListRows, state: (typeof schemas.BLOCK_STATES)[number] | undefined, nowMs: number): ListRows {
  if (state === undefined) return rows
  if (state === 'lifted') return rows.where(sql<boolean>`"row".lifted_at is not null`)
  const now = new Date(nowMs)
  const has = {
    coming: sql`"row".from_at > ${now}`,
    standing: sql`"row".from_at <= ${now} and ("row".until_at is null or "row".until_at > ${now})`,
    ended: sql`"row".until_at <= ${now}`,
  }[state]
  return rows.where(sql<boolean>`"row".lifted_at is null and ${has}`)
}

export function blockRoutes(): Route[] {
  return [placeRoute(), liftRoute(), ...readRoutes(), ...stateRoutes()]
}

function placeRoute(): Route {
  return writeRoute({
    url: '/v1/blocks',
    scope: 'blocks:write',
    tag,
    summary:
      'Block a service, or all services of an account, now or at a later time; several blocks stand side by side',
    status: 201,
    body: schemas.blockDraft,
    answer: schemas.blockAnswer,
    handle: async (context, { body }, { caller }) => {
      const { db, nowMs } = context
      const { service, account, from, until, ...rest } = body
      assertMay(caller, body.reason)
      const of = service === undefined ? null : await getRow(db, 'service', service)
      const accountId = of?.accountId ?? (await getRow(db, 'account', account ?? '')).id
      const times = {
        ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
        untilMs: until === null ? null : Date.parse(until),
      }
      const asked = { ...rest, ...times, accountId, serviceId: of?.id ?? null }
      const block = await placeBlock(db, asked, caller, nowMs)
      context.afterCommit({ kind: 'reload accounts', accountIds: [accountId] })
      return (await viewBlocks(db, [block], nowMs))[0]
    },
  })
}

function liftRoute(): Route {
  return writeRoute({
    url: '/v1/blocks/{id}/lift',
    scope: 'blocks:write',
    tag,
    summary: 'Lift a block before its end; what other blocks bar stays barred',
    params: byId,
    body: schemas.liftDraft,
    answer: schemas.blockAnswer,
    handle: async (context, { params, body }, { caller }) => {
      const { db, nowMs } = context
      const block = await store.getBlock(db, params.id)
      assertMay(caller, block.reason)
      const lifted = await liftBlock(db, block, { id: caller.id, note: body.note }, nowMs)
      context.afterCommit({ kind: 'reload accounts', accountIds: [block.accountId] })
      return (await viewBlocks(db, [lifted], nowMs))[0]
    },
  })
}

function readRoutes(): Route[] {
  return [
    readRoute({
      url: '/v1/blocks/{id}',
      scope: 'blocks:read',
      tag,
      summary: 'A block',
      params: byId,
      answer: schemas.blockAnswer,
      handle: async ({ db, nowMs }, { params }) =>
        (await viewBlocks(db, [await store.getBlock(db, params.id)], nowMs))[0],
    }),
    readRoute({
      url: '/v1/blocks',
      scope: 'blocks:read',
      tag,
      summary: 'Blocks: those that stand, come, have ended or were lifted',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        service: reference.optional().describe('About this service alone: its id or key'),
        reason: z.enum(BLOCK_REASONS).optional(),
        state: z.enum(schemas.BLOCK_STATES).optional(),
      }),
      answer: listOf(schemas.blockAnswer),
      handle: async ({ db, nowMs }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const { service, reason, state } = query
        const of = service === undefined ? undefined : await getRow(db, 'service', service)
        const page = await listPage<store.ServiceBlock>(db, query, {
          ...{ table: 'serviceBlock', madeAt: 'placedAt' },
          narrow: (rows) => ofAccounts(ofAccounts(rows, accountIds), of === undefined ? undefined : [of.accountId]),
          keep: (rows) => {
            const kept = having(rows, { 'row.reason': reason, 'row.serviceId': of?.id })
            return withText(inState(kept, state, nowMs), query.text, ['row.key', 'row.note'])
          },
        })
        return { ...page, items: await viewBlocks(db, page.items, nowMs) }
      },
    }),
  ]
}

const at = instant.optional().describe('At this time instead of now: blocks that are lifted later may stand by then')

function stateRoutes(): Route[] {
  const named = z.object({ reference })
  return [
    readRoute({
      url: '/v1/services/{reference}/state',
      scope: 'blocks:read',
      tag,
      summary: 'Whether a service is open or what restricts it, by all of its blocks and those of its account',
      params: named,
      query: z.object({ at }),
      answer: schemas.serviceWithBlocks,
      handle: async ({ db, nowMs }, { params, query }) => {
        const service = await getRow(db, 'service', params.reference)
        const atMs = query.at === undefined ? nowMs : Date.parse(query.at)
        const blocks = await store.blocksOfService(db, service)
        const standing = blocks.filter((block) => stands(store.blockOf(block), atMs))
        return { ...viewState(service, blocks, atMs), blocks: await viewBlocks(db, standing, nowMs) }
      },
    }),
    readRoute({
      url: '/v1/accounts/{reference}/service-states',
      scope: 'blocks:read',
      tag,
      summary: 'The states of an account’s services that have not ended',
      params: named,
      query: z.object({
        limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50).describe('Items on the page'),
        cursor: z.uuid().optional().describe('`nextCursor` of the page before'),
      }),
      answer: schemas.statesAnswer,
      handle: async ({ db, nowMs }, { params, query: { limit, cursor: after = null } }) => {
        const { id } = await getRow(db, 'account', params.reference)
        const page = { serviceId: null, after, limit, nowMs }
        const services = await store.listServices(db, id, page)
        const blocks = await store.unliftedBlocks(db, [id])
        const items = services.map((service) => {
          const mine = blocks.filter(({ serviceId }) => serviceId === null || serviceId === service.id)
          return viewState(service, mine, nowMs)
        })
        return { items, nextCursor: services.length < limit ? null : (services.at(-1)?.id ?? null) }
      },
    }),
  ]
}
