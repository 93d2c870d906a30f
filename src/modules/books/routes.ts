import { z } from 'zod'
import { parseDecimal } from '../../core/base/decimal.ts'
import { readEcbRates } from '../../core/books/ecb-rates.ts'
import type { ExchangeRate } from '../../core/books/exchange.ts'
import type { GlAccount, GlRule } from '../../core/books/gl-rules.ts'
import { day as dayInput, zone } from '../../platform/http/dates.ts'
import { currency, reference, textUpTo } from '../../platform/http/fields.ts'
import { bytesOf, preparedRoute, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import * as answers from './answers.ts'
import { askToClose, type BooksNeeds, reopenPeriod } from './close-period.ts'
import { getBooks, openBooks, setChart, setPolicies, viewBooks, viewChart, viewPeriods } from './issuer-books.ts'
import { policies } from './policies.ts'
import { addRates, latestRates } from './rates.ts'
import * as store from './store.ts'
import { writeOffRoute } from './write-offs.ts'

const byIssuer = z.object({ issuer: reference })
const byPeriod = z.object({ issuer: reference, from: dayInput.describe('Its first day') })
const tag = 'Books'
const read = { scope: 'ledger:read', tag } as const
const write = { scope: 'books:write', tag } as const
/** Accounts and rules of one request. */
const MAX_ROWS = 1_000

export function booksRoutes(needs: BooksNeeds): Route[] {
  return [...bookRoutes(), ...periodRoutes(needs), ...rateRoutes(), writeOffRoute()]
}

function bookRoutes(): Route[] {
  return [
    readRoute({
      ...read,
      url: '/v1/books',
      summary: 'Issuers that keep books',
      answer: z.strictObject({ items: z.array(answers.books) }),
      handle: async ({ db }) => {
        const items: object[] = []
        for (const books of await store.listBooks(db))
          items.push(await viewBooks(db, books, (await getBooks(db, books.issuerId)).issuer))
        return { items }
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/books',
      summary:
        'Begin the books of an issuer: with its first period, and with what was posted before as the opening entry',
      status: 201,
      body: z.strictObject({
        issuer: reference,
        currency: currency.describe('Of the books; documents may be in others'),
        zone: zone.default('UTC').describe('Of the days of its periods'),
        opensOn: dayInput.describe('The first day of the first period'),
        policies: policies.prefault({}),
        chart: z
          .enum(['plain', 'none'])
          .default('plain')
          .describe('`plain`: a chart of four digits with a rule for every account'),
      }),
      answer: answers.books,
      handle: async ({ db, nowMs }, { body }) => {
        const books = await openBooks(db, body, nowMs)
        return viewBooks(db, books, (await getBooks(db, books.issuerId)).issuer)
      },
    }),
    readRoute({
      ...read,
      url: '/v1/books/{issuer}',
      summary: 'The books of an issuer',
      params: byIssuer,
      answer: answers.books,
      handle: async ({ db }, { params }) => {
        const { books, issuer } = await getBooks(db, params.issuer)
        return viewBooks(db, books, issuer)
      },
    }),
    writeRoute({
      ...write,
      method: 'PUT',
      url: '/v1/books/{issuer}/policies',
      summary: 'Set how books are kept; the length of periods stays, and what is closed stays as it is',
      params: byIssuer,
      body: policies,
      answer: answers.books,
      handle: async ({ db, nowMs }, { params, body }) => {
        const { books, issuer } = await getBooks(db, params.issuer)
        return viewBooks(db, await setPolicies(db, books, body, nowMs), issuer)
      },
    }),
    readRoute({
      ...read,
      url: '/v1/books/{issuer}/chart',
      summary: 'The chart of accounts of an issuer, and which account takes what',
      params: byIssuer,
      answer: answers.chart,
      handle: async ({ db }, { params }) => viewChart(db, (await getBooks(db, params.issuer)).books),
    }),
    writeRoute({
      ...write,
      url: '/v1/books/{issuer}/chart',
      summary: 'Add accounts and rules, or change those that are there; of rules that hold the most specific wins',
      params: byIssuer,
      body: z.strictObject({
        accounts: z.array(answers.glAccount).max(MAX_ROWS).default([]),
        rules: z.array(answers.glRule).max(MAX_ROWS).default([]),
      }),
      answer: answers.chart,
      handle: async ({ db, nowMs }, { params, body }) => {
        const { books } = await getBooks(db, params.issuer)
        await setChart(db, books, body.accounts as GlAccount[], body.rules as GlRule[], nowMs)
        return viewChart(db, books)
      },
    }),
  ]
}

const periodList = z.strictObject({ items: z.array(answers.period) })

function periodRoutes({ engine }: BooksNeeds): Route[] {
  return [
    readRoute({
      ...read,
      url: '/v1/books/{issuer}/periods',
      summary: 'Periods of an issuer until today, with what was done to them',
      params: byIssuer,
      answer: periodList,
      handle: async ({ db, nowMs }, { params }) => ({
        items: await viewPeriods(db, (await getBooks(db, params.issuer)).books, nowMs),
      }),
    }),
    preparedRoute({
      ...write,
      url: '/v1/books/{issuer}/periods/{from}/close',
      summary:
        'Close a period that has ended: a job computes what is deferred and unbilled, writes its lines and locks it',
      params: byPeriod,
      body: z.strictObject({}),
      answer: periodList,
      prepare: async ({ tenant }) => (await engine.head(tenant.name)).seq,
      handle: async ({ db, nowMs, afterCommit }, { params, body: seq }) => {
        const { books } = await getBooks(db, params.issuer)
        await askToClose(db, books, params.from, seq, nowMs)
        afterCommit({ kind: 'wake jobs' })
        return { items: await viewPeriods(db, books, nowMs) }
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/books/{issuer}/periods/{from}/reopen',
      summary:
        'Open the last closed period again, with a reason; what it was closed with stays as an earlier generation',
      params: byPeriod,
      body: z.strictObject({ reason: textUpTo(500) }),
      answer: periodList,
      handle: async ({ db, nowMs }, { params, body }) => {
        const { books } = await getBooks(db, params.issuer)
        await reopenPeriod(db, books, params.from, body.reason, nowMs)
        return { items: await viewPeriods(db, books, nowMs) }
      },
    }),
  ]
}

/** Of a file of rates, which the CLI sends in parts: reading one takes some milliseconds. */
const RATES_LIMIT = 256 * 1024
/** Rates of one request. */
const MAX_RATES = 5_000
const added = z.strictObject({ added: z.int(), known: z.int().describe('Rates that were there as they are') })

function rateRoutes(): Route[] {
  const common = { url: '/v1/exchange-rates', tag } as const
  return [
    readRoute({
      ...common,
      scope: 'ledger:read',
      summary: 'Exchange rates of a currency pair, the latest first',
      query: z.object({
        base: currency.default('EUR'),
        currency,
        until: dayInput.optional().describe('Of this day or earlier'),
      }),
      answer: z.strictObject({
        items: z.array(
          z.strictObject({
            day: z.iso.date(),
            base: z.string(),
            currency: z.string(),
            rate: z.string(),
            source: z.string(),
          }),
        ),
      }),
      handle: async ({ db }, { query }) => ({ items: await latestRates(db, query) }),
    }),
    writeRoute({
      ...common,
      scope: 'books:write',
      summary: 'Add exchange rates: so much of a currency for one of another on a day',
      status: 201,
      body: z.strictObject({
        source: textUpTo(200).describe('Where they are from'),
        rates: z
          .array(
            z.strictObject({
              day: dayInput,
              base: currency,
              currency,
              rate: z
                .string()
                .regex(/^\d{1,12}(\.\d{1,12})?$/, 'write a decimal such as 1.0823')
                .refine((text) => (parseDecimal(text)?.coefficient ?? 0n) > 0n, 'more than zero'),
            }),
          )
          .min(1)
          .max(MAX_RATES),
      }),
      answer: added,
      handle: async ({ db, nowMs }, { body }) => toAnswer(db, body.source, body.rates, nowMs),
    }),
    writeRoute({
      url: '/v1/exchange-rates/ecb',
      tag,
      scope: 'books:write',
      summary: 'Add the reference rates of a file of the European Central Bank (eurofxref-hist.csv)',
      status: 201,
      rawBody: true,
      bodyLimit: RATES_LIMIT,
      content: { type: 'text/csv', schema: z.string() },
      query: z.object({ from: dayInput.optional().describe('Of this day or later') }),
      answer: added,
      handle: async ({ db, nowMs }, { body, query }) => {
        const { rates, faults } = readEcbRates(bytesOf(body).toString('utf8'), query.from ?? '')
        if (faults.length > 0) throw new Refusal('unprocessable', faults.join('; '))
        return toAnswer(db, 'European Central Bank', rates, nowMs)
      },
    }),
  ]
}

async function toAnswer(
  db: Parameters<typeof addRates>[0],
  source: string,
  rates: readonly ExchangeRate[],
  nowMs: number,
): Promise<z.infer<typeof added>> {
  const count = await addRates(db, source, rates, nowMs)
  return { added: count, known: rates.length - count }
}
