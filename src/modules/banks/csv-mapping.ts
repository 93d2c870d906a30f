import { z } from 'zod'
import { textUpTo } from '../../platform/http/fields.ts'

const column = textUpTo(120)

/** What a tenant says of the CSV files of a bank; `core/banking/csv-statement.ts` reads by it. */
export const csvMapping = z
  .strictObject({
    delimiter: z.enum([';', ',', '\t', '|']).default(';').describe('Between cells'),
    skipLines: z.int().min(0).max(100).default(0).describe('Lines before the one with the headings'),
    decimalSign: z.enum([',', '.']).default(',').describe('Before the last digits: 1.234,56 has a comma'),
    dayOrder: z.enum(['dmy', 'ymd', 'mdy']).default('dmy').describe('31.12.2026 is dmy'),
    columns: z
      .strictObject({
        bookedOn: column,
        valueOn: column.optional(),
        amount: column.optional().describe('With its sign; or credit and debit, each without one'),
        credit: column.optional(),
        debit: column.optional(),
        currency: column.optional(),
        balance: column.optional().describe('What is on the account after the entry: each row is checked by it'),
        name: column.optional(),
        iban: column.optional(),
        bic: column.optional(),
        text: z.array(column).max(10).optional().describe('What was written to the payee'),
        bankReference: column.optional(),
        endToEndId: column.optional(),
        mandateId: column.optional(),
        code: column.optional(),
      })
      .refine(({ amount, credit, debit }) => (amount === undefined) === (credit !== undefined && debit !== undefined), {
        message: 'name either amount, or credit and debit',
      }),
  })
  .meta({ id: 'BankCsvMapping' })
