import { z } from 'zod'
import { isTaxedWhenSold } from '../../core/tax/decide-tax.ts'
import { TAX_CLASS_CODES } from '../../core/tax/tax-classes.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

const MAX_ISSUERS = 100

const values = z.object({
  taxed: z
    .enum(['at_use', 'at_top_up'])
    .default('at_use')
    .describe('When money of top-ups and vouchers is taxed: when it pays for something, or when it comes in'),
  taxClass: z
    .enum(TAX_CLASS_CODES.filter(isTaxedWhenSold) as [string, ...string[]])
    .default('general')
    .describe('As what it is sold: the class of all usage that it may pay for'),
  description: textUpTo(200).min(1).default('Prepaid credit').describe('As documents that sell it say it'),
  issuers: z
    .array(reference)
    .min(1)
    .max(MAX_ISSUERS)
    .optional()
    .describe('Keys of the issuers of whose accounts it is so; of all when absent'),
})

export const prepaidTaxSettings = settingsType({
  name: 'prepaid-tax',
  meaning: 'When prepaid money is taxed: when it is used, or when it is sold.',
  values,
  secrets: {},
  needs: ['invoices:write'],
})
