import type { Client, Json } from '../../src/cli/client.ts'
import type { History, Step } from './history.ts'

interface Answer extends Json {
  readonly result: string
  readonly groups?: readonly { readonly result: string; readonly granted: Readonly<Record<string, string>> }[]
}

type Use = Step & { do: 'use' }

/**
 * Asks as a gateway does: an event is charged or refused; a session reserves all that will be used, and reports it if all of it was
 * granted, or nothing.
 * @param isDone - whether the book says that money covers it.
 */
export async function askOnline(client: Client, history: History, use: Use, isDone: boolean): Promise<void> {
  const { id, type, time, data } = use
  const ask = (body: Json): Promise<Answer> => {
    return client.post<Answer>('/v1/charging', { source: 's', service: history.name, time, ...body })
  }
  if (use.via === 'event') {
    const answer = await ask({ op: 'event', id, type, data })
    if ((answer.result === 'charged') !== isDone) throw new Error(`covered or not: ${JSON.stringify(answer)}`)
    return
  }
  const start = await ask({ op: 'start', session: id, sequence: 0, requested: [{ type, data }] })
  const isGranted = start.result === 'granted' && isWhole(history, start, data)
  if (isGranted !== isDone) throw new Error(`granted or not: ${JSON.stringify(start)}`)
  if (start.result !== 'granted') return
  const used = isGranted ? { used: [{ type, data }] } : {}
  const end = await ask({ op: 'end', session: id, sequence: 1, ...used })
  if (end.result !== 'ended' || 'suspended' in end) throw new Error(`ended or not: ${JSON.stringify(end)}`)
}

function isWhole({ meters }: History, { groups }: Answer, data: Readonly<Record<string, string>>): boolean {
  const [group] = groups ?? []
  const property = meters[0]?.property
  if (group?.result !== 'granted') return false
  return property === undefined || Number(group.granted[property]) === Number(data[property])
}
