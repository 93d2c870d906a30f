import { checkTaxId } from '../../core/tax/ids/check-tax-id.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow } from '../parties/index.ts'
import { taxIdChecked } from './events.ts'
import type { TaxIdAnswer, TaxIdRegister } from './ports.ts'

/** How long a register is waited for. */
const TIMEOUT_MS = 20_000

/** Letters that VIES knows countries by: the members of the Union, and Northern Ireland. */
const PREFIXES: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' '),
)

/** One answer, as it is kept. */
export interface TaxIdCheck {
  readonly id: string
  readonly customerId: string
  readonly taxId: string
  readonly register: string
  readonly verdict: TaxIdAnswer['verdict']
  readonly consultation: string | null
  readonly name: string | null
  readonly address: string | null
  readonly reason: string | null
  readonly askedFor: string | null
  readonly askedBy: string
  readonly askedAt: Date
}

export interface Asked {
  readonly customerId: string
  readonly askedFor: string | null
  readonly answers: readonly { readonly taxId: string; readonly answer: TaxIdAnswer }[]
}

/**
 * Asks about the tax ids of a customer, or one of them, all at once; nothing is written.
 * @param issuer who asks: its registration in the Union goes with the question
 * @throws Refusal where it has none that the register knows of
 */
export async function askRegister(
  register: TaxIdRegister,
  db: Database,
  {
    customer,
    taxId,
    issuer,
  }: { readonly customer: string; readonly taxId?: string | undefined; readonly issuer?: string | undefined },
): Promise<Asked> {
  const { id: customerId, key, taxIds, taxId: printed } = await getRow(db, 'customer', customer)
  const all = [...new Set([...taxIds, ...(printed === null ? [] : [printed])].flatMap(askable))]
  const wanted = taxId === undefined ? all : all.filter((one) => askable(taxId).includes(one))
  if (wanted.length === 0)
    throw new Refusal(
      'unprocessable',
      `customer ${key} has no ${taxId === undefined ? 'VAT number of the European Union' : `tax id ${taxId} that VIES knows of`}: set its taxIds`,
    )
  const askedFor = issuer === undefined ? null : await registrationOf(db, issuer)
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const answers = await Promise.all(
    wanted.map(async (one) => ({ taxId: one, answer: await register.ask({ taxId: one, askedFor }, signal) })),
  )
  return { customerId, askedFor, answers }
}

/** The number with its prefix, where it is a right one of the Union. */
function askable(text: string): string[] {
  const { isValid, number } = checkTaxId(text)
  return isValid && PREFIXES.has(number.slice(0, 2)) ? [number] : []
}

async function registrationOf(db: Database, issuer: string): Promise<string> {
  const { key, registrations, postalAddress } = await getRow(db, 'issuer', issuer)
  const own = registrations.filter(({ kind }) => kind === 'vat')
  const home = own.filter(({ country }) => country === postalAddress?.country)
  const [number] = [...home, ...own].flatMap((one) => askable(one.number))
  if (number === undefined)
    throw new Refusal('unprocessable', `issuer ${key} has no VAT registration in the European Union to ask with`)
  return number
}

/** Keeps the answers, in the transaction of `db`. */
export async function keepAnswers(
  db: Database,
  { customerId, askedFor, answers }: Asked,
  { register, askedBy, nowMs }: { readonly register: string; readonly askedBy: string; readonly nowMs: number },
): Promise<TaxIdCheck[]> {
  const unsaid = { consultation: null, name: null, address: null, reason: null }
  const rows = answers.map(({ taxId, answer }): TaxIdCheck => {
    return {
      ...{ id: newId(), customerId, taxId, register, ...unsaid, ...answer, askedFor, askedBy },
      askedAt: new Date(nowMs),
    }
  })
  await db.insertInto('taxIdCheck').values(rows).execute()
  const events = rows.map(({ verdict, consultation }) =>
    eventOf(taxIdChecked, { objectId: customerId, customerId }, { verdict, consultation }),
  )
  await publish(db, events, nowMs)
  return rows
}
