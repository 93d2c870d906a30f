import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { accountNames } from '../parties/index.ts'
import { csvMapping } from './csv-mapping.ts'
import { gapsOf, lastClosing } from './position.ts'
import * as store from './store.ts'

const amount = z.string().describe('A decimal of the currency; money out is below zero')
const day = z.iso.date()

export const bankAccountAnswer = z
  .strictObject({
    ...{ id: z.uuid(), key: z.string(), issuerId: z.uuid(), name: z.string() },
    ...{ iban: z.string().nullable(), number: z.string().nullable(), bic: z.string().nullable(), currency: z.string() },
    csvMapping: csvMapping.nullable(),
    balance: amount.describe('What the ledger has: before the first statement, and all lines since'),
    closing: z.strictObject({ amount, on: day }).nullable().describe('The last balance that the bank has told'),
    announced: amount.describe('Lines of reports and notifications that no statement has yet'),
    missing: amount.nullable().describe('How far the ledger, without what is announced, is from the closing balance'),
    gaps: z
      .array(z.strictObject({ after: z.string(), before: z.string(), missing: amount }))
      .describe('Statements that do not follow each other'),
    suspense: amount.describe('What of its money has no purpose yet'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'BankAccount' })

export async function viewBankAccount(db: Database, account: store.BankAccount): Promise<object> {
  const { id, key, issuerId, name, iban, number, bic, currency, csvMapping: mapping, createdAt } = account
  const statements = await store.listFinal(db, id)
  const { all, announced, open } = await store.lineSums(db, id)
  const last = lastClosing(statements)
  const said = (minor: bigint): string => formatMinor(minor, currency)
  const balance = BigInt(account.openingMinor) + all
  return {
    ...{ id, key, issuerId, name, iban, number, bic, currency, csvMapping: mapping, createdAt },
    ...{ balance: said(balance), announced: said(announced), suspense: said(open) },
    closing: last === null ? null : { amount: said(BigInt(last.closingMinor ?? 0)), on: last.toOn },
    missing: last === null ? null : said(BigInt(last.closingMinor ?? 0) - (balance - announced)),
    gaps: gapsOf(statements).map(({ after, before, missingMinor }) => ({ after, before, missing: said(missingMinor) })),
  }
}

export const statementAnswer = z
  .strictObject({
    ...{ id: z.uuid(), bankAccount: z.string(), file: z.string(), format: z.string() },
    kind: z.enum(['statement', 'report', 'notification']),
    ...{ reference: z.string(), number: z.string().nullable(), currency: z.string() },
    ...{ opening: amount.nullable(), closing: amount.nullable(), from: day.nullable(), to: day.nullable() },
    entries: z.int(),
    newEntries: z.int().describe('Entries that no other statement had said before'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'BankStatement' })

export async function viewStatements(db: Database, rows: readonly store.StatementRow[]): Promise<object[]> {
  const accounts = new Map((await store.listBankAccounts(db)).map((one) => [one.id, one]))
  const files = await db
    .selectFrom('bankFile')
    .select(['id', 'name'])
    .where('id', '=', anyOf([...new Set(rows.map(({ bankFileId }) => bankFileId))]))
    .execute()
  const names = new Map(files.map(({ id, name }) => [id as string, name as string]))
  return rows.map(({ id, bankAccountId, bankFileId, format, kind, reference, number, entries, newEntries, ...row }) => {
    const { key, currency } = accounts.get(bankAccountId) as store.BankAccount
    const said = (minor: string | null): string | null => (minor === null ? null : formatMinor(BigInt(minor), currency))
    return {
      ...{
        id,
        bankAccount: key,
        file: names.get(bankFileId),
        format,
        kind,
        reference,
        number,
        currency,
        entries,
        newEntries,
      },
      ...{ opening: said(row.openingMinor), closing: said(row.closingMinor), from: row.fromOn, to: row.toOn },
      createdAt: row.createdAt,
    }
  })
}

export const importAnswer = z
  .strictObject({
    ...{ id: z.uuid(), name: z.string() },
    repeated: z.boolean().describe('The same file was imported before; this is what became of it then'),
    statements: z.array(statementAnswer),
  })
  .meta({ id: 'BankFile' })

const invoicePart = z.strictObject({ id: z.uuid(), number: z.string(), amount })
const matchAnswer = z.strictObject({
  id: z.uuid(),
  kind: z.enum(store.MATCH_KINDS),
  amount,
  paymentId: z.uuid().nullable(),
  refundId: z.uuid().nullable(),
  payoutId: z.uuid().nullable(),
  cashMovementId: z.uuid().nullable(),
  otherLineId: z.uuid().nullable(),
  score: z.int().nullable().describe('In thousandths; null where somebody decided'),
  reasons: z.array(z.string()),
  madeBy: z.string().describe('`rule`, or who decided'),
  createdAt: z.iso.datetime(),
})
export const lineAnswer = z
  .strictObject({
    ...{
      id: z.uuid(),
      bankAccount: z.string(),
      state: z.enum(store.LINE_STATES),
      bookedOn: day,
      valueOn: day.nullable(),
    },
    ...{ currency: z.string(), amount, open: amount.describe('What has no purpose yet'), charges: amount },
    ...{ isReversal: z.boolean(), returnReason: z.string().nullable(), code: z.string().nullable() },
    counterparty: z.strictObject({
      ...{
        name: z.string().nullable(),
        iban: z.string().nullable(),
        account: z.string().nullable(),
        bic: z.string().nullable(),
      },
    }),
    ...{ remittance: z.string(), creditorReference: z.string().nullable(), endToEndId: z.string().nullable() },
    ...{ mandateId: z.string().nullable(), bankReference: z.string().nullable() },
    isFinal: z.boolean().describe('A final statement has it'),
    account: z.string().nullable().describe('Whose money it is, once it is known'),
    note: z.string().nullable(),
    matches: z.array(matchAnswer),
    proposals: z.array(
      z.strictObject({
        account: z.string(),
        score: z.int(),
        reasons: z.array(z.string()),
        invoices: z.array(invoicePart),
      }),
    ),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'BankLine' })

export async function viewLines(db: Database, lines: readonly store.LineRow[]): Promise<object[]> {
  const accounts = new Map((await store.listBankAccounts(db)).map((one) => [one.id, one]))
  const matches = Map.groupBy(
    await store.matchesOf(
      db,
      lines.map(({ id }) => id),
    ),
    ({ bankLineId }) => bankLineId,
  )
  const owners = await accountNames(
    db,
    lines.flatMap(({ accountId }) => accountId ?? []),
  )
  return lines.map((line) => {
    const { key, currency } = accounts.get(line.bankAccountId) as store.BankAccount
    const own = matches.get(line.id) ?? []
    const said = (minor: bigint | string): string => formatMinor(BigInt(minor), currency)
    const open = own.reduce((rest, { amountMinor }) => rest - BigInt(amountMinor), BigInt(line.amountMinor))
    const { id, state, bookedOn, valueOn, isReversal, returnReason, code, remittance, creditorReference } = line
    const { endToEndId, mandateId, bankReference, note, createdAt } = line
    return {
      ...{ id, bankAccount: key, state, bookedOn, valueOn, currency, amount: said(line.amountMinor), open: said(open) },
      ...{ charges: said(line.chargesMinor), isReversal, returnReason, code, remittance, creditorReference },
      ...{ endToEndId, mandateId, bankReference, isFinal: line.bankStatementId !== null, note, createdAt },
      account: line.accountId === null ? null : ((owners.get(line.accountId)?.account as string | undefined) ?? null),
      counterparty: {
        ...{ name: line.counterpartyName, iban: line.counterpartyIban, account: line.counterpartyAccount },
        bic: line.counterpartyBic,
      },
      matches: own.map(({ amountMinor, bankLineId: _line, undoneAt: _at, undoneBy: _by, ...match }) => ({
        ...match,
        amount: said(amountMinor),
      })),
      proposals: line.proposals.map(({ account, score, reasons, invoices }) => ({
        ...{ account, score, reasons },
        invoices: invoices.map(({ amountMinor, ...invoice }) => ({ ...invoice, amount: said(amountMinor) })),
      })),
    }
  })
}
