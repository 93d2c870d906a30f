import { z } from 'zod'
import { settingsType } from '../../platform/settings/settings-type.ts'
import { DELIVERY_FAILURES } from './ports.ts'
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
    noSuchAddressErrors: z
      .array(z.string().regex(/^(0|[1-9A-Z][0-9A-Z]{0,5})$/, 'write a code without zeros before it, such as 1'))
      .max(50)
      .default(['1', '5', '9'])
      .describe('Codes of receipts that say that nobody has a number: nothing is sent there until it is set anew'),
    maxInFlight: z.int().min(1).max(1_000).default(10).describe('Messages without an answer at one time'),
    perSecond: z.int().min(1).max(1_000).default(10).describe('Messages, as parts of long ones are counted'),
  }),
  secrets: { password: { ...ofOneLine('What the centre knows the system id by', 64) } },
  needs: [],
})

/** Messages to browsers. */
export const webPushSettings = settingsType({
  name: 'web-push',
  meaning: 'Messages to browsers that have subscribed, by Web Push.',
  values: z.object({
    contact: z
      .string()
      .max(320)
      .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'write mailto:push@example.com, or an address with https://')
      .describe('Where push services find who sends'),
    ttlSeconds: z
      .int()
      .min(0)
      .max(2_419_200)
      .default(86_400)
      .describe('How long a message waits for a browser that is away'),
    urgency: z.enum(['very-low', 'low', 'normal', 'high']).default('normal').describe('Low ones wait for power'),
  }),
  secrets: {
    privateKey: {
      meaning: 'What messages are signed with; browsers subscribe with its public key',
      form: '32 bytes in base64url, as kvit channel vapid-key makes them',
      pattern: /^[A-Za-z0-9_-]{43}$/,
    },
  },
  needs: [],
})

const NAMES = ['to', 'to_digits', 'from', 'text', 'key', 'user', 'secret', 'basic', 'callback']
const UNKNOWN_NAME = new RegExp(`\\{(?!(${NAMES.join('|')})\\})[a-z_]+\\}`)
const template = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !UNKNOWN_NAME.test(text), `names in braces are ${NAMES.join(', ')}`)
const path = z.string().regex(/^[A-Za-z0-9_-]{1,60}(\.[A-Za-z0-9_-]{1,60}){0,5}$/, 'write a path such as messages.0.id')
const words = z.array(z.string().min(1).max(60)).max(20)
const failure = z.enum(DELIVERY_FAILURES)
const MAX_BODY = 5_000

/** Short messages through a gateway by HTTP. */
export const smsHttpSettings = settingsType({
  name: 'sms-http',
  meaning: 'A gateway that short messages are sent through by HTTP.',
  values: z.object({
    preset: z.enum(['twilio', 'generic']).describe('The shape of the gateway; the fields of `shape` change it'),
    from: sender,
    user: z
      .string()
      .regex(/^[^\s:]{1,200}$/, 'write a name without spaces')
      .nullable()
      .default(null)
      .describe('At Twilio the Account SID'),
    callbackUrl: z
      .url({ protocol: /^https$/ })
      .max(500)
      .nullable()
      .default(null)
      .describe('Where the gateway sends receipts; null wants none'),
    shape: z
      .strictObject({
        url: template(500).regex(/^https?:\/\//, 'write an address with https://'),
        headers: z
          .record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), template(500))
          .refine((all) => Object.keys(all).length <= 20),
        bodyType: z.enum(['json', 'form', 'none']),
        body: z
          .record(z.string().max(60), z.unknown())
          .nullable()
          .refine(
            (body) => {
              const text = JSON.stringify(body)
              return text.length <= MAX_BODY && !UNKNOWN_NAME.test(text)
            },
            `at most ${MAX_BODY} characters; names in braces are ${NAMES.join(', ')}`,
          ),
        idField: path.nullable(),
        stateField: path.nullable(),
        acceptedStates: words,
        errorField: path.nullable(),
        errors: z.record(z.string().max(60), failure).refine((all) => Object.keys(all).length <= 200),
        receipts: z
          .strictObject({
            idField: path,
            stateField: path,
            errorField: path.nullable(),
            deliveredStates: words,
            failedStates: words,
            signature: z.enum(['twilio', 'hmac_sha256']),
            header: z.string().regex(/^[a-z0-9-]{1,60}$/, 'write it in small letters'),
          })
          .nullable(),
      })
      .partial()
      .default({})
      .describe('What differs from the preset'),
  }),
  secrets: {
    secret: ofOneLine('What the gateway knows the user by: at Twilio the Auth Token'),
    callbackSecret: ofOneLine('What receipts are signed with, where that is another one'),
  },
  needs: [],
})

/** A bot of Telegram. */
export const telegramSettings = settingsType({
  name: 'telegram',
  meaning: 'A bot of Telegram that writes to people who have written to it.',
  values: z.object({
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .regex(/[^/]$/, 'write it without a slash at its end')
      .default('https://api.telegram.org')
      .describe('Another one where the tenant has a Bot API server of its own'),
    silent: z.boolean().default(false).describe('Messages make no sound'),
  }),
  secrets: {
    token: {
      meaning: 'What the bot is known by',
      form: 'a token as BotFather gives it, 110201543:AAH…',
      pattern: /^\d{3,20}:[A-Za-z0-9_-]{20,100}$/,
    },
  },
  needs: [],
})

/** Messages to apps on telephones. */
export const fcmSettings = settingsType({
  name: 'fcm',
  meaning: 'Messages to apps on telephones, by Firebase Cloud Messaging.',
  values: z.object({
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .regex(/[^/]$/, 'write it without a slash at its end')
      .default('https://fcm.googleapis.com'),
  }),
  secrets: {
    serviceAccount: {
      meaning: 'The key of a service account that may send messages',
      form: 'the JSON file as the console of Firebase gives it, of at most 8,000 characters',
      pattern: /^\s*\{[\s\S]{100,8000}\}\s*$/,
    },
  },
  needs: [],
})

/** Calls in which a voice reads a text. */
export const voiceSettings = settingsType({
  name: 'voice',
  meaning: 'Calls in which a voice reads a text, by the API of Twilio.',
  values: z.object({
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .regex(/[^/]$/, 'write it without a slash at its end')
      .default('https://api.twilio.com'),
    user: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,100}$/, 'write an Account SID')
      .describe('The Account SID'),
    from: z.string().regex(/^\+\d{5,15}$/, 'write a number as +380441234567'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, 'write a language as uk-UA')
      .default('en-US')
      .describe('What the voice reads in'),
    digits: z.int().min(0).max(10).default(0).describe('How many keys are waited for'),
    callbackUrl: z
      .url({ protocol: /^https$/ })
      .max(500)
      .nullable()
      .default(null)
      .describe('Where receipts, and keys, are sent; null wants none'),
  }),
  secrets: { secret: ofOneLine('The Auth Token') },
  needs: [],
})
