/** Statements of banks as files: those of public collections (they need /work/shared), and files that are broken or hostile. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readXml } from '../src/adapters/xml/read-xml.ts'
import { readBankFile } from '../src/core/banking/read-bank-file.ts'
import type { BankFile, BankStatement } from '../src/core/banking/statement.ts'
import { SHARED } from './harness.ts'

const FOLDER = join(SHARED, 'data/bank-files-camt-mt940')
const read = (bytes: Uint8Array): BankFile => readBankFile(bytes, readXml)

/** Account, balances in minor units, and of each transaction its amount, counterparty and references. */
function short({ account, currency, opening, closing, entries }: BankStatement): string[] {
  const transactions = entries.flatMap((entry) => entry.transactions)
  return [
    `${account} ${currency} ${opening?.amountMinor ?? '-'} ${closing?.amountMinor ?? '-'}`,
    ...transactions.map(({ amountMinor, counterparty, endToEndId, creditorReference }) =>
      [amountMinor, counterparty.name, counterparty.iban, endToEndId, creditorReference].join('|'),
    ),
  ]
}

const NL = 'NL26VAYB8060476890 EUR'
const CH = 'CH2801234000123456789'
/** What each file says, as its text was read by hand; the last column is what of it does not agree. */
const FILES: readonly (readonly [string, readonly (readonly string[])[], RegExp | null])[] = [
  ['camt/camt052.v1.xml', [[`${CH} SEK - -`, '-20000000||||']], null],
  ['camt/camt052.v2.xml', [[`${CH} SEK - -`, '-20000000|Company Name|NL56AGDH9619008421||']], null],
  ['camt/camt052.v2.other-account.xml', [[`${CH} SEK - -`, '-20000000|Company Name|||']], null],
  ['camt/camt052.v2.with-account-name.xml', [[`${CH} SEK - -`, `-20000000|Company Name|${CH}||`]], null],
  ['camt/camt052.v4.xml', [[`${CH} CHF - -`]], /line 71: Ntry is in SEK, and the account in CHF/],
  ['camt/camt052.v6.xml', [[`${CH} CHF - -`]], /line 71: Ntry is in SEK, and the account in CHF/],
  ['camt/camt052.v6.Amt-zero.xml', [[`${CH} CHF - -`]], /line 71: Ntry is in SEK, and the account in CHF/],
  ['camt/camt052.v8.xml', [[`${CH} SEK - -`, '-20000000||||']], null],
  // 1.01 + 8.85 is 9.86, and it says 4.04.
  ['camt/camt053.v2.all-balance-types.xml', [[`${CH} EUR 101 404`, '885|||000000001|']], /4\.04 EUR is 5\.82 less/],
  // 18.150 + 8.850 is 27.000, and it says 27.050.
  ['camt/camt053.v2.five.decimals.xml', [[`${NL} 1815 2705`, '885|||000000001|']], /27\.05 EUR is 0\.05 more/],
  [
    'camt/camt053.v2.minimal.xml',
    [[`${NL} 1815 -`, '885|NAME NAME|NL56AGDH9619008421||4654654654654654']],
    /line 60: Bal is in SEK/,
  ],
  [
    'camt/camt053.v2.minimal.ultimate.xml',
    [[`${NL} 1815 -`, '885|DEBTOR NAME NM|||4654654654654654']],
    /line 60: Bal is in SEK/,
  ],
  [
    'camt/camt053.v2.with-party-ids.xml',
    [[`${NL} 1815 -`, '885|NAME NAME|NL56AGDH9619008421||4654654654654654']],
    /line 60: Bal is in SEK/,
  ],
  [
    'camt/camt053.v2.multi.statement.xml',
    [
      [`${NL} 1815 2700`, '885|||000000001|'],
      [`${NL} 2700 2000`, '-700|Company Name 2|NL56AGDH9619008421|000000002|'],
    ],
    null,
  ],
  ['camt/camt053.v2.with-account-name.xml', [[`${CH} JPY - -`]], /line 30: Ntry is in EUR, and the account in JPY/],
  ['camt/camt053.v2.wrong.xml', [], /line 2: there is no Stmt/],
  [
    'camt/camt053.v3.xml',
    [[`${NL} 1815 -`, '885|NAME NAME|NL56AGDH9619008421||4654654654654654']],
    /line 80: Bal is in SEK/,
  ],
  [
    'camt/camt053.v4.xml',
    [[`${NL} 1815 -`, '885|NAME NAME|NL56AGDH9619008421||4654654654654654']],
    /line 80: Bal is in SEK/,
  ],
  [
    'camt/camt053.v8.xml',
    [[`${NL} 1815 -`, '885|NAME NAME|NL56AGDH9619008421|MUELL/FINP/RA12345|4654654654654654']],
    /line 80: Bal is in SEK/,
  ],
  ['camt/camt53.only-Dt-with-DtTm.xml', [['GB33BUKB20201555555555 RON 544209 -']], null],
  ['camt/camt054.v2.with-account-name.xml', [[`${CH} SEK - -`, '-20000000||||']], null],
  ['camt/camt054.v2.xml', [[`${CH} SEK - -`, '-20000000||||']], null],
  ['camt/camt054.v4.xml', [[`${CH} SEK - -`, '-20000000||||']], null],
  ['camt/camt054.v8.xml', [[`${CH} SEK - -`, '-20000000||||']], null],
  ['camt/camt054.v8-with-UETR.xml', [[`${CH} SEK - -`, '-20000000||||']], null],
  ['camt/camt054.v8-with-financial-institution.xml', [[`${CH} SEK - -`, '-20000000|Example Creditor 3 - V1|||']], null],
  [
    'mt940/test1.mt940',
    [
      ['123456789 EUR 0 50000', '50000||||'],
      ['123456789 EUR 305898 79898', '-276000|PICQER|||', '50000|MMS ONLINE NEDERLAND B.V.||29-07-2014 10:05|'],
    ],
    null,
  ],
  ['mt940/test1.mt942', [['123011050612305 NZD - -', '-500000|Transfer|||', '500000|test rate|||']], null],
  [
    'mt940/test2.mt940x',
    [
      [
        'B4E08MS9D00A0009 PLN 350360 299653',
        '-36900|BOOKING GROUP|||',
        '-1507||||',
        '-12300|OFFICE GROUPUL. SPOKOJNA 3|||',
      ],
      ['B4E08MS9D00A0009 PLN 299653 297153', '-2500||||'],
    ],
    null,
  ],
  [
    'mt940/test2.mt942',
    [['123011050612305 NZD - -', '-500000|Transfer|||', '-2000|Transfer|||', '502000|wording|||']],
    null,
  ],
  [
    'mt940/test-with-NS.mt940x',
    [
      [
        'B4E08MS9D00A0009 PLN 350360 299653',
        '-36900|BOOKING GROUP|||',
        '-1507||||',
        '-12300|OFFICE GROUPUL. SPOKOJNA 3|||',
      ],
      ['B4E08MS9D00A0009 PLN 299653 297153', '-2500||||'],
    ],
    null,
  ],
  [
    'mt940/testX.mt940',
    [
      ['123456789 EUR 0 50000', '50000|XXXXXXXXXXXXX XXXXXXXX BANKEN AB (PUBL) (FORMER: SXB A|||'],
      [
        '123456789 EUR 305898 79898',
        '-276000|XX XXXXXX XXXXX XXXX N.A.25 XXXX XXXXX, CANARY WHARF|||',
        '50000|MMS ONLINE NEDERLAND B.V.||29-07-2014 10:05|',
      ],
    ],
    null,
  ],
]

