import { z } from 'zod'
import { amountAdvice, parseMinor } from '../../core/base/money.ts'
import { cashStepOf } from '../../core/cash/cash-rounding.ts'
import { newId } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { zone } from '../../platform/http/dates.ts'
import { currency, key, reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import { deskCreated, deskUpdated } from './events.ts'
import { IN_SHIFT, OF_SAFE, recordMovement } from './movements.ts'
import { reportAnswer, reportOf } from './report.ts'
import { beginShift, endShift } from './shifts.ts'
import * as store from './store.ts'
import { deskAnswer, deskViews, movementAnswer, movementView, shiftAnswer, shiftView } from './views.ts'

/** It is a part of ledger accounts, and of the numbers of receipts: `front-000017`. */
export const deskKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, 'a desk has a key of 1 to 30 small letters, digits and hyphens')
const byKey = z.object({ key: deskKey })

const draft = z.strictObject({
  name: textUpTo(100),
  issuer: reference,
  currency,
  zone,
  cashStep: amountText
    .optional()
    .describe('What cash is rounded to, such as 0.05; as its currency has coins unless set'),
  isOpen: z.boolean().default(true).describe('No shift begins at a closed one'),
})

const denominations = z
  .array(z.strictObject({ value: amountText, count: z.int().min(0).max(1_000_000) }))
  .max(40)
  .nullable()
  .default(null)
  .describe('Coins and notes as they were counted; they come to what was counted')

/** @returns minor units, of which there may be none */
function minorOf(text: string, code: string, name: string): bigint {
  const minor = parseMinor(text, code)
  if (minor === null) throw new Refusal('unprocessable', `${name}: ${amountAdvice(code)}`)
  return minor
}

