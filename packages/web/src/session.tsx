import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
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
/** Where tabs tell each other who is signed in: all have the same session, which is a cookie. */
const TABS = 'kvit.user'

/** @param user null: nobody is signed in any more */
function tellTabs(user: string | null): void {
  const channel = new BroadcastChannel(TABS)
  channel.postMessage(user)
  channel.close()
}

/** Drops all that was asked for as somebody, so that whoever comes next is shown nothing of it. */
function dropShown(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey: [first] }) => first !== 'me' && first !== 'ways' })
  queries.getMutationCache().clear()
}

/** Nobody is signed in here, as far as this tab knows. */
function dropSession(queries: QueryClient): void {
  queries.setQueryData(['me'], null)
  dropShown(queries)
}

const userOf = (queries: QueryClient): string | null => queries.getQueryData<Me | null>(['me'])?.user.id ?? null

/** Another tab has another user, or none: this one asks who it is now. */
function useOtherTabs(queries: QueryClient, user: string | undefined): void {
  useEffect(() => {
    const channel = new BroadcastChannel(TABS)
    channel.onmessage = ({ data }: MessageEvent<string | null>) => {
      if (data === userOf(queries)) return
      dropSession(queries)
      void queries.invalidateQueries({ queryKey: ['me'] })
    }
    // A page that the browser kept whole, and shows again by its back button.
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) location.reload()
    }
    window.addEventListener('pageshow', back)
    return () => {
      channel.close()
      window.removeEventListener('pageshow', back)
    }
  }, [queries])
  useEffect(() => {
    if (user !== undefined) tellTabs(user)
  }, [user])
}

async function whoIsIt(): Promise<Me | null> {
  try {
    return await kvit.get('/v1/me')
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null
    throw error
  }
}

/** Shows `signedOut` until somebody is signed in who works in a tenant. */
export function SessionProvider(props: { readonly signedOut: ReactNode; readonly children: ReactNode }): ReactNode {
  const queries = useQueryClient()
  const me = useQuery({
    queryKey: ['me'],
    queryFn: async () => {
      const before = userOf(queries)
      const now = await whoIsIt()
      if (before !== (now?.user.id ?? null)) dropShown(queries)
      return now
    },
    staleTime: 60_000,
  })
  const [wanted, setWanted] = useState(() => sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT))
  useOtherTabs(queries, me.data?.user.id)
  useEffect(() => {
    whenSignedOut(() => {
      dropSession(queries)
      tellTabs(null)
    })
  }, [queries])
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
        tellTabs(null)
        // Nothing of what was shown stays in memory.
        location.assign('/')
      },
    }
  }, [me.data, wanted, setTenant])
  // Kept by the tab: a reload stays in its tenant, whichever one another tab went to.
  const tenant = session?.tenant
  useEffect(() => {
    if (tenant !== undefined) sessionStorage.setItem(KEPT, tenant)
  }, [tenant])
  if (me.isPending) return null
  return session === null ? (
    props.signedOut
  ) : (
    <Context key={session.me.user.id} value={session}>
      {props.children}
    </Context>
  )
}

export function useSession(): Session {
  const session = useContext(Context)
  if (session === null) throw new Error('a session is needed outside of SessionProvider')
  return session
}
