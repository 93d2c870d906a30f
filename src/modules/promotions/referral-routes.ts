import { z } from 'zod'
import type { Engine } from '../../engine/index.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { positiveMinor } from '../balances/index.ts'
import * as answers from './answers.ts'
import { programSet } from './events.ts'
import * as rows from './referral-store.ts'
import { refer } from './referrals.ts'
import { referralDraft, referralProgram, ruleCode } from './schemas.ts'

export function referralRoutes(engine: Engine): Route[] {
  const tag = 'Balances'
  return [
    readRoute({
      url: '/v1/referral-programs',
      scope: 'balances:read',
      tag,
      summary: 'List what customers get who bring customers',
      answer: answers.programs,
      handle: async ({ db }) => ({ items: await rows.listPrograms(db) }),
    }),
    writeRoute({
      method: 'PUT',
      url: '/v1/referral-programs/{code}',
      scope: 'balances:approve',
      tag,
      summary: 'Set what both sides get; referrals that were made keep what they gave',
      params: z.object({ code: ruleCode }),
      body: referralProgram,
      answer: answers.program,
      handle: async ({ db, nowMs }, { params, body }) => {
        for (const name of ['referrerAmount', 'referredAmount'] as const)
          if (!/^0*(\.0*)?$/.test(body[name])) positiveMinor(body[name], body.currency, name)
        await rows.putProgram(db, params.code, body, nowMs)
        const { code } = params
        await publish(db, [eventOf(programSet, { objectId: code }, { code })], nowMs)
        return { code: params.code, ...body }
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/referrals',
      scope: 'balances:write',
      tag,
      status: 201,
      summary: 'A customer brought another one: both get their bonus; a key has one effect',
      body: referralDraft,
      answer: answers.referral,
      handle: async (context, { body }) => refer(engine, context, body),
    }),
  ]
}
