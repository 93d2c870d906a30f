import { useParams, useSearch } from '@tanstack/react-router'
import { lazy, type ReactNode } from 'react'
import type { Account, Customer } from '../../../sdk/src/index.ts'
import { useAsk, useWritten } from '../asking.ts'
import { Empty, Facts, Fault, PageHead, State, Waiting } from '../parts/feedback.tsx'
import { ListTable } from '../parts/list-table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { type Scope, useSession } from '../session.tsx'
import { sayCode, useWords, type Word } from '../words.tsx'
import { documentColumns, paymentColumns } from './columns.tsx'
import { AuditOf, MessagesOf, TimelineOf } from './customer-lists.tsx'
import { Balances, Contracts, Services } from './customer-parts.tsx'

const NextBill = lazy(async () => import('./next-bill.tsx').then(({ NextBill: loaded }) => ({ default: loaded })))

/** What is shown of a customer, each at an address of its own. */
const TABS: readonly { readonly tab: string; readonly word: Word; readonly scope: Scope }[] = [
  { tab: 'overview', word: 'tab.overview', scope: 'customers:read' },
  { tab: 'timeline', word: 'tab.timeline', scope: 'events:read' },
  { tab: 'documents', word: 'place.documents', scope: 'invoices:read' },
  { tab: 'next', word: 'tab.next', scope: 'invoices:read' },
  { tab: 'payments', word: 'place.payments', scope: 'payments:read' },
  { tab: 'messages', word: 'tab.messages', scope: 'customers:read' },
  { tab: 'audit', word: 'tab.audit', scope: 'audit:read' },
]

export function CustomerScreen(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { reference = '' } = useParams({ strict: false }) as { reference?: string }
  const { tab = 'overview' } = useSearch({ strict: false }) as { tab?: string }
  const customer = useAsk('/v1/customers/{reference}', { reference })
  const accounts = useAsk('/v1/accounts', { customer: reference, limit: 100 })
  if (customer.isError) return <Fault error={customer.error} again={() => void customer.refetch()} />
  if (customer.data === undefined || accounts.data === undefined) return <Waiting />
  const { id, name, key, email, kind } = customer.data
  return (
    <>
      <PageHead title={name}>
        <span className="mono">{key}</span> {email !== null && <> · {email}</>}{' '}
        {kind !== null && <> · {sayCode(say, 'kind', kind)}</>}
      </PageHead>
      <Tabs
        label={name}
        tabs={TABS.filter(({ scope }) => may(scope)).map(({ tab: of, word }) => [of, word] as const)}
        now={tab}
      />
      <TabOf tab={tab} customer={customer.data} accounts={accounts.data.items} key={`${id} ${tab}`} />
    </>
  )
}

function TabOf(props: {
  readonly tab: string
  readonly customer: Customer
  readonly accounts: readonly Account[]
}): ReactNode {
  const { say } = useWords()
  const written = useWritten()
  const { tab, customer, accounts } = props
  const fixed = { customer: customer.id }
  if (tab === 'documents')
    return (
      <ListTable
        name="customer-documents"
        path="/v1/invoices"
        fixed={fixed}
        columns={documentColumns(written)}
        empty={<Empty title={say('documents.none')}>{say('documents.noneHow')}</Empty>}
      />
    )
  if (tab === 'payments')
    return (
      <ListTable
        name="customer-payments"
        path="/v1/payments"
        fixed={fixed}
        columns={paymentColumns(written)}
        empty={<Empty title={say('payments.none')}>{say('payments.noneHow')}</Empty>}
      />
    )
  if (tab === 'timeline') return <TimelineOf customer={customer.id} />
  if (tab === 'messages') return <MessagesOf customer={customer.id} />
  if (tab === 'audit') return <AuditOf objects={[customer.id, ...accounts.map(({ id }) => id)]} />
  if (tab === 'next') return <NextBill accounts={accounts} />
  return <Overview customer={customer} accounts={accounts} />
}

function Overview({
  customer,
  accounts,
}: {
  readonly customer: Customer
  readonly accounts: readonly Account[]
}): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { day, money, number, time } = useWritten()
  return (
    <div className="stack">
      <div className="halves">
        <section className="sheet">
          <h2>{say('customer.facts')}</h2>
          <Facts
            of={[
              ['column.email', customer.email],
              ['column.address', customer.address],
              ['column.taxIds', customer.taxIds.join(', ')],
              ['column.language', customer.language],
              ['column.made', time(customer.createdAt)],
              ['customer.erased', customer.erasedAt && time(customer.erasedAt)],
            ]}
          />
        </section>
        {accounts.map((account) => (
          <section className="sheet" key={account.id}>
            <div className="row spread">
              <h2>{say('customer.account', { key: account.key })}</h2>
              <State group="way" code={account.creditLimit === null ? 'postpaid' : 'prepaid'} />
            </div>
            <Facts
              of={[
                ['column.currency', account.currency],
                ['onboard.zone', account.zone],
                [
                  'customer.cycle',
                  `${number(account.cycleCount)} × ${sayCode(say, 'unit', account.cycleUnit)}, ${day(account.cycleAnchor)}`,
                ],
                ['customer.terms', say('customer.days', { n: account.termsDays })],
                ['customer.billedUntil', account.billedUntil && day(account.billedUntil)],
                ['customer.creditLimit', account.creditLimit && money(account.creditLimit, account.currency)],
              ]}
            />
            {may('balances:read') && <Balances account={account} />}
          </section>
        ))}
        {accounts.length === 0 && (
          <section className="sheet">
            <Empty title={say('customer.noAccount')}>{say('customer.noAccountHow')}</Empty>
          </section>
        )}
      </div>
      <Contracts customer={customer.id} />
      {accounts.map((account) => (
        <Services key={account.id} account={account} />
      ))}
    </div>
  )
}
