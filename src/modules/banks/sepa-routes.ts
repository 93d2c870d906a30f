import { z } from 'zod'
import { returnReason } from '../../core/banking/sepa/return-reasons.ts'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { Database } from '../../platform/db.ts'
import { day } from '../../platform/http/dates.ts'
import { key, reference, textUpTo } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import {
  bytesOf,
  preparedRoute,
  RawAnswer,
  type Route,
  readRoute,
  streamRoute,
  writeRoute,
} from '../../platform/http/route.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { accountNames } from '../parties/index.ts'
import type { BankReader } from './ports.ts'
import { makeDebitFile, makeRefundFile } from './sepa-files.ts'
import { applyRejections, endOrder } from './sepa-orders.ts'
import { debitTerms } from './sepa-settings.ts'
import * as sepa from './sepa-store.ts'
import { listBankAccounts } from './store.ts'

const MAX_REPORT_BYTES = 4 * 1024 * 1024
const byReference = z.object({ reference })
const fileAnswer = z
  .strictObject({
    ...{
      id: z.uuid(),
      key: z.string(),
      kind: z.enum(['debits', 'refunds']),
      messageId: z.string(),
      bankAccount: z.string(),
    },
    orders: z.array(
      z.strictObject({
        ...{
          id: z.uuid(),
          endToEndId: z.string(),
          account: z.string(),
          amount: z.string(),
          sequence: z.string().nullable(),
        },
        ...{
          invoiceId: z.uuid().nullable(),
          refundId: z.uuid().nullable(),
          dueOn: z.iso.date(),
          state: z.enum(sepa.ORDER_STATES),
        },
        reason: z.string().nullable(),
        meaning: z.string().nullable().describe('What the reason means'),
        next: z.enum(['retry', 'correct', 'ask', 'stop']).nullable().describe('What may be done after it'),
        paymentId: z.uuid().nullable(),
      }),
    ),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'SepaFile' })

async function view(db: Database, files: readonly sepa.SepaFile[]): Promise<object[]> {
  const banks = new Map((await listBankAccounts(db)).map((bank) => [bank.id, bank.key]))
  const found: object[] = []
  for (const { id, key: name, kind, messageId, bankAccountId, createdAt } of files) {
    const orders = await sepa.ordersOfFile(db, id)
    const names = await accountNames(
      db,
      orders.map(({ accountId }) => accountId),
    )
    found.push({
      ...{ id, key: name, kind, messageId, bankAccount: banks.get(bankAccountId), createdAt },
      orders: orders.map(
        ({
          id: orderId,
          endToEndId,
          accountId,
          amountMinor,
          sequence,
          invoiceId,
          refundId,
          dueOn,
          state,
          reason,
          paymentId,
        }) => {
          const failed = state === 'rejected' || state === 'returned' ? returnReason(reason) : null
          return {
            ...{
              id: orderId,
              endToEndId,
              account: names.get(accountId)?.account,
              amount: formatMinor(BigInt(amountMinor), 'EUR'),
              sequence,
            },
            ...{
              invoiceId,
              refundId,
              dueOn,
              state,
              reason,
              meaning: failed?.meaning ?? null,
              next: failed?.next ?? null,
              paymentId,
            },
          }
        },
      ),
    })
  }
  return found
}

/** Files of direct debits and refunds for a bank, and what the bank says of them. */
export function sepaRoutes(settings: SettingsStore, reader: BankReader): Route[] {
  const tag = 'Banks'
  const draft = { key, bankAccount: reference }
  return [
    writeRoute({
      url: '/v1/sepa-files',
      scope: 'payments:write',
      tag,
      summary:
        'Make a file for a bank: direct debits of what is due by a day (pain.008), or refunds that are due (pain.001). The same key is the same file',
      status: 201,
      body: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('debits'), ...draft, until: day.optional().describe('Today unless set') }),
        z.strictObject({ kind: z.literal('refunds'), ...draft }),
      ]),
      answer: fileAnswer,
      handle: async ({ db, nowMs, tenant }, { body }, { caller }) => {
        const until = (body.kind === 'debits' ? body.until : undefined) ?? dayOf(nowMs, 'Europe/Brussels')
        const asked = { key: body.key, bankAccount: body.bankAccount, until, createdBy: caller.id }
        const file =
          body.kind === 'debits'
            ? await makeDebitFile(db, asked, await debitTerms(settings, db, tenant.name), nowMs)
            : await makeRefundFile(db, asked, nowMs)
        return (await view(db, [file]))[0] as object
      },
    }),
    readRoute({
      url: '/v1/sepa-files',
      scope: 'payments:read',
      tag,
      summary: 'Files that were made for banks, with their orders and what came of them',
      query: z.object(listQuery),
      answer: listOf(fileAnswer),
      handle: async ({ db }, { query }) => {
        const keep = (rows: Parameters<typeof withText>[0]): Parameters<typeof withText>[0] =>
          withText(rows, query.text, ['row.key', 'row.messageId'])
        const page = await listPage<sepa.SepaFile>(db, query, { table: 'sepaFile', madeAt: 'createdAt', keep })
        return { ...page, items: await view(db, page.items) }
      },
    }),
    readRoute({
      url: '/v1/sepa-files/{reference}',
      scope: 'payments:read',
      tag,
      summary: 'A file that was made for a bank, with its orders and what came of them',
      params: byReference,
      answer: fileAnswer,
      handle: async ({ db }, { params }) => (await view(db, [await sepa.getSepaFile(db, params.reference)]))[0],
    }),
    writeRoute({
      url: '/v1/sepa-files/{reference}/orders/{order}/end',
      scope: 'payments:write',
      tag,
      summary:
        'Say that an order of a file is not on its way any more, such as one that was settled by hand: what it was for may be asked for again',
      status: 201,
      params: z.object({ reference, order: reference.describe('An end-to-end id, or an id') }),
      body: z.strictObject({ reason: textUpTo(100) }),
      answer: fileAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const file = await sepa.getSepaFile(db, params.reference)
        await endOrder(db, file, params.order, body.reason, nowMs)
        return (await view(db, [file]))[0] as object
      },
    }),
    preparedRoute({
      url: '/v1/sepa-status-reports',
      scope: 'payments:write',
      tag,
      summary: 'Apply what a bank answers to a file (pain.002): what it has refused is open again',
      status: 201,
      rawBody: true,
      bodyLimit: MAX_REPORT_BYTES,
      content: { type: 'application/octet-stream', schema: z.string() },
      answer: z.strictObject({ rejected: z.int().describe('Orders that were refused now') }),
      prepare: async ({ tenant }, { body }) => reader.rejections(tenant.name, bytesOf(body)),
      handle: async ({ db, nowMs }, { body: rejections }) => ({
        rejected: await applyRejections(db, rejections, nowMs),
      }),
    }),
  ]
}

/** The files themselves, which may have some megabytes. */
export function sepaXmlRoutes(): Route[] {
  return [
    streamRoute({
      url: '/v1/sepa-files/{reference}/xml',
      scope: 'payments:read',
      tag: 'Banks',
      aside: 'short',
      summary: 'The file itself, to be given to the bank',
      params: byReference,
      handle: async ({ db }, { params }) =>
        new RawAnswer('application/xml', (await sepa.getSepaFile(db, params.reference)).xml),
    }),
  ]
}
