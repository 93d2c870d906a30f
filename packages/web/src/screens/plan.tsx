import { NativeSelect } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { stringify } from 'yaml'
import { useAsk, useWritten } from '../asking.ts'
import { Facts, Fault, PageHead, Waiting } from '../parts/feedback.tsx'
import { useSession } from '../session.tsx'
import { useWords } from '../words.tsx'
import { TryPrices } from './try-prices.tsx'

/** A version of a plan: its file, what came before it, and what usage would cost on it. */
export function PlanScreen(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { time } = useWritten()
  const navigate = useNavigate()
  const { reference = '' } = useParams({ strict: false }) as { reference?: string }
  const { version } = useSearch({ strict: false }) as { version?: string }
  const plan = useAsk('/v1/plans/{code}', {
    code: reference,
    ...(version === undefined ? {} : { version: Number(version) }),
  })
  const all = useAsk('/v1/plans', {})
  const versions = (all.data?.items ?? []).filter(({ code }) => code === reference)
  const text = useMemo(() => (plan.data === undefined ? '' : stringify(plan.data.content)), [plan.data])
  if (plan.isError) return <Fault error={plan.error} />
  if (plan.data === undefined) return <Waiting />
  const shown = plan.data
  const before = versions.find((other) => other.version === shown.version - 1)
  return (
    <>
      <PageHead title={shown.content.name}>
        <span className="mono">{shown.code}</span>
      </PageHead>
      <div className="halves">
        <section className="sheet stack">
          <NativeSelect
            label={say('column.version')}
            value={String(shown.version)}
            onChange={({ currentTarget }) =>
              void navigate({ to: '.', search: { version: currentTarget.value } as never, replace: true })
            }
            data={versions.map((other) => ({
              value: String(other.version),
              label: `${other.version} · ${time(other.publishedAt)}`,
            }))}
          />
          <Facts
            of={[
              ['column.currency', shown.currency],
              ['column.published', time(shown.publishedAt)],
              ['plan.availableFrom', shown.availableFrom && time(shown.availableFrom)],
            ]}
          />
          {before !== undefined && <Differences before={stringify(before.content)} after={text} />}
          <h2>{say('plan.file')}</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <pre tabIndex={0}>{text}</pre>
        </section>
        {may('usage:read') && <TryPrices plan={shown} />}
      </div>
    </>
  )
}

/** Lines that only one of two versions has. */
function Differences({ before, after }: { readonly before: string; readonly after: string }): ReactNode {
  const { say } = useWords()
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  const gone = old.filter((line) => !fresh.includes(line))
  const come = fresh.filter((line) => !old.includes(line))
  return (
    <details>
      <summary>{say('plan.differences')}</summary>
      <pre>
        {[...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)].join('\n') || say('plan.same')}
      </pre>
    </details>
  )
}
