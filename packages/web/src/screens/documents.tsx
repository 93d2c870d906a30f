import { useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ItemOf } from '../../../sdk/src/index.ts'
import { useWritten } from '../asking.ts'
import { Empty, PageHead, State } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { ListTable } from '../parts/list-table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { sayCode, useWords } from '../words.tsx'
import { amountColumn, customerColumn, documentColumns, ToDocument } from './columns.tsx'

const TABS = [
  ['issued', 'documents.issued'],
  ['drafts', 'documents.drafts'],
  ['disputes', 'documents.disputes'],
  ['deliveries', 'documents.deliveries'],
] as const

export function DocumentsScreen(): ReactNode {
  const { say } = useWords()
  const { tab = 'issued' } = useSearch({ strict: false }) as { tab?: string }
  return (
    <>
      <PageHead title={say('place.documents')} />
      <Tabs label={say('place.documents')} tabs={TABS} now={tab} />
      {tab === 'drafts' ? (
        <Drafts />
      ) : tab === 'disputes' ? (
        <Disputes />
      ) : tab === 'deliveries' ? (
        <Deliveries />
      ) : (
        <Issued />
      )}
    </>
  )
}

function Issued(): ReactNode {
  const { say } = useWords()
  const states = ['open', 'overdue', 'issued', 'partially_paid', 'paid', 'written_off', 'void'] as const
  const kinds = ['invoice', 'credit_note', 'debit_note'] as const
  return (
    <ListTable
      name="documents"
      path="/v1/invoices"
      find="documents.find"
      findBy={(text) => (/\d{3,}$/.test(text) ? 'number' : 'text')}
      columns={documentColumns(useWritten())}
      filters={[
        {
          name: 'state',
          label: 'column.state',
          options: states.map((state) => [state, sayCode(say, 'state', state === 'open' ? 'unpaid' : state)]),
        },
        { name: 'kind', label: 'column.kind', options: kinds.map((kind) => [kind, sayCode(say, 'kind', kind)]) },
        { name: 'from', label: 'filter.issuedFrom' },
        { name: 'until', label: 'filter.issuedUntil' },
      ]}
      empty={<Empty title={say('documents.none')}>{say('documents.noneHow')}</Empty>}
    />
  )
}

type Draft = ItemOf<'/v1/drafts'>

function Drafts(): ReactNode {
  const { say } = useWords()
  const { money, day } = useWritten()
  const columns: readonly ListColumn<Draft>[] = [
    customerColumn(),
    {
      id: 'day',
      head: 'column.billingDay',
      cell: ({ billingDay }) => day(billingDay),
      text: ({ billingDay }) => billingDay,
    },
    {
      id: 'why',
      head: 'column.reason',
      cell: ({ reasons }) => reasons.map(({ text }) => text).join(' '),
      text: ({ reasons }) => reasons.map(({ text }) => text).join(' '),
    },
    {
      id: 'total',
      head: 'column.total',
      isFigure: true,
      cell: ({ total, currency }) => (total === null ? '–' : money(total, currency)),
      text: ({ total }) => total ?? '',
    },
  ]
  return (
    <ListTable
      name="drafts"
      path="/v1/drafts"
      columns={columns}
      empty={<Empty title={say('drafts.none')}>{say('drafts.noneHow')}</Empty>}
    />
  )
}

type Dispute = ItemOf<'/v1/disputes'>

function Disputes(): ReactNode {
  const { say } = useWords()
  const { money, time } = useWritten()
  const columns: readonly ListColumn<Dispute>[] = [
    { id: 'at', head: 'column.at', cell: ({ openedAt }) => time(openedAt), text: ({ openedAt }) => openedAt },
    {
      id: 'document',
      head: 'column.number',
      cell: ({ invoice }) => <ToDocument id={invoice.id}>{invoice.number}</ToDocument>,
      text: ({ invoice }) => invoice.number,
    },
    customerColumn(),
    {
      id: 'reason',
      head: 'column.reason',
      cell: ({ reason }) => sayCode(say, 'reason', reason),
      text: ({ reason }) => reason,
    },
    {
      id: 'state',
      head: 'column.state',
      cell: ({ status }) => <State code={status === 'open' ? 'waiting' : status} />,
      text: ({ status }) => status,
    },
    amountColumn('amount', { money }),
  ]
  return (
    <ListTable
      name="disputes"
      path="/v1/disputes"
      columns={columns}
      empty={<Empty title={say('disputes.none')}>{say('disputes.noneHow')}</Empty>}
    />
  )
}

type Delivery = ItemOf<'/v1/deliveries'>

function Deliveries(): ReactNode {
  const { say } = useWords()
  const { time } = useWritten()
  const states = ['queued', 'sending', 'sent', 'delivered', 'failed', 'unknown'] as const
  const columns: readonly ListColumn<Delivery>[] = [
    { id: 'at', head: 'column.at', cell: ({ createdAt }) => time(createdAt), text: ({ createdAt }) => createdAt },
    {
      id: 'document',
      head: 'column.number',
      cell: ({ document }) => <ToDocument id={document.id}>{document.number}</ToDocument>,
      text: ({ document }) => document.number,
    },
    customerColumn(),
    {
      id: 'way',
      head: 'column.way',
      cell: ({ transport }) => sayCode(say, 'way', transport),
      text: ({ transport }) => transport,
    },
    { id: 'state', head: 'column.state', cell: ({ state }) => <State code={state} />, text: ({ state }) => state },
    {
      id: 'why',
      head: 'column.reason',
      cell: ({ reason, said }) => reason ?? said ?? '',
      text: ({ reason, said }) => reason ?? said ?? '',
    },
  ]
  return (
    <ListTable
      name="deliveries"
      path="/v1/deliveries"
      columns={columns}
      filters={[
        { name: 'state', label: 'column.state', options: states.map((state) => [state, sayCode(say, 'state', state)]) },
      ]}
      empty={<Empty title={say('deliveries.none')}>{say('deliveries.noneHow')}</Empty>}
    />
  )
}
