import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { KvitError, ProblemError } from '../api.ts'
import { sayCode, useWords, type Word } from '../words.tsx'

/** What went wrong and what to do: the kind of it in the reader's language, then what the server says of this very case. */
export function Fault({ error, again }: { readonly error: unknown; readonly again?: () => void }): ReactNode {
  const { say } = useWords()
  const fields = error instanceof ProblemError ? error.fields : []
  const detail = error instanceof ProblemError ? error.detail : error instanceof KvitError ? '' : String(error)
  const advice = error instanceof KvitError ? sayCode(say, 'problem', error.reason) : say('problem.internal')
  return (
    <div className="notice bad" role="alert">
      <strong>{advice}</strong>
      {detail !== '' && <p className="small">{detail}</p>}
      {fields.length > 0 && (
        <ul className="small">
          {fields.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <span className="mono">{path}</span>: {message}
            </li>
          ))}
        </ul>
      )}
      {again !== undefined && (
        <Button size="xs" variant="default" onClick={again}>
          {say('act.again')}
        </Button>
      )}
    </div>
  )
}

export function Waiting(): ReactNode {
  const { say } = useWords()
  return (
    <div className="waiting" role="status">
      {say('state.loading')}
    </div>
  )
}

/** Where there is nothing yet: what would stand here, and how it comes about. */
export function Empty(props: {
  readonly title: string
  readonly children?: ReactNode
  readonly act?: ReactNode
}): ReactNode {
  return (
    <div className="empty">
      <h2>{props.title}</h2>
      {props.children !== undefined && <p className="faint">{props.children}</p>}
      {props.act}
    </div>
  )
}

const GOOD = [
  'paid',
  'active',
  'open',
  'done',
  'delivered',
  'sent',
  'complete',
  'recycled',
  'succeeded',
  'received',
  'trial',
]
const WARN = [
  'partially_paid',
  'paused',
  'waiting',
  'throttled',
  'restricted',
  'queued',
  'sending',
  'pending',
  'begun',
  'to_return',
  'planned',
  'set_aside',
  'unknown',
]
const BAD = ['overdue', 'void', 'written_off', 'blocked', 'failed', 'reversed', 'refused', 'suppressed']

/** A state of something: in words, and the colour only repeats them. */
export function State({ code, group = 'state' }: { readonly code: string; readonly group?: string }): ReactNode {
  const { say } = useWords()
  const tone = GOOD.includes(code) ? 'good' : WARN.includes(code) ? 'warn' : BAD.includes(code) ? 'bad' : ''
  return <span className={`badge ${tone}`}>{sayCode(say, group, code)}</span>
}

export function PageHead(props: {
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly acts?: ReactNode
}): ReactNode {
  return (
    <header className="page-head">
      <div>
        <h1>{props.title}</h1>
        {props.children !== undefined && <div className="faint">{props.children}</div>}
      </div>
      {props.acts !== undefined && <div className="row">{props.acts}</div>}
    </header>
  )
}

/** Names and values, one below the other. What has no value is left out. */
export function Facts({ of }: { readonly of: readonly (readonly [Word, ReactNode])[] }): ReactNode {
  const { say } = useWords()
  return (
    <dl className="facts">
      {of
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([word, value]) => [<dt key={word}>{say(word)}</dt>, <dd key={`${word} value`}>{value}</dd>])}
    </dl>
  )
}
