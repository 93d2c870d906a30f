import { z } from 'zod'
import { MAX_BANK_FILE_BYTES } from '../../core/banking/read-bank-file.ts'
import { isIban, plainIban } from '../../core/base/iban.ts'
import { creditorReference, qrReference } from '../../core/payment-codes/references.ts'
import { newId } from '../../platform/clock.ts'
import { isUniqueViolation } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { currency, reference, textUpTo, thingKey } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { bytesOf, preparedRoute, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import { bankAccountAnswer, importAnswer, statementAnswer, viewBankAccount, viewStatements } from './answers.ts'
import { csvMapping } from './csv-mapping.ts'
import { bankAccountChanged, bankAccountCreated } from './events.ts'
import { importFile, readFile } from './import-file.ts'
import { MATCH_JOB } from './match-job.ts'
import type { BankReader } from './ports.ts'
import * as store from './store.ts'

const accountDraft = z
  .strictObject({
    key: thingKey.refine(
      (key) => /^[A-Za-z0-9._-]{1,64}$/.test(key),
      'use letters, digits, points, hyphens and underscores',
    ),
    issuer: reference,
    name: textUpTo(140).optional().describe('The key unless set'),
    iban: z
      .string()
      .max(42)
      .transform(plainIban)
      .refine(isIban, 'this is no IBAN: its check digits are wrong')
      .optional(),
    number: textUpTo(64)
      .optional()
      .describe('Where the bank writes another number than the IBAN: as its files have it'),
    bic: z
      .string()
      .regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'write 8 or 11 capital letters and digits')
      .optional(),
    currency,
    csvMapping: csvMapping.optional(),
  })
  .refine(({ iban, number }) => iban !== undefined || number !== undefined, { message: 'name its iban, or its number' })
const byReference = z.object({ reference })
const read = { scope: 'payments:read', tag: 'Banks' } as const
const write = { scope: 'payments:write', tag: 'Banks' } as const

