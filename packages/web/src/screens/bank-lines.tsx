import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { BankLine, BodyOf } from '../../../sdk/src/index.ts'
import { useAsk, useKvit, useWrite, useWritten } from '../asking.ts'
import { Empty, Facts, Fault, PageHead, State } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { ListTable } from '../parts/list-table.tsx'
import { useSession } from '../session.tsx'
import { sayCode, useWords } from '../words.tsx'
import { amountColumn } from './columns.tsx'

/** Money on bank accounts: on one side the lines, on the other what each may be for, and why. */
export function BankLinesScreen(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { money, day } = useWritten()
  const [chosen, setChosen] = useState<string | null>(null)
  const states = ['new', 'waiting', 'set_aside', 'to_return', 'done'] as const
  const columns: readonly ListColumn<BankLine>[] = [
    { id: 'booked', head: 'column.booked', cell: ({ bookedOn }) => day(bookedOn), text: ({ bookedOn }) => bookedOn },
    {
      id: 'who',
      head: 'column.counterparty',
      cell: ({ id, counterparty, bankAccount }) => (
        <button type="button" className="link" aria-pressed={chosen === id} onClick={() => setChosen(id)}>
          {counterparty.name ?? counterparty.iban ?? bankAccount}
        </button>
      ),
      text: ({ counterparty }) => counterparty.name ?? counterparty.iban ?? '',
    },
    {
      id: 'text',
      head: 'column.remittance',
      cell: ({ remittance }) => remittance,
      text: ({ remittance }) => remittance,
    },
    {
      id: 'iban',
      head: 'column.iban',
      cell: ({ counterparty }) => <span className="mono">{counterparty.iban}</span>,
      text: ({ counterparty }) => counterparty.iban ?? '',
      isExtra: true,
    },
    { id: 'state', head: 'column.state', cell: ({ state }) => <State code={state} />, text: ({ state }) => state },
    amountColumn('amount', { money }),
  ]
  return (
    <>
      <PageHead title={say('place.bankLines')} acts={may('payments:write') && <Import />}>
        {say('bank.what')}
      </PageHead>
      <div className={chosen === null ? '' : 'aside'}>
        <ListTable
          name="bank-lines"
          path="/v1/bank-lines"
          find="bank.find"
          columns={columns}
          filters={[
            {
              name: 'state',
              label: 'column.state',
              options: states.map((state) => [state, sayCode(say, 'state', state)]),
            },
            { name: 'from', label: 'filter.bookedFrom' },
            { name: 'until', label: 'filter.bookedUntil' },
          ]}
          empty={<Empty title={say('bank.none')}>{say('bank.noneHow')}</Empty>}
        />
        {chosen !== null && <Line id={chosen} onClose={() => setChosen(null)} />}
      </div>
    </>
  )
}

function Import(): ReactNode {
  const { say } = useWords()
  const accounts = useAsk('/v1/bank-accounts', {})
  const client = useKvit()
  const [said, setSaid] = useState<{ readonly done?: boolean; readonly error?: unknown }>({})
  const take = (file: File | undefined): void => {
    const account = accounts.data?.items[0]
    if (file === undefined || account === undefined) return
    const ofCsv = file.name.toLowerCase().endsWith('.csv') ? { bankAccount: account.id } : {}
    setSaid({})
    client
      .post('/v1/bank-files', { name: file.name, ...ofCsv, body: file as never })
      .then(() => setSaid({ done: true }))
      .catch((error: unknown) => setSaid({ error }))
  }
  if ((accounts.data?.items.length ?? 0) === 0) return <p className="faint small">{say('bank.noAccount')}</p>
  return (
    <div>
      <label className="file">
        {say('bank.import')}
        <input
          type="file"
          accept=".xml,.sta,.mt940,.csv,.txt"
          onChange={({ currentTarget }) => take(currentTarget.files?.[0])}
        />
      </label>
      {said.done === true && <p className="notice good">{say('bank.imported')}</p>}
      {said.error !== undefined && <Fault error={said.error} />}
    </div>
  )
}

