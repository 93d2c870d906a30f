import { z } from 'zod'
import { settingsType } from '../../platform/settings/settings-type.ts'

export const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/
const DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/
export const PEM = /^-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=-]{100,16000}$/

/** The mail server of a tenant: documents go through it, and whatever else is sent by e-mail. */
export const mailSettings = settingsType({
  name: 'mail',
  meaning: 'The server that e-mail is sent through.',
  values: z.object({
    host: z.string().regex(HOST, 'write the name of a server, such as smtp.example.com'),
    port: z.int().min(1).max(65_535).default(587),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('`none` sends passwords and documents in the clear: only to a server on this machine'),
    user: z.string().min(1).max(320).nullable().default(null).describe('Its password is a secret'),
    fromName: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\r\n<>"]*$/, 'no quotes, brackets or ends of lines'),
    fromAddress: z.email().max(320),
    caCertificate: z
      .string()
      .regex(PEM, 'write a certificate as PEM')
      .nullable()
      .default(null)
      .describe('Who signs for the server, where it is no authority that is known to all'),
    dkimDomain: z.string().regex(DOMAIN, 'write a domain, such as example.com').nullable().default(null),
    dkimSelector: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i, 'write a selector, such as kvit')
      .nullable()
      .default(null)
      .describe('The public key is the TXT record kvit._domainkey.example.com'),
  }),
  secrets: {
    password: {
      meaning: 'What the server knows the user by',
      form: '1 to 500 characters without ends of lines',
      pattern: /^[^\r\n\0]{1,500}$/,
    },
    dkimPrivateKey: {
      meaning: 'What messages are signed with',
      form: 'a private key of RSA as PEM',
      pattern: /^-----BEGIN (RSA )?PRIVATE KEY-----[\sA-Za-z0-9+/=]{40,16000}-----END (RSA )?PRIVATE KEY-----\s*$/,
    },
  },
  needs: [],
})
