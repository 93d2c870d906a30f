import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { currencyQuery } from '../../platform/http/list-page.ts'
import { changedMetadata, changeMetadata, metadataQuery } from '../../platform/http/metadata.ts'
import { bytesOf, preparedRoute, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { noteSent } from '../../platform/http/sent-body.ts'
import * as answers from './answers.ts'
import { planMetadataChanged } from './events.ts'
import { publicationBody } from './publication-body.ts'
import { publishCatalog, readCatalog } from './service.ts'
import * as store from './store.ts'

/** A year of half-hours is 0.5 MB; a large catalogue with its schedules fits. */
const CATALOG_BODY_LIMIT = 32 * 1024 * 1024

const byCode = z.object({ code: z.string() })
const version = z.coerce.number().int().positive().max(1_000_000).optional()

function toView(planVersion: store.PlanVersion): object {
  return { ...planVersion, digest: planVersion.digest.toString('hex') }
}

async function findPlan(db: Database, code: string, number?: number, currency?: string): Promise<store.PlanVersion> {
  const found = await store.findPlanVersion(db, code, number, currency)
  if (found === undefined) throw store.noPlan(code, number, currency)
  return found
}

export function catalogRoutes(): Route[] {
  const tag = 'Catalogue'
  return [
    preparedRoute({
      url: '/v1/catalog',
      scope: 'catalog:write',
      tag,
      summary: 'Validate and publish plan files',
      bodyLimit: CATALOG_BODY_LIMIT,
      rawBody: true,
      content: { type: 'application/json', schema: publicationBody },
      answer: answers.publication,
      prepare: async (context, { body }, request) => {
        const { sent, ...asked } = await readCatalog(context, bytesOf(body))
        noteSent(request, sent)
        return asked
      },
      handle: async (context, { body }) => {
        const { publication, dryRun, availableFrom } = body
        const from = availableFrom === undefined ? null : new Date(availableFrom)
        const result = await publishCatalog(context, publication, dryRun, from)
        if (result.published) context.afterCommit({ kind: 'reload catalog' })
        return result
      },
    }),
    readRoute({
      url: '/v1/plans',
      scope: 'catalog:read',
      tag,
      summary: 'List plan versions',
      query: z.object(metadataQuery),
      answer: answers.planVersions,
      handle: async ({ db }, { query }) => {
        const versions = await store.listPlanVersions(db, query.metadata)
        return { items: versions.filter(({ subscriptionId }) => subscriptionId === null).map(toView) }
      },
    }),
    readRoute({
      url: '/v1/plans/{code}',
      scope: 'catalog:read',
      tag,
      summary: 'A plan, newest version unless one is named',
      params: byCode,
      query: z.object({
        version,
        currency: currencyQuery.describe("The one that the plan's file names first, when absent"),
      }),
      answer: answers.planVersion,
      handle: async ({ db }, { params, query }) =>
        toView(await findPlan(db, params.code, query.version, query.currency)),
    }),
    writeRoute({
      method: 'PATCH',
      url: '/v1/plans/{code}',
      scope: 'catalog:write',
      tag,
      summary: 'Change the metadata of a plan version, the newest unless one is named; the rest of it never changes',
      params: byCode,
      query: z.object({ version }),
      body: z.strictObject({ metadata: changedMetadata }),
      answer: answers.planVersion,
      handle: async ({ db, nowMs }, { params, query, body }) => {
        const found = await findPlan(db, params.code, query.version)
        const all = await store.listInCurrencies(db, found.code, found.version)
        const ids = all.map(({ id }) => id)
        await changeMetadata(db, 'planVersion', ids, body.metadata)
        const { code } = found
        await publish(db, [eventOf(planMetadataChanged, { objectId: code }, { code })], nowMs)
        return toView(await store.getPlanVersion(db, found.id))
      },
    }),
    readRoute({
      url: '/v1/meters',
      scope: 'catalog:read',
      tag,
      summary: 'List meters',
      answer: answers.meters,
      handle: async ({ db }) => ({ items: await store.listMeters(db) }),
    }),
  ]
}
