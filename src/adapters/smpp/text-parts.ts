/** The alphabet of GSM (3GPP TS 23.038, 6.2.1): the place of a character is its septet. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Characters behind an escape (6.2.1.1): they take two septets. */
const EXTENDED: Readonly<Record<string, number>> = {
  ...{ '\f': 0x0a, '^': 0x14, '{': 0x28, '}': 0x29, '\\': 0x2f, '[': 0x3c, '~': 0x3d, ']': 0x3e, '|': 0x40 },
  '€': 0x65,
}
const ESCAPE = 0x1b
const septets = new Map(Array.from(BASIC, (character, at) => [character, [at]]))
septets.delete('\u001b')
for (const [character, code] of Object.entries(EXTENDED)) septets.set(character, [ESCAPE, code])

/** How parts of a long text name each other: by a header of 6 or 7 bytes before each, or not at all. */
export type LongTexts = 'udh8' | 'udh16' | 'payload'

/** Units of a message alone, and of a part behind the header: septets of GSM, or units of UTF-16. */
const ROOM = {
  gsm7: { alone: 160, udh8: 153, udh16: 152 },
  ucs2: { alone: 70, udh8: 67, udh16: 66 },
} as const

export interface TextParts {
  /** 0: the alphabet of GSM; 8: UCS-2 (SMPP 3.4, 5.2.19). */
  readonly dataCoding: 0 | 8
  /** Bytes of each part, without a header: a septet of GSM is a byte here. */
  readonly parts: readonly Buffer[]
}

/**
 * A text as the parts that a network charges for. Neither a character of two septets nor one of two units of UTF-16 is cut.
 * `Zahlen Sie 5 €` is one part of GSM; 71 letters of Cyrillic are two of UCS-2.
 * @param alphabet `ucs2` where the centre's own alphabet is not that of GSM: every text goes as UCS-2 then
 */
export function textParts(text: string, longTexts: LongTexts, alphabet: 'gsm7' | 'ucs2' = 'gsm7'): TextParts {
  const characters = Array.from(text.replaceAll('\r\n', '\n'))
  const isGsm = alphabet === 'gsm7' && characters.every((one) => septets.has(one))
  const units = characters.map((one) => (isGsm ? Buffer.from(septets.get(one) ?? []) : utf16(one)))
  const unitBytes = isGsm ? 1 : 2
  const room = ROOM[isGsm ? 'gsm7' : 'ucs2']
  const isAlone = units.reduce((sum, { length }) => sum + length, 0) <= room.alone * unitBytes
  const most = (isAlone ? room.alone : room[longTexts === 'udh16' ? 'udh16' : 'udh8']) * unitBytes
  const parts: Buffer[][] = [[]]
  let length = 0
  for (const unit of units) {
    if (length + unit.length > most) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(unit)
    length += unit.length
  }
  return { dataCoding: isGsm ? 0 : 8, parts: parts.map((part) => Buffer.concat(part)) }
}

/**
 * The header before a part (3GPP TS 23.040, 9.2.3.24.1 and .8).
 * @param reference the same for all parts of a message, and another one for the next
 * @param at from 0 on
 */
export function partHeader(longTexts: 'udh8' | 'udh16', reference: number, count: number, at: number): Buffer {
  return longTexts === 'udh8'
    ? Buffer.from([5, 0, 3, reference & 0xff, count, at + 1])
    : Buffer.from([6, 8, 4, (reference >> 8) & 0xff, reference & 0xff, count, at + 1])
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}
