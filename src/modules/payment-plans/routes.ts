import { z } from 'zod'
import { present } from '../../core/base/assert.ts'
import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import { equalParts, type PlanPart } from '../../core/ledger/plan-parts.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { day } from '../../platform/http/dates.ts'
import { reference, textUpTo, thingKey } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { getInvoices } from '../invoices/index.ts'
import { accountNames, accountQuery, accountsNamed, ofAccount, ofAccounts } from '../parties/index.ts'
import { cancelPlan, makePlan } from './service.ts'
import { standingOf } from './standing.ts'
import { documentsOf, getPlan, type PaymentPlan, PLAN_KINDS, PLAN_STATES } from './store.ts'

/** Five years of months. */
const MOST_PARTS = 60
const MOST_DOCUMENTS = 500

const tag = 'Payments'
const amount = z.string().describe('A decimal of the currency')
const planAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    ...ofAccount,
    kind: z.enum(PLAN_KINDS),
    state: z
      .enum(PLAN_STATES)
      .describe('`broken`: the day of a part was over before it was paid; all that is open is due'),
    currency: z.string(),
    amount: amount.describe('Of all parts'),
    paid: amount.describe('Of the parts, the first ones first'),
    documents: z.array(z.strictObject({ id: z.uuid(), number: z.string(), open: amount.describe('When it was made') })),
    parts: z.array(z.strictObject({ dueOn: z.iso.date(), amount, paid: amount })),
    promisedBy: z.string().nullable(),
    note: z.string().nullable(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'PaymentPlan' })

const about = {
  key: thingKey,
  invoices: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(MOST_DOCUMENTS)
    .optional()
    .describe('Documents by id or number; all that is open of the account when absent'),
  promisedBy: textUpTo(200).nullable().default(null).describe('Who said so'),
  note: textUpTo(1_000).nullable().default(null),
}
const promiseDraft = z.strictObject({
  ...about,
  until: day.describe('The last day on which it is kept'),
  amount: amountText.optional().describe('All that is open when absent'),
})
const instalmentsDraft = z.strictObject({
  ...about,
  parts: z.int().min(2).max(MOST_PARTS),
  firstOn: day.describe('When the first part is due'),
  every: z.enum(['week', 'month']).default('month'),
})

async function viewPlan(db: Database, plan: PaymentPlan): Promise<object> {
  const { id, key, accountId, kind, state, currency, promisedBy, note, createdAt, endedAt, endReason } = plan
  const names = present((await accountNames(db, [accountId])).get(accountId), 'an account')
  const stored = await documentsOf(db, [id])
  const documents = await getInvoices(
    db,
    stored.map(({ invoiceId }) => invoiceId),
  )
  const numbers = new Map(documents.map((one) => [one.id, one.document.number]))
  const money = (minor: bigint | string): string => formatMinor(BigInt(minor), currency)
  const parts = await standingOf(db, plan)
  const sum = (of: 'amountMinor' | 'paidMinor'): string => money(parts.reduce((all, part) => all + part[of], 0n))
  return {
    ...{ id, key, accountId, ...names, kind, state, currency, amount: sum('amountMinor'), paid: sum('paidMinor') },
    documents: stored.map(({ invoiceId, openMinor }) => {
      return { id: invoiceId, number: numbers.get(invoiceId), open: money(openMinor) }
    }),
    parts: parts.map(({ dueOn, amountMinor, paidMinor }) => ({
      dueOn,
      amount: money(amountMinor),
      paid: money(paidMinor),
    })),
    ...{ promisedBy, note, createdAt, endedAt, endReason },
  }
}

/** The one part of a promise. */
function promised(
  { until, amount: asked }: z.output<typeof promiseDraft>,
  openMinor: bigint,
  currency: string,
  today: string,
): PlanPart[] {
  if (until < today) throw new Refusal('unprocessable', 'until: that day is over')
  const amountMinor = asked === undefined ? openMinor : parseMinor(asked, currency)
  if (amountMinor === null || amountMinor <= 0n)
    throw new Refusal('unprocessable', `amount: ${asked} is none: ${amountAdvice(currency)}`)
  if (amountMinor > openMinor)
    throw new Refusal('unprocessable', `amount: ${formatMinor(openMinor, currency)} ${currency} are open`)
  return [{ dueOn: until, amountMinor }]
}

