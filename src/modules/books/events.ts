import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const period = { issuerId: z.uuid(), from: z.iso.date(), until: z.iso.date().describe('Not part of it') }

export const booksOpened = eventType('books.opened', 'issuer', 'An issuer began to keep books.', {
  currency: z.string(),
  opensOn: z.iso.date(),
})
export const periodClosed = eventType('period.closed', 'accounting_period', 'A period of the books was closed.', {
  ...period,
  lines: z.int(),
  digest: z.string().describe('SHA-256 over its lines and the digest of the period before'),
})
export const periodReopened = eventType('period.reopened', 'accounting_period', 'A closed period was opened again.', {
  ...period,
  reason: z.string(),
})
export const chartChanged = eventType('books.chart_changed', 'issuer', 'Accounts or rules of a chart were set.', {
  accounts: z.int(),
  rules: z.int(),
})
export const policiesChanged = eventType('books.policies_changed', 'issuer', 'How an issuer keeps its books was set.', {
  unusedUnits: z.string().describe('Percent of sold units that are expected never to be used'),
  badDebts: z.record(z.string(), z.string()).describe('Percent that is expected not to be paid, by age'),
})

export const booksEvents = [booksOpened, periodClosed, periodReopened, chartChanged, policiesChanged]
