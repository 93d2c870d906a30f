import { isDay } from '../base/calendar-range.ts'
import { findCurrency } from '../base/currency.ts'
import { isIban, plainIban } from '../base/iban.ts'
import { type MtField, type MtMessage, mtMessages } from './mt-fields.ts'
import { readInformation } from './mt-information.ts'
import {
  type Balance,
  type BankEntry,
  type BankFile,
  type BankStatement,
  bookedMinor,
  checked,
  Faults,
  MAX_ENTRIES,
  readAmount,
  soleTransaction,
} from './statement.ts'

/** `C140507EUR0,`: the side, the day, the currency, and the amount with a decimal comma. */
const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d+(?:,\d*)?)\s*$/
/** Value day, entry day, side (RC takes a credit back), a letter of the currency, amount, type, reference. */
const LINE = /^(\d{6})(\d{4})?(R?[CD]|E[CD])([A-Z])?(\d+(?:,\d*)?)([A-Z][A-Z0-9]{3})(.*)$/
const SUM = /^(\d+)([A-Z]{3})(\d+(?:,\d*)?)\s*$/
/** Two digits of a year from here on are of the last century. */
const LAST_CENTURY = 70

/** Reads MT940 and MT942, one or more in a file. @returns null where the text has none */
export function readMt(text: string): BankFile | null {
  const messages = mtMessages(text).filter(({ fields }) => fields.some(({ tag }) => tag === '25'))
  if (messages.length === 0) return null
  const entries = messages.reduce((sum, { fields }) => sum + fields.filter(({ tag }) => tag === '61').length, 0)
  if (entries > MAX_ENTRIES) {
    const tooMany = `there are ${entries} entries, and at most ${MAX_ENTRIES} are read: ask the bank for shorter periods`
    return { statements: [], faults: [{ line: 1, message: tooMany }] }
  }
  return { statements: messages.map(readMessage), faults: [] }
}

function readMessage({ type, fields, line }: MtMessage): BankStatement {
  const faults = new Faults()
  const first = (...tags: readonly string[]): MtField | undefined => fields.find(({ tag }) => tags.includes(tag))
  const isFinal = type === '940' || (type === null && first('60F', '60M') !== undefined)
  const [opening, closing] = [first('60F', '60M'), first('62F', '62M')].map((field) => readBalance(field, faults))
  if (isFinal && opening == null) faults.note(line, 'it has no opening balance (:60F:)')
  if (isFinal && closing == null) faults.note(line, 'it has no closing balance (:62F:): the file ends too early')
  const floor = /^([A-Z]{3})/.exec(first('34F')?.lines[0] ?? '')?.[1]
  const currency = opening?.currency ?? closing?.currency ?? floor ?? ''
  if (opening != null && closing != null && opening.currency !== closing.currency)
    faults.note(line, `the opening balance is in ${opening.currency}, the closing balance in ${closing.currency}`)
  if (findCurrency(currency) === undefined) faults.note(line, 'it does not say in which currency the account is')
  const account = (first('25')?.lines[0] ?? '').trim()
  const iban = plainIban(account.replace(/[A-Z]{3}$/, ''))
  const entries = findCurrency(currency) === undefined ? [] : readEntries(fields, currency, faults)
  const statement = {
    ...({ format: isFinal ? 'MT940' : 'MT942', kind: isFinal ? 'statement' : 'report', line } as const),
    ...{ id: (first('20')?.lines[0] ?? '').trim(), number: first('28C', '28')?.lines[0]?.trim() ?? null },
    iban: [plainIban(account), iban].find((text) => isIban(text)) ?? null,
    ...{ account, currency, opening: opening?.balance ?? null, closing: closing?.balance ?? null, entries },
  }
  for (const field of fields) if (/^90[CD]$/.test(field.tag)) checkSum(field, statement, faults)
  return checked(statement, faults.found)
}

function readBalance(
  field: MtField | undefined,
  faults: Faults,
): { readonly currency: string; readonly balance: Balance } | null {
  if (field === undefined) return null
  const found = BALANCE.exec(field.lines[0] ?? '')
  const date = found === null ? null : dayOfText(found[2] as string)
  const minor = found === null ? 'it' : amountOf(found[4] as string, found[3] as string)
  if (found === null || date === null || typeof minor === 'string') {
    faults.note(field.line, `:${field.tag}: is no balance such as C140508EUR500,00`)
    return null
  }
  return { currency: found[3] as string, balance: { amountMinor: found[1] === 'D' ? -minor : minor, date } }
}

