import { Button, NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { ItemOf } from '../../../sdk/src/index.ts'
import { useAsk, useWritten } from '../asking.ts'
import { Empty, Fault, State, Waiting } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { ListTable } from '../parts/list-table.tsx'
import { sayCode, useWords } from '../words.tsx'

type Happened = ItemOf<'/v1/events'>

/** Where one can see what an event is about. */
const PLACES: Readonly<Record<string, '/documents/$reference'>> = { invoice: '/documents/$reference' }
const SHOWN = 50

/** What happened to a customer, the newest first, with what each event tells. */
export function TimelineOf({ customer }: { readonly customer: string }): ReactNode {
  const { say } = useWords()
  const { time } = useWritten()
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined])
  return (
    <section className="sheet">
      <ol className="timeline">
        {pages.map((cursor, at) => (
          <TimelinePage
            key={cursor ?? ''}
            customer={customer}
            cursor={cursor}
            isLast={at === pages.length - 1}
            onMore={(next) => setPages([...pages, next])}
            say={say}
            time={time}
          />
        ))}
      </ol>
    </section>
  )
}

function TimelinePage(props: {
  readonly customer: string
  readonly cursor: string | undefined
  readonly isLast: boolean
  readonly onMore: (cursor: string) => void
  readonly say: ReturnType<typeof useWords>['say']
  readonly time: (instant: string) => string
}): ReactNode {
  const { say, time } = props
  const answer = useAsk(
    '/v1/events',
    { customer: props.customer, order: 'newest', limit: SHOWN, cursor: props.cursor } as object,
    { keep: true },
  )
  if (answer.isError) return <Fault error={answer.error} />
  if (answer.data === undefined) return <Waiting />
  const { items, nextCursor } = answer.data
  if (items.length === 0 && nextCursor == null) return <Empty title={say('timeline.none')} />
  return (
    <>
      {items.map((event) => (
        <li key={event.id}>
          <div className="row spread">
            <strong>{sayCode(say, 'event', event.type.replaceAll('.', '_'))}</strong>
            <time className="small faint" dateTime={event.createdAt}>
              {time(event.createdAt)}
            </time>
          </div>
          <div className="small">
            <EventLink event={event} />
          </div>
          <details className="small">
            <summary>{say('timeline.details')}</summary>
            <pre>{JSON.stringify(event.data, null, 2)}</pre>
          </details>
        </li>
      ))}
      {props.isLast && nextCursor != null && (
        <li>
          <Button variant="default" onClick={() => props.onMore(nextCursor)}>
            {say('timeline.more')}
          </Button>
        </li>
      )}
    </>
  )
}

function EventLink({ event }: { readonly event: Happened }): ReactNode {
  const { say } = useWords()
  const place = PLACES[event.objectKind]
  const { number, key, service } = event.data as Readonly<Record<string, unknown>>
  const name = [number, key, service].find((text) => typeof text === 'string') as string | undefined
  if (place === undefined) return <span className="mono faint">{name}</span>

  return (
    <Link to={place} params={{ reference: event.objectId }}>
      {name ?? say('timeline.open')}
    </Link>
  )
}

type Notice = ItemOf<'/v1/notices'>

/** What a customer was told of, or not, and why not. */
export function MessagesOf({ customer }: { readonly customer: string }): ReactNode {
  const { say } = useWords()
  const { time } = useWritten()
  const columns: readonly ListColumn<Notice>[] = [
    { id: 'at', head: 'column.at', cell: ({ createdAt }) => time(createdAt), text: ({ createdAt }) => createdAt },
    { id: 'kind', head: 'column.kind', cell: ({ kind }) => sayCode(say, 'notice', kind), text: ({ kind }) => kind },
    { id: 'about', head: 'column.about', cell: ({ about }) => about ?? '', text: ({ about }) => about ?? '' },
    { id: 'state', head: 'column.state', cell: ({ state }) => <State code={state} />, text: ({ state }) => state },
    { id: 'reason', head: 'column.reason', cell: ({ reason }) => reason ?? '', text: ({ reason }) => reason ?? '' },
  ]
  return (
    <ListTable
      name="messages"
      path="/v1/notices"
      fixed={{ customer }}
      columns={columns}
      empty={<Empty title={say('messages.none')}>{say('messages.noneHow')}</Empty>}
    />
  )
}

type Audited = ItemOf<'/v1/audit-log'>

/** Who changed something of a customer or one of its accounts. */
export function AuditOf({ objects }: { readonly objects: readonly string[] }): ReactNode {
  const { say } = useWords()
  const { time } = useWritten()
  const [object, setObject] = useState(objects[0] ?? '')
  const columns: readonly ListColumn<Audited>[] = [
    { id: 'at', head: 'column.at', cell: ({ at }) => time(at), text: ({ at }) => at },
    {
      id: 'who',
      head: 'column.who',
      cell: ({ actor }) => actor.name ?? actor.id ?? actor.kind,
      text: ({ actor }) => actor.name ?? actor.id ?? actor.kind,
    },
    {
      id: 'route',
      head: 'column.what',
      cell: ({ route }) => <span className="mono">{route}</span>,
      text: ({ route }) => route,
    },
    {
      id: 'fields',
      head: 'column.fields',
      cell: ({ fields }) => fields.join(', '),
      text: ({ fields }) => fields.join(' '),
    },
    {
      id: 'outcome',
      head: 'column.outcome',
      cell: ({ outcome }) => <State code={outcome} />,
      text: ({ outcome }) => outcome,
    },
    { id: 'ip', head: 'column.ip', cell: ({ ip }) => ip, text: ({ ip }) => ip, isExtra: true },
  ]
  return (
    <div className="stack">
      {objects.length > 1 && (
        <NativeSelect
          label={say('audit.of')}
          value={object}
          onChange={({ currentTarget }) => setObject(currentTarget.value)}
          data={objects.map((value, at) => ({
            value,
            label: at === 0 ? say('audit.customer') : say('audit.account', { n: at }),
          }))}
        />
      )}
      <ListTable
        key={object}
        name="audit"
        path="/v1/audit-log"
        fixed={{ object }}
        columns={columns}
        empty={<Empty title={say('audit.none')} />}
      />
    </div>
  )
}
