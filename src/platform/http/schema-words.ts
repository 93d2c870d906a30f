import { z } from 'zod'
import { closestSpelling, suggestSpelling } from '../../core/base/suggest-spelling.ts'

/** Characters of a value that a message repeats. */
const QUOTED = 60
/** Unknown fields that are named. */
const MOST_KEYS = 5

/** What a value has to be, by the name that schemas have for it. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** What to write where a format is required. */
const FORMATS: Readonly<Record<string, string>> = {
  date: 'a day such as 2026-02-28',
  datetime: 'a time with its zone such as 2026-02-28T12:00:00+02:00',
  uuid: 'an id such as 0198c0de-7a2b-7000-8000-000000000001',
  url: 'an address such as https://example.com/hook',
  email: 'an e-mail address such as anna@example.com',
}

function quoted(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value))
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text
}

/** What may have been meant; nothing for a text that is longer than any name, since comparing takes its length times theirs. */
function hint(given: string, known: readonly string[]): string {
  return given.length > QUOTED ? '' : suggestSpelling(given, known)
}

function noneOf(given: unknown, among: readonly unknown[]): string {
  const values = among.map(String)
  if (given === undefined) return `is missing; it is one of ${values.join(', ')}`
  const near = String(given).length > QUOTED ? undefined : closestSpelling(String(given), values)
  return `${quoted(given)} is none of ${values.join(', ')}${near === undefined ? '' : `; did you mean "${near}"?`}`
}

/** What sizes are counted in. */
const COUNTED: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
}

/** `"" is too short: at least 1 character`, `501 is too large: at most 500`. */
function outOfBounds(
  issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall> | z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>,
): string | undefined {
  const isSmall = issue.code === 'too_small'
  const bound = isSmall ? issue.minimum : issue.maximum
  const counted = COUNTED[issue.origin]
  if (counted === undefined && issue.origin !== 'number' && issue.origin !== 'int') return undefined
  const least = issue.inclusive === false ? (isSmall ? 'more than' : 'less than') : isSmall ? 'at least' : 'at most'
  if (counted === undefined) return `${quoted(issue.input)} is too ${isSmall ? 'small' : 'large'}: ${least} ${bound}`
  return `${quoted(issue.input)} is too ${isSmall ? 'short' : 'long'}: ${least} ${bound} ${counted[Number(bound) === 1 ? 0 : 1]}`
}

/**
 * What is wrong with a value, in words that say what was given and what to write instead; undefined leaves it to the schema's own.
 * "opn" for a state is `"opn" is none of issued, paid, open; did you mean "open"?`.
 */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = KINDS[issue.expected] ?? issue.expected
      return input === undefined ? `is missing; it is ${wanted}` : `${quoted(input)} is not ${wanted}`
    }
    case 'invalid_value': {
      return noneOf(input, issue.values)
    }
    case 'invalid_format': {
      const example = FORMATS[issue.format]
      return example === undefined ? undefined : `${quoted(input)} is not ${example}`
    }
    case 'invalid_union': {
      // A kind that there is not: which of them is meant says one of its fields.
      if (issue.discriminator === undefined || !('options' in issue)) return undefined
      const given = (input as Record<string, unknown> | undefined)?.[issue.discriminator]
      return noneOf(given, issue.options as readonly unknown[])
    }
    case 'unrecognized_keys': {
      const def = issue.inst?._zod.def as { readonly shape?: object } | undefined
      const known = Object.keys(def?.shape ?? {})
      return issue.keys
        .slice(0, MOST_KEYS)
        .map((key) => `there is no ${quoted(key)} here${hint(key, known)}`)
        .join('; ')
    }
    case 'too_small':
    case 'too_big': {
      return outOfBounds(issue)
    }
    default:
      return undefined
  }
}

/** Has all schemas of the process speak so, where they have no words of their own. */
export function speakPlainly(): void {
  z.config({ customError: inWords })
}