test('every file of the public collection is read; what does not agree in it is named', {
  skip: !existsSync(FOLDER) && 'needs the shared data',
}, () => {
  const known = ['camt', 'mt940'].flatMap((folder) =>
    readdirSync(join(FOLDER, folder)).map((name) => `${folder}/${name}`),
  )
  assert.deepEqual(known.toSorted(), FILES.map(([name]) => name).toSorted())
  for (const [name, expected, fault] of FILES) {
    const file = read(readFileSync(join(FOLDER, name)))
    assert.deepEqual(file.statements.map(short), expected, name)
    const faults = [file, ...file.statements].flatMap((one) => one.faults)
    if (fault === null) assert.deepEqual(faults, [], name)
    else assert.match(faults.map(({ line, message }) => `line ${line}: ${message}`).join('\n'), fault, name)
  }
})

const camt = (body: string): Buffer =>
  Buffer.from(
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>${body}</BkToCstmrStmt></Document>`,
  )
const balance = (code: string, amount: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-02-01</Dt></Dt></Bal>`
const entry = (amount: string, side = 'CRDT', details = ''): string =>
  `\n<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-02-01</Dt></BookgDt><NtryDtls>${details}</NtryDtls></Ntry>`
const statement = (...parts: string[]): Buffer =>
  camt(`<Stmt><Id>S</Id><Acct><Id><IBAN>NL26VAYB8060476890</IBAN></Id></Acct>${parts.join('')}</Stmt>`)

const REFUSED: readonly (readonly [string, Buffer, RegExp])[] = [
  ['nothing', Buffer.alloc(0), /the file is empty/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), /no camt file and no MT940/],
  ['an invoice', Buffer.from('<Invoice xmlns="urn:x"/>'), /none of camt/],
  ['too much of it', Buffer.alloc(16 * 1024 * 1024 + 1, 32), /at most 16777216 are read/],
  [
    'an amount that is none in the middle',
    statement(balance('OPBD', '1.00'), entry('1.00'), entry('2,00'), entry('3.00')),
    /line 3: "2,00" is no amount of EUR/,
  ],
  ['an entry without a side', statement(balance('OPBD', '1.00'), entry('1.00', 'X')), /line 2: Ntry has no side/],
  ['more digits than the currency has', statement(entry('1.005')), /"1.005" is no amount of EUR/],
  [
    'a sum that is wrong',
    statement(balance('OPBD', '1.00'), entry('0.10'), balance('CLBD', '1.20')),
    /0\.10 more than 1\.00 at the opening and 0\.10/,
  ],
  [
    'an MT940 that was cut off',
    Buffer.from(':20:X\n:25:1\n:60F:C260201EUR0,\n:61:2602010201C1,NTRFNONREF\n'),
    /ends too early/,
  ],
  [
    'an entry of MT940 that is none',
    Buffer.from(':20:X\n:25:1\n:60F:C260201EUR0,\n:61:2602010201C1.5NTRF\n:62F:C260201EUR1,5\n-'),
    /line 4: :61: is no entry/,
  ],
]

