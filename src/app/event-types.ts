import { engineEvents } from '../engine/index.ts'
import type { EventType } from '../platform/events/event-type.ts'
import { MODULES } from './modules.ts'

/** Everything that Kvit tells of. What a domain tells of stands in its `events.ts`. */
export const EVENT_TYPES: readonly EventType[] = [
  ...engineEvents,
  ...MODULES.flatMap(({ events }) => [...(events ?? [])]),
]
