import { sql } from 'kysely'
import { z } from 'zod'
import { anyOf, type Database } from '../../platform/db.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

export const taxIdSettings = settingsType({
  name: 'tax-ids',
  meaning: 'What becomes of documents without tax because of a tax id that no register has confirmed.',
  values: z.object({
    policy: z
      .enum(['off', 'warn', 'hold'])
      .default('off')
      .describe('warn: somebody approves of the draft first; hold: it is a draft until the tax id is confirmed'),
    days: z.int().min(1).max(3_650).default(90).describe('How long a confirmation counts'),
  }),
  secrets: {},
  needs: ['invoices:approve'],
})

/** What a register said last of a tax id; that it did not answer is no answer. */
interface TaxIdVerdict {
  readonly isValid: boolean
  readonly register: string
  readonly consultation: string | null
  readonly askedAt: Date
}

/** What is known of the tax ids of a customer, and what the tenant makes of it. */
export interface TaxIdStanding {
  readonly policy: 'off' | 'warn' | 'hold'
  readonly days: number
  /** By tax id, with its prefix. */
  readonly verdicts: ReadonlyMap<string, TaxIdVerdict>
}

/** @returns by customer; of those without any answer, too */
export async function taxIdStandings(
  db: Database,
  customerIds: readonly string[],
): Promise<(customerId: string) => TaxIdStanding> {
  const terms = await settingValues(db, taxIdSettings)
  const rows = await db
    .selectFrom('taxIdCheck')
    .distinctOn(['customerId', 'taxId'])
    .select(['customerId', 'taxId', 'register', 'consultation', 'askedAt'])
    .select(sql<boolean>`verdict = 'valid'`.as('isValid'))
    .where('customerId', '=', anyOf(customerIds))
    .where('verdict', '<>', 'no_answer')
    .orderBy('customerId')
    .orderBy('taxId')
    .orderBy('id', 'desc')
    .execute()
  const byCustomer = Map.groupBy(rows, ({ customerId }) => customerId)
  return (customerId) => ({
    ...terms,
    verdicts: new Map((byCustomer.get(customerId) ?? []).map(({ taxId, ...verdict }) => [taxId, verdict])),
  })
}

/** What "why this tax" says of tax ids that are confirmed: `confirmed by vies on 2026-02-01, WAPIAAAAX1`. */
export function proofsOf({ verdicts }: TaxIdStanding): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...verdicts].flatMap(([taxId, { isValid, register, consultation, askedAt }]) => {
      const number = consultation === null || consultation === '' ? '' : `, ${consultation}`
      return isValid ? [[taxId, `confirmed by ${register} on ${askedAt.toISOString().slice(0, 10)}${number}`]] : []
    }),
  )
}