test('files that are broken are refused, with the line', () => {
  for (const [name, bytes, fault] of REFUSED) {
    const file = read(bytes)
    const faults = [file, ...file.statements].flatMap((one) => one.faults)
    assert.match(faults.map(({ line, message }) => `line ${line}: ${message}`).join('\n'), fault, name)
  }
})

test('entities and depth are refused before they are unfolded', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><Document>&y;</Document>'
  assert.throws(() => read(Buffer.from(bomb)), /a DOCTYPE is not allowed/)
  assert.throws(() => read(Buffer.from('<a>'.repeat(2000))), /levels deep/)
})

test('a batch has a transaction for each payer where their amounts come to it, and is one transaction where they do not', () => {
  const detail = (amount: string, id: string): string =>
    `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>`
  const both = statement(
    entry('30.00', 'CRDT', detail('10.00', 'A') + detail('20.00', 'B')),
    entry('30.00', 'CRDT', detail('10.00', 'A') + detail('10.00', 'B')),
  )
  const [first] = read(both).statements.map(short)
  assert.deepEqual(first?.slice(1), ['1000|||A|', '2000|||B|', '3000||||'])
})

test('a direct debit that came back has its reason, its debtor and what the banks took', () => {
  const detail =
    '<TxDtls><Refs><EndToEndId>DD-7</EndToEndId><MndtId>M-1</MndtId></Refs><Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">3.00</TtlChrgsAndTaxAmt></Chrgs>' +
    '<RltdPties><Dbtr><Pty><Nm>Ann</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>NL56AGDH9619008421</IBAN></Id></DbtrAcct></RltdPties><RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls>'
  const [entries] = read(statement(entry('53.00', 'DBIT', detail))).statements.map((one) => one.entries)
  const [transaction] = entries?.[0]?.transactions ?? []
  const { amountMinor, chargesMinor, returnReason, endToEndId, mandateId, counterparty } = transaction ?? {}
  assert.deepEqual(
    [amountMinor, chargesMinor, returnReason, endToEndId, mandateId, counterparty?.name, counterparty?.iban],
    [-5300n, 300n, 'AM04', 'DD-7', 'M-1', 'Ann', 'NL56AGDH9619008421'],
  )
})

