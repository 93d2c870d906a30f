import { z } from 'zod'
import { STANDARD_SECRET } from '../../platform/http/signature.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'
import { FORMATS, TRANSPORTS } from './ports.ts'

export const transports = z.array(z.enum(TRANSPORTS)).max(TRANSPORTS.length).refine(isSet, 'name each once')
export const formats = z.array(z.enum(FORMATS)).min(1).max(FORMATS.length).refine(isSet, 'name each once')

function isSet(names: readonly string[]): boolean {
  return new Set(names).size === names.length
}

export const deliverySettings = settingsType({
  name: 'deliveries',
  meaning: 'How documents go to customers when they are issued.',
  values: z.object({
    onIssue: transports.default([]).describe('By what; empty sends nothing by itself. A customer may want another way'),
    by: z
      .enum(['first', 'all'])
      .default('first')
      .describe('`first` takes the first way for which the customer has an address, `all` takes every one of those'),
    formats: formats
      .default(['pdf'])
      .describe('Of what goes by e-mail and into folders; through Peppol it is always UBL'),
  }),
  secrets: {},
  needs: ['invoices:write'],
})

const standard = { form: '`whsec_` and 24 to 64 bytes in base64', pattern: STANDARD_SECRET }

export const peppolSettings = settingsType({
  name: 'peppol',
  meaning: 'How the access point of Peppol knows the tenant.',
  values: z.object({
    sender: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, '1 to 100 visible ASCII characters')
      .nullable()
      .default(null)
      .describe('By which the access point knows who sends, where it has several'),
  }),
  secrets: {
    apiKey: {
      meaning: 'What the access point knows the tenant by',
      form: '1 to 500 visible ASCII characters',
      pattern: /^[\x21-\x7e]{1,500}$/,
    },
    callbackSecret: { meaning: 'What the access point signs its callbacks with', ...standard },
    earlierCallbackSecret: {
      meaning: 'The one before, which is taken as well while the access point changes over',
      ...standard,
    },
  },
  needs: ['invoices:write'],
})
