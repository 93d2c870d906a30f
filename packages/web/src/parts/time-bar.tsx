import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useAsk, useWrite, useWritten } from '../asking.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.tsx'
import { Fault } from './feedback.tsx'

const DAY_MS = 86_400_000
const STEPS = [
  { word: 'clock.day', days: 1 },
  { word: 'clock.week', days: 7 },
  { word: 'clock.month', days: 31 },
] as const

/** Where the tenant has a test clock: what time it is there, and a way to move it. */
export function TimeBar(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { time } = useWritten()
  const clock = useAsk('/v1/clock', {})
  const move = useWrite()
  const [to, setTo] = useState('')
  if (clock.data?.isTest !== true) return null
  const { now } = clock.data
  const moveTo = (instant: string): void =>
    move.mutate(async (client) => client.put('/v1/clock', { body: { now: instant } }))
  return (
    <section className="time-bar" aria-label={say('clock.name')}>
      <strong>{say('clock.is', { time: time(now) })}</strong>
      {may('settings:write') && (
        <>
          {STEPS.map(({ word, days }) => (
            <Button
              key={word}
              size="compact-sm"
              variant="default"
              disabled={move.isPending}
              onClick={() => moveTo(new Date(Date.parse(now) + days * DAY_MS).toISOString())}
            >
              {say(word)}
            </Button>
          ))}
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault()
              if (to !== '') moveTo(new Date(to).toISOString())
            }}
          >
            <TextInput
              size="xs"
              type="datetime-local"
              aria-label={say('clock.to')}
              value={to}
              onChange={({ currentTarget }) => setTo(currentTarget.value)}
            />
            <Button size="compact-sm" variant="default" type="submit" disabled={to === '' || move.isPending}>
              {say('clock.move')}
            </Button>
          </form>
        </>
      )}
      {move.isPending && <span role="status">{say('clock.moving')}</span>}
      {move.isError && <Fault error={move.error} />}
    </section>
  )
}