/** One line, with what it may be for. */
function Line({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { money, day } = useWritten()
  const answer = useAsk('/v1/bank-lines/{id}', { id })
  const write = useWrite()
  if (answer.isError) return <Fault error={answer.error} />
  if (answer.data === undefined) return null
  const line = answer.data
  const canDecide = may('payments:write') && line.state !== 'done'
  return (
    <section className="sheet stack" aria-label={say('bank.line')}>
      <div className="row spread">
        <h2>{money(line.amount, line.currency)}</h2>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {say('act.close')}
        </Button>
      </div>
      <Facts
        of={[
          ['column.counterparty', line.counterparty.name],
          ['column.iban', line.counterparty.iban],
          ['column.remittance', line.remittance],
          ['column.booked', day(line.bookedOn)],
          ['column.open', money(line.open, line.currency)],
          ['column.state', <State key="state" code={line.state} />],
        ]}
      />
      {line.matches.map(({ id: match, kind, amount, reasons }) => (
        <p className="notice good" key={match}>
          {sayCode(say, 'match', kind)}: {money(amount, line.currency)}{' '}
          <span className="small">{reasons.join('; ')}</span>
        </p>
      ))}
      {write.isError && <Fault error={write.error} />}
      {canDecide && (
        <>
          <h3>{say('bank.proposals')}</h3>
          {line.proposals.length === 0 && <p className="faint">{say('bank.noProposal')}</p>}
          {line.proposals.map((proposal) => (
            <div className="notice" key={proposal.account}>
              <div className="row spread">
                <strong>{proposal.account}</strong>
                <span className="badge accent">{say('bank.score', { n: proposal.score })}</span>
              </div>
              <p className="small">{proposal.reasons.join('; ')}</p>
              <p className="small">
                {proposal.invoices.map(({ number, amount }) => `${number}: ${money(amount, line.currency)}`).join(', ')}
              </p>
              <Button
                size="compact-sm"
                loading={write.isPending}
                onClick={() =>
                  write.mutate(async (client) =>
                    client.post('/v1/bank-lines/{id}/acceptance', { id, body: { account: proposal.account } }),
                  )
                }
              >
                {say('bank.accept')}
              </Button>
            </div>
          ))}
          <ByHand id={id} write={write} />
        </>
      )}
    </section>
  )
}

/** What nobody proposed. */
function ByHand({ id, write }: { readonly id: string; readonly write: ReturnType<typeof useWrite> }): ReactNode {
  const { say } = useWords()
  const [kind, setKind] = useState('payment')
  const [text, setText] = useState('')
  const body = (
    kind === 'payment' ? { kind, account: text } : kind === 'outside' ? { kind, reason: text } : { kind }
  ) as BodyOf<'post', '/v1/bank-lines/{id}/matches'>
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        write.mutate(async (client) => client.post('/v1/bank-lines/{id}/matches', { id, body }))
      }}
    >
      <h3>{say('bank.byHand')}</h3>
      <NativeSelect
        label={say('bank.isFor')}
        value={kind}
        onChange={({ currentTarget }) => setKind(currentTarget.value)}
        data={['payment', 'fee', 'outside'].map((value) => ({ value, label: sayCode(say, 'match', value) }))}
      />
      {kind !== 'fee' && (
        <TextInput
          label={say(kind === 'payment' ? 'column.account' : 'column.reason')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          required
        />
      )}
      <div className="row">
        <Button type="submit" variant="default" loading={write.isPending}>
          {say('bank.book')}
        </Button>
        <Button
          variant="default"
          onClick={() =>
            write.mutate(async (client) =>
              client.post('/v1/bank-lines/{id}/state', { id, body: { state: 'set_aside' } }),
            )
          }
        >
          {say('bank.setAside')}
        </Button>
      </div>
    </form>
  )
}
