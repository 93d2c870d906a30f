import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { BodyOf, ItemOf } from '../../../sdk/src/index.ts'
import { useAsk, useWrite, useWritten } from '../asking.ts'
import { Empty, Fault, PageHead, State } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { ListTable } from '../parts/list-table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { useSession } from '../session.tsx'
import { exampleAmount, typedAmount } from '../typed.ts'
import { sayCode, useWords } from '../words.tsx'
import { amountColumn, customerColumn, type Payment, paymentColumns, ToDocument } from './columns.tsx'
import { filled } from './onboard.tsx'

const TABS = [
  ['received', 'payments.received'],
  ['attempts', 'payments.attempts'],
  ['disputes', 'payments.disputes'],
  ['refunds', 'payments.refunds'],
] as const

export function PaymentsScreen(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { tab = 'received' } = useSearch({ strict: false }) as { tab?: string }
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <PageHead
        title={say('place.payments')}
        acts={may('payments:write') && <Button onClick={() => setAdding(true)}>{say('payment.new')}</Button>}
      />
      <Tabs label={say('place.payments')} tabs={TABS} now={tab} />
      {tab === 'attempts' ? (
        <Attempts />
      ) : tab === 'disputes' ? (
        <Disputes />
      ) : tab === 'refunds' ? (
        <Refunds />
      ) : (
        <Received />
      )}
      {isAdding && <NewPayment onClose={() => setAdding(false)} />}
    </>
  )
}

function Received(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const [reversed, setReversed] = useState<Payment | null>(null)
  const act: ListColumn<Payment> = {
    id: 'act',
    head: 'column.act',
    cell: (row) =>
      row.state === 'received' && (
        <Button size="compact-sm" variant="default" onClick={() => setReversed(row)}>
          {say('payment.reverse')}
        </Button>
      ),
    text: () => '',
    isExtra: true,
  }
  return (
    <>
      <ListTable
        name="payments"
        path="/v1/payments"
        find="payments.find"
        columns={[...paymentColumns(useWritten()), ...(may('payments:write') ? [act] : [])]}
        filters={[
          {
            name: 'state',
            label: 'column.state',
            options: (['received', 'reversed'] as const).map((state) => [state, sayCode(say, 'state', state)]),
          },
          { name: 'from', label: 'filter.receivedFrom' },
          { name: 'until', label: 'filter.receivedUntil' },
        ]}
        empty={<Empty title={say('payments.none')}>{say('payments.noneHow')}</Empty>}
      />
      {reversed !== null && <Reversal of={reversed} onClose={() => setReversed(null)} />}
    </>
  )
}

/** Takes a payment back, with a reason: what it settled is open again. */
function Reversal({ of, onClose }: { readonly of: Payment; readonly onClose: () => void }): ReactNode {
  const { say } = useWords()
  const { money } = useWritten()
  const reverse = useWrite(onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('payment.reverseTitle', { amount: money(of.amount, of.currency), customer: of.customerName })}
      closeButtonProps={{ 'aria-label': say('act.close') }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const { reason = '' } = filled(event.currentTarget)
          reverse.mutate(async (client) =>
            client.post('/v1/payments/{reference}/reversal', { reference: of.id, body: { reason } }),
          )
        }}
      >
        <p>{say('payment.reverseWhat')}</p>
        <TextInput name="reason" label={say('column.reason')} required data-autofocus />
        {reverse.isError && <Fault error={reverse.error} />}
        <Button type="submit" color="red" loading={reverse.isPending}>
          {say('payment.reverse')}
        </Button>
      </form>
    </Modal>
  )
}