/** Each :61: with the :86: (and the bank's own field) behind it. */
function readEntries(fields: readonly MtField[], currency: string, faults: Faults): BankEntry[] {
  return fields.flatMap((field, index) => {
    if (field.tag !== '61') return []
    const rest = fields.slice(index + 1, index + 4)
    const next = rest.findIndex(({ tag }) => tag !== '86' && tag !== 'NS')
    const own = next < 0 ? rest : rest.slice(0, next)
    const entry = readLine(field, own, currency)
    if (typeof entry !== 'string') return [entry]
    faults.note(field.line, entry)
    return []
  })
}

function readLine(field: MtField, texts: readonly MtField[], currency: string): BankEntry | string {
  const found = LINE.exec(field.lines[0] ?? '')
  if (found === null) return ':61: is no entry such as 1405070507C500,00NTRFNONREF//B4E07XM00J000023'
  const [, value, entry, mark, , amount, type, reference] = found as unknown as string[]
  const valueOn = dayOfText(value as string)
  if (valueOn === null) return `:61: has no day in ${value}`
  const bookedOn = entry === undefined ? valueOn : entryDay(valueOn, entry)
  if (bookedOn === null) return `:61: has no day in ${entry}`
  const minor = amountOf(amount as string, currency)
  if (typeof minor === 'string') return `:61: ${minor}`
  // RC takes a credit back, and is a debit; RD the other way round. EC and ED are expected.
  const isCredit = mark === 'C' || mark === 'EC' || mark === 'RD'
  const amountMinor = isCredit ? minor : -minor
  const [customer, bank] = (reference as string).split('//', 2) as [string, string | undefined]
  const supplement = field.lines.slice(1)
  const information = readInformation(
    texts.find(({ tag }) => tag === '86')?.lines ?? [],
    texts.filter(({ tag }) => tag === 'NS').flatMap(({ lines }) => lines.map((line) => line.replace(/^\d{2}/, ''))),
  )
  const { code, transaction } = information
  const named = customer.trim() === 'NONREF' ? null : customer.trim() || null
  return {
    ...{ line: field.line, amountMinor, bookedOn, valueOn, isReversal: mark?.startsWith('R') === true },
    status: mark?.startsWith('E') === true ? 'pending' : 'booked',
    bankReference: bank?.trim() || null,
    code: code === null ? (type as string) : `${type} ${code}`,
    transactions: [
      soleTransaction(amountMinor, {
        ...transaction,
        endToEndId: transaction.endToEndId ?? named,
        remittance: [...(transaction.remittance ?? []), ...supplement.filter((line) => !line.startsWith('/OCMT/'))],
      }),
    ],
  }
}

/** `1NZD5000,` in :90D: or :90C: counts what a report has on one side. */
function checkSum(
  { tag, lines, line }: MtField,
  statement: Pick<BankStatement, 'entries' | 'currency'>,
  faults: Faults,
): void {
  const found = SUM.exec(lines[0] ?? '')
  const side = statement.entries.filter(({ amountMinor }) => (tag === '90C' ? amountMinor > 0n : amountMinor < 0n))
  const sum = bookedMinor({ entries: side })
  const minor = found === null ? 'no sum' : amountOf(found[3] as string, found[2] as string)
  if (found === null || typeof minor === 'string') faults.note(line, `:${tag}: is no sum such as 2EUR5000,00`)
  else if (Number(found[1]) !== side.length)
    faults.note(line, `:${tag}: counts ${found[1]} entries, and there are ${side.length}`)
  else if (minor !== (sum < 0n ? -sum : sum)) faults.note(line, `:${tag}: is not the sum of its entries`)
}

function amountOf(text: string, currency: string): bigint | string {
  return readAmount(text.replace(',', '.').replace(/\.$/, ''), currency)
}

/** `140507` is 2014-05-07. */
function dayOfText(text: string): string | null {
  const year = Number(text.slice(0, 2))
  const day = `${year >= LAST_CENTURY ? 1900 + year : 2000 + year}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  return isDay(day) ? day : null
}

/** The entry day has no year: it is the one that is nearest to the value day. 31 December and `0102` is 2 January after it. */
function entryDay(valueOn: string, text: string): string | null {
  const year = Number(valueOn.slice(0, 4))
  const days = [year - 1, year, year + 1].map((one) => `${one}-${text.slice(0, 2)}-${text.slice(2, 4)}`).filter(isDay)
  const distance = (day: string): number => Math.abs(Date.parse(day) - Date.parse(valueOn))
  return days.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
}
