import { Fragment, type ReactNode } from 'react'
import { useWritten } from '../asking.ts'
import { useWords } from '../words.tsx'
import { TableHead } from './table-head.tsx'

interface PaperLine {
  readonly id: string
  readonly position: number
  readonly kind: string
  readonly description: string
  readonly from: string
  readonly until: string
  readonly quantity: string
  readonly unit: string
  readonly unitAmount: string | null
  readonly per: string | null
  readonly amount: string
  readonly isLate: boolean
  readonly parts?:
    | readonly {
        readonly label: string
        readonly line?: string
        readonly quantity: string | null
        readonly unitAmount: string | null
        readonly per: string | null
        readonly amount: string
      }[]
    | null
}
interface Party {
  readonly name: string
  readonly address: string | null
  readonly taxId: string | null
}
export interface PaperDocument {
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  readonly corrects?: readonly string[]
  readonly reason?: string
  readonly number: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly currency: string
  readonly account: string
  readonly seller: Party
  readonly buyer: Party
  readonly period: { readonly from: string; readonly until: string }
  readonly lines: readonly PaperLine[]
  readonly taxes?: readonly {
    readonly name: string
    readonly percent: string | null
    readonly base: string
    readonly amount: string
  }[]
  readonly notices?: readonly string[]
  readonly messages?: readonly string[]
  readonly totals: {
    readonly discounts?: string
    readonly net: string
    readonly tax: string
    readonly total: string
    readonly withheld?: string
    readonly toPay?: string
  }
}

/** A document as its customer has it, to be read on a screen: every amount of a line can be opened. */
export function Paper(props: {
  readonly document: PaperDocument
  readonly onExplain?: (line: string) => void
  readonly isIssued?: boolean
}): ReactNode {
  const { say } = useWords()
  const { day, days, money } = useWritten()
  const { document, onExplain } = props
  const { currency } = document
  return (
    <article className="paper" aria-label={`${say(`kind.${document.kind}`)} ${document.number}`}>
      <div className="parties">
        <div>
          <h2>
            {say(`kind.${document.kind}`)} {props.isIssued === false ? '' : document.number}
          </h2>
          {document.corrects !== undefined && <p>{say('paper.corrects', { number: document.corrects.join(', ') })}</p>}
          {document.reason !== undefined && <p>{document.reason}</p>}
          <p>
            {days(document.period.from, document.period.until)}
            <br />
            {say('paper.issued', { day: day(document.issuedOn) })} · {say('paper.due', { day: day(document.dueOn) })}
          </p>
        </div>
        <PartyOf party={document.seller} word={say('paper.from')} />
        <PartyOf party={document.buyer} word={say('paper.to')} />
      </div>
      {(document.messages ?? []).map((message) => (
        <p key={message}>{message}</p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={say('paper.lines')}>
        <table>
          <TableHead
            first={say('paper.what')}
            figures={[say('column.quantity'), say('paper.price'), say('column.amount')]}
          />
          <tbody>
            {document.lines.map((line) => (
              <LineRows
                key={line.id}
                line={line}
                currency={currency}
                {...(onExplain === undefined ? {} : { onExplain })}
              />
            ))}
          </tbody>
        </table>
      </section>
      <table className="totals">
        <tbody>
          <Total word={say('paper.net')} amount={money(document.totals.net, currency)} />
          {(document.taxes ?? []).map(({ name, percent, base, amount }) => (
            <Total
              key={`${name} ${percent} ${base}`}
              word={say('paper.tax', { name, percent: percent ?? '', base: money(base, currency) })}
              amount={money(amount, currency)}
            />
          ))}
          {document.totals.withheld !== undefined && (
            <Total word={say('paper.withheld')} amount={money(document.totals.withheld, currency)} />
          )}
          <Total word={say('paper.total')} amount={money(document.totals.toPay ?? document.totals.total, currency)} />
        </tbody>
      </table>
      {(document.notices ?? []).map((notice) => (
        <p key={notice} className="small">
          {notice}
        </p>
      ))}
    </article>
  )
}

function PartyOf({ party, word }: { readonly party: Party; readonly word: string }): ReactNode {
  return (
    <div>
      <div className="small faint">{word}</div>
      <strong>{party.name}</strong>
      {party.address !== null && <div>{party.address}</div>}
      {party.taxId !== null && <div>{party.taxId}</div>}
    </div>
  )
}

function Total({ word, amount }: { readonly word: string; readonly amount: string }): ReactNode {
  return (
    <tr>
      <td>{word}</td>
      <td className="right figure">{amount}</td>
    </tr>
  )
}

function LineRows({
  line,
  currency,
  onExplain,
}: {
  readonly line: PaperLine
  readonly currency: string
  readonly onExplain?: (line: string) => void
}): ReactNode {
  const { say } = useWords()
  const { days, number, money, price: written } = useWritten()
  const shared = (line.parts ?? []).some((part) => part.line !== undefined)
  const price = (unitAmount: string | null, per: string | null): string =>
    unitAmount === null
      ? ''
      : `${written(unitAmount, currency)}${per === null || per === '1' ? '' : ` / ${number(per)}`}`
  const amountOf = (id: string | undefined, amount: string, of: string): ReactNode =>
    onExplain === undefined || id === undefined ? (
      money(amount, currency)
    ) : (
      <button
        type="button"
        className="amount-button"
        aria-label={say('paper.explain', { what: of, amount: money(amount, currency) })}
        onClick={() => onExplain(id)}
      >
        {money(amount, currency)}
      </button>
    )
  return (
    <Fragment>
      <tr>
        <td>
          {line.description}
          <div className="small faint">
            {days(line.from, line.until)} {line.isLate && say('paper.late')}
          </div>
        </td>
        <td className="right figure">
          {number(line.quantity)} {line.unit}
        </td>
        <td className="right figure">{price(line.unitAmount, line.per)}</td>
        <td className="right figure">{amountOf(shared ? undefined : line.id, line.amount, line.description)}</td>
      </tr>
      {(line.parts ?? []).map((part) => (
        <tr key={`${part.line ?? ''} ${part.label}`} className="small faint">
          <td>&nbsp;&nbsp;{part.label}</td>
          <td className="right figure">{part.quantity === null ? '' : number(part.quantity)}</td>
          <td className="right figure">{price(part.unitAmount, part.per)}</td>
          <td className="right figure">{amountOf(part.line, part.amount, part.label)}</td>
        </tr>
      ))}
    </Fragment>
  )
}
