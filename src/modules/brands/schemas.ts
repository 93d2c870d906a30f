import { z } from 'zod'
import { LINE_COLUMNS, linkFault, PLAIN_BRAND } from '../../core/pages/brand.ts'
import { LANGUAGES, type Language } from '../../core/words/languages.ts'
import { currency, textUpTo } from '../../platform/http/fields.ts'

const text = textUpTo(1_000)
const texts = z
  .strictObject(
    Object.fromEntries(LANGUAGES.map((language) => [language, text.optional()])) as Record<
      Language,
      z.ZodOptional<typeof text>
    >,
  )
  .refine((all) => Object.keys(all).length > 0, 'write a text in one language at least: { en: … }')
  .describe('By language; one that is missing is taken in English, or else in the first that there is')

export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'write the SHA-256 that POST /v1/brand-images answered')

/** Longest lists of one brand: what fits on a page. */
const [MAX_CONTACTS, MAX_LEGAL, MAX_MESSAGES] = [8, 10, 50]

/** What a brand is written as; what is left out is as on plain pages. */
export const brandContent = z
  .strictObject({
    paper: z.enum(['a4', 'us-letter']).default(PLAIN_BRAND.paper),
    font: z.enum(['sans', 'condensed', 'serif']).default(PLAIN_BRAND.font),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/, 'write six hexadecimal digits in small letters: #005bbb')
      .nullable()
      .default(null)
      .describe('Of titles, rules and bars'),
    logo: z
      .strictObject({ image: digest, widthMm: z.int().min(5).max(100).default(40) })
      .nullable()
      .default(null),
    headline: z.boolean().default(false).describe('The amount and the day it is due on, large'),
    contact: z.array(textUpTo(100)).max(MAX_CONTACTS).default([]).describe('Lines beside the logo'),
    footer: texts.nullable().default(null).describe("At the foot of each page, in place of the seller's name"),
    legal: z.array(texts).max(MAX_LEGAL).default([]).describe('Below all else'),
    columns: z
      .array(z.enum(LINE_COLUMNS))
      .refine((list) => new Set(list).size === list.length, 'each column stands once')
      .refine((list) => list.includes('description') && list.includes('amount'), 'description and amount are needed')
      .default([...PLAIN_BRAND.columns])
      .describe('Of the table of lines, from left to right'),
    groupBy: z
      .union([
        z.enum(['subscription', 'service', 'price']),
        z.templateLiteral(['metadata.', z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/)]),
      ])
      .nullable()
      .default(null)
      .describe(
        'What lines are put together by, with a subtotal each; `metadata.costCentre` is an entry of the subscription or else of its service',
      ),
    usageChart: z.boolean().default(false).describe('What was used, and was in the periods before, as bars'),
    paymentLink: z
      .string()
      .max(500)
      .superRefine((link, context) => {
        const message = linkFault(link)
        if (message !== null) context.addIssue({ code: 'custom', message })
      })
      .nullable()
      .default(null)
      .describe('`https://pay.example/{number}?amount={amount}&currency={currency}&account={account}`'),
    messages: z
      .array(
        z.strictObject({
          when: z
            .strictObject({
              currency: currency.optional(),
              language: z.enum(LANGUAGES).optional(),
              customerKind: z.string().max(40).optional(),
              metadata: z.record(z.string().max(64), z.string().max(500)).optional(),
            })
            .default({})
            .describe('For whom: everything that is said of it holds of the account'),
          text: texts,
        }),
      )
      .max(MAX_MESSAGES)
      .default([]),
  })
  .meta({ id: 'BrandContent' })

export const brandVersion = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    version: z.int(),
    content: brandContent,
    digest: z.string().describe('SHA-256 of the content; documents keep it'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Brand' })

export const image = z
  .strictObject({ digest: z.string(), format: z.enum(['png', 'svg']), bytes: z.int().describe('How many it has') })
  .meta({ id: 'BrandImage' })
