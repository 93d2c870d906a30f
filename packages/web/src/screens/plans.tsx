import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { PlanVersion } from '../../../sdk/src/index.ts'
import { useAsk, useKvit, useWrite, useWritten } from '../asking.ts'
import { CsvButton } from '../parts/csv-button.tsx'
import { Empty, Fault, PageHead, Waiting } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { Rows } from '../parts/list-table.tsx'
import { useSession } from '../session.tsx'
import { useWords } from '../words.tsx'

/** What the console shows of a plan file. */
export interface PlanContent {
  readonly name: string
  readonly prices: readonly { readonly code: string; readonly name: string; readonly meter?: string }[]
}

export function contentOf({ content }: PlanVersion): PlanContent {
  return content as unknown as PlanContent
}

const EXAMPLE = `meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - kind: usage
        code: calls
        name: Calls
        meter: minutes
        rate: { model: graduated, tiers: [ { upTo: 100, unitAmount: 0.10 }, { upTo: null, unitAmount: 0.05 } ] }
`

export function PlansScreen(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { time } = useWritten()
  const answer = useAsk('/v1/plans', {})
  const [isPublishing, setPublishing] = useState(false)
  if (answer.isError) return <Fault error={answer.error} />
  if (answer.data === undefined) return <Waiting />
  const newest = [
    ...new Map(
      answer.data.items.filter(({ subscriptionId }) => subscriptionId === null).map((plan) => [plan.code, plan]),
    ).values(),
  ]
  const columns: readonly ListColumn<PlanVersion>[] = [
    {
      id: 'name',
      head: 'column.name',
      cell: ({ code, content }) => (
        <Link to="/plans/$reference" params={{ reference: code }}>
          {content.name}
        </Link>
      ),
      text: ({ content }) => content.name,
    },
    {
      id: 'code',
      head: 'column.code',
      cell: ({ code }) => <span className="mono">{code}</span>,
      text: ({ code }) => code,
    },
    { id: 'currency', head: 'column.currency', cell: ({ currency }) => currency, text: ({ currency }) => currency },
    {
      id: 'prices',
      head: 'plans.prices',
      cell: (row) =>
        contentOf(row)
          .prices.map(({ name }) => name)
          .join(', '),
      text: (row) =>
        contentOf(row)
          .prices.map(({ code }) => code)
          .join(' '),
    },
    {
      id: 'version',
      head: 'column.version',
      isFigure: true,
      cell: ({ version }) => version,
      text: ({ version }) => String(version),
    },
    {
      id: 'published',
      head: 'column.published',
      cell: ({ publishedAt }) => time(publishedAt),
      text: ({ publishedAt }) => publishedAt,
    },
  ]
  return (
    <>
      <PageHead
        title={say('place.plans')}
        acts={
          may('catalog:write') &&
          !isPublishing && <Button onClick={() => setPublishing(true)}>{say('plans.publish')}</Button>
        }
      />
      <div className="stack">
        {isPublishing && <Publish onClose={() => setPublishing(false)} />}
        <section className="sheet flush">
          {newest.length === 0 ? (
            <Empty title={say('plans.none')}>{say('plans.noneHow')}</Empty>
          ) : (
            <>
              <div className="filters">
                <CsvButton name="plans" path="/v1/plans" columns={columns} />
              </div>
              <section className="scroll" aria-label={say('place.plans')}>
                <Rows columns={columns} rows={newest} />
              </section>
            </>
          )}
        </section>
      </div>
    </>
  )
}

/** Plans are files: what would change is shown before anything is published. */
function Publish({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { say } = useWords()
  const client = useKvit()
  const [text, setText] = useState(EXAMPLE)
  const [tried, setTried] = useState<string | null>(null)
  const body = { files: [{ name: 'console.yaml', text }] }
  const check = useMutation({
    mutationFn: async () => client.post('/v1/catalog', { body: { ...body, dryRun: true } }),
    onSuccess: () => setTried(text),
  })
  const publish = useWrite(onClose)
  const isTried = tried === text
  return (
    <form
      className="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isTried) publish.mutate(async (inTenant) => inTenant.post('/v1/catalog', { body }))
        else check.mutate()
      }}
    >
      <Textarea
        label={say('plans.file')}
        description={say('plans.fileHow')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        rows={16}
        classNames={{ input: 'mono' }}
        spellCheck={false}
      />
      {(check.isError || publish.isError) && <Fault error={publish.error ?? check.error} />}
      {isTried &&
        check.data?.changes.map(({ kind, code, change, differences }) => (
          <div className="notice" key={`${kind} ${code}`}>
            <strong>
              {kind} {code}
            </strong>{' '}
            {say(`change.${change as 'new'}`)}
            <ul className="small">
              {differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          </div>
        ))}
      <div className="row">
        <Button type="submit" loading={check.isPending || publish.isPending}>
          {say(isTried ? 'plans.publish' : 'plans.check')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {say('act.cancel')}
        </Button>
      </div>
    </form>
  )
}
