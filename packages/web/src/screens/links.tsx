import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { byLink, isCode, kvit } from '../api.ts'
import { Fault, Waiting } from '../parts/feedback.tsx'
import { PasswordField } from '../parts/password-field.tsx'
import { useWords } from '../words.tsx'
import { Gate } from './sign-in.tsx'

/** The secret of a link stands behind the `#`: it is taken out of the address, so that it is in no history. */
function useSecret(): string {
  const [secret] = useState(() => location.hash.slice(1))
  if (location.hash !== '') history.replaceState(null, '', location.pathname)
  return secret
}

export function InvitationScreen(): ReactNode {
  const { say } = useWords()
  const link = useSecret()
  const invitation = useQuery({
    queryKey: ['invitation', link],
    queryFn: async () => kvit.get('/v1/invitation', {}, byLink(link)),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const accept = useMutation({
    mutationFn: async (body: Record<string, string>) => {
      const { code, ...account } = body
      const proof = code === undefined || code === '' ? {} : { code }
      await kvit.post('/v1/invitation/accept', { body: { ...account, ...proof } as never }, byLink(link))
      await kvit.post('/v1/sessions', {
        body: { email: invitation.data?.email ?? '', password: body['password'] ?? '', ...proof },
      })
    },
    // Everything is asked for anew, as the one who is signed in now.
    onSuccess: () => location.assign('/'),
  })
  const needsCode = isCode(accept.error, 'second_factor_required')
  if (invitation.isPending) return <Waiting />
  if (invitation.isError)
    return (
      <Gate title={say('invitation.title')}>
        <Fault error={invitation.error} />
      </Gate>
    )
  const { email, tenant, roles, hasAccount } = invitation.data
  return (
    <Gate title={say('invitation.title')}>
      <p>{say('invitation.to', { tenant, email, roles: roles.join(', ') })}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          accept.mutate(Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>)
        }}
      >
        {!hasAccount && <TextInput name="name" label={say('invitation.name')} autoComplete="name" required />}
        <PasswordField
          name="password"
          label={say('signIn.password')}
          description={say(hasAccount ? 'invitation.yourPassword' : 'invitation.newPassword')}
          autoComplete={hasAccount ? 'current-password' : 'new-password'}
          minLength={hasAccount ? 1 : 12}
          required
        />
        {needsCode && <TextInput name="code" label={say('signIn.code')} inputMode="numeric" required />}
        {accept.isError && !needsCode && <Fault error={accept.error} />}
        <Button type="submit" loading={accept.isPending}>
          {say('invitation.accept')}
        </Button>
      </form>
    </Gate>
  )
}

export function ResetScreen(): ReactNode {
  const { say } = useWords()
  const link = useSecret()
  const reset = useMutation({
    mutationFn: async (newPassword: string) =>
      kvit.post('/v1/password-reset/complete', { body: { newPassword } }, byLink(link)),
  })
  return (
    <Gate title={say('reset.title')}>
      {reset.isSuccess ? (
        <p className="notice good">
          {say('reset.done')} <a href="/">{say('signIn.do')}</a>
        </p>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            reset.mutate(String(new FormData(event.currentTarget).get('password')))
          }}
        >
          <PasswordField
            name="password"
            label={say('profile.newPassword')}
            description={say('invitation.newPassword')}
            autoComplete="new-password"
            minLength={12}
            required
          />
          {reset.isError && <Fault error={reset.error} />}
          <Button type="submit" loading={reset.isPending}>
            {say('reset.do')}
          </Button>
        </form>
      )}
    </Gate>
  )
}
