import { createHash } from 'node:crypto'
import {
  findKnown,
  fingerprintText,
  type KnownEntry,
  type PlacedEntry,
  placeOf,
} from '../../core/banking/known-entries.ts'
import type { CsvReading } from '../../core/banking/read-bank-file.ts'
import type { BankStatement, BankTransaction, Fault } from '../../core/banking/statement.ts'
import { bankLineBooked, bankMoneyOutside } from '../../core/ledger/bank-templates.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { type NewEntry, postEntry, postingRows } from '../ledger/index.ts'
import { statementImported } from './events.ts'
import { MATCH_JOB } from './match-job.ts'
import type { BankReader } from './ports.ts'
import { firstOpening } from './position.ts'
import * as store from './store.ts'

/** A file that was read and has no faults, with the account of each statement. */
export interface ReadFile {
  readonly digest: Buffer
  readonly bytes: number
  readonly statements: readonly { readonly account: store.BankAccount; readonly statement: BankStatement }[]
}

/** What became of a file. */
export interface ImportedFile {
  readonly id: string
  readonly name: string
  /** The same file was imported before: this is what became of it then. */
  readonly isRepeated: boolean
  readonly statements: readonly store.StatementRow[]
}

/** Days around a statement in which an entry of it may have been announced. */
const DAYS_AROUND = 10

/**
 * Reads a file, before anything is written. A CSV file needs the account that it is of.
 * @throws Refusal that lists what is wrong, with lines: nothing of such a file is imported
 */
export async function readFile(
  { db, tenant }: Pick<ReadContext, 'db' | 'tenant'>,
  reader: BankReader,
  bytes: Buffer,
  bankAccount: string | undefined,
): Promise<ReadFile> {
  const named = bankAccount === undefined ? null : await store.getBankAccount(db, bankAccount)
  const file = await reader.statements(tenant.name, bytes, csvOf(bytes, named))
  const faults = [file, ...file.statements].flatMap((one) => one.faults)
  if (faults.length > 0) throw refusedFor(faults)
  const accounts = await store.listBankAccounts(db)
  const statements = file.statements.map((statement) => ({ statement, account: accountOf(statement, accounts, named) }))
  return { digest: createHash('sha256').update(bytes).digest(), bytes: bytes.length, statements }
}