function instalments(
  { parts, firstOn, every }: z.output<typeof instalmentsDraft>,
  openMinor: bigint,
  today: string,
): PlanPart[] {
  if (firstOn < today) throw new Refusal('unprocessable', 'firstOn: that day is over')
  if (openMinor < BigInt(parts)) throw new Refusal('unprocessable', 'parts: every part needs something to pay')
  return equalParts(openMinor, parts, firstOn, every)
}

export function paymentPlanRoutes(): Route[] {
  const byName = z.object({ reference: reference.describe('The id or key of a payment plan') })
  const ofTheAccount = z.object({ reference })
  const made = { scope: 'payments:write', tag, status: 201, params: ofTheAccount, answer: planAnswer } as const
  const shown = async ({ db }: Pick<WriteContext, 'db'>, id: string): Promise<object> =>
    viewPlan(db, await getPlan(db, id))
  return [
    writeRoute({
      ...made,
      url: '/v1/accounts/{reference}/promises',
      summary: 'Note that a customer has promised to pay until a day what is open, or a part of it',
      body: promiseDraft,
      handle: async (context, { params, body }, { caller }) => {
        const { key, invoices, promisedBy, note, ...content } = body
        const draft = { key, kind: 'promise', account: params.reference, invoices, promisedBy, note } as const
        const partsOf = (open: bigint, currency: string, today: string) => promised(body, open, currency, today)
        const asked = { ...content, ...(invoices === undefined ? {} : { invoices }) }
        return shown(context, await makePlan(context, { ...draft, content: asked, partsOf }, caller.id))
      },
    }),
    writeRoute({
      ...made,
      url: '/v1/accounts/{reference}/instalments',
      summary: 'Agree that what is open is paid in equal parts, each due on a day of its own',
      body: instalmentsDraft,
      handle: async (context, { params, body }, { caller }) => {
        const { key, invoices, promisedBy, note, ...content } = body
        const draft = { key, kind: 'instalments', account: params.reference, invoices, promisedBy, note } as const
        const partsOf = (open: bigint, _currency: string, today: string) => instalments(body, open, today)
        const asked = { ...content, ...(invoices === undefined ? {} : { invoices }) }
        return shown(context, await makePlan(context, { ...draft, content: asked, partsOf }, caller.id))
      },
    }),
    writeRoute({
      url: '/v1/payment-plans/{reference}/cancel',
      scope: 'payments:write',
      tag,
      summary: 'Give up a promise or instalments: what is open is due as its documents say',
      params: byName,
      body: z.strictObject({ reason: textUpTo(500).nullable().default(null) }),
      answer: planAnswer,
      handle: async (context, { params, body }) =>
        shown(context, await cancelPlan(context, params.reference, body.reason)),
    }),
    readRoute({
      url: '/v1/payment-plans/{reference}',
      scope: 'payments:read',
      tag,
      summary: 'A promise, or instalments, with what is paid of each part',
      params: byName,
      answer: planAnswer,
      handle: async ({ db }, { params }) => viewPlan(db, await getPlan(db, params.reference)),
    }),
    readRoute({
      url: '/v1/payment-plans',
      scope: 'payments:read',
      tag,
      summary: 'Promises to pay, and instalments',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        kind: z.enum(PLAN_KINDS).optional(),
        state: z.enum(PLAN_STATES).optional(),
      }),
      answer: listOf(planAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const { kind, state, text } = query
        const page = await listPage<PaymentPlan>(db, query, {
          ...{ table: 'paymentPlan', madeAt: 'createdAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => withText(having(rows, { 'row.kind': kind, 'row.state': state }), text, ['row.key']),
        })
        return { ...page, items: await Promise.all(page.items.map(async (one) => viewPlan(db, one))) }
      },
    }),
  ]
}