function NewPayment({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { say } = useWords()
  const [text, setText] = useState('')
  const accounts = useAsk('/v1/accounts', text.length < 2 ? null : { limit: 8, text }, { keep: true })
  const items = text.length < 2 ? [] : (accounts.data?.items ?? [])
  const record = useWrite(onClose)
  const [unread, setUnread] = useState<string | null>(null)
  return (
    <Modal opened onClose={onClose} title={say('payment.new')} closeButtonProps={{ 'aria-label': say('act.close') }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const { account, amount = '', ...rest } = filled(event.currentTarget)
          const { currency = '' } = items.find(({ id }) => id === account) ?? {}
          const read = typedAmount(amount, currency)
          setUnread(read === null ? exampleAmount(currency) : null)
          if (read === null) return
          const body = { ...rest, account, currency, amount: read } as BodyOf<'post', '/v1/payments'>
          record.mutate(async (client) => client.post('/v1/payments', { body }))
        }}
      >
        <TextInput
          label={say('payment.findAccount')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          name="account"
          label={say('column.account')}
          required
          data={items.map(({ id, key, customerName, currency }) => ({
            value: id,
            label: `${customerName} · ${key} · ${currency}`,
          }))}
        />
        <TextInput
          name="amount"
          label={say('column.amount')}
          inputMode="decimal"
          required
          error={unread !== null && say('typed.how', { example: unread })}
        />
        <NativeSelect
          name="method"
          label={say('column.method')}
          data={['bank', 'cash'].map((value) => ({ value, label: sayCode(say, 'method', value) }))}
        />
        <TextInput name="receivedOn" type="date" label={say('column.received')} />
        <TextInput name="reference" label={say('column.reference')} />
        {record.isError && <Fault error={record.error} />}
        <Button type="submit" disabled={items.length === 0} loading={record.isPending}>
          {say('payment.record')}
        </Button>
      </form>
    </Modal>
  )
}

type Attempt = ItemOf<'/v1/payment-attempts'>

function Attempts(): ReactNode {
  const { say } = useWords()
  const { money, time } = useWritten()
  const states = ['created', 'pending', 'succeeded', 'failed', 'unknown'] as const
  const columns: readonly ListColumn<Attempt>[] = [
    { id: 'at', head: 'column.at', cell: ({ createdAt }) => time(createdAt), text: ({ createdAt }) => createdAt },
    customerColumn(),
    { id: 'kind', head: 'column.kind', cell: ({ kind }) => sayCode(say, 'kind', kind), text: ({ kind }) => kind },
    { id: 'gateway', head: 'column.gateway', cell: ({ gateway }) => gateway, text: ({ gateway }) => gateway },
    {
      id: 'document',
      head: 'column.number',
      cell: ({ invoiceId }) => invoiceId !== null && <ToDocument id={invoiceId}>{say('payments.document')}</ToDocument>,
      text: ({ invoiceId }) => invoiceId ?? '',
      isExtra: true,
    },
    { id: 'state', head: 'column.state', cell: ({ state }) => <State code={state} />, text: ({ state }) => state },
    { id: 'reason', head: 'column.reason', cell: ({ reason }) => reason ?? '', text: ({ reason }) => reason ?? '' },
    amountColumn('amount', { money }),
  ]
  return (
    <ListTable
      name="payment-attempts"
      path="/v1/payment-attempts"
      columns={columns}
      filters={[
        { name: 'state', label: 'column.state', options: states.map((state) => [state, sayCode(say, 'state', state)]) },
      ]}
      empty={<Empty title={say('attempts.none')}>{say('attempts.noneHow')}</Empty>}
    />
  )
}

type Disputed = ItemOf<'/v1/payment-disputes'>

function Disputes(): ReactNode {
  const { say } = useWords()
  const { money, time } = useWritten()
  const columns: readonly ListColumn<Disputed>[] = [
    { id: 'at', head: 'column.at', cell: ({ openedAt }) => time(openedAt), text: ({ openedAt }) => openedAt },
    customerColumn(),
    {
      id: 'state',
      head: 'column.state',
      cell: ({ state }) => <State code={state === 'open' ? 'waiting' : state} />,
      text: ({ state }) => state,
    },
    amountColumn('fee', { money }),
    amountColumn('amount', { money }),
  ]
  return (
    <ListTable
      name="payment-disputes"
      path="/v1/payment-disputes"
      columns={columns}
      empty={<Empty title={say('disputes.none')}>{say('payments.disputesHow')}</Empty>}
    />
  )
}

type Refund = ItemOf<'/v1/refunds'>

function Refunds(): ReactNode {
  const { say } = useWords()
  const { money, time } = useWritten()
  const columns: readonly ListColumn<Refund>[] = [
    { id: 'at', head: 'column.at', cell: ({ createdAt }) => time(createdAt), text: ({ createdAt }) => createdAt },
    customerColumn(),
    { id: 'state', head: 'column.state', cell: ({ status }) => <State code={status} />, text: ({ status }) => status },
    amountColumn('amount', { money }),
  ]
  return (
    <ListTable
      name="refunds"
      path="/v1/refunds"
      columns={columns}
      empty={<Empty title={say('refunds.none')}>{say('refunds.noneHow')}</Empty>}
    />
  )
}
