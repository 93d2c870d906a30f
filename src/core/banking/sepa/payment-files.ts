import { formatMinor } from '../../base/money.ts'
import { type Node, sepaText, xmlText } from './sepa-text.ts'

/** Direct debits of consumers may be taken back for eight weeks (CORE); those of companies may not (B2B). */
export const SCHEMES = ['CORE', 'B2B'] as const
export type Scheme = (typeof SCHEMES)[number]
/** The first, a later, the only, and the last collection of a mandate. */
const SEQUENCES = ['FRST', 'RCUR', 'OOFF', 'FNAL'] as const
export type Sequence = (typeof SEQUENCES)[number]

/** Whose account it is. */
interface Holder {
  readonly name: string
  readonly iban: string
  readonly bic: string | null
}

/** What all orders of a file have in common. */
interface FileHead {
  /** At most 35 letters of SEPA: the bank answers by it. */
  readonly messageId: string
  /** `2026-02-01T06:00:00Z`. */
  readonly createdAt: string
  readonly own: Holder
}

export interface Order {
  readonly endToEndId: string
  /** Euro cents, above zero. */
  readonly amountMinor: bigint
  readonly other: Holder
  /** What the customer reads; at most 140 letters stay. */
  readonly text: string
}

export interface DebitOrder extends Order {
  readonly mandate: { readonly reference: string; readonly signedOn: string; readonly scheme: Scheme }
  readonly sequence: Sequence
  /** The day on which the customer is debited; a day on which banks settle. */
  readonly collectsOn: string
}

const SEPA_PURPOSE = 'SEPA'
const MAX_NAME = 70
const MAX_TEXT = 140

/** How the orders of a file are grouped: banks book a group in one amount. */
export function groupName(messageId: string, index: number): string {
  return `${messageId}-${index + 1}`
}

/** Groups of direct debits: by scheme, sequence and day. */
export function groupsOf<T extends Pick<DebitOrder, 'mandate' | 'sequence' | 'collectsOn'>>(
  orders: readonly T[],
): T[][] {
  const groups = Map.groupBy(orders, ({ mandate, sequence, collectsOn }) =>
    [mandate.scheme, sequence, collectsOn].join(),
  )
  return [...groups.values()]
}

/** A file of direct debits, pain.008.001.08. @param creditorId of the creditor: `DE98ZZZ09999999999` */
export function directDebitFile(head: FileHead, creditorId: string, orders: readonly DebitOrder[]): string {
  const groups = groupsOf(orders).map((group, index): Node => {
    const [{ mandate, sequence, collectsOn }] = group as [DebitOrder]
    return [
      'PmtInf',
      [
        ...headOfGroup(groupName(head.messageId, index), 'DD', group),
        [
          'PmtTpInf',
          [
            ['SvcLvl', [['Cd', SEPA_PURPOSE]]],
            ['LclInstrm', [['Cd', mandate.scheme]]],
            ['SeqTp', sequence],
          ],
        ],
        ['ReqdColltnDt', collectsOn],
        ...partyOf('Cdtr', head.own),
        ['ChrgBr', 'SLEV'],
        [
          'CdtrSchmeId',
          [
            [
              'Id',
              [
                [
                  'PrvtId',
                  [
                    [
                      'Othr',
                      [
                        ['Id', creditorId],
                        ['SchmeNm', [['Prtry', SEPA_PURPOSE]]],
                      ],
                    ],
                  ],
                ],
              ],
            ],
          ],
        ],
        ...group.map(
          (order): Node => [
            'DrctDbtTxInf',
            [
              ['PmtId', [['EndToEndId', order.endToEndId]]],
              ['InstdAmt', formatMinor(order.amountMinor, 'EUR'), { Ccy: 'EUR' }],
              [
                'DrctDbtTx',
                [
                  [
                    'MndtRltdInf',
                    [
                      ['MndtId', order.mandate.reference],
                      ['DtOfSgntr', order.mandate.signedOn],
                    ],
                  ],
                ],
              ],
              agentOf('DbtrAgt', order.other),
              ['Dbtr', [['Nm', sepaText(order.other.name, MAX_NAME)]]],
              ['DbtrAcct', [['Id', [['IBAN', order.other.iban]]]]],
              textNode(order),
            ],
          ],
        ),
      ],
    ]
  })
  return fileOf('pain.008.001.08', 'CstmrDrctDbtInitn', head, orders, groups)
}

