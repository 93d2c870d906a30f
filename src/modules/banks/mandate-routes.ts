import { z } from 'zod'
import { SCHEMES } from '../../core/banking/sepa/payment-files.ts'
import { isSepaName } from '../../core/banking/sepa/sepa-text.ts'
import { isIban, plainIban } from '../../core/base/iban.ts'
import { dayOf } from '../../core/base/period.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, isUniqueViolation } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { day } from '../../platform/http/dates.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import {
  accountInUse,
  accountNames,
  accountQuery,
  accountsNamed,
  getRow,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { mandateEnded, mandateGiven } from './events.ts'
import { unusable } from './sepa-files.ts'
import * as sepa from './sepa-store.ts'

const mandateReference = z
  .string()
  .regex(/^[A-Za-z0-9+?/:().,'-]{1,35}$/, "at most 35 letters, digits and + ? / - : ( ) . , '")
  .describe('The unique reference that the customer has signed')
const iban = z.string().max(42).transform(plainIban).refine(isIban, 'this is no IBAN: its check digits are wrong')
const bic = z.string().regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'write 8 or 11 capital letters and digits')

const mandateAnswer = z
  .strictObject({
    ...{
      id: z.uuid(),
      reference: z.string(),
      ...ofAccount,
      holder: z.string(),
      iban: z.string(),
      bic: z.string().nullable(),
    },
    ...{ scheme: z.enum(SCHEMES), isOneOff: z.boolean(), signedOn: z.iso.date(), lastUsedOn: z.iso.date().nullable() },
    unusable: z.string().nullable().describe('Why nothing is collected by it; null where it can be used'),
    ...{ endedOn: z.iso.date().nullable(), endReason: z.string().nullable(), createdAt: z.iso.datetime() },
  })
  .meta({ id: 'Mandate' })

async function view(db: Database, rows: readonly sepa.Mandate[], nowMs: number): Promise<object[]> {
  const names = await accountNames(
    db,
    rows.map(({ accountId }) => accountId),
  )
  const today = dayOf(nowMs, 'Europe/Brussels')
  return rows.map((row) => ({ ...row, ...names.get(row.accountId), unusable: unusable(row, today) }))
}

/** Mandates of customers, by which their accounts at banks are debited. */
export function mandateRoutes(): Route[] {
  const tag = 'Banks'
  return [
    writeRoute({
      url: '/v1/mandates',
      scope: 'payments:write',
      tag,
      summary: 'Record a mandate that a customer has signed: what is due of its account can be collected from now on',
      status: 201,
      body: z.strictObject({
        ...{
          account: reference,
          reference: mandateReference,
          holder: textUpTo(70),
          iban,
          bic: bic.nullable().default(null),
        },
        scheme: z.enum(SCHEMES).default('CORE').describe('B2B is for companies, which cannot ask the money back'),
        isOneOff: z.boolean().default(false).describe('It is for one collection alone'),
        signedOn: day,
      }),
      answer: mandateAnswer,
      handle: async ({ db, nowMs }, { body }) => {
        const { account, ...rest } = body
        const { id: accountId, currency, key } = await accountInUse(db, account)
        if (currency !== 'EUR')
          throw new Refusal('unprocessable', `account: ${key} is in ${currency}, and SEPA is for euros`)
        if (!isSepaName(rest.holder))
          throw new Refusal('unprocessable', 'holder: write the name in Latin letters, which all banks of SEPA take')
        if (rest.signedOn > dayOf(nowMs, 'Europe/Brussels'))
          throw new Refusal('unprocessable', 'signedOn: it is in the future')
        const row = {
          id: newId(),
          accountId,
          ...rest,
          lastUsedOn: null,
          endedOn: null,
          endReason: null,
          createdAt: new Date(nowMs),
        }
        await db
          .insertInto('sepaMandate')
          .values(row)
          .execute()
          .catch((error: unknown) => {
            if (!isUniqueViolation(error)) throw error
            throw new Refusal('already_exists', `there is a mandate ${rest.reference} already`)
          })
        const told = { reference: row.reference, scheme: row.scheme }
        await publish(db, [eventOf(mandateGiven, { objectId: row.id, accountId }, told)], nowMs)
        return (await view(db, [row], nowMs))[0] as object
      },
    }),
    readRoute({
      url: '/v1/mandates',
      scope: 'payments:read',
      tag,
      summary: 'Mandates of customers',
      query: z.object({ ...listQuery, ...accountQuery }),
      answer: listOf(mandateAnswer),
      handle: async ({ db, nowMs }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<sepa.Mandate>(db, query, {
          ...{ table: 'sepaMandate', madeAt: 'createdAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => withText(rows, query.text, ['row.reference', 'row.holder', 'row.iban']),
        })
        return { ...page, items: await view(db, page.items, nowMs) }
      },
    }),
    writeRoute({
      url: '/v1/mandates/{reference}/end',
      scope: 'payments:write',
      tag,
      summary:
        'End a mandate: the customer has revoked it, or it is replaced. What is on its way is collected all the same',
      params: z.object({ reference }),
      body: z.strictObject({ reason: textUpTo(200) }),
      answer: mandateAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const found = await sepa.getMandate(db, params.reference)
        const { zone } = await getRow(db, 'account', found.accountId)
        if (found.endedOn === null) {
          await sepa.endMandate(db, found.id, dayOf(nowMs, zone), body.reason)
          const told = { reference: found.reference, reason: body.reason }
          await publish(db, [eventOf(mandateEnded, { objectId: found.id, accountId: found.accountId }, told)], nowMs)
        }
        return (await view(db, [await sepa.getMandate(db, found.id)], nowMs))[0] as object
      },
    }),
  ]
}
