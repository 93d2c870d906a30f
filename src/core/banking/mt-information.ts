import { isIban, plainIban } from '../base/iban.ts'
import { findCreditorReference } from './references.ts'
import { type BankTransaction, type Counterparty, NOBODY } from './statement.ts'

/** What :86: says of an entry. */
export interface Information {
  /** The bank's code of the kind of business, such as 166. */
  readonly code: string | null
  readonly transaction: Partial<BankTransaction>
}

/** `166?00GUTSCHRIFT?20EREF+…`: a code of three digits, and fields by a sign and two digits. Other signs than `?` are in use. */
const STRUCTURED = /^(\d{3})?\s*([?>~@+^])(?=\d{2})/
/** `/EREF/123/REMI/…`: words between slashes. */
const SLASHED =
  /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|KREF|PREF|MARF|CSID|ORDP|BENM|ACNO|BAI|RTRN|PURP|ULTC|ULTD|ADDR|ISDT|CNTP|TRCD|NBTR|UDTR|UCRD|ID|SVCL)\//g
/** Tags that German banks put into the text: `EREF+123 MREF+M-1 SVWZ+Invoice 7`. */
const TAGGED = /(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|COAM|OAMT|RREF)\+/g
const IBAN_IN_TEXT = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g
const NAME_IN_TEXT = /\/NAAM:\s*(.+)/

/**
 * Reads :86: in the structure of German banks, in words between slashes, or as free text.
 * @param more lines that the bank adds beside it
 */
export function readInformation(lines: readonly string[], more: readonly string[] = []): Information {
  const [first = ''] = lines
  const structured = STRUCTURED.exec(first)
  if (structured !== null) {
    const rest = [first.slice(structured[0].length - 1), ...lines.slice(1)].join('')
    return ofFields(structured[1] ?? null, fieldsOf(rest, structured[2] as string), more)
  }
  const joined = lines.join('\n')
  if (joined.search(SLASHED) >= 0) return ofWords(joined, more)
  return { code: null, transaction: ofText([...lines, ...more].map((line) => line.trim())) }
}

/** `?20first?21second?32NAME` by its numbers. */
function fieldsOf(text: string, sign: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const piece of text.split(sign)) {
    const number = /^\d{2}/.exec(piece)?.[0]
    if (number !== undefined) fields.set(number, (fields.get(number) ?? '') + piece.slice(2))
  }
  return fields
}

function ofFields(code: string | null, fields: ReadonlyMap<string, string>, more: readonly string[]): Information {
  const from = (first: number, last: number): string[] =>
    Array.from({ length: last - first + 1 }, (_, at) => fields.get(String(first + at)) ?? '').filter(
      (text) => text !== '',
    )
  const text = [...from(20, 29), ...from(60, 63)]
  const joined = text.join('')
  const tags = tagged(joined, TAGGED)
  const account = plainIban(fields.get('31') ?? tags.get('IBAN') ?? '')
  const name = [...from(32, 33)].join('').trim() || null
  const counterparty: Counterparty = {
    name: name ?? tags.get('ABWA') ?? null,
    iban: isIban(account) ? account : null,
    account: isIban(account) || account === '' ? null : account,
    bic: bicOf(fields.get('30') ?? tags.get('BIC')),
  }
  const said = tags.size === 0 ? [joined] : [tags.get('') ?? '', tags.get('SVWZ') ?? '']
  return { code, transaction: withReferences(tags, counterparty, [...said, ...more]) }
}

function ofWords(text: string, more: readonly string[]): Information {
  const tags = tagged(text, SLASHED)
  const account = plainIban(tags.get('IBAN') ?? tags.get('ACNO') ?? '')
  const counterparty: Counterparty = {
    name: (tags.get('NAME') ?? tags.get('ORDP') ?? tags.get('BENM'))?.replaceAll('\n', ' ') ?? null,
    iban: isIban(account) ? account : null,
    account: isIban(account) || account === '' ? null : account,
    bic: bicOf(tags.get('BIC')),
  }
  const remittance = [tags.get('') ?? '', tags.get('REMI')?.replace(/^(USTD|STRD)\/+/, '') ?? '', ...more]
  return {
    code: tags.get('BAI') ?? tags.get('TRTP') ?? null,
    transaction: withReferences(tags, counterparty, remittance),
  }
}

function ofText(lines: readonly string[]): Partial<BankTransaction> {
  const joined = lines.join('\n')
  const iban =
    joined
      .match(IBAN_IN_TEXT)
      ?.map(plainIban)
      .find((text) => isIban(text)) ?? null
  const name = NAME_IN_TEXT.exec(joined)?.[1]?.trim() ?? null
  return {
    counterparty: { ...NOBODY, iban, name },
    creditorReference: findCreditorReference(joined),
    remittance: lines.filter((line) => line !== ''),
  }
}

function withReferences(
  tags: ReadonlyMap<string, string>,
  counterparty: Counterparty,
  remittance: readonly string[],
): Partial<BankTransaction> {
  const plain = (name: string): string | null => tags.get(name)?.replaceAll(/\s/g, '') || null
  const endToEnd = plain('EREF')
  const lines = remittance
    .flatMap((text) => text.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return {
    counterparty,
    endToEndId: endToEnd === 'NOTPROVIDED' ? null : endToEnd,
    mandateId: plain('MREF') ?? plain('MARF'),
    creditorReference: findCreditorReference(lines.join('\n')),
    remittance: lines,
    returnReason:
      /\b(A[CGM]\d{2}|M[DS]\d{2}|R[CR]\d{2}|BE\d{2}|SL\d{2}|FF\d{2}|DT\d{2})\b/.exec(
        plain('RTRN') ?? (/r(ü|ue|u)ck|return|retour/i.test(lines.join(' ')) ? lines.join(' ') : ''),
      )?.[0] ?? null,
  }
}

/** Pieces of a text by the tags before them; what stands before the first has the name ''. */
function tagged(text: string, tags: RegExp): Map<string, string> {
  const pieces = new Map<string, string>()
  let [name, from] = ['', 0]
  const keep = (until: number): void => {
    const piece = text.slice(from, until).trim()
    if (piece !== '' && !pieces.has(name)) pieces.set(name, piece)
  }
  for (const found of text.matchAll(tags)) {
    keep(found.index)
    name = found[1] as string
    from = found.index + found[0].length
  }
  keep(text.length)
  return pieces
}

function bicOf(text: string | undefined): string | null {
  const plain = text?.replaceAll(/\s/g, '').toUpperCase() ?? ''
  return /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(plain) ? plain : null
}
