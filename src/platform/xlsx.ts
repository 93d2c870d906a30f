import { once } from 'node:events'
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'

/** Rows of a sheet, the head among them, as spreadsheets have them at most (ECMA-376, 18.3.1.73). */
export const MAX_SHEET_ROWS = 1_048_576
/** Characters of a cell. */
const MAX_CELL = 32_767
/** Digits that spreadsheets keep of a number; one with more is written as a text, so that none is lost. */
const MAX_DIGITS = 15
const NUMBER = /^-?\d+(\.\d+)?$/
/** Characters that are gathered before they are packed. */
const CHUNK = 256 * 1024

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const [PACKAGE, OFFICE] = [
  'http://schemas.openxmlformats.org/package/2006',
  'http://schemas.openxmlformats.org/officeDocument/2006',
]
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const override = (part: string, kind: string): string =>
  `<Override PartName="/xl/${part}" ContentType="${SHEET_TYPE}.${kind}+xml"/>`
const relationTo = (kind: string, target: string): string => {
  const type = `${OFFICE}/relationships/${kind}`
  return `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${type}" Target="${target}"/></Relationships>`
}

/** The parts of a workbook beside its one sheet (ECMA-376, Office Open XML). */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': [
    `<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('workbook.xml', 'sheet.main'),
    override('worksheets/sheet1.xml', 'worksheet'),
    '</Types>',
  ].join(''),
  '_rels/.rels': relationTo('officeDocument', 'xl/workbook.xml'),
  'xl/workbook.xml': [
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships">`,
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ].join(''),
  'xl/_rels/workbook.xml.rels': relationTo('worksheet', 'worksheets/sheet1.xml'),
}

/**
 * A workbook of one sheet. Texts are texts, whatever they begin with: no cell is a formula. Numbers are written as they are, without a
 * float between; those that a spreadsheet would round are texts.
 * @param numeric which columns have numbers
 * @throws Error where there are more rows than a sheet has
 */
export async function writeXlsx(rows: AsyncIterable<readonly string[]>, numeric: ReadonlySet<number>): Promise<Buffer> {
  const files = Object.entries(PARTS).map(([name, xml]) => packed(name, Buffer.from(DECLARATION + xml)))
  return zipOf([...files, await packedSheet(rows, numeric)])
}

interface Packed {
  readonly name: string
  readonly sum: number
  readonly size: number
  readonly bytes: Buffer
}

function packed(name: string, content: Buffer): Packed {
  return { name, sum: crc32(content), size: content.length, bytes: deflateRawSync(content) }
}

/** The sheet is packed as it is made: a million rows are never there as text. */
async function packedSheet(rows: AsyncIterable<readonly string[]>, numeric: ReadonlySet<number>): Promise<Packed> {
  const deflate = createDeflateRaw()
  const parts: Buffer[] = []
  deflate.on('data', (part: Buffer) => parts.push(part))
  const ended = once(deflate, 'end')
  let [sum, size, count] = [0, 0, 0]
  const write = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text)
    sum = crc32(bytes, sum)
    size += bytes.length
    if (!deflate.write(bytes)) await once(deflate, 'drain')
  }
  let text = `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetData>`
  for await (const row of rows) {
    if (++count > MAX_SHEET_ROWS) throw new Error(`a sheet has at most ${MAX_SHEET_ROWS} rows`)
    text += `<row>${row.map((cell, at) => cellOf(cell, count > 1 && numeric.has(at))).join('')}</row>`
    if (text.length < CHUNK) continue
    await write(text)
    text = ''
  }
  await write(`${text}</sheetData></worksheet>`)
  deflate.end()
  await ended
  return { name: 'xl/worksheets/sheet1.xml', sum, size, bytes: Buffer.concat(parts) }
}

function cellOf(text: string, isNumeric: boolean): string {
  if (text === '') return '<c/>'
  if (isNumeric && NUMBER.test(text) && text.replaceAll(/\D/g, '').replace(/^0+/, '').length <= MAX_DIGITS)
    return `<c><v>${text}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, MAX_CELL))}</t></is></c>`
}

/** What XML cannot say, such as control characters, is replaced. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** ISO/IEC 21320-1, with the first day that a ZIP can say: the same rows are the same bytes. */
function zipOf(files: readonly Packed[]): Buffer {
  const FIRST_DAY = 0x21
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, sum, size, bytes } of files) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt16LE(FIRST_DAY, 8)
    common.writeUInt32LE(sum, 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), bytes])
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, place, Buffer.from(name))
    parts.push(local)
    at += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(index.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, index, Buffer.from('PK\u0005\u0006'), end])
}
