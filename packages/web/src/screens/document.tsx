import { Button } from '@mantine/core'
import { useParams, useSearch } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useAsk, useKvit, useWrite, useWritten } from '../asking.ts'
import { saveFile } from '../parts/csv-button.tsx'
import { Facts, Fault, PageHead, State, Waiting } from '../parts/feedback.tsx'
import { Paper } from '../parts/paper.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { useSession } from '../session.tsx'
import { sayCode, useWords } from '../words.tsx'
import { DocumentState, ToCustomer, type WholeDocument } from './columns.tsx'
import { CreditForm, VoidForm } from './document-acts.tsx'

const Explain = lazy(async () => import('../parts/explain.tsx').then(({ Explain: loaded }) => ({ default: loaded })))
const Proof = lazy(async () => import('./proof.tsx').then(({ Proof: loaded }) => ({ default: loaded })))

export function DocumentScreen(): ReactNode {
  const { say } = useWords()
  const { reference = '' } = useParams({ strict: false }) as { reference?: string }
  const { tab = 'paper' } = useSearch({ strict: false }) as { tab?: string }
  const answer = useAsk('/v1/invoices/{reference}', { reference })
  if (answer.isError) return <Fault error={answer.error} again={() => void answer.refetch()} />
  if (answer.data === undefined) return <Waiting />
  const found = answer.data
  return (
    <>
      <PageHead title={`${say(`kind.${found.kind}`)} ${found.number}`} acts={<Acts of={found} />}>
        <ToCustomer id={found.customerId}>{found.customerName}</ToCustomer> <DocumentState of={found} />
      </PageHead>
      <Tabs
        label={found.number}
        tabs={(['paper', 'pdf', 'proof', 'deliveries'] as const).map((of) => [of, `document.${of}`] as const)}
        now={tab}
      />
      <Suspense fallback={<Waiting />}>
        {tab === 'pdf' ? (
          <Pdf of={found} />
        ) : tab === 'proof' ? (
          <Proof of={found} />
        ) : tab === 'deliveries' ? (
          <Ways of={found} />
        ) : (
          <Whole of={found} />
        )}
      </Suspense>
    </>
  )
}

function Whole({ of }: { readonly of: WholeDocument }): ReactNode {
  const { say } = useWords()
  const { money } = useWritten()
  const [line, setLine] = useState<string | null>(null)
  const { currency } = of
  const isZero = (amount: string): boolean => /^-?0*(\.0*)?$/.test(amount)
  return (
    <div className="stack">
      <section className="sheet">
        <Facts
          of={[
            ['column.total', money(of.total, currency)],
            ['document.paid', isZero(of.paid) ? null : money(of.paid, currency)],
            ['document.writtenOff', isZero(of.writtenOff) ? null : money(of.writtenOff, currency)],
            ['document.disputed', isZero(of.disputed) ? null : money(of.disputed, currency)],
            ['column.open', <strong key="open">{money(of.open, currency)}</strong>],
          ]}
        />
        <p className="small faint">{say('document.openHint')}</p>
      </section>
      <Paper document={of.document} onExplain={setLine} />
      {line !== null && (
        <Suspense fallback={null}>
          <Explain line={line} onClose={() => setLine(null)} />
        </Suspense>
      )}
    </div>
  )
}

/** The document on paper, as it was sent. */
function Pdf({ of }: { readonly of: WholeDocument }): ReactNode {
  const { say } = useWords()
  const client = useKvit()
  const [state, setState] = useState<{ readonly url?: string; readonly error?: unknown }>({})
  useEffect(() => {
    let url: string | undefined
    const ended = new AbortController()
    client
      .download('/v1/invoices/{reference}/pdf', { reference: of.id }, { signal: ended.signal })
      .then(async (answer) => answer.blob())
      .then((blob) => {
        url = URL.createObjectURL(blob)
        setState({ url })
      })
      .catch((error: unknown) => ended.signal.aborted || setState({ error }))
    return () => {
      ended.abort()
      if (url !== undefined) URL.revokeObjectURL(url)
    }
  }, [of.id, client])
  if (state.error !== undefined) return <Fault error={state.error} />
  if (state.url === undefined) return <Waiting />
  return (
    <>
      <p>
        <a href={state.url} download={`${of.number}.pdf`}>
          {say('document.savePdf')}
        </a>
      </p>
      <iframe className="pdf" src={state.url} title={of.number} />
    </>
  )
}

function Ways({ of }: { readonly of: WholeDocument }): ReactNode {
  const { say } = useWords()
  const { time } = useWritten()
  const answer = useAsk('/v1/invoices/{reference}/deliveries', { reference: of.id })
  if (answer.isError) return <Fault error={answer.error} />
  return (
    <section className="sheet">
      {answer.data?.items.length === 0 && <p className="faint">{say('deliveries.noneOf')}</p>}
      <ol className="timeline">
        {(answer.data?.items ?? []).map(({ id, transport, state, createdAt, reason, said }) => (
          <li key={id}>
            {time(createdAt)} · {sayCode(say, 'way', transport)} <State code={state} />
            <div className="small faint">{reason ?? said}</div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Acts({ of }: { readonly of: WholeDocument }): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const [open, setOpen] = useState<'credit' | 'void' | null>(null)
  const [error, setError] = useState<unknown>()
  const client = useKvit()
  const deliver = useWrite()
  const save = (end: 'itemised.csv'): void => {
    client
      .download(`/v1/invoices/{reference}/${end}`, { reference: of.id })
      .then(async (answer) => saveFile(`${of.number}-${end}`, await answer.blob()))
      .catch(setError)
  }
  const canCorrect = may('invoices:write') && of.kind !== 'credit_note' && of.state !== 'void'
  return (
    <>
      <Button variant="default" onClick={() => save('itemised.csv')}>
        {say('document.itemised')}
      </Button>
      {may('invoices:write') && (
        <Button
          variant="default"
          loading={deliver.isPending}
          onClick={() =>
            deliver.mutate(async (client) =>
              client.post('/v1/invoices/{reference}/deliveries', { reference: of.id, body: { transport: 'email' } }),
            )
          }
        >
          {say('document.send')}
        </Button>
      )}
      {canCorrect && (
        <>
          <Button variant="default" onClick={() => setOpen('credit')}>
            {say('document.credit')}
          </Button>
          <Button variant="default" onClick={() => setOpen('void')}>
            {say('document.void')}
          </Button>
        </>
      )}
      {deliver.isSuccess && <p className="notice good">{say('document.sent')}</p>}
      {(deliver.isError || error !== undefined) && <Fault error={deliver.error ?? error} />}
      {open === 'credit' && <CreditForm of={of} onClose={() => setOpen(null)} />}
      {open === 'void' && <VoidForm of={of} onClose={() => setOpen(null)} />}
    </>
  )
}
