import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { AnswerOf, ItemOf } from '../../../sdk/src/index.ts'
import { useAsk, useWrite, useWritten } from '../asking.ts'
import { Empty, Fault, PageHead, State } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { ListTable } from '../parts/list-table.tsx'
import { useSession } from '../session.tsx'
import { sayCode, useWords } from '../words.tsx'

type Suspended = ItemOf<'/v1/suspense'>
type Group = AnswerOf<'get', '/v1/suspense-reasons'>['items'][number]
type Recycled = AnswerOf<'post', '/v1/suspense/recycle'>

/** Usage that could not be charged: grouped by why, looked at, corrected, and charged again. */
export function SuspenseScreen(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { time, number } = useWritten()
  const { reason } = useSearch({ strict: false }) as { reason?: string }
  const groups = useAsk('/v1/suspense-reasons', {})
  const [opened, setOpened] = useState<Suspended | null>(null)
  const [said, setSaid] = useState<Recycled | null>(null)
  const recycle = useWrite<Recycled>(setSaid)
  const open = (groups.data?.items ?? []).filter(({ status }) => status === 'open')
  const canWrite = may('usage:write')
  const columns: readonly ListColumn<Suspended>[] = [
    { id: 'at', head: 'column.at', cell: ({ receivedAt }) => time(receivedAt), text: ({ receivedAt }) => receivedAt },
    {
      id: 'reason',
      head: 'column.reason',
      cell: (row) => sayCode(say, 'suspense', row.reason),
      text: (row) => row.reason,
    },
    {
      id: 'record',
      head: 'explain.record',
      cell: (row) => (
        <button type="button" className="link mono" onClick={() => setOpened(row)}>
          {row.recordId || row.source || row.id}
        </button>
      ),
      text: ({ recordId }) => recordId,
    },
    {
      id: 'service',
      head: 'column.service',
      cell: ({ service }) => <span className="mono">{service}</span>,
      text: ({ service }) => service,
    },
    { id: 'detail', head: 'column.what', cell: ({ detail }) => detail, text: ({ detail }) => detail },
    { id: 'file', head: 'column.file', cell: ({ file }) => file ?? '', text: ({ file }) => file ?? '', isExtra: true },
    {
      id: 'state',
      head: 'column.state',
      cell: ({ status }) => <State code={status === 'open' ? 'waiting' : status} />,
      text: ({ status }) => status,
    },
  ]
  return (
    <>
      <PageHead title={say('place.suspense')}>{say('suspense.what')}</PageHead>
      <div className="stack">
        {groups.isError && <Fault error={groups.error} />}
        {recycle.isError && <Fault error={recycle.error} />}
        {said !== null && (
          <p className="notice good" role="status">
            {say('suspense.recycled', { done: number(said.recycled), left: number(said.stillSuspended) })}
          </p>
        )}
        <Groups
          groups={open}
          chosen={reason}
          onRecycle={
            canWrite
              ? (of) => recycle.mutate(async (client) => client.post('/v1/suspense/recycle', { body: { reason: of } }))
              : undefined
          }
          isBusy={recycle.isPending}
        />
        <ListTable
          name="suspense"
          path="/v1/suspense"
          find="suspense.find"
          columns={columns}
          filters={[
            {
              name: 'reason',
              label: 'column.reason',
              options: [...new Set((groups.data?.items ?? []).map((group) => group.reason))].map((of) => [
                of,
                sayCode(say, 'suspense', of),
              ]),
            },
            {
              name: 'status',
              label: 'column.state',
              options: (['open', 'recycled', 'written_off'] as const).map((state) => [
                state,
                sayCode(say, 'state', state === 'open' ? 'waiting' : state),
              ]),
            },
          ]}
          empty={<Empty title={say('suspense.none')}>{say('suspense.noneHow')}</Empty>}
        />
      </div>
      {opened !== null && <Correction of={opened} canWrite={canWrite} onClose={() => setOpened(null)} />}
    </>
  )
}

