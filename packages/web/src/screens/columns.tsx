import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AnswerOf, ItemOf } from '../../../sdk/src/index.ts'
import { keyOf } from '../api.ts'
import type { Written } from '../format.ts'
import { State } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'

/** What several lists show of documents, payments and customers: each column once. */

/** Of what is about a customer: who it is, and the page of it. */
export function customerColumn<
  T extends { readonly customerId: string; readonly customerName: string },
>(): ListColumn<T> {
  return {
    ...{ id: 'customer', head: 'column.customer' },
    cell: (row) => <ToCustomer id={row.customerId}>{row.customerName}</ToCustomer>,
    text: ({ customerName }) => customerName,
  }
}

/** An amount of the row's currency, under the name that it has in the row. */
export function amountColumn<
  Of extends 'amount' | 'total' | 'open' | 'fee',
  T extends Readonly<Record<Of | 'currency', string>>,
>(of: Of, { money }: Pick<Written, 'money'>): ListColumn<T> {
  return {
    ...{ id: of, head: `column.${of}`, isFigure: true },
    cell: (row) => money(row[of], row.currency),
    text: (row) => row[of],
  }
}

function accountColumn<T extends { readonly account: Parameters<typeof keyOf>[0] }>(): ListColumn<T> {
  return {
    ...{ id: 'account', head: 'column.account', isExtra: true },
    cell: ({ account }) => keyOf(account),
    text: ({ account }) => keyOf(account),
  }
}

const CURRENCY: ListColumn<{ readonly currency: string }> = {
  ...{ id: 'currency', head: 'column.currency' },
  cell: ({ currency }) => currency,
  text: ({ currency }) => currency,
}

export type Document = ItemOf<'/v1/invoices'>
/** A document with all that is on it. */
export type WholeDocument = AnswerOf<'get', '/v1/invoices/{reference}'>

export function documentColumns({ money, day, days }: Written): readonly ListColumn<Document>[] {
  return [
    {
      id: 'number',
      head: 'column.number',
      cell: (row) => <ToDocument id={row.id}>{row.number}</ToDocument>,
      text: ({ number }) => number,
    },
    customerColumn(),
    accountColumn(),
    {
      id: 'kind',
      head: 'column.kind',
      cell: ({ kind }) => <State group="kind" code={kind} />,
      text: ({ kind }) => kind,
      isExtra: true,
    },
    {
      id: 'period',
      head: 'column.period',
      cell: ({ period }) => days(period.from, period.until),
      text: ({ period }) => `${period.from}/${period.until}`,
      isExtra: true,
    },
    { id: 'issued', head: 'column.issued', cell: ({ issuedOn }) => day(issuedOn), text: ({ issuedOn }) => issuedOn },
    { id: 'due', head: 'column.due', cell: ({ dueOn }) => day(dueOn), text: ({ dueOn }) => dueOn },
    { id: 'state', head: 'column.state', cell: (row) => <DocumentState of={row} />, text: ({ state }) => state },
    amountColumn('total', { money }),
    amountColumn('open', { money }),
    CURRENCY,
  ]
}

export function DocumentState({ of }: { readonly of: Pick<Document, 'state' | 'isOverdue' | 'kind'> }): ReactNode {
  if (of.isOverdue) return <State code="overdue" />
  return <State code={of.kind === 'credit_note' ? 'credit_note' : of.state} />
}

export type Payment = ItemOf<'/v1/payments'>

export function paymentColumns({ money, day }: Written): readonly ListColumn<Payment>[] {
  return [
    {
      id: 'received',
      head: 'column.received',
      cell: ({ receivedOn }) => day(receivedOn),
      text: ({ receivedOn }) => receivedOn,
    },
    customerColumn(),
    accountColumn(),
    { id: 'method', head: 'column.method', cell: ({ method }) => method, text: ({ method }) => method },
    {
      id: 'key',
      head: 'column.key',
      cell: ({ key }) => <span className="mono">{key}</span>,
      text: ({ key }) => key,
      isExtra: true,
    },
    {
      id: 'reference',
      head: 'column.reference',
      cell: ({ reference }) => reference ?? '',
      text: ({ reference }) => reference ?? '',
    },
    { id: 'state', head: 'column.state', cell: ({ state }) => <State code={state} />, text: ({ state }) => state },
    amountColumn('amount', { money }),
    CURRENCY,
  ]
}

export function ToCustomer({ id, children }: { readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <Link to="/customers/$reference" params={{ reference: id }}>
      {children}
    </Link>
  )
}

export function ToDocument({ id, children }: { readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <Link to="/documents/$reference" params={{ reference: id }}>
      {children}
    </Link>
  )
}
