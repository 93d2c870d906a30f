/**
 * What a network of terminals is answered, by a word and by the number that OSMP gives it. Networks know the numbers: with 0 the money was taken,
 * with 1 and 90 they ask again with the same id, with all others they give the money back or show their payer why not.
 */
export const RESULTS = {
  ok: [0, 'done'],
  temporary: [1, 'not known yet: send the same again'],
  bad_account: [4, 'account: 1 to 128 characters without control characters'],
  account_not_found: [5, 'there is no such account'],
  account_ambiguous: [5, 'several accounts are named so'],
  network_closed: [7, 'payments of this network are not taken now'],
  wrong_currency: [7, 'the account, or this network, is in another currency'],
  not_allowed: [7, 'the account cannot take this payment'],
  account_closed: [79, 'the account is closed'],
  under_way: [90, 'it is being worked on: send the same again'],
  not_found: [210, 'no payment has this txn_id'],
  too_small: [241, 'sum: less than this network may take'],
  too_large: [242, 'sum: more than this network may take'],
  bad_fields: [300, 'fields: each once, in UTF-8, in the address, in a form or in a flat JSON object'],
  bad_command: [300, 'command: check, pay, status or cancel'],
  bad_txn_id: [300, 'txn_id: 1 to 64 visible ASCII characters'],
  bad_sum: [300, 'sum: a decimal such as 10.45, with no more digits than the currency has'],
  bad_date: [300, 'txn_date: YYYYMMDDhhmmss, not in the future and not older than 45 days'],
  id_conflict: [300, 'txn_id: it was used for another account or another sum'],
  cancelled: [300, 'txn_id: it was cancelled'],
  cancel_too_late: [300, 'it is cancelled on the day of the payment alone'],
  cancel_paid_out: [300, 'its money was paid out already'],
  cancel_used: [300, 'its money was used already'],
} as const satisfies Record<string, readonly [result: number, comment: string]>

export type TerminalReason = keyof typeof RESULTS

/** An answer, before it is written as XML or JSON. */
export interface TerminalAnswer {
  readonly reason: TerminalReason
  readonly txnId: string | null
  /** Kvit's own number of the payment: digits alone, as networks store it. */
  readonly ownNumber?: string
  readonly sum?: string
  readonly currency?: string
  readonly state?: 'paid' | 'cancelled' | 'pending'
  /** What the terminal may show, by name: `balance`. */
  readonly fields?: Readonly<Record<string, string>>
}

/** What XML 1.0 can hold: other characters are left out, whatever somebody has written into a name. */
const NOT_IN_XML = /[^\t\n\r\P{Cc}]|[\ufffe\uffff]|\p{Cs}/gu

function xml(text: string): string {
  const marks = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' } as const
  return text.replace(NOT_IN_XML, '').replace(/[&<>"']/g, (mark) => marks[mark as keyof typeof marks])
}

/** The answer in XML, in the elements that OSMP has: `<response><osmp_txn_id>17</osmp_txn_id><result>0</result>…`. */
export function writeXml(answer: TerminalAnswer): string {
  const { txnId, ownNumber, sum, currency, state, fields = {}, reason } = answer
  const [result, comment] = RESULTS[reason]
  const element = (name: string, text: string | null | undefined): string =>
    text === null || text === undefined ? '' : `  <${name}>${xml(text)}</${name}>\n`
  const shown = Object.entries(fields).map(
    ([name, text], at) => `    <field${at + 1} name="${xml(name)}">${xml(text)}</field${at + 1}>\n`,
  )
  const fieldList = shown.length === 0 ? '' : `  <fields>\n${shown.join('')}  </fields>\n`
  const parts = [
    element('osmp_txn_id', txnId),
    element('prv_txn', ownNumber),
    element('sum', sum),
    element('ccy', currency),
    element('result', String(result)),
    element('reason', reason),
    element('state', state),
    element('comment', comment),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<response>\n${parts.join('')}${fieldList}</response>\n`
}

/** The same in JSON. */
export function writeJson(answer: TerminalAnswer): string {
  const { txnId, ownNumber, sum, currency, state, fields, reason } = answer
  const [result, comment] = RESULTS[reason]
  return JSON.stringify({
    result,
    reason,
    comment,
    txn_id: txnId,
    prv_txn: ownNumber,
    sum,
    ccy: currency,
    state,
    fields,
  })
}
