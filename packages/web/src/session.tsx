import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { AnswerOf } from '../../sdk/src/index.ts'
import { kvit, ProblemError, whenSignedOut } from './api.ts'

/** The name of a scope of the API, such as `customers:read`. */
export type Scope = `${string}:${string}`

type Me = AnswerOf<'get', '/v1/me'>

export interface Session {
  readonly me: Me
  readonly tenant: string
  readonly roles: readonly string[]
  /** Whether the user's roles let the server do it. It decides what is shown; the server decides what is done. */
  readonly may: (scope: Scope) => boolean
  readonly setTenant: (name: string) => void
  readonly signOut: () => Promise<void>
}

const Context = createContext<Session | null>(null)
const KEPT = 'kvit.tenant'

/** Shows `signedOut` until somebody is signed in who works in a tenant. */
export function SessionProvider(props: { readonly signedOut: ReactNode; readonly children: ReactNode }): ReactNode {
  const queries = useQueryClient()
  const me = useQuery({
    queryKey: ['me'],
    queryFn: async () => {
      try {
        return await kvit.get('/v1/me')
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) return null
        throw error
      }
    },
    staleTime: 60_000,
  })
  const [wanted, setWanted] = useState(() => localStorage.getItem(KEPT))
  useEffect(() => whenSignedOut(() => queries.setQueryData(['me'], null)), [queries])
  const setTenant = useCallback((name: string) => {
    localStorage.setItem(KEPT, name)
    setWanted(name)
  }, [])
  const session = useMemo<Session | null>(() => {
    const found = me.data?.tenants.find(({ name }) => name === wanted) ?? me.data?.tenants[0]
    if (me.data == null || found === undefined) return null
    return {
      ...{ me: me.data, tenant: found.name, roles: found.roles, setTenant },
      may: (scope) => (found.scopes as readonly Scope[]).includes(scope),
      signOut: async () => {
        await kvit.delete('/v1/me/sessions/{id}', { id: 'current' })
        // Nothing of what was shown stays in memory.
        location.assign('/')
      },
    }
  }, [me.data, wanted, setTenant])
  if (me.isPending) return null
  return session === null ? props.signedOut : <Context value={session}>{props.children}</Context>
}

export function useSession(): Session {
  const session = useContext(Context)
  if (session === null) throw new Error('a session is needed outside of SessionProvider')
  return session
}
