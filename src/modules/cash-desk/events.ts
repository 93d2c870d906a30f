import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const desk = z.string().describe('The key of the cash desk')
const amount = z.string().describe('A decimal of the currency')

const settings = { key: z.string(), currency: z.string(), isOpen: z.boolean() }
export const deskCreated = eventType('cash_desk.created', 'cash_desk', 'A cash desk was set up.', settings)
export const deskUpdated = eventType('cash_desk.updated', 'cash_desk', 'A cash desk was changed.', settings)

export const shiftOpened = eventType('cash_shift.opened', 'cash_shift', 'A shift at a cash desk has begun.', {
  ...{ desk, number: z.int(), currency: z.string(), float: amount },
})
export const shiftClosed = eventType(
  'cash_shift.closed',
  'cash_shift',
  'A shift at a cash desk is over: its drawer was counted.',
  {
    ...{ desk, number: z.int(), currency: z.string(), expected: amount, counted: amount },
    difference: amount.describe('Below zero something is missing'),
  },
)

const receipt = { desk, number: z.string().describe('As it is printed'), currency: z.string(), amount, cash: amount }
export const receiptIssued = eventType(
  'cash_receipt.issued',
  'cash_receipt',
  'Somebody has paid at a cash desk.',
  receipt,
)
export const receiptCancelled = eventType(
  'cash_receipt.cancelled',
  'cash_receipt',
  'A receipt of a cash desk was cancelled by another one, and its cash was given back.',
  { ...receipt, cancels: z.string().describe('The number of the receipt'), reason: z.string() },
)
export const cashMoved = eventType(
  'cash_movement.recorded',
  'cash_movement',
  'Cash was put into a drawer or a safe, or taken out.',
  {
    ...{ desk, kind: z.string(), currency: z.string(), amount, reason: z.string() },
  },
)

export const cashEvents = [
  deskCreated,
  deskUpdated,
  shiftOpened,
  shiftClosed,
  receiptIssued,
  receiptCancelled,
  cashMoved,
]
