import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { deskCash } from '../../core/ledger/cash-templates.ts'
import { gatewayCash } from '../../core/ledger/templates.ts'
import type { Engine } from '../../engine/index.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { toRequestView } from '../approvals/index.ts'
import { accountQuery, accountsNamed, getRow } from '../parties/index.ts'
import { disputedOpenOf } from '../receivables/index.ts'
import { decideAdjustment, requestAdjustment } from './adjustments.ts'
import * as answers from './answers.ts'
import { setSettings } from './approval-limits.ts'
import { toBalanceView } from './balance-view.ts'
import { settingsChanged } from './events.ts'
import { listAdjustmentPage, listEntryPage } from './lists.ts'
import { askTopUpReversal, type ReversalNeeds } from './reversal-approvals.ts'
import { adjustmentDraft, promiseDraft, reversalDraft, topUpDraft, transferDraft, unitSaleDraft } from './schemas.ts'
import { promiseCredit, transfer } from './service.ts'
import { settingsOf, settingsSchema } from './settings.ts'
import * as store from './store.ts'
import { reverseOneTopUp } from './top-up-reversals.ts'
import type { TopUps } from './top-ups.ts'
import { sellUnits } from './unit-sales.ts'

const byReference = z.object({ reference: z.string().min(1).max(128) })

export interface BalanceRouteNeeds extends ReversalNeeds {
  readonly topUps: TopUps
}

export function balanceRoutes(needs: BalanceRouteNeeds): Route[] {
  return [...moneyRoutes(needs), ...adjustmentRoutes(needs.engine), ...settingRoutes()]
}

