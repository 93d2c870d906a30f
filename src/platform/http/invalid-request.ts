import { Refusal } from '../problems.ts'

/** Mistakes of one request that its answer lists; a body can have a hundred thousand. */
const MAX_TOLD = 100

/** Refuses what a request says, and where. */
export function invalidRequest(mistakes: readonly { readonly path: string; readonly message: string }[]): Refusal {
  const errors = mistakes.slice(0, MAX_TOLD)
  const more = mistakes.length > errors.length ? [`and ${mistakes.length - errors.length} more`] : []
  const lines = [...errors.map(({ path, message }) => `${path}: ${message}`), ...more]
  return new Refusal('invalid_request', lines.join('; '), { errors })
}