test('the field :86: of German banks, with its tags, over the ends of lines', () => {
  const text = [
    ...[
      ':20:X',
      ':25:DE89370400440532013000',
      ':28C:7/1',
      ':60F:C260131EUR100,00',
      ':61:2512310102RD12,50N035NONREF//BANK1',
    ],
    ...[
      ':86:166?00GUTSCHRIFT?109310?20EREF+E2E-1?21MREF+M 1?22SVWZ+Rechnung INV-0000',
      '07 RF73 INV0 0012 3?30DEUTDEFF?31DE89370400440532013000?32ANN E',
      'XAMPLE',
    ],
    ...[':61:260102C7,5NTRFABC', ':62F:C260102EUR120,00', '-'],
  ].join('\r\n')
  const { statements } = read(Buffer.from(text))
  assert.deepEqual(statements[0]?.faults, [])
  assert.deepEqual(statements.map(short), [
    [
      'DE89370400440532013000 EUR 10000 12000',
      '1250|ANN EXAMPLE|DE89370400440532013000|E2E-1|RF73INV000123',
      '750|||ABC|',
    ],
  ])
  // The entry of 2 January has the value day 31 December: its year is the next one. It takes a debit back: a credit.
  const [first] = statements[0]?.entries ?? []
  assert.deepEqual([first?.bookedOn, first?.isReversal, first?.code], ['2026-01-02', true, 'N035 166'])
})

const MAPPING = {
  ...({ delimiter: ';', skipLines: 1, decimalSign: ',', dayOrder: 'dmy' } as const),
  columns: { bookedOn: 'Tag', amount: 'Betrag', balance: 'Saldo', name: 'Name', iban: 'IBAN', text: ['Zweck'] },
}
const csv = (rows: string): BankFile =>
  readBankFile(Buffer.from(`Konto 1\nTag;Name;IBAN;Zweck;Betrag;Saldo\n${rows}`), readXml, {
    mapping: MAPPING,
    account: { iban: null, account: 'giro', currency: 'EUR' },
  })

test('CSV by a mapping: the newest row first, amounts as people write them, each balance checked', () => {
  const { statements } = csv(
    '02.02.26;Ann;DE89 3704 0044 0532 0130 00;INV-1;-1.000,50;0,00 EUR\n01.02.26;Bob;;"a ""b""; c";+900,50;1.000,50\n',
  )
  assert.deepEqual(statements[0]?.faults, [])
  assert.deepEqual(statements.map(short), [
    ['giro EUR 10000 0', '90050|Bob|||', '-100050|Ann|DE89370400440532013000||'],
  ])
  const gap = csv('01.02.26;Bob;;x;1,00;1,00\n02.02.26;Bob;;x;1,00;3,00\n')
  assert.deepEqual(
    gap.statements[0]?.faults.map(({ line }) => line),
    [4],
  )
  const bad = csv('01.02.26;Bob;;x;1,00;1,00\n31.02.26;Bob;;x;1,00;\n02.02.26;Bob;;x;eins;\n')
  assert.deepEqual(
    bad.statements[0]?.faults.map(({ line, message }) => `${line} ${message}`),
    ['4 Tag: "31.02.26" is no day', '5 Betrag: "eins" is no amount of EUR'],
  )
  const other = readBankFile(Buffer.from('a;b\n1;2\n'), readXml, {
    mapping: { ...MAPPING, skipLines: 0 },
    account: { iban: null, account: 'x', currency: 'EUR' },
  })
  assert.match(
    other.faults[0]?.message ?? '',
    /there is no column Tag, Betrag, Saldo, Name, IBAN, Zweck; the headings are a, b/,
  )
})
