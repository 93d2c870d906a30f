import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

export const taxRatesAdded = eventType(
  'tax_rates.added',
  'tax_rate',
  'Rates of tax were added; `objectId` is the first of them.',
  { rates: z.int(), countries: z.array(z.string()), source: z.string(), asOf: z.iso.date() },
)

export const taxRateEvents = [taxRatesAdded]
