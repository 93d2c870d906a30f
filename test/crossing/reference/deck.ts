import type { Rate, UsagePrice } from '../history.ts'
import type { Book } from './book.ts'
import { dayOf } from './calendar.ts'

/** The destination of a number: the longest prefix of the version in force. Another rate for it makes it another destination. */
export function destinationOf({ history: { deck } }: Book, number: string, time: string): string {
  const digits = number.replace(/^\+/, '')
  const day = dayOf(time, deck.zone)
  const at = deck.versions.findLastIndex(({ from }) => from <= day)
  const rows = deck.versions[at]?.rows ?? []
  const [row] = rows
    .filter(({ prefix }) => digits.startsWith(prefix))
    .toSorted((one, other) => other.prefix.length - one.prefix.length)
  if (row === undefined) throw new Error(`no destination of ${number}`)
  const first = deck.versions.findIndex(({ rows: own }) =>
    own.some((one) => one.destination === row.destination && one.unitAmount === row.unitAmount && one.fee === row.fee),
  )
  return first <= 0 ? row.destination : `${row.destination} (${first})`
}

export function deckRate({ history: { deck } }: Book, { column }: NonNullable<UsagePrice['deck']>, name: string): Rate {
  const [, destination = '', version = '0'] = /^(.*?)(?: \((\d+)\))?$/.exec(name) ?? []
  const row = deck.versions[Number(version)]?.rows.find((one) => one.destination === destination)
  if (row === undefined) throw new Error(`no rate of ${name}`)
  const fee = column === 'with fee' ? { connectionFee: row.fee } : {}
  return { model: 'per_unit', unitAmount: row.unitAmount, ...fee }
}