function moneyRoutes({ engine, receivables, topUps }: BalanceRouteNeeds): Route[] {
  const tag = 'Balances'
  return [
    readRoute({
      url: '/v1/accounts/{reference}/balances',
      scope: 'balances:read',
      tag,
      summary: 'Balances of an account as they stand: lots, credit, holds and running sessions',
      params: byReference,
      answer: answers.balances,
      handle: async ({ db, tenant, nowMs }, { params }) => {
        const account = await getRow(db, 'account', params.reference)
        const report = await engine.balancesOf(tenant.name, account.id, nowMs)
        if (report === null) throw new Refusal('not_found', 'the account has no balances: it pays by invoice')
        const disputed = formatMinor(await disputedOpenOf(db, account.id), account.currency)
        return { ...toBalanceView(account.key, report), disputed }
      },
    }),
    readRoute({
      url: '/v1/accounts/{reference}/balance-entries',
      scope: 'balances:read',
      tag,
      summary: 'Everything that moved balances but usage',
      params: byReference,
      query: z.object(listQuery),
      answer: answers.entries,
      handle: async ({ db }, { params, query }) =>
        listEntryPage(db, (await getRow(db, 'account', params.reference)).id, query),
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/top-ups',
      scope: 'balances:write',
      logged: 'in its commit',
      tag,
      status: 201,
      summary: 'Money comes in to be used, with the bonuses that are due; a key has one effect',
      body: topUpDraft,
      answer: answers.topUp,
      handle: async (context, { body }) => {
        const { amountMinor, ...view } = await topUps.record(context, body)
        return { ...view, amount: formatMinor(BigInt(amountMinor), view.currency) }
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/unit-sales',
      scope: 'balances:write',
      logged: 'in its commit',
      tag,
      status: 201,
      summary: 'Sell units, such as a pack of credits, for money that came in; a key has one effect',
      body: unitSaleDraft,
      answer: answers.topUp,
      handle: async (context, { body }) => {
        const { amountMinor, ...view } = await sellUnits(engine, context, body)
        return { ...view, amount: formatMinor(BigInt(amountMinor), view.currency) }
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/top-ups/{reference}/reversal',
      scope: 'balances:write',
      tag,
      status: 201,
      summary:
        'Take a top-up back, with a reason: what is left of it goes, what it paid for is owed again; once. Above the limit of the settings it waits for another person: the answer has the request',
      params: byReference,
      body: reversalDraft,
      answer: answers.topUpReversed,
      handle: async (context, { params, body }, request) => {
        const { db, nowMs } = context
        const topUp = await store.getTopUp(db, params.reference)
        const { key, accountId, currency } = topUp
        if (topUp.method.startsWith(gatewayCash('')) || topUp.method.startsWith(deskCash('')))
          throw new Refusal(
            'conflict',
            'a network of terminals, or a cash desk, has the money: cancel it there (POST /v1/terminal-payments/{id}/cancel, POST /v1/cash-receipts/{reference}/cancel)',
          )
        const amount = formatMinor(BigInt(topUp.amountMinor), currency)
        const waiting = await askTopUpReversal(db, topUp, body.reason, request.caller, nowMs)
        if (waiting !== null) {
          const { id, reason, createdAt } = waiting
          const approvalRequest = toRequestView(waiting, nowMs)
          return { id, topUp: key, accountId, currency, amount, reason, createdAt, approvalRequest }
        }
        const asked = { reason: body.reason, reversedBy: request.caller.id }
        const { reversal } = await reverseOneTopUp(engine, context, topUp.id, asked, receivables)
        const { id, reason, createdAt } = reversal
        return { id, topUp: key, accountId, currency, amount, reason, createdAt }
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/balance-transfers',
      scope: 'balances:write',
      logged: 'in its commit',
      tag,
      status: 201,
      summary: 'Move paid money from one account to another',
      body: transferDraft,
      answer: answers.transferred,
      handle: async (context, { body }) => transfer(engine, context, body),
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/promised-credits',
      scope: 'balances:write',
      logged: 'in its commit',
      tag,
      status: 201,
      summary: 'Lend an account money until its next top-up',
      body: promiseDraft,
      answer: answers.promised,
      handle: async (context, { body }) => promiseCredit(engine, context, body),
    }),
  ]
}

function adjustmentRoutes(engine: Engine): Route[] {
  const tag = 'Balances'
  const byId = z.object({ id: z.uuid() })
  const decisions = (['approve', 'reject'] as const).map((decision) =>
    streamRoute({
      method: 'POST',
      url: `/v1/adjustments/{id}/${decision}`,
      scope: 'balances:approve',
      tag,
      summary: `${decision === 'approve' ? 'Approve' : 'Reject'} an adjustment that waits; another person than the one who asked`,
      params: byId,
      answer: answers.adjustment,
      handle: async (context, { params }, request) =>
        decideAdjustment(engine, context, params.id, decision, request.caller),
    }),
  )
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/adjustments',
      scope: 'balances:write',
      tag,
      status: 201,
      summary: 'Correct a balance by hand, with a reason; above the limit of the settings it waits for approval',
      body: adjustmentDraft,
      answer: answers.adjustment,
      handle: async (context, { body }, request) => requestAdjustment(engine, context, body, request.caller),
    }),
    readRoute({
      url: '/v1/adjustments',
      scope: 'balances:read',
      tag,
      summary: 'List adjustments',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        status: z.enum(['pending', 'applied', 'rejected']).optional(),
      }),
      answer: answers.adjustments,
      handle: async ({ db }, { query }) => listAdjustmentPage(db, query, await accountsNamed(db, query)),
    }),
    ...decisions,
  ]
}

function settingRoutes(): Route[] {
  const tag = 'Balances'
  return [
    readRoute({
      url: '/v1/charging/settings',
      scope: 'balances:read',
      tag,
      summary: 'Limits of approvals and promises',
      answer: answers.settings,
      handle: async ({ db }) => settingsOf(db),
    }),
    writeRoute({
      method: 'PUT',
      url: '/v1/charging/settings',
      scope: 'balances:approve',
      tag,
      summary: 'Set the limits of approvals and promises',
      body: settingsSchema,
      answer: answers.settings,
      handle: async ({ db, nowMs }, { body }, { caller }) => {
        const settings = await setSettings(db, body, caller.person)
        await publish(db, [eventOf(settingsChanged, { objectId: 'charging_settings' }, {})], nowMs)
        return settings
      },
    }),
  ]
}
