import { formatScaled } from '../base/decimal.ts'
import { formatQuantity } from '../base/quantity.ts'
import { createZoneClock, type ZoneClock } from '../base/zone-clock.ts'
import { zoneSpans } from '../base/zone-history.ts'
import type { InvoiceDocument } from '../invoicing/document.ts'
import { daysText, dayText, numberText, priceText } from '../words/format.ts'
import { WORDS } from '../words/words.ts'
import type { Brand } from './brand.ts'
import { fitted } from './fitted-table.ts'
import { framed, legalOf } from './frame.ts'
import type { Page } from './page.ts'
import { type SheetGroup, type SheetList, sheetsOf } from './sheet.ts'

/** A record with its charge, as it is printed. */
export interface PrintedRecord {
  readonly startMs: number
  /** NaN where it has no end. */
  readonly endMs: number
  readonly service: string
  readonly type: string
  readonly source: string
  readonly id: string
  /** At the scale of its line's meter. */
  readonly quantity: bigint
  /** At the rating scale of its line's currency. */
  readonly amount: bigint
  readonly isCorrection: boolean
}

/** The records that one charge of a document bills. */
export interface PrintedCharge {
  readonly position: number
  readonly description: string
  /** Band, value of a schedule and the like; empty where its price has one rate. */
  readonly cell: string
  readonly price: string
  readonly isLate: boolean
  readonly unit: string
  readonly quantityScale: number
  readonly ratingScale: number
  readonly records: readonly PrintedRecord[]
}

/**
 * Every record that a document bills, on paper: a page that sums up its charges, and sheets of a line for each record, with a sum below
 * each charge. Times are those of the account's zone. @param brand that of the document
 */
export function itemisedList(
  document: InvoiceDocument,
  brand: Brand,
  zone: string,
  charges: readonly PrintedCharge[],
): SheetList {
  const { language, currency } = document
  const words = WORDS[language].document
  const told = charges.filter(({ records }) => records.length > 0).map((charge) => summedUp(document, charge))
  const clock = createZoneClock(zone)
  const groups = told.map(
    ({ charge, name, quantity, amount }): SheetGroup => ({
      heading: `${charge.position}  ${name}  ${charge.price}`,
      rows: charge.records.map((record) => rowOf(document, clock, charge, record)),
      sum: `${words.records}: ${charge.records.length}   ${words.quantity}: ${quantity}   ${words.recordCharge}: ${amount} ${currency}`,
    }),
  )
  const labels = [
    words.time,
    words.endTime,
    words.service,
    words.recordType,
    words.source,
    words.recordId,
    words.quantity,
    `${words.recordCharge}, ${currency}`,
    '',
  ]
  return {
    cover: coverOf(document, brand, zone, told),
    ...sheetsOf(
      labels.map((label, at) => ({ label, align: at === 6 || at === 7 ? 'right' : 'left' })),
      groups,
    ),
  }
}

interface SummedUp {
  readonly charge: PrintedCharge
  readonly name: string
  readonly quantity: string
  readonly amount: string
}

function summedUp({ language, currency }: InvoiceDocument, charge: PrintedCharge): SummedUp {
  const { records, quantityScale, ratingScale, unit, cell, description, isLate } = charge
  const sumOf = (part: 'quantity' | 'amount'): bigint => records.reduce((sum, record) => sum + record[part], 0n)
  const late = isLate ? ` (${WORDS[language].document.late})` : ''
  return {
    charge,
    name: `${cell === '' || description.includes(cell) ? description : `${description} · ${cell}`}${late}`,
    quantity: `${numberText(language, formatQuantity(sumOf('quantity'), quantityScale))} ${unit}`,
    amount: priceText(language, formatScaled(sumOf('amount'), ratingScale), currency),
  }
}

function rowOf(
  { language, currency }: InvoiceDocument,
  clock: ZoneClock,
  { quantityScale, ratingScale, unit }: PrintedCharge,
  record: PrintedRecord,
): string[] {
  const { startMs, endMs, service, type, source, id, quantity, amount, isCorrection } = record
  return [
    ...[timeText(clock, startMs), Number.isNaN(endMs) ? '' : timeText(clock, endMs), service, type, source, id],
    `${numberText(language, formatQuantity(quantity, quantityScale))} ${unit}`,
    priceText(language, formatScaled(amount, ratingScale), currency),
    isCorrection ? WORDS[language].document.correction : '',
  ]
}

/** `2026-01-05 11:00:00`, with thousandths where there are any: as sortable in every language. */
function timeText(clock: ZoneClock, epochMs: number): string {
  const local = new Date(epochMs + clock.offsetMs(epochMs)).toISOString()
  return local.slice(0, -1).replace('T', ' ').replace('.000', '')
}

function coverOf(document: InvoiceDocument, brand: Brand, zone: string, told: readonly SummedUp[]): Page {
  const { language, currency, number, issuedOn, period, account, seller, buyer } = document
  const words = WORDS[language].document
  const zones = [...new Set(zoneSpans(zone).map((span) => span.zone))].join(', ')
  const party = (label: string, { name, address }: typeof buyer) => ({ label, name, lines: address?.split('\n') ?? [] })
  return {
    language,
    ...framed(brand, language, { name: seller.name, title: `${words.annex} ${number}` }),
    author: seller.name,
    day: issuedOn,
    blocks: [
      {
        kind: 'head',
        title: words.annex,
        facts: [
          { label: words[document.kind], value: number, isStrong: true },
          { label: words.issued, value: dayText(language, issuedOn) },
          { label: words.period, value: daysText(language, period.from, period.until) },
          { label: words.account, value: account },
          { label: words.time, value: zones },
        ],
      },
      { kind: 'parties', parties: [party(words.seller, seller), party(words.buyer, buyer)] },
      fitted({
        kind: 'table',
        columns: [
          { label: words.number, align: 'left' },
          { label: words.description, align: 'left', isWide: true },
          { label: words.records, align: 'right' },
          { label: words.quantity, align: 'right' },
          { label: `${words.recordCharge}, ${currency}`, align: 'right' },
        ],
        rows: told.map(({ charge, name, quantity, amount }) => ({
          cells: [
            String(charge.position),
            name,
            numberText(language, String(charge.records.length)),
            ...[quantity, amount],
          ],
        })),
      }),
      ...legalOf(brand, language),
    ],
  }
}
