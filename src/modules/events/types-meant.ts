import { suggestSpelling } from '../../core/base/suggest-spelling.ts'
import { type EventType, isMeant } from '../../platform/events/event-type.ts'
import { Refusal } from '../../platform/problems.ts'

/** Types and patterns that one request may ask for. */
const MAX_TYPES = 50

/**
 * The types that filters such as `invoice.issued`, `invoice.*` or `*` mean.
 * @throws Refusal where one means none
 */
export function typesMeant(catalogue: readonly EventType[], filters: readonly string[]): string[] {
  if (filters.length > MAX_TYPES) throw new Refusal('invalid_request', `type: at most ${MAX_TYPES} types and patterns`)
  const names = catalogue.map(({ type }) => type)
  return filters
    .map((part) => part.trim())
    .flatMap((part) => {
      const meant = names.filter((name) => isMeant(part, name))
      if (meant.length > 0) return meant
      throw new Refusal(
        'invalid_request',
        `type: nothing is called ${part}${suggestSpelling(part, names)} (docs/events.md has all types)`,
      )
    })
}