function Groups(props: {
  readonly groups: readonly Group[]
  readonly chosen: string | undefined
  readonly onRecycle: ((reason: Group['reason']) => void) | undefined
  readonly isBusy: boolean
}): ReactNode {
  const { say } = useWords()
  const { number, time } = useWritten()
  const navigate = useNavigate()
  return (
    <div className="cards">
      {props.groups.map(({ reason, records, oldest, meaning }) => (
        <section className="sheet" key={reason}>
          <h2>{sayCode(say, 'suspense', reason)}</h2>
          <div className="card-figure">{number(records)}</div>
          <p className="small faint">
            {meaning} {say('suspense.since', { time: time(oldest) })}
          </p>
          <div className="row">
            <Button
              size="compact-sm"
              variant="default"
              aria-pressed={props.chosen === reason}
              onClick={() => void navigate({ to: '.', search: { reason, status: 'open' } as never })}
            >
              {say('suspense.look')}
            </Button>
            {props.onRecycle !== undefined && (
              <Button
                size="compact-sm"
                variant="default"
                loading={props.isBusy}
                onClick={() => props.onRecycle?.(reason)}
              >
                {say('suspense.recycle')}
              </Button>
            )}
          </div>
        </section>
      ))}
    </div>
  )
}

/** The record as it came; numbers keep the digits that they are written with. */
function Correction({
  of,
  canWrite,
  onClose,
}: {
  readonly of: Suspended
  readonly canWrite: boolean
  readonly onClose: () => void
}): ReactNode {
  const { say } = useWords()
  const [record, setRecord] = useState(of.record)
  const [note, setNote] = useState(of.note ?? '')
  const recycle = useWrite<Recycled>((answer) => {
    if (answer.recycled > 0) onClose()
  })
  const correct = useWrite(() =>
    recycle.mutate(async (client) => client.post('/v1/suspense/recycle', { body: { ids: [of.id] } })),
  )
  const giveUp = useWrite(onClose)
  const isChanged = record !== of.record || note !== (of.note ?? '')
  const isOpen = of.status === 'open' && canWrite
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('suspense.record', { id: of.recordId })}
      size="lg"
      closeButtonProps={{ 'aria-label': say('act.close') }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged)
            correct.mutate(async (client) =>
              client.patch(
                '/v1/suspense/{id}',
                {
                  id: of.id,
                  body: `{"record": ${record}${note === '' ? '' : `, "note": ${JSON.stringify(note)}`}}` as never,
                },
                { contentType: 'application/json' },
              ),
            )
          else recycle.mutate(async (client) => client.post('/v1/suspense/recycle', { body: { ids: [of.id] } }))
        }}
      >
        <p className="notice warn">
          <strong>{sayCode(say, 'suspense', of.reason)}</strong>: {of.detail}
        </p>
        <Textarea
          label={say('explain.record')}
          value={record}
          onChange={({ currentTarget }) => setRecord(currentTarget.value)}
          rows={8}
          readOnly={!isOpen}
          classNames={{ input: 'mono' }}
          spellCheck={false}
        />
        <TextInput
          label={say('suspense.note')}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
          readOnly={!isOpen}
        />
        {(correct.isError || recycle.isError || giveUp.isError) && (
          <Fault error={correct.error ?? recycle.error ?? giveUp.error} />
        )}
        {recycle.data?.recycled === 0 && <p className="notice warn">{say('suspense.still')}</p>}
        {isOpen && (
          <div className="row spread">
            <Button type="submit" loading={correct.isPending || recycle.isPending}>
              {say(isChanged ? 'suspense.correct' : 'suspense.again')}
            </Button>
            <Button
              variant="default"
              loading={giveUp.isPending}
              onClick={() =>
                giveUp.mutate(async (client) =>
                  client.post('/v1/suspense/write-off', {
                    body: { ids: [of.id], note: note === '' ? say('suspense.givenUp') : note },
                  }),
                )
              }
            >
              {say('suspense.giveUp')}
            </Button>
          </div>
        )}
      </form>
    </Modal>
  )
}
