import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { kvit } from '../api.ts'
import { useWritten } from '../asking.ts'
import { Appearance } from '../parts/appearance.tsx'
import { Fault, PageHead } from '../parts/feedback.tsx'
import { PasswordField } from '../parts/password-field.tsx'
import { useSession } from '../session.tsx'
import { useWords, type Word } from '../words.tsx'
import { filled } from './onboard.tsx'

/** The own account: how one signs in, and where one is signed in. */
export function ProfileScreen(): ReactNode {
  const { say } = useWords()
  const { me } = useSession()
  return (
    <>
      <PageHead title={say('shell.profile')}>{me.user.email}</PageHead>
      <div className="halves">
        <section className="sheet stack">
          <h2>{say('profile.appearance')}</h2>
          <Appearance />
        </section>
        <AccountForm title="profile.password" done="profile.passwordDone" path="/v1/me/password">
          <PasswordField name="password" label={say('profile.oldPassword')} autoComplete="current-password" required />
          <PasswordField
            name="newPassword"
            label={say('profile.newPassword')}
            description={say('invitation.newPassword')}
            autoComplete="new-password"
            minLength={12}
            required
          />
          {me.user.secondFactor && <TextInput name="code" label={say('signIn.code')} inputMode="numeric" required />}
        </AccountForm>
        <SecondFactor isOn={me.user.secondFactor} />
        <Sessions />
      </div>
    </>
  )
}

function AccountForm(props: {
  readonly title: Word
  readonly done: Word
  readonly path: '/v1/me/password' | '/v1/me/second-factor/remove'
  readonly children: ReactNode
}): ReactNode {
  const { say } = useWords()
  const queries = useQueryClient()
  const write = useMutation({
    mutationFn: async (body: object) => kvit.post(props.path, { body: body as never }),
    onSuccess: async () => queries.invalidateQueries(),
  })
  return (
    <form
      className="sheet stack"
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault()
        write.mutate(filled(event.currentTarget))
      }}
    >
      <h2>{say(props.title)}</h2>
      {props.children}
      {write.isError && <Fault error={write.error} />}
      {write.isSuccess && <p className="notice good">{say(props.done)}</p>}
      <Button type="submit" loading={write.isPending}>
        {say('act.save')}
      </Button>
    </form>
  )
}

function SecondFactor({ isOn }: { readonly isOn: boolean }): ReactNode {
  const { say } = useWords()
  const queries = useQueryClient()
  const [codes, setCodes] = useState<readonly string[]>([])
  const begin = useMutation({
    mutationFn: async (body: object) => kvit.post('/v1/me/second-factor', { body: body as never }),
  })
  const confirm = useMutation({
    mutationFn: async (body: object) => kvit.post('/v1/me/second-factor/confirm', { body: body as never }),
    onSuccess: async (answer) => {
      setCodes(answer.recoveryCodes)
      await queries.invalidateQueries({ queryKey: ['me'] })
    },
  })
  if (codes.length > 0)
    return (
      <section className="sheet stack">
        <h2>{say('profile.factor')}</h2>
        <p className="notice good">{say('profile.recoveryCodes')}</p>
        <pre>{codes.join('\n')}</pre>
      </section>
    )
  if (isOn)
    return (
      <AccountForm title="profile.factor" done="profile.factorOff" path="/v1/me/second-factor/remove">
        <p>{say('profile.factorOn')}</p>
        <PasswordField name="password" label={say('signIn.password')} autoComplete="current-password" required />
        <TextInput name="code" label={say('signIn.code')} inputMode="numeric" required />
      </AccountForm>
    )
  const isBegun = begin.data !== undefined
  return (
    <form
      className="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        const body = filled(event.currentTarget)
        if (isBegun) confirm.mutate(body)
        else begin.mutate(body)
      }}
    >
      <h2>{say('profile.factor')}</h2>
      <p>{say('profile.factorWhat')}</p>
      {!isBegun && (
        <PasswordField name="password" label={say('signIn.password')} autoComplete="current-password" required />
      )}
      {isBegun && (
        <>
          <p>{say('profile.secret')}</p>
          <pre>{begin.data.secret}</pre>
          <a href={begin.data.uri}>{say('profile.openAuthenticator')}</a>
          <TextInput name="code" label={say('signIn.code')} inputMode="numeric" required />
        </>
      )}
      {(begin.isError || confirm.isError) && <Fault error={confirm.error ?? begin.error} />}
      <Button type="submit" loading={begin.isPending || confirm.isPending}>
        {say(isBegun ? 'profile.factorConfirm' : 'profile.factorBegin')}
      </Button>
    </form>
  )
}

function Sessions(): ReactNode {
  const { say } = useWords()
  const { time } = useWritten()
  const queries = useQueryClient()
  const { me } = useSession()
  const answer = useQuery({ queryKey: ['sessions', me.user.id], queryFn: async () => kvit.get('/v1/me/sessions') })
  const end = useMutation({
    mutationFn: async (id: string) => kvit.delete('/v1/me/sessions/{id}', { id }),
    onSuccess: async () => queries.invalidateQueries({ queryKey: ['sessions', me.user.id] }),
  })
  return (
    <section className="sheet stack">
      <h2>{say('profile.sessions')}</h2>
      {answer.isError && <Fault error={answer.error} />}
      <ul className="plain">
        {(answer.data?.items ?? []).map(({ id, ip, userAgent, createdAt, isThis }) => (
          <li key={id} className="row spread">
            <span>
              {time(createdAt)} · {ip} {isThis && <span className="badge good">{say('profile.thisSession')}</span>}
              <div className="small faint">{userAgent}</div>
            </span>
            {!isThis && (
              <Button size="compact-sm" variant="default" onClick={() => end.mutate(id)}>
                {say('profile.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
