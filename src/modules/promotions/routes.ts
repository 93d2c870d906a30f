import { z } from 'zod'
import { inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import * as answers from './answers.ts'
import * as rules from './bonus-rule-store.ts'
import { batchRevoked, bonusRuleRemoved, bonusRuleSet } from './events.ts'
import { referralRoutes } from './referral-routes.ts'
import { batchDraft, bonusRule, redemption, ruleCode } from './schemas.ts'
import { listBatchPage, revokeBatch } from './voucher-store.ts'
import { createBatch, redeem, type VoucherNeeds } from './vouchers.ts'

const byKey = z.object({ key: z.string().min(1).max(128) })
const BATCH_BODY_LIMIT = 64 * 1024

export function promotionRoutes(needs: VoucherNeeds): Route[] {
  return [...voucherRoutes(needs), ...referralRoutes(needs.engine), ...bonusRuleRoutes()]
}

function voucherRoutes(needs: VoucherNeeds): Route[] {
  const tag = 'Vouchers'
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/voucher-batches',
      scope: 'vouchers:write',
      tag,
      status: 201,
      bodyLimit: BATCH_BODY_LIMIT,
      summary: 'Make vouchers; the answer is the only place where their codes ever stand',
      body: batchDraft,
      answer: answers.madeBatch,
      handle: async (context, { body }) =>
        inTransaction(context.db, async (db) => createBatch({ ...context, db }, body)),
    }),
    readRoute({
      url: '/v1/voucher-batches',
      scope: 'balances:read',
      tag,
      summary: 'List batches of vouchers',
      query: z.object(listQuery),
      answer: answers.batches,
      handle: async ({ db }, { query }) => listBatchPage(db, query),
    }),
    writeRoute({
      url: '/v1/voucher-batches/{key}/revoke',
      scope: 'vouchers:write',
      tag,
      summary: 'Make the unredeemed vouchers of a batch worthless',
      params: byKey,
      answer: answers.revoked,
      handle: async ({ db, nowMs }, { params }) => {
        if (!(await revokeBatch(db, params.key, nowMs)))
          throw notFound(`batch ${params.key}`, '/v1/voucher-batches', 'voucher list')
        await publish(db, [eventOf(batchRevoked, { objectId: params.key }, params)], nowMs)
        return { key: params.key, revokedAt: new Date(nowMs) }
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/vouchers/redeem',
      scope: 'balances:write',
      tag,
      summary: 'Redeem a code for an account, once',
      body: redemption,
      answer: answers.redeemed,
      handle: async (context, { body }) => redeem(needs, context, body.account, body.code),
    }),
  ]
}

function bonusRuleRoutes(): Route[] {
  const tag = 'Balances'
  const byCode = z.object({ code: ruleCode })
  return [
    readRoute({
      url: '/v1/bonus-rules',
      scope: 'balances:read',
      tag,
      summary: 'List rules of bonuses',
      answer: answers.rules,
      handle: async ({ db }) => ({ items: await rules.listBonusRules(db) }),
    }),
    writeRoute({
      method: 'PUT',
      url: '/v1/bonus-rules/{code}',
      scope: 'balances:approve',
      tag,
      summary: 'Set a rule: what comes along with top-ups',
      params: byCode,
      body: bonusRule,
      answer: answers.rule,
      handle: async ({ db, nowMs }, { params, body }) => {
        const rule = { code: params.code, ...body }
        await rules.putBonusRule(db, params.code, rule, nowMs)
        await publish(db, [eventOf(bonusRuleSet, { objectId: params.code }, params)], nowMs)
        return rule
      },
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/bonus-rules/{code}',
      scope: 'balances:approve',
      tag,
      summary: 'Remove a rule',
      params: byCode,
      answer: answers.removed,
      handle: async ({ db, nowMs }, { params }) => {
        if (!(await rules.deleteBonusRule(db, params.code))) throw new Refusal('not_found', `no rule ${params.code}`)
        await publish(db, [eventOf(bonusRuleRemoved, { objectId: params.code }, params)], nowMs)
        return { code: params.code }
      },
    }),
  ]
}
