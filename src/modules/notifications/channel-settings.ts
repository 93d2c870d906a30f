import { z } from 'zod'
import { settingsType } from '../../platform/settings/settings-type.ts'
import { HOST, PEM } from './settings.ts'

/** What the settings of channels have in common: a secret of one line. */
const ofOneLine = (meaning: string, most = 500) => ({
  meaning,
  form: `1 to ${most} characters without ends of lines`,
  pattern: new RegExp(`^[^\\r\\n\\0]{1,${most}}$`),
})

/** Whom a short message is from: letters and digits as telephones show them, or a number. */
const sender = z
  .string()
  .regex(/^(\+?\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11})$/, 'write up to 11 letters and digits, or a number')

/** A centre of short messages that a tenant is connected with. */
export const smppSettings = settingsType({
  name: 'smpp',
  meaning: 'The centre that short messages are sent through, by SMPP 3.4.',
  values: z.object({
    host: z.string().regex(HOST, 'write the name of a server, such as smsc.example.com'),
    port: z.int().min(1).max(65_535).default(2775).describe('With TLS most centres have 3550'),
    security: z.enum(['tls', 'none']).default('none').describe('`none` sends the password and messages in the clear'),
    caCertificate: z
      .string()
      .regex(PEM, 'write a certificate as PEM')
      .nullable()
      .default(null)
      .describe('Who signs for the centre, where it is no authority that is known to all'),
    systemId: z
      .string()
      .regex(/^[\x21-\x7e]{1,15}$/, 'write up to 15 characters')
      .describe('Its password is a secret'),
    systemType: z
      .string()
      .regex(/^[\x21-\x7e]{0,12}$/, 'write up to 12 characters')
      .default(''),
    from: sender.describe('Whom messages are from: up to 11 letters and digits, or a number'),
    longTexts: z
      .enum(['udh8', 'udh16', 'payload'])
      .default('udh8')
      .describe('How a long text is cut; `payload` hands it over whole, for centres that cut themselves'),
    alphabet: z
      .enum(['gsm7', 'ucs2'])
      .default('gsm7')
      .describe('`ucs2` where texts in Latin letters arrive with wrong characters'),
    ids: z
      .enum(['same', 'hex_in_answers'])
      .default('same')
      .describe('`hex_in_answers` where the centre answers with an id as 1A2B and reports of 6699'),
    maxInFlight: z.int().min(1).max(1_000).default(10).describe('Messages without an answer at one time'),
    perSecond: z.int().min(1).max(1_000).default(10).describe('Messages, as parts of long ones are counted'),
  }),
  secrets: { password: { ...ofOneLine('What the centre knows the system id by', 64) } },
  needs: [],
})