/** How a file is read that is neither XML nor MT940, where its bank account says so. */
function csvOf(bytes: Buffer, named: store.BankAccount | null): CsvReading | null {
  if (named?.csvMapping == null) return null
  const start = bytes.subarray(0, 256).toString('latin1').replaceAll('\0', '')
  if (/^[^<]{0,8}</.test(start) || /:20:|\{1:/.test(start)) return null
  const account = { iban: named.iban, account: named.iban ?? named.number ?? '', currency: named.currency }
  return { mapping: named.csvMapping, account }
}

function refusedFor(faults: readonly Fault[]): Refusal {
  const errors = faults.map(({ line, message }) => ({ path: `line ${line}`, message }))
  const [first] = faults as [Fault]
  const more = faults.length === 1 ? '' : `; and ${faults.length - 1} more, in \`errors\``
  return new Refusal('unprocessable', `line ${first.line}: ${first.message}${more}. Nothing of the file was imported`, {
    errors,
  })
}

function accountOf(
  { iban, account, currency, line }: BankStatement,
  accounts: readonly store.BankAccount[],
  named: store.BankAccount | null,
): store.BankAccount {
  const isOf = (one: store.BankAccount): boolean => (iban !== null && one.iban === iban) || one.number === account
  const own = accounts.filter(isOf)
  const found =
    own.find((one) => one.currency === currency) ??
    (named !== null && own.length === 0 && account === '' ? named : undefined)
  if (found !== undefined && (named === null || named.id === found.id)) return found
  const whose = `account ${iban ?? account} in ${currency}`
  if (found !== undefined)
    throw new Refusal(
      'unprocessable',
      `line ${line}: the statement is of ${whose}, which is ${found.key} and not ${named?.key}`,
    )
  const [other] = own
  const advice =
    other === undefined
      ? `there is no bank account of it: make one (kvit bank account create … --iban ${iban ?? account})`
      : `bank account ${other.key} is in ${other.currency}`
  throw new Refusal('unprocessable', `line ${line}: the statement is of ${whose}; ${advice}`)
}

/** Books a file, in the transaction of `db`: nothing that another file has said already is booked again. */
export async function importFile(
  db: Database,
  { digest, bytes, statements }: ReadFile,
  { name, importedBy }: { readonly name: string; readonly importedBy: string },
  nowMs: number,
): Promise<ImportedFile> {
  await store.lockBankAccounts(db, [...new Set(statements.map(({ account }) => account.id))])
  const known = await db.selectFrom('bankFile').select(['id', 'name']).where('digest', '=', digest).executeTakeFirst()
  if (known !== undefined) {
    const rows = await db
      .selectFrom('bankStatement')
      .selectAll()
      .where('bankFileId', '=', known.id as string)
      .orderBy('id')
      .execute()
    return {
      id: known.id as string,
      name: known.name as string,
      isRepeated: true,
      statements: rows as store.StatementRow[],
    }
  }
  const id = newId()
  await db
    .insertInto('bankFile')
    .values({ id, name, digest, bytes, importedBy, createdAt: new Date(nowMs) })
    .execute()
  const rows: store.StatementRow[] = []
  for (const { account, statement } of statements) rows.push(await importStatement(db, id, account, statement, nowMs))
  for (const accountId of new Set(statements.map(({ account }) => account.id)))
    await askForJob(db, { kind: MATCH_JOB, key: accountId }, nowMs)
  return { id, name, isRepeated: false, statements: rows }
}

async function importStatement(
  db: Database,
  bankFileId: string,
  account: store.BankAccount,
  statement: BankStatement,
  nowMs: number,
): Promise<store.StatementRow> {
  const place = placeOf(statement)
  const isFinal = statement.kind === 'statement'
  const placed = placedEntries(statement)
  const known = await loadKnown(db, account.id, place?.fromOn, place?.toOn)
  const found = findKnown(placed, isFinal ? place : null, known)
  const minor = (balance: BankStatement['opening']): string | null =>
    balance === null ? null : String(balance.amountMinor)
  const row: store.StatementRow = {
    ...{ id: newId(), bankFileId, bankAccountId: account.id, format: statement.format, kind: statement.kind },
    ...{ reference: statement.id, number: statement.number },
    ...{ openingMinor: minor(statement.opening), closingMinor: minor(statement.closing) },
    ...{ fromOn: place?.fromOn ?? null, toOn: place?.toOn ?? null, entries: placed.length },
    ...{ newEntries: found.filter((one) => one === null).length, createdAt: new Date(nowMs) },
  }
  await db.insertInto('bankStatement').values(row).execute()
  const [lines, entries] = [[], []] as [ReturnType<typeof linesOf>, NewEntry[]]
  for (const [index, one] of placed.entries()) {
    const entryId = found[index] ?? null
    if (entryId !== null) {
      if (isFinal) await takeUp(db, entryId, row.id, one.balanceMinor)
      continue
    }
    for (const line of linesOf(one, account.id, isFinal ? row.id : null, nowMs)) {
      lines.push(line)
      const postings = bankLineBooked(account.key, account.currency, BigInt(line.amountMinor))
      entries.push({ template: 'bank_line_booked', documentId: line.id, postings })
    }
  }
  await insertAllRows(db, [store.lineRows(lines), postingRows(entries, nowMs)])
  if (isFinal) await moveOpening(db, account, nowMs)
  const told = {
    bankAccount: account.key,
    format: statement.format,
    number: statement.number,
    newEntries: row.newEntries,
  }
  await publish(db, [eventOf(statementImported, { objectId: row.id }, { ...told, entries: row.entries })], nowMs)
  return row
}

/** Booked entries, each with the balance after it where the statement has one before. */
function placedEntries({ entries, opening }: BankStatement): PlacedEntry[] {
  let balance = opening?.amountMinor ?? null
  return entries
    .filter(({ status }) => status === 'booked')
    .map((entry) => {
      if (balance !== null) balance += entry.amountMinor
      const fingerprint = createHash('sha256').update(fingerprintText(entry)).digest('hex')
      return { entry, fingerprint, balanceMinor: balance }
    })
}

async function loadKnown(
  db: Database,
  bankAccountId: string,
  fromOn = '1970-01-01',
  toOn = fromOn,
): Promise<KnownEntry[]> {
  const day = (text: string, days: number): string => Temporal.PlainDate.from(text).add({ days }).toString()
  const rows = await db
    .selectFrom('bankLine')
    .leftJoin('bankStatement', 'bankStatement.id', 'bankLine.bankStatementId')
    .select(['entryId', 'entryMinor', 'bankReference', 'fingerprint', 'balanceMinor', 'bookedOn', 'bankStatementId'])
    .select(['format', 'fromOn', 'toOn', 'openingMinor', 'closingMinor'])
    .distinctOn('entryId')
    .where('bankLine.bankAccountId', '=', bankAccountId)
    .where('bookedOn', '>=', day(fromOn, -DAYS_AROUND))
    .where('bookedOn', '<=', day(toOn, DAYS_AROUND))
    .orderBy('entryId')
    .execute()
  const minor = (text: unknown): bigint | null => (text === null ? null : BigInt(text as string))
  return rows.map((row) => ({
    id: row['entryId'] as string,
    bookedOn: row['bookedOn'] as string,
    amountMinor: BigInt(row['entryMinor'] as string),
    bankReference: row['bankReference'] as string | null,
    fingerprint: (row['fingerprint'] as Buffer).toString('hex'),
    balanceMinor: minor(row['balanceMinor']),
    statement:
      row['bankStatementId'] === null
        ? null
        : {
            ...{ fromOn: row['fromOn'] as string, toOn: row['toOn'] as string, format: row['format'] as string },
            ...{ openingMinor: minor(row['openingMinor']), closingMinor: minor(row['closingMinor']) },
          },
  }))
}

/** An entry that was announced is in a final statement now; one of another final statement stays that one's. */
async function takeUp(
  db: Database,
  entryId: string,
  bankStatementId: string,
  balanceMinor: bigint | null,
): Promise<void> {
  await db
    .updateTable('bankLine')
    .set({ bankStatementId, balanceMinor: balanceMinor === null ? null : String(balanceMinor) })
    .where('entryId', '=', entryId)
    .where('bankStatementId', 'is', null)
    .execute()
}

function linesOf(
  { entry, fingerprint, balanceMinor }: PlacedEntry,
  bankAccountId: string,
  bankStatementId: string | null,
  nowMs: number,
): (Omit<store.LineRow, 'fingerprint'> & { readonly fingerprint: string })[] {
  const entryId = newId()
  const { bookedOn, valueOn, isReversal, code, bankReference } = entry
  return entry.transactions.map((transaction: BankTransaction) => {
    const { counterparty, remittance, endToEndId, mandateId, paymentInfoId, creditorReference, returnReason } =
      transaction
    return {
      ...{ id: newId(), bankAccountId, bankStatementId, entryId, entryMinor: String(entry.amountMinor), fingerprint },
      ...{ bankReference, balanceMinor: balanceMinor === null ? null : String(balanceMinor), bookedOn, valueOn },
      ...{
        amountMinor: String(transaction.amountMinor),
        chargesMinor: String(transaction.chargesMinor),
        isReversal,
        code,
      },
      ...{ counterpartyName: kept(counterparty.name), counterpartyIban: counterparty.iban },
      ...{ counterpartyAccount: kept(counterparty.account), counterpartyBic: kept(counterparty.bic) },
      ...{ endToEndId: kept(endToEndId), mandateId: kept(mandateId), paymentInfoId: kept(paymentInfoId) },
      ...{ creditorReference: kept(creditorReference), remittance: kept(remittance.join('\n'), MAX_REMITTANCE) ?? '' },
      ...{ returnReason: kept(returnReason), state: 'new' as const, proposals: [], note: null, accountId: null },
      createdAt: new Date(nowMs),
    }
  })
}

/** What a bank writes has no limit of its own in some formats. */
const MAX_TEXT = 256
const MAX_REMITTANCE = 4_000

/** A text as it can be kept: without characters that Postgres has no place for. */
function kept(text: string | null, most = MAX_TEXT): string | null {
  return text === null ? null : text.toWellFormed().replaceAll('\0', '').slice(0, most)
}

/** What was there before the first statement follows from the first one that is known: an earlier one moves it. */
async function moveOpening(db: Database, { id, key, currency }: store.BankAccount, nowMs: number): Promise<void> {
  const { openingMinor } = await store.getBankAccount(db, id)
  const first = firstOpening(await store.listFinal(db, id))
  if (first === null || first === BigInt(openingMinor)) return
  await db
    .updateTable('bankAccount')
    .set({ openingMinor: String(first) })
    .where('id', '=', anyOf([id]))
    .execute()
  const postings = bankMoneyOutside(key, currency, first - BigInt(openingMinor), 'cash')
  await postEntry(db, 'bank_money_outside', id, postings, nowMs)
}
