import type { Json } from './client.ts'
import { toWhole } from './option-values.ts'

/** `2`, `2:10.00` or `2:10.00:100`: a line, the amount of it, the units that come back. */
export function toLinePart(text: string): Json {
  const [line = '', amount = '', quantity = '', more] = text.split(':')
  if (more !== undefined || line === '')
    throw new Error(`--line is a position, an amount and a quantity, such as 2, 2:10.00 or 2:10.00:100, not "${text}"`)
  return {
    line: toWhole('--line', line),
    ...(amount === '' ? {} : { amount }),
    ...(quantity === '' ? {} : { quantity }),
  }
}

/** All values of an option that may be repeated. */
export const collectLines = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]
