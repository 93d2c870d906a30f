import type { StoredEvent } from '../../platform/events/event-type.ts'

/** What `/v1/events` returned before there was a catalogue: those who read it with `balances:read` continue as they did. */
export const BEFORE: Readonly<Record<string, string>> = {
  'balance.threshold_crossed': 'threshold_crossed',
  'balance.daily_fee_unpaid': 'daily_fee_unpaid',
}

/** An event as it is read, and as it is sent. */
export function viewEvent({ seq, data, ...event }: StoredEvent & { readonly writtenAt?: Date }): { id: string } {
  const { writtenAt: _written, ...told } = event
  const kind = BEFORE[event.type]
  return { ...told, seq: Number(seq), data, ...(kind === undefined ? {} : { kind, payload: data }) } as { id: string }
}
