import { formatMinor } from '../base/money.ts'
import { type BankStatement, bookedMinor, type Fault } from './statement.ts'

/** A statement as JSON shows it: amounts are decimals of its currency, money out is below zero. */
export function statementAsJson(statement: BankStatement): object {
  const { format, kind, id, number, iban, account, currency, opening, closing, entries, faults } = statement
  const said = (minor: bigint): string => formatMinor(minor, currency)
  const balance = (one: BankStatement['opening']): object | null =>
    one === null ? null : { amount: said(one.amountMinor), date: one.date }
  return {
    ...{ format, kind, id, number, iban, account, currency, opening: balance(opening), closing: balance(closing) },
    booked: faults.length > 0 && entries.length === 0 ? null : said(bookedMinor(statement)),
    entries: entries.map(({ amountMinor, transactions, ...entry }) => ({
      ...entry,
      amount: said(amountMinor),
      transactions: transactions.map(({ amountMinor: minor, chargesMinor, ...one }) => ({
        ...one,
        ...{ amount: said(minor), charges: said(chargesMinor) },
      })),
    })),
    faults,
  }
}

/** A statement for people: its balances, a line for each transaction, and what is wrong with it. */
export function describeStatement(statement: BankStatement): string {
  const { format, id, number, iban, account, currency, opening, closing, entries, faults } = statement
  const said = (minor: bigint): string => formatMinor(minor, currency)
  const head = `${format} ${number ?? id}: account ${iban ?? account}${currency === '' ? '' : ` in ${currency}`}`
  const lines = entries.flatMap(({ bookedOn, status, isReversal, transactions, line }) =>
    transactions.map(({ amountMinor, counterparty, endToEndId, creditorReference, remittance, returnReason }) => {
      const texts = [
        ...[counterparty.name, counterparty.iban ?? counterparty.account, creditorReference],
        endToEndId === null ? null : `end-to-end id ${endToEndId}`,
        returnReason === null ? null : `returned: ${returnReason}`,
        ...[remittance.join(' ').slice(0, 200), isReversal ? 'takes an earlier entry back' : null],
        status === 'pending' ? 'not booked yet' : null,
      ]
      const words = texts.filter((text) => text !== null && text !== '').join(' · ')
      return `  ${bookedOn}  ${said(amountMinor).padStart(14)}  ${words}${words === '' ? `line ${line}` : ''}`
    }),
  )
  const balance = (name: string, one: BankStatement['opening']): string[] =>
    one === null ? [] : [`  ${one.date ?? '          '}  ${said(one.amountMinor).padStart(14)}  ${name}`]
  return [
    head,
    ...balance('opening balance', opening),
    ...lines,
    ...balance('closing balance', closing),
    ...faults.map(describeFault),
  ].join('\n')
}

/** `line 25: the closing balance …` */
export function describeFault({ line, message }: Fault): string {
  return `  line ${line}: ${message}`
}
