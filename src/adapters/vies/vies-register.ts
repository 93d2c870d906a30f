import type { TaxIdAnswer, TaxIdQuestion, TaxIdRegister } from '../../modules/tax-ids/ports.ts'

/** Questions under way at once: VIES refuses who asks too much. */
const MAX_AT_ONCE = 20
/** Answers are some hundred bytes. */
const MAX_ANSWER_CHARACTERS = 20_000
const MAX_TEXT = 1_000
const WORD = /^[A-Z_]{3,60}$/

/**
 * VIES, which asks the tax offices of the member states: a POST of JSON to `check-vat-number`, as the European Commission documents it.
 * @param url of the service, such as `https://ec.europa.eu/taxation_customs/vies/rest-api`
 */
export function viesRegister(url: string): TaxIdRegister {
  let underWay = 0
  return {
    name: 'vies',
    ask: async (question, signal) => {
      if (underWay >= MAX_AT_ONCE) return none('too many questions at once')
      underWay++
      try {
        return await ask(url, question, signal)
      } catch {
        return none(signal.aborted ? 'it did not answer in time' : 'it could not be reached')
      } finally {
        underWay--
      }
    },
  }
}

async function ask(url: string, { taxId, askedFor }: TaxIdQuestion, signal: AbortSignal): Promise<TaxIdAnswer> {
  const asker =
    askedFor === null ? {} : { requesterMemberStateCode: askedFor.slice(0, 2), requesterNumber: askedFor.slice(2) }
  const response = await fetch(`${url}/check-vat-number`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ countryCode: taxId.slice(0, 2), vatNumber: taxId.slice(2), ...asker }),
    redirect: 'error',
    signal,
  })
  const text = await response.text()
  if (text.length > MAX_ANSWER_CHARACTERS) return none('its answer is none of VIES')
  const told = parsed(text)
  if (!response.ok) return none(faultOf(told) ?? `it answered with status ${response.status}`)
  const { valid, requestIdentifier, name, address } = told
  // Only a plain yes or no is one: an office that is away is told beside the answer.
  const fault = faultOf(told)
  if (fault !== null) return none(fault)
  if (typeof valid !== 'boolean') return none('its answer is none of VIES')
  return {
    verdict: valid ? 'valid' : 'invalid',
    ...{ consultation: textOf(requestIdentifier), name: textOf(name), address: textOf(address) },
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Such as MS_UNAVAILABLE, the office of a country being away; VALID and INVALID are no faults. */
function faultOf({ errorWrappers, userError }: Readonly<Record<string, unknown>>): string | null {
  const [first] = Array.isArray(errorWrappers) ? (errorWrappers as unknown[]) : []
  const wrapped = typeof first === 'object' && first !== null && 'error' in first ? first.error : undefined
  const word = wrapped ?? userError
  return typeof word === 'string' && WORD.test(word) && word !== 'VALID' && word !== 'INVALID' ? word : null
}

/** What an office does not tell is `---`. */
function textOf(value: unknown): string | null {
  return typeof value !== 'string' || /^[\s-]*$/.test(value) ? null : value.trim().slice(0, MAX_TEXT)
}

function none(reason: string): TaxIdAnswer {
  return { verdict: 'no_answer', reason }
}
