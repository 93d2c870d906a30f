import { add, decimal, formatDecimal, formatScaled, multiply, toScale, ZERO } from '../../core/base/decimal.ts'
import { csvRows } from '../../core/mediation/csv.ts'
import { type BilledLine, type Check, type Operator, readExample } from './operator.ts'

function sumOf(texts: readonly string[]): string {
  return formatDecimal(texts.map(decimal).reduce(add, ZERO))
}

/** Half-up to cents, of an exact decimal. */
function toCents(text: string): string {
  return formatScaled(toScale(decimal(text), 2), 2)
}

const london: Operator = {
  tenant: 'demo-electricity',
  title: 'London electricity: four homes, flat and dynamic time-of-use tariff, January to March 2013',
  folder: 'london-electricity',
  issuer: {
    key: 'london',
    name: 'London Power Demo Ltd',
    address: '1 Example Street, London',
    taxId: 'GB000000000',
    bankDetails: 'Example Bank, GB00 EXAM 0000 0000 0000 00',
    invoiceSeries: 'LDN',
    creditNoteSeries: 'LDN-CN',
  },
  steps: [
    { clock: '2013-02-01T06:00:00Z', files: ['2013-01.csv', 'bad.csv', '2013-01.csv'], billUntil: '2013-02-01' },
    { clock: '2013-03-01T06:00:00Z', files: ['2013-02.csv'], billUntil: '2013-03-01' },
    { clock: '2013-04-01T06:00:00Z', files: ['2013-03.csv'], billUntil: '2013-04-01' },
  ],
  async expect(lines) {
    const expected = JSON.parse(await readExample('london-electricity', 'expected.json')) as Record<
      string,
      Record<string, { kWh: string; exact: string }>
    >
    return Object.entries(expected).flatMap(([home, months]) =>
      Object.entries(months).flatMap(([month, { kWh, exact }]) => compareMonth(lines, home, month, kWh, exact)),
    )
  },
}

function compareMonth(lines: readonly BilledLine[], home: string, month: string, kWh: string, exact: string): Check[] {
  const own = lines.filter(({ account, from }) => account === home && from.startsWith(month))
  return [
    { check: `${home} ${month} kWh`, expected: kWh, kvit: sumOf(own.map(({ quantity }) => quantity)) },
    { check: `${home} ${month} exact GBP`, expected: exact, kvit: sumOf(own.map(({ exactAmount }) => exactAmount)) },
  ]
}

const tokens: Operator = {
  tenant: 'demo-tokens',
  title: 'AI tokens: 8,819 requests of the Azure code trace, 1.5 and 2.0 USD per million tokens',
  folder: 'ai-tokens',
  issuer: {
    key: 'cloud',
    name: 'Token Cloud Demo Inc',
    address: '2 Example Avenue, Seattle',
    invoiceSeries: 'AI',
    creditNoteSeries: 'AI-CN',
  },
  steps: [
    { clock: '2023-12-01T00:00:00Z', files: ['code-trace.csv', 'bad.csv', 'code-trace.csv'], billUntil: '2023-12-01' },
  ],
  async expect(lines) {
    const expected = JSON.parse(await readExample('ai-tokens', 'expected.json')) as {
      contextTokens: string
      generatedTokens: string
      exact: string
    }
    const of = (description: string): readonly BilledLine[] => lines.filter((line) => line.description === description)
    return [
      {
        check: 'input tokens',
        expected: expected.contextTokens,
        kvit: sumOf(of('Input tokens').map(({ quantity }) => quantity)),
      },
      {
        check: 'output tokens',
        expected: expected.generatedTokens,
        kvit: sumOf(of('Output tokens').map(({ quantity }) => quantity)),
      },
      { check: 'exact USD', expected: expected.exact, kvit: sumOf(lines.map(({ exactAmount }) => exactAmount)) },
      { check: 'billed USD', expected: toCents(expected.exact), kvit: sumOf(lines.map(({ amount }) => amount)) },
    ]
  },
}

const SERVICES = [
  { column: 'day_charge', minutes: 'day_minutes', description: 'Day calls', rate: '0.17' },
  { column: 'eve_charge', minutes: 'eve_minutes', description: 'Evening calls', rate: '0.085' },
  { column: 'night_charge', minutes: 'night_minutes', description: 'Night calls', rate: '0.045' },
  { column: 'intl_charge', minutes: 'intl_minutes', description: 'International calls', rate: '0.27' },
]

const telephony: Operator = {
  tenant: 'demo-telephony',
  title: 'Telephony: minutes of 250 subscribers by time of day, rounded half-up per service',
  folder: 'telephony',
  issuer: {
    key: 'bell',
    name: 'Bell Demo Corp',
    address: '3 Example Road, Boston',
    invoiceSeries: 'TEL',
    creditNoteSeries: 'TEL-CN',
  },
  steps: [{ clock: '2024-02-01T08:00:00Z', files: ['minutes.csv', 'bad.csv', 'minutes.csv'], billUntil: '2024-02-01' }],
  async expect(lines) {
    const [header, ...rows] = [...csvRows(await readExample('telephony', 'usage/minutes.csv'), ',')].map(
      ({ cells }) => cells,
    )
    const column = (name: string): readonly string[] => rows.map((cells) => cells[(header ?? []).indexOf(name)] ?? '')
    const byAccount = new Map(lines.map((line) => [`${line.account} ${line.description}`, line.amount]))
    return SERVICES.flatMap(({ column: charge, minutes, description, rate }): Check[] => {
      const billed = column('subscriber').map((account) => byAccount.get(`${account} ${description}`) ?? '0')
      const source = column(charge)
      const ties = source.filter((text, at) => isTieRoundedDown(column(minutes)[at] ?? '0', rate, text)).length
      const equal = source.filter((text, at) => toCents(text) === toCents(billed[at] ?? '0')).length
      const note = ties === 0 ? '' : ` (source rounded ${ties} half-cent ties down)`
      const tariff = column(minutes).map((text) => toCents(formatDecimal(multiply(decimal(text), decimal(rate)))))
      return [
        {
          check: `${description}: equal to the source's charge${note}`,
          expected: String(source.length - ties),
          kvit: String(equal),
        },
        { check: `${description}: USD by the tariff`, expected: sumOf(tariff), kvit: sumOf(billed) },
      ]
    })
  },
}

/** The source computed in binary floating point, where some exact half cents lie just below. */
function isTieRoundedDown(minutes: string, rate: string, charged: string): boolean {
  const exact = multiply(decimal(minutes), decimal(rate))
  return toScale(exact, 2) !== toScale(exact, 2, 'down') && toScale(decimal(charged), 2) === toScale(exact, 2, 'down')
}

export const OPERATORS: readonly Operator[] = [london, tokens, telephony]
