/** Files of banks for tests, as banks write them. Amounts are in cents. */

export const GIRO = 'DE89370400440532013000'

interface MadeEntry {
  readonly minor: number
  readonly day: string
  readonly text?: string
  readonly name?: string
  readonly iban?: string
  readonly bank?: string
  readonly endToEnd?: string
  readonly reference?: string
  readonly returned?: string
  readonly charges?: number
  readonly code?: string
  readonly reversal?: boolean
}

export interface MadeStatement {
  readonly id: string
  readonly opening?: number
  readonly entries: readonly MadeEntry[]
  /** What it says at its end; the right sum unless set. */
  readonly closing?: number
  readonly iban?: string
  readonly currency?: string
}

const said = (minor: number): string => {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
const side = (minor: number): string => `<CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`
const tag = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<${name}>${value}</${name}>`

function entryOf(entry: MadeEntry, currency: string): string {
  const { minor, day, text, name, iban, bank, endToEnd, reference, returned, charges, code, reversal } = entry
  const role =
    minor > 0 !== (returned !== undefined && minor > 0) || (returned !== undefined && minor < 0) ? 'Dbtr' : 'Cdtr'
  const party = `${tag(role, name === undefined ? undefined : `<Pty><Nm>${name}</Nm></Pty>`)}${tag(`${role}Acct`, iban === undefined ? undefined : `<Id><IBAN>${iban}</IBAN></Id>`)}`
  const strd = reference === undefined ? '' : `<Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd>`
  const details = [
    tag('Refs', endToEnd === undefined ? undefined : `<EndToEndId>${endToEnd}</EndToEndId>`),
    charges === undefined
      ? ''
      : `<Chrgs><TtlChrgsAndTaxAmt Ccy="${currency}">${said(charges)}</TtlChrgsAndTaxAmt></Chrgs>`,
    party === '' ? '' : `<RltdPties>${party}</RltdPties>`,
    text === undefined && strd === '' ? '' : `<RmtInf>${tag('Ustrd', text)}${strd}</RmtInf>`,
    returned === undefined ? '' : `<RtrInf><Rsn><Cd>${returned}</Cd></Rsn></RtrInf>`,
  ]
  const family = (code ?? 'PMNT/RCDT/ESCT').split('/')
  return [
    `<Ntry><Amt Ccy="${currency}">${said(minor)}</Amt>${side(minor)}${reversal === true ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>BOOK</Cd></Sts>`,
    `<BookgDt><Dt>${day}</Dt></BookgDt>${tag('AcctSvcrRef', bank)}`,
    `<BkTxCd><Domn><Cd>${family[0]}</Cd><Fmly><Cd>${family[1]}</Cd><SubFmlyCd>${family[2]}</SubFmlyCd></Fmly></Domn></BkTxCd>`,
    `<NtryDtls><TxDtls>${details.join('')}</TxDtls></NtryDtls></Ntry>`,
  ].join('')
}

/** A camt file: `053` with balances, `052` and `054` without. */
export function camt(
  statements: readonly MadeStatement[],
  message: '052' | '053' | '054' = '053',
  version = '08',
): Buffer {
  const [body, part] = {
    '052': ['BkToCstmrAcctRpt', 'Rpt'],
    '053': ['BkToCstmrStmt', 'Stmt'],
    '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
  }[message] as [string, string]
  const parts = statements.map(({ id, opening = 0, entries, closing, iban = GIRO, currency = 'EUR' }) => {
    const sum = closing ?? entries.reduce((total, { minor }) => total + minor, opening)
    const days = entries.map(({ day }) => day).toSorted()
    const balance = (code: string, minor: number, day = '2026-02-01'): string =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${said(minor)}</Amt>${side(minor)}<Dt><Dt>${day}</Dt></Dt></Bal>`
    const balances = message === '053' ? balance('OPBD', opening, days[0]) + balance('CLBD', sum, days.at(-1)) : ''
    const head = `<Id>${id}</Id><CreDtTm>2026-02-28T06:00:00Z</CreDtTm><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>`
    return `<${part}>${head}${balances}${entries.map((entry) => entryOf(entry, currency)).join('\n')}</${part}>`
  })
  const root = `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${message}.001.${version}">`
  return Buffer.from(`${root}<${body}><GrpHdr><MsgId>M</MsgId></GrpHdr>\n${parts.join('\n')}</${body}></Document>`)
}

/** The same as MT940. */
export function mt940({ id, opening = 0, entries }: MadeStatement): Buffer {
  const comma = (minor: number): string => said(minor).replace('.', ',')
  const short = (day: string): string => day.slice(2).replaceAll('-', '')
  const sum = entries.reduce((total, { minor }) => total + minor, opening)
  const balance = (minor: number, day: string): string => `${minor < 0 ? 'D' : 'C'}${short(day)}EUR${comma(minor)}`
  const days = entries.map(({ day }) => day).toSorted() as [string]
  const lines = entries.flatMap(({ minor, day, text, name, iban }) => [
    `:61:${short(day)}${day.slice(5).replace('-', '')}${minor < 0 ? 'D' : 'C'}${comma(minor)}NTRFNONREF`,
    `:86:166?20SVWZ+${text ?? ''}?31${iban ?? ''}?32${name ?? ''}`,
  ])
  return Buffer.from(
    [
      `:20:${id}`,
      `:25:${GIRO}`,
      ':28C:1/1',
      `:60F:${balance(opening, days[0])}`,
      ...lines,
      `:62F:${balance(sum, days.at(-1) as string)}`,
      '-',
    ].join('\r\n'),
  )
}
