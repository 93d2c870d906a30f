import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ItemOf } from '../../../sdk/src/index.ts'
import { keyOf } from '../api.ts'
import type { Written } from '../format.ts'
import { State } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-table.tsx'

/** What several lists show of documents, payments and customers: each column once. */

export type Document = ItemOf<'/v1/invoices'>

export function documentColumns({ money, day, days }: Written): readonly ListColumn<Document>[] {
  return [
    {
      id: 'number',
      head: 'column.number',
      cell: (row) => <ToDocument id={row.id}>{row.number}</ToDocument>,
      text: ({ number }) => number,
    },
    {
      id: 'customer',
      head: 'column.customer',
      cell: (row) => <ToCustomer id={row.customerId}>{row.customerName}</ToCustomer>,
      text: ({ customerName }) => customerName,
    },
    {
      id: 'account',
      head: 'column.account',
      cell: ({ account }) => keyOf(account),
      text: ({ account }) => keyOf(account),
      isExtra: true,
    },
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
    {
      id: 'total',
      head: 'column.total',
      isFigure: true,
      cell: ({ total, currency }) => money(total, currency),
      text: ({ total }) => total,
    },
    {
      id: 'open',
      head: 'column.open',
      isFigure: true,
      cell: ({ open, currency }) => money(open, currency),
      text: ({ open }) => open,
    },
    {
      id: 'currency',
      head: 'column.currency',
      cell: ({ currency }) => currency,
      text: ({ currency }) => currency,
    },
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
    {
      id: 'customer',
      head: 'column.customer',
      cell: (row) => <ToCustomer id={row.customerId}>{row.customerName}</ToCustomer>,
      text: ({ customerName }) => customerName,
    },
    {
      id: 'account',
      head: 'column.account',
      cell: ({ account }) => keyOf(account),
      text: ({ account }) => keyOf(account),
      isExtra: true,
    },
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
    {
      id: 'amount',
      head: 'column.amount',
      isFigure: true,
      cell: ({ amount, currency }) => money(amount, currency),
      text: ({ amount }) => amount,
    },
    {
      id: 'currency',
      head: 'column.currency',
      cell: ({ currency }) => currency,
      text: ({ currency }) => currency,
    },
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
