import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { isCode, kvit } from '../api.ts'
import { Appearance, Mark } from '../parts/appearance.tsx'
import { Fault } from '../parts/feedback.tsx'
import { PasswordField } from '../parts/password-field.tsx'
import { useWords } from '../words.tsx'

/** A sheet in the middle of the page, for who is not signed in. */
export function Gate(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <main className="gate">
      <div className="sheet stack">
        <div className="row">
          <Mark />
          <h1>{props.title}</h1>
        </div>
        {props.children}
        <Appearance />
      </div>
    </main>
  )
}

export function SignInScreen(): ReactNode {
  const { say } = useWords()
  const queries = useQueryClient()
  const ways = useQuery({
    queryKey: ['ways'],
    queryFn: async () => kvit.get('/v1/sign-in'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const me = queries.getQueryData<{ tenants: readonly unknown[] } | null>(['me'])
  const [isRecovering, setRecovering] = useState(false)
  const signIn = useMutation({
    mutationFn: async (body: Record<string, string>) => kvit.post('/v1/sessions', { body: body as never }),
    onSuccess: async () => queries.invalidateQueries({ queryKey: ['me'] }),
  })
  const needsCode = isCode(signIn.error, 'second_factor_required')
  const [isCoded, setCoded] = useState(false)
  if (needsCode && !isCoded) setCoded(true)
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const fields = Object.entries(Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>)
    signIn.mutate(Object.fromEntries(fields.filter(([, value]) => value !== '')))
  }
  return (
    <Gate title={say('signIn.title')}>
      {me != null && me.tenants.length === 0 && <p className="notice warn">{say('signIn.noTenant')}</p>}
      <form className="stack" onSubmit={submit}>
        <TextInput name="email" type="email" label={say('signIn.email')} autoComplete="username" required autoFocus />
        <PasswordField name="password" label={say('signIn.password')} autoComplete="current-password" required />
        {isCoded && !isRecovering && (
          <TextInput
            name="code"
            label={say('signIn.code')}
            description={say('signIn.codeWhy')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
          />
        )}
        {isCoded && isRecovering && (
          <TextInput name="recoveryCode" label={say('signIn.recoveryCode')} autoComplete="off" required autoFocus />
        )}
        {isCoded && (
          <Button variant="subtle" onClick={() => setRecovering(!isRecovering)}>
            {say(isRecovering ? 'signIn.byCode' : 'signIn.byRecovery')}
          </Button>
        )}
        {signIn.isError && !needsCode && <Fault error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending}>
          {say('signIn.do')}
        </Button>
      </form>
      {ways.data?.oidc != null && (
        <Button
          component="a"
          variant="default"
          href={`/v1/oidc/sign-in?returnTo=${encodeURIComponent(location.pathname)}`}
        >
          {say('signIn.by', { name: new URL(ways.data.oidc).host })}
        </Button>
      )}
      <Forgotten />
      <details className="small">
        <summary>{say('signIn.first')}</summary>
        <p>{say('signIn.firstHow')}</p>
        <pre>./kvit -t TENANT user invite you@example.com --role owner</pre>
      </details>
    </Gate>
  )
}

/** The answer is the same whoever asks. */
function Forgotten(): ReactNode {
  const { say } = useWords()
  const forgotten = useMutation({
    mutationFn: async (email: string) => kvit.post('/v1/password-reset', { body: { email } }),
  })
  if (forgotten.isSuccess) return <p className="notice good">{say('signIn.forgottenDone')}</p>
  return (
    <details className="small">
      <summary>{say('signIn.forgotten')}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          forgotten.mutate(String(new FormData(event.currentTarget).get('email')))
        }}
      >
        <TextInput name="email" type="email" label={say('signIn.email')} required />
        <Button type="submit" variant="default" loading={forgotten.isPending}>
          {say('signIn.forgottenDo')}
        </Button>
        {forgotten.isError && <Fault error={forgotten.error} />}
      </form>
    </details>
  )
}