/** A file of transfers, pain.001.001.09: one group, to be carried out on a day. */
export function transferFile(head: FileHead, executesOn: string, orders: readonly Order[]): string {
  const group: Node = [
    'PmtInf',
    [
      ...headOfGroup(groupName(head.messageId, 0), 'TRF', orders),
      ['PmtTpInf', [['SvcLvl', [['Cd', SEPA_PURPOSE]]]]],
      ['ReqdExctnDt', [['Dt', executesOn]]],
      ['Dbtr', [['Nm', sepaText(head.own.name, MAX_NAME)]]],
      ['DbtrAcct', [['Id', [['IBAN', head.own.iban]]]]],
      agentOf('DbtrAgt', head.own),
      ['ChrgBr', 'SLEV'],
      ...orders.map(
        (order): Node => [
          'CdtTrfTxInf',
          [
            ['PmtId', [['EndToEndId', order.endToEndId]]],
            ['Amt', [['InstdAmt', formatMinor(order.amountMinor, 'EUR'), { Ccy: 'EUR' }]]],
            ...(order.other.bic === null ? [] : [agentOf('CdtrAgt', order.other)]),
            ['Cdtr', [['Nm', sepaText(order.other.name, MAX_NAME)]]],
            ['CdtrAcct', [['Id', [['IBAN', order.other.iban]]]]],
            textNode(order),
          ],
        ],
      ),
    ],
  ]
  return fileOf('pain.001.001.09', 'CstmrCdtTrfInitn', head, orders, [group])
}

function headOfGroup(name: string, method: 'DD' | 'TRF', orders: readonly Order[]): Node[] {
  return [['PmtInfId', name], ['PmtMtd', method], ['BtchBookg', 'true'], ...countsOf(orders)]
}

function countsOf(orders: readonly Order[]): Node[] {
  const sum = orders.reduce((total, { amountMinor }) => total + amountMinor, 0n)
  return [
    ['NbOfTxs', String(orders.length)],
    ['CtrlSum', formatMinor(sum, 'EUR')],
  ]
}

function partyOf(role: 'Cdtr', own: Holder): Node[] {
  return [
    [role, [['Nm', sepaText(own.name, MAX_NAME)]]],
    [`${role}Acct`, [['Id', [['IBAN', own.iban]]]]],
    agentOf(`${role}Agt`, own),
  ]
}

/** Left out where nothing of it is in letters that banks take. */
function textNode({ text }: Order): Node | null {
  const said = sepaText(text, MAX_TEXT)
  return said === '' ? null : ['RmtInf', [['Ustrd', said]]]
}

/** Banks of the euro area are found by the IBAN alone. */
function agentOf(name: string, { bic }: Holder): Node {
  const id: Node = bic === null ? ['Othr', [['Id', 'NOTPROVIDED']]] : ['BICFI', bic]
  return [name, [['FinInstnId', [id]]]]
}

function fileOf(
  message: string,
  body: string,
  head: FileHead,
  orders: readonly Order[],
  groups: readonly Node[],
): string {
  const header: Node = [
    'GrpHdr',
    [
      ['MsgId', head.messageId],
      ['CreDtTm', head.createdAt],
      ...countsOf(orders),
      ['InitgPty', [['Nm', sepaText(head.own.name, MAX_NAME)]]],
    ],
  ]
  const root: Node = ['Document', [[body, [header, ...groups]]], { xmlns: `urn:iso:std:iso:20022:tech:xsd:${message}` }]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(root)}\n`
}