export function deskRoutes(): Route[] {
  const tag = 'Cash desks'
  return [
    readRoute({
      url: '/v1/cash-desks',
      scope: 'payments:read',
      tag,
      summary: 'The cash desks, with what is to be in their drawers and safes',
      answer: z.strictObject({ items: z.array(deskAnswer) }),
      handle: async ({ db }) => ({ items: await deskViews(db, await store.listDesks(db)) }),
    }),
    readRoute({
      url: '/v1/cash-desks/{key}',
      scope: 'payments:read',
      tag,
      summary: 'A cash desk',
      params: byKey,
      answer: deskAnswer,
      handle: async ({ db }, { params }) => (await deskViews(db, [await store.getDesk(db, params.key)]))[0],
    }),
    writeRoute({
      method: 'PUT',
      url: '/v1/cash-desks/{key}',
      scope: 'settings:write',
      tag,
      summary: 'Set up a cash desk, or change it; its currency stays',
      params: byKey,
      body: draft,
      answer: deskAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const { name, issuer, currency: code, zone: at, cashStep, isOpen } = body
        const { id: issuerId } = await getRow(db, 'issuer', issuer)
        const step = cashStep === undefined ? cashStepOf(code) : minorOf(cashStep, code, 'cashStep')
        if (step <= 0n) throw new Refusal('unprocessable', `cashStep: ${amountAdvice(code)}`)
        const known = await store.findDesk(db, params.key)
        if (known !== undefined && known.currency !== code)
          throw new Refusal(
            'conflict',
            `currency: ${params.key} has cash in ${known.currency}: set up another desk for ${code}`,
          )
        const columns = { name, issuerId, zone: at, stepMinor: String(step), isOpen }
        const id = known?.id ?? newId()
        if (known !== undefined) await db.updateTable('cashDesk').set(columns).where('id', '=', id).execute()
        else
          await db
            .insertInto('cashDesk')
            .values({ ...columns, id, key: params.key, currency: code, createdAt: new Date(nowMs) })
            .execute()
        const told = { key: params.key, currency: code, isOpen }
        await publish(db, [eventOf(known === undefined ? deskCreated : deskUpdated, { objectId: id }, told)], nowMs)
        return (await deskViews(db, [await store.getDesk(db, params.key)]))[0]
      },
    }),
    writeRoute({
      url: '/v1/cash-desks/{key}/shift',
      scope: 'payments:write',
      tag,
      summary:
        'Begin a shift with a float, which goes from the safe into the drawer; one at a desk and one of a person at a time',
      status: 201,
      params: byKey,
      body: z.strictObject({ float: amountText.default('0') }),
      answer: shiftAnswer,
      handle: async ({ db, nowMs }, { params, body }, { caller }) => {
        const desk = await store.getDesk(db, params.key)
        return shiftView(
          await beginShift(db, params.key, minorOf(body.float, desk.currency, 'float'), caller, nowMs),
          desk,
        )
      },
    }),
    writeRoute({
      url: '/v1/cash-desks/{key}/shift/close',
      scope: 'payments:write',
      tag,
      summary:
        'End the shift of a desk: what was counted, over or short is booked, and goes into the safe; the answer is the Z report',
      params: byKey,
      body: z.strictObject({ counted: amountText, denominations }),
      answer: reportAnswer,
      handle: async ({ db, nowMs }, { params, body }, { caller }) => {
        const { currency: code } = await store.getDesk(db, params.key)
        const counted = { countedMinor: minorOf(body.counted, code, 'counted'), denominations: body.denominations }
        return (await endShift(db, params.key, counted, caller, nowMs)).report as object
      },
    }),
    writeRoute({
      url: '/v1/cash-desks/{key}/movements',
      scope: 'payments:write',
      tag,
      summary: 'Put cash into a drawer or a safe, take it out, or take it to the bank; nothing is paid by it',
      status: 201,
      params: byKey,
      body: z.strictObject({
        key,
        kind: z
          .enum([...IN_SHIFT, ...OF_SAFE])
          .describe(
            '`in` and `out` are between drawer and safe, `added` and `spent` of the drawer, `safe_in` and `safe_out` of the safe, from and to other books',
          ),
        amount: amountText,
        reason: textUpTo(500),
      }),
      answer: movementAnswer,
      handle: async ({ db, nowMs }, { params, body }, { caller }) => {
        const desk = await store.getDesk(db, params.key)
        const amountMinor = minorOf(body.amount, desk.currency, 'amount')
        if (amountMinor <= 0n) throw new Refusal('unprocessable', `amount: ${amountAdvice(desk.currency)}`)
        const { key: own, kind, reason } = body
        return movementView(
          await recordMovement(db, params.key, { key: own, kind, amountMinor, reason }, caller.id, nowMs),
          desk,
        )
      },
    }),
    readRoute({
      url: '/v1/cash-movements',
      scope: 'payments:read',
      tag,
      summary: 'Cash that was moved and paid nothing',
      query: z.object({
        ...listQuery,
        desk: deskKey.optional().describe('Of this desk'),
        kind: z.string().max(20).optional(),
      }),
      answer: listOf(movementAnswer),
      handle: async ({ db }, { query }) => {
        const deskId = query.desk === undefined ? undefined : (await store.getDesk(db, query.desk)).id
        const page = await listPage<store.Movement>(db, query, {
          table: 'cashMovement',
          madeAt: 'createdAt',
          keep: (rows) =>
            withText(having(rows, { 'row.deskId': deskId, 'row.kind': query.kind }), query.text, [
              'row.key',
              'row.reason',
            ]),
        })
        const desks = await store.desksOf(db, [...new Set(page.items.map((one) => one.deskId))])
        return { ...page, items: page.items.map((one) => movementView(one, desks.get(one.deskId) as store.Desk)) }
      },
    }),
    readRoute({
      url: '/v1/cash-shifts',
      scope: 'payments:read',
      tag,
      summary: 'Shifts of cash desks',
      query: z.object({ ...listQuery, desk: deskKey.optional().describe('Of this desk') }),
      answer: listOf(shiftAnswer),
      handle: async ({ db }, { query }) => {
        const deskId = query.desk === undefined ? undefined : (await store.getDesk(db, query.desk)).id
        const page = await listPage<store.Shift>(db, query, {
          table: 'cashShift',
          madeAt: 'openedAt',
          keep: (rows) => withText(having(rows, { 'row.deskId': deskId }), query.text, ['row.person']),
        })
        const desks = await store.desksOf(db, [...new Set(page.items.map((one) => one.deskId))])
        return { ...page, items: page.items.map((one) => shiftView(one, desks.get(one.deskId) as store.Desk)) }
      },
    }),
    readRoute({
      url: '/v1/cash-desks/{key}/report',
      scope: 'payments:read',
      tag,
      summary: 'The X report of the shift that is open at a desk',
      params: byKey,
      answer: reportAnswer,
      handle: async ({ db }, { params }) => {
        const desk = await store.getDesk(db, params.key)
        const shift = await store.openShift(db, desk.id)
        if (shift === undefined)
          throw new Refusal(
            'conflict',
            `no shift is open at ${params.key}: its reports are those of its shifts (kvit cash shifts)`,
          )
        return reportOf(db, desk, shift)
      },
    }),
  ]
}
