import assert from 'node:assert/strict'
import { SaxesParser } from 'saxes'

/** Readers of exported journals, as small as can be: what each format says of the balances of accounts, in cents. */

export type Balances = Record<string, number>

function add(balances: Balances, code: string, cents: number): void {
  balances[code] = (balances[code] ?? 0) + cents
  if (balances[code] === 0) delete balances[code]
}

function centsOf(text: string): number {
  assert.match(text, /^\d+[.,]\d\d$/)
  return Number(text.replace(/[.,]/, ''))
}

/** Cells of a line with quotes around some. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = []
  let [cell, isQuoted] = ['', false]
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] as string
    if (isQuoted && letter === '"' && line[at + 1] === '"') {
      cell += letter
      at++
    } else if (letter === '"') isQuoted = !isQuoted
    else if (letter === separator && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += letter
  }
  return [...cells, cell]
}

export function readCsvJournal(text: string): Balances {
  const [heading = '', ...lines] = text.trimEnd().split('\n')
  const columns = heading.split(',')
  const balances: Balances = {}
  for (const line of lines) {
    const cells = cellsOf(line, ',')
    assert.equal(cells.length, columns.length)
    const of = (name: string): string => cells[columns.indexOf(name)] as string
    if (of('debit') !== '') add(balances, of('code'), centsOf(of('debit')))
    if (of('credit') !== '') add(balances, of('code'), -centsOf(of('credit')))
  }
  return balances
}

export interface DatevFile {
  readonly header: readonly string[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly balances: Balances
}

/** As its description has it: Windows-1252, semicolons, CR LF, a header of 31 fields, headings, and rows of as many. */
export function readDatevJournal(bytes: Uint8Array): DatevFile {
  const text = new TextDecoder('windows-1252').decode(bytes)
  assert.ok(text.endsWith('\r\n') && !/[^\r]\n/.test(text), 'lines end with CR LF')
  const [header = [], columns = [], ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => cellsOf(line, ';'))
  assert.deepEqual(header.slice(0, 5), ['EXTF', '700', '21', 'Buchungsstapel', '13'])
  assert.equal(header.length, 31)
  const balances: Balances = {}
  for (const row of rows) {
    assert.equal(row.length, columns.length)
    const [amount = '', side, , , , , account = '', contra = '', , day = ''] = row
    assert.match(amount, /^\d{1,10},\d{2}$/)
    assert.match(day, /^\d{4}$/)
    const sign = side === 'S' ? 1 : -1
    add(balances, account, sign * centsOf(amount))
    add(balances, contra, -sign * centsOf(amount))
  }
  return { header, columns, rows, balances }
}

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

function readXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (part) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += part
  })
  parser.on('closetag', () => void open.pop())
  parser.write(text).close()
  return root.children[0] as Element
}

function* all(element: Element, name: string): Generator<Element> {
  for (const child of element.children) {
    if (child.name === name) yield child
    yield* all(child, name)
  }
}

function textOf(element: Element, name: string): string {
  const found = [...all(element, name)][0]
  assert.ok(found !== undefined, `${element.name} has ${name}`)
  return found.text
}

export interface SaftFile {
  readonly entries: number
  readonly totalDebit: number
  readonly totalCredit: number
  readonly customers: readonly string[]
  readonly balances: Balances
  /** As its accounts say they close. */
  readonly closing: Balances
}

export function readSaftJournal(text: string): SaftFile {
  const file = readXml(text)
  assert.equal(file.attributes['xmlns'], 'urn:OECD:StandardAuditFile-Tax:PT_1.04_01')
  const [balances, closing]: Balances[] = [{}, {}]
  const transactions = [...all(file, 'Transaction')]
  let [debits, credits] = [0, 0]
  for (const [side, sign] of [
    ['Debit', 1],
    ['Credit', -1],
  ] as const)
    for (const line of all(file, `${side}Line`)) {
      const cents = centsOf(textOf(line, `${side}Amount`))
      add(balances as Balances, textOf(line, 'AccountID'), sign * cents)
      if (sign > 0) debits += cents
      else credits += cents
    }
  for (const account of all(file, 'Account')) {
    const cents = centsOf(textOf(account, 'ClosingDebitBalance')) - centsOf(textOf(account, 'ClosingCreditBalance'))
    add(closing as Balances, textOf(account, 'AccountID'), cents)
  }
  const entries = Number(textOf(file, 'NumberOfEntries'))
  assert.equal(entries, transactions.length)
  const [totalDebit, totalCredit] = [textOf(file, 'TotalDebit'), textOf(file, 'TotalCredit')].map(centsOf)
  assert.deepEqual([debits, credits], [totalDebit, totalCredit])
  const customers = [...all(file, 'CustomerID')].map((one) => one.text).sort()
  return {
    entries,
    totalDebit: debits,
    totalCredit: credits,
    customers,
    balances: balances as Balances,
    closing: closing as Balances,
  }
}

export function readBasJournal(text: string): Balances {
  const file = readXml(text)
  assert.equal(file.name, 'ЖурналОперацій')
  const balances: Balances = {}
  for (const { attributes } of all(file, 'Проводка')) {
    const cents = centsOf(attributes['Сума'] as string)
    add(balances, attributes['РахунокДт'] as string, cents)
    add(balances, attributes['РахунокКт'] as string, -cents)
  }
  return balances
}
