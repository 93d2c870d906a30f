import { Button, Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { AnswerOf, Kvit } from '../../../sdk/src/index.ts'
import { useKvit, useWrite, useWritten } from '../asking.ts'
import { Fault } from '../parts/feedback.tsx'
import { exampleAmount, typedAmount } from '../typed.ts'
import { sayCode, useWords, type Word } from '../words.tsx'
import type { WholeDocument } from './columns.tsx'

const REASONS = ['goodwill', 'billing_error', 'returned', 'duplicate', 'disputed', 'other']

type Note = AnswerOf<'post', '/v1/invoices/{reference}/credit-notes'>
interface FormProps {
  readonly of: WholeDocument
  readonly onClose: () => void
}

/** Credits a document: all of it, one line, or an amount; what would be issued is shown before it is. */
export function CreditForm({ of, onClose }: FormProps): ReactNode {
  const { say } = useWords()
  const { money } = useWritten()
  const [what, setWhat] = useState('all')
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('billing_error')
  const [text, setText] = useState('')
  const read = typedAmount(amount, of.currency)
  const isUnread = what !== 'all' && amount !== '' && read === null
  const part =
    what === 'all'
      ? {}
      : what === 'amount'
        ? { amount: read ?? '' }
        : { lines: [{ line: Number(what), ...(read === null ? {} : { amount: read }) }] }
  const body = { reason, ...part, ...(text === '' ? {} : { text }) }
  return (
    <NoteForm
      title="document.creditTitle"
      of={of}
      onClose={onClose}
      body={body}
      ask={async (client, dryRun) =>
        client.post('/v1/invoices/{reference}/credit-notes', { reference: of.id, body: { ...body, dryRun } as never })
      }
      canAsk={!isUnread && (what !== 'amount' || read !== null)}
    >
      <NativeSelect
        label={say('credit.what')}
        value={what}
        onChange={({ currentTarget }) => setWhat(currentTarget.value)}
        data={[
          { value: 'all', label: say('credit.all') },
          { value: 'amount', label: say('credit.amount') },
          ...of.document.lines.map(({ position, description, amount: total }) => ({
            value: String(position),
            label: `${description}: ${money(total, of.currency)}`,
          })),
        ]}
      />
      {what !== 'all' && (
        <TextInput
          label={`${say('column.amount')}, ${of.currency}`}
          inputMode="decimal"
          value={amount}
          onChange={({ currentTarget }) => setAmount(currentTarget.value)}
          error={isUnread && say('typed.how', { example: exampleAmount(of.currency) })}
          description={what === 'amount' ? undefined : say('credit.lineAmount')}
        />
      )}
      <Reason reason={reason} onReason={setReason} text={text} onText={setText} />
    </NoteForm>
  )
}

/** Voids a document by a credit note of all of it. */
export function VoidForm({ of, onClose }: FormProps): ReactNode {
  const { say } = useWords()
  const [rebill, setRebill] = useState(false)
  const [reason, setReason] = useState('billing_error')
  const [text, setText] = useState('')
  const body = { reason, rebill, ...(text === '' ? {} : { text }) }
  return (
    <NoteForm
      title="document.voidTitle"
      of={of}
      onClose={onClose}
      body={body}
      ask={async (client, dryRun) =>
        client.post('/v1/invoices/{reference}/void', { reference: of.id, body: { ...body, dryRun } as never })
      }
      canAsk
    >
      <Checkbox
        label={say('void.rebill')}
        description={say('void.rebillWhy')}
        checked={rebill}
        onChange={({ currentTarget }) => setRebill(currentTarget.checked)}
      />
      <Reason reason={reason} onReason={setReason} text={text} onText={setText} />
    </NoteForm>
  )
}

function Reason(props: {
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly text: string
  readonly onText: (text: string) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <>
      <NativeSelect
        label={say('column.reason')}
        value={props.reason}
        onChange={({ currentTarget }) => props.onReason(currentTarget.value)}
        data={REASONS.map((value) => ({ value, label: sayCode(say, 'reason', value) }))}
      />
      <TextInput
        label={say('credit.text')}
        description={say('credit.textWhy')}
        value={props.text}
        onChange={({ currentTarget }) => props.onText(currentTarget.value)}
        maxLength={500}
      />
    </>
  )
}

/** First what would happen, then, with the same words, that it happens. */
function NoteForm(
  props: FormProps & {
    readonly title: Word
    readonly ask: (client: Kvit, dryRun: boolean) => Promise<Note>
    readonly body: object
    readonly canAsk: boolean
    readonly children: ReactNode
  },
): ReactNode {
  const { say } = useWords()
  const { money } = useWritten()
  const { of, body } = props
  const client = useKvit()
  const [tried, setTried] = useState('')
  const dry = useMutation({
    mutationFn: async () => props.ask(client, true),
    onSuccess: () => setTried(JSON.stringify(body)),
  })
  const issue = useWrite<Note>()
  const isTried = tried === JSON.stringify(body) && dry.data !== undefined
  const done = issue.data
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={say(props.title, { number: of.number })}
      size="lg"
      closeButtonProps={{ 'aria-label': say('act.close') }}
    >
      {done !== undefined ? (
        <div className="stack">
          <p className="notice good">
            {done.approvalRequest === undefined ? say('credit.issued') : say('credit.waits')}{' '}
            {done.id !== null && (
              <Link to="/documents/$reference" params={{ reference: done.id }} onClick={props.onClose}>
                {done.document.number}
              </Link>
            )}
          </p>
        </div>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (!props.canAsk) return
            if (isTried) issue.mutate(async (inTenant) => props.ask(inTenant, false))
            else dry.mutate()
          }}
        >
          {props.children}
          {(dry.isError || issue.isError) && <Fault error={issue.error ?? dry.error} />}
          {isTried && (
            <p className="notice">
              {say('credit.would', {
                total: money(dry.data.document.totals.total, of.currency),
                left: money(dry.data.left, of.currency),
              })}
            </p>
          )}
          <Button
            type="submit"
            disabled={!props.canAsk}
            loading={dry.isPending || issue.isPending}
            color={isTried ? 'red' : 'cyan'}
          >
            {say(isTried ? 'credit.do' : 'credit.try')}
          </Button>
        </form>
      )}
    </Modal>
  )
}
