import { z } from 'zod'
import { instant } from '../../platform/http/dates.ts'
import { type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { AccessService } from './service.ts'

const clockAnswer = z
  .strictObject({
    now: z.iso.datetime().describe('What time it is for the tenant'),
    isTest: z.boolean().describe('By a test clock, which stands until it is moved'),
  })
  .meta({ id: 'Clock' })

/** The time of the own tenant. Which tenants have a test clock, their owner decides; those who work in one may move it. */
export function clockRoutes(access: AccessService, wakeJobs: (tenant: Tenant) => void): Route[] {
  const tag = 'Access'
  return [
    readRoute({
      url: '/v1/clock',
      // Every role has one of both.
      ...{ scope: 'usage:read', orScope: 'payments:read', tag },
      summary: 'What time it is for the tenant, and whether by a test clock',
      answer: clockAnswer,
      handle: async ({ tenant, nowMs }) => view(tenant, nowMs),
    }),
    streamRoute({
      method: 'PUT',
      url: '/v1/clock',
      scope: 'settings:write',
      tag,
      summary: 'Move the test clock of the tenant forward: what becomes due on the way is done, in its order',
      body: z.strictObject({ now: instant.describe('Not before what it is') }),
      answer: clockAnswer,
      handle: async ({ tenant }, { body: { now } }) => {
        if (tenant.clockMs === null)
          throw new Refusal(
            'conflict',
            'this tenant follows the real clock; one with a test clock is made by POST /v1/tenants',
          )
        const moved = await access.updateTenant(tenant.name, { clock: now })
        wakeJobs(moved)
        return view(moved, moved.clockMs ?? 0)
      },
    }),
  ]
}

function view({ clockMs }: Tenant, nowMs: number): object {
  return { now: new Date(nowMs).toISOString(), isTest: clockMs !== null }
}
