import { type Posting, posting } from './chart.ts'
import { balanced, type MoneyPlace } from './templates.ts'

/** A line of a bank statement: cash at once, so that the ledger is what the bank says; below zero it went out. */
export function bankLineBooked(bank: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('cash', `bank:${bank}`, '', currency, amountMinor),
    posting('suspense_cash', bank, '', currency, -amountMinor),
  ])
}

/** Money of a bank line that is a cost of the bank; below zero it is no cost any more. */
export function bankFeeTaken(bank: string, currency: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('bank_fees', null, '', currency, amountMinor),
    posting('suspense_cash', bank, '', currency, -amountMinor),
  ])
}

/** A payment that was recorded by hand is on the bank account: its cash is there, and no longer under its method. */
export function recordedPaymentFound(bank: string, currency: string, method: string, amountMinor: bigint): Posting[] {
  return balanced([
    posting('suspense_cash', bank, '', currency, amountMinor),
    posting('cash', method, '', currency, -amountMinor),
  ])
}

/** Money of a bank account that has nothing to do with customers. @param place what was there before the first statement is cash alone */
export function bankMoneyOutside(bank: string, currency: string, amountMinor: bigint, place: MoneyPlace): Posting[] {
  return balanced([
    posting(place, place === 'cash' ? `bank:${bank}` : bank, '', currency, amountMinor),
    posting('outside', bank, '', currency, -amountMinor),
  ])
}
