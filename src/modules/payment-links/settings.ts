import { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

const minor = z.int().min(1).max(1_000_000_000)

export const paymentLinkSettings = settingsType({
  name: 'payment-links',
  meaning: 'Links by which payers pay in a browser: how long they open, and what may be paid by them.',
  values: z.object({
    openDays: z
      .int()
      .min(1)
      .max(730)
      .default(90)
      .describe('A link opens for so many days, unless its maker says otherwise'),
    documentsAddress: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .regex(/[^/]$/, 'write it without a slash at its end')
      .nullable()
      .default(null)
      .describe(
        'Where payers find this server, `https://pay.example`: documents that ask for money have a link of their own printed on them, unless their brand has another one',
      ),
    partPayments: z.boolean().default(false).describe('Payers may pay a part of what is open'),
    leastPartMinor: minor
      .default(100)
      .describe('The least part, in minor units: 100 is 1.00 EUR, or 100 JPY. What is open is less, where it is'),
    leastTopUpMinor: minor.default(100).describe('The least that an account is topped up by, in minor units'),
    mostTopUpMinor: minor.default(100_000).describe('The most that an account is topped up by, in minor units'),
  }),
  secrets: {},
  needs: ['payments:write'],
})

export type PaymentLinkTerms = z.output<(typeof paymentLinkSettings)['values']>

export async function paymentLinkTerms(db: Database): Promise<PaymentLinkTerms> {
  return settingValues(db, paymentLinkSettings)
}
