import assert from 'node:assert/strict'
import { text as textOf } from 'node:stream/consumers'
import { test } from 'node:test'
import { SaxesParser } from 'saxes'
import { fromBuffer } from 'yauzl'
import { writeXlsx } from './xlsx.ts'

/** The parts of a ZIP as another program reads them, which compares sizes and sums. */
async function partsOf(zip: Buffer): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  await new Promise<void>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true, validateEntrySizes: true }, (error, file) => {
      if (error) return reject(error)
      file.on('end', resolve).on('error', reject)
      file.on('entry', (entry) =>
        file.openReadStream(entry, (fault, stream) => {
          if (fault) return reject(fault)
          void textOf(stream).then((content) => {
            found.set(entry.fileName, content)
            file.readEntry()
          }, reject)
        }),
      )
      file.readEntry()
    })
  })
  return found
}

/** Cells of a sheet, each with its type: `n` is a number. */
function cellsOf(xml: string): [string, string][] {
  const cells: [string, string][] = []
  const parser = new SaxesParser()
  let type = ''
  let text = ''
  parser.on('opentag', ({ name, attributes }) => {
    if (name !== 'c') return
    type = String(attributes['t'] ?? 'n')
    text = ''
  })
  parser.on('text', (part) => (text += part))
  parser.on('closetag', ({ name }) => void (name === 'c' && cells.push([type, text])))
  parser.write(xml).close()
  return cells
}

async function* rowsOf(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* rows
}

test('a sheet keeps numbers digit by digit, and whatever looks like a formula as a text', async () => {
  const rows = [
    ['name', 'amount'],
    ['=1+1', '12.50'],
    ['<a> & "b"\u0001 Ґ', '-0.00000001'],
    ['+380', '1234567890.123456'],
    ['', '=cmd'],
  ]
  const parts = await partsOf(await writeXlsx(rowsOf(rows), new Set([1])))
  assert.deepEqual([...parts.keys()].sort(), [
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ])
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
  assert.doesNotMatch(sheet, /<f>/)
  assert.deepEqual(cellsOf(sheet), [
    ['inlineStr', 'name'],
    ['inlineStr', 'amount'],
    ['inlineStr', '=1+1'],
    ['n', '12.50'],
    ['inlineStr', '<a> & "b"\ufffd Ґ'],
    ['n', '-0.00000001'],
    ['inlineStr', '+380'],
    ['inlineStr', '1234567890.123456'],
    ['n', ''],
    ['inlineStr', '=cmd'],
  ])
})

test('the same rows are the same bytes; many are read back whole', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => [`row ${at}`, String(at)])
  const [zip, again] = [await writeXlsx(rowsOf(rows), new Set([1])), await writeXlsx(rowsOf(rows), new Set([1]))]
  assert.ok(zip.equals(again))
  const cells = cellsOf((await partsOf(zip)).get('xl/worksheets/sheet1.xml') ?? '')
  assert.deepEqual(
    cells.map(([, text]) => text),
    rows.flat(),
  )
})