/** Accounts at banks, and files of their statements. */
export function bankRoutes(reader: BankReader): Route[] {
  return [
    writeRoute({
      ...write,
      url: '/v1/bank-accounts',
      summary: 'An account of an issuer at a bank, whose statements are to be imported',
      status: 201,
      body: accountDraft,
      answer: bankAccountAnswer,
      handle: async ({ db, nowMs }, { body }) => {
        const { issuer, name = body.key, iban = null, number = null, bic = null, csvMapping: mapping, ...rest } = body
        const row = {
          ...{ id: newId(), ...rest, name, iban, number, bic, issuerId: (await getRow(db, 'issuer', issuer)).id },
          ...{ csvMapping: mapping === undefined ? null : JSON.stringify(mapping), openingMinor: '0' },
          createdAt: new Date(nowMs),
        }
        await db
          .insertInto('bankAccount')
          .values(row)
          .execute()
          .catch((error: unknown) => {
            if (!isUniqueViolation(error)) throw error
            throw new Refusal(
              'already_exists',
              `there is a bank account with the key ${body.key}, or of this number and currency`,
            )
          })
        await publish(db, [eventOf(bankAccountCreated, { objectId: row.id }, { key: row.key })], nowMs)
        return viewBankAccount(db, await store.getBankAccount(db, row.id))
      },
    }),
    readRoute({
      ...read,
      url: '/v1/bank-accounts',
      summary: 'Accounts at banks: what the ledger has of each, what the bank says, and what is missing',
      answer: z.strictObject({ items: z.array(bankAccountAnswer) }),
      handle: async ({ db }) => {
        const items: object[] = []
        for (const account of await store.listBankAccounts(db)) items.push(await viewBankAccount(db, account))
        return { items }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/bank-accounts/{reference}',
      summary: 'An account at a bank',
      params: byReference,
      answer: bankAccountAnswer,
      handle: async ({ db }, { params }) => viewBankAccount(db, await store.getBankAccount(db, params.reference)),
    }),
    writeRoute({
      ...write,
      method: 'PUT',
      url: '/v1/bank-accounts/{reference}/csv-mapping',
      summary: 'Say which column of the CSV files of a bank is what',
      params: byReference,
      body: csvMapping,
      answer: bankAccountAnswer,
      handle: async ({ db, nowMs }, { params, body }) => {
        const { id, key } = await store.getBankAccount(db, params.reference)
        await publish(db, [eventOf(bankAccountChanged, { objectId: id }, { key })], nowMs)
        await db
          .updateTable('bankAccount')
          .set({ csvMapping: JSON.stringify(body) })
          .where('id', '=', id)
          .execute()
        return viewBankAccount(db, await store.getBankAccount(db, id))
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/bank-accounts/{reference}/matching',
      summary: 'Look again at all lines that wait, such as after invoices were issued',
      status: 202,
      params: byReference,
      answer: bankAccountAnswer,
      handle: async ({ db, nowMs, afterCommit }, { params }) => {
        const account = await store.getBankAccount(db, params.reference)
        await db
          .updateTable('bankLine')
          .set({ state: 'new' })
          .where('bankAccountId', '=', account.id)
          .where('state', '=', 'waiting')
          .where((where) =>
            where.not(
              where.exists(
                where
                  .selectFrom('bankMatch')
                  .select('bankMatch.id')
                  .whereRef('bankMatch.bankLineId', '=', 'bankLine.id')
                  .where('bankMatch.undoneAt', 'is', null),
              ),
            ),
          )
          .execute()
        await askForJob(db, { kind: MATCH_JOB, key: account.id }, nowMs)
        afterCommit({ kind: 'wake jobs' })
        return viewBankAccount(db, account)
      },
    }),
    preparedRoute({
      ...write,
      url: '/v1/bank-files',
      summary:
        'Import a file of a bank: camt.052/053/054, MT940, MT942 or CSV. What was imported before, in this file or another one, is not booked again',
      status: 201,
      rawBody: true,
      bodyLimit: MAX_BANK_FILE_BYTES,
      content: { type: 'application/octet-stream', schema: z.string() },
      query: z.object({
        name: textUpTo(255).default('upload').describe('Of the file, for people'),
        bankAccount: reference.optional().describe('Whose statements these are; a CSV file needs it'),
      }),
      answer: importAnswer,
      prepare: async (context, { query, body }) => readFile(context, reader, bytesOf(body), query.bankAccount),
      handle: async ({ db, nowMs, afterCommit }, { query, body: file }, { caller }) => {
        const imported = await importFile(db, file, { name: query.name, importedBy: caller.id }, nowMs)
        afterCommit({ kind: 'wake jobs' })
        const { id, name, isRepeated: repeated, statements } = imported
        return { id, name, repeated, statements: await viewStatements(db, statements) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/bank-statements',
      summary: 'Statements that were imported, with their balances',
      query: z.object({ ...listQuery, bankAccount: reference.optional() }),
      answer: listOf(statementAnswer),
      handle: async ({ db }, { query }) => {
        const id = query.bankAccount === undefined ? null : (await store.getBankAccount(db, query.bankAccount)).id
        const page = await listPage<store.StatementRow>(db, query, {
          ...{ table: 'bankStatement', madeAt: 'createdAt' },
          narrow: (rows) => (id === null ? rows : rows.where('bankAccountId', '=', id)),
          keep: (rows) => withText(rows, query.text, ['row.reference', 'row.number']),
        })
        return { ...page, items: await viewStatements(db, page.items) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/accounts/{reference}/payment-reference',
      summary: 'The references that a customer can write on every transfer: money with them is for this account',
      params: byReference,
      answer: z.strictObject({
        account: z.string(),
        creditorReference: z.string().nullable().describe('Of ISO 11649, RF…'),
        qrReference: z.string().nullable().describe('Of Swiss QR bills'),
      }),
      handle: async ({ db }, { params }) => {
        const { key } = await getRow(db, 'account', params.reference)
        return { account: key, creditorReference: creditorReference(key), qrReference: qrReference(key) }
      },
    }),
  ]
}
