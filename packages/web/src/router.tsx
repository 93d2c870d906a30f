import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { Fault } from './parts/feedback.tsx'
import { HomeScreen } from './screens/home.tsx'
import { InvitationScreen, ResetScreen } from './screens/links.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Outlet, errorComponent: ({ error }) => <Fault error={error} /> })

/** Whoever comes by a link is not signed in yet. */
const links = [
  createRoute({ getParentRoute: () => root, path: '/invitation', component: InvitationScreen }),
  createRoute({ getParentRoute: () => root, path: '/password-reset', component: ResetScreen }),
]

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const inShell = <P extends string>(path: P) => ({
  ...{ getParentRoute: () => shell, path },
  errorComponent: ({ error }: { readonly error: unknown }) => <Fault error={error} />,
})
const screens = [
  createRoute({ ...inShell('/'), component: HomeScreen }),
  createRoute({
    ...inShell('/customers'),
    component: lazyRouteComponent(async () => import('./screens/customers.tsx'), 'CustomersScreen'),
  }),
  createRoute({
    ...inShell('/customers/new'),
    component: lazyRouteComponent(async () => import('./screens/onboard.tsx'), 'OnboardScreen'),
  }),
  createRoute({
    ...inShell('/customers/$reference'),
    component: lazyRouteComponent(async () => import('./screens/customer.tsx'), 'CustomerScreen'),
  }),
  createRoute({
    ...inShell('/documents'),
    component: lazyRouteComponent(async () => import('./screens/documents.tsx'), 'DocumentsScreen'),
  }),
  createRoute({
    ...inShell('/documents/$reference'),
    component: lazyRouteComponent(async () => import('./screens/document.tsx'), 'DocumentScreen'),
  }),
  createRoute({
    ...inShell('/payments'),
    component: lazyRouteComponent(async () => import('./screens/payments.tsx'), 'PaymentsScreen'),
  }),
  createRoute({
    ...inShell('/bank-lines'),
    component: lazyRouteComponent(async () => import('./screens/bank-lines.tsx'), 'BankLinesScreen'),
  }),
  createRoute({
    ...inShell('/plans'),
    component: lazyRouteComponent(async () => import('./screens/plans.tsx'), 'PlansScreen'),
  }),
  createRoute({
    ...inShell('/plans/$reference'),
    component: lazyRouteComponent(async () => import('./screens/plan.tsx'), 'PlanScreen'),
  }),
  createRoute({
    ...inShell('/suspense'),
    component: lazyRouteComponent(async () => import('./screens/suspense.tsx'), 'SuspenseScreen'),
  }),
  createRoute({
    ...inShell('/profile'),
    component: lazyRouteComponent(async () => import('./screens/profile.tsx'), 'ProfileScreen'),
  }),
]

/** What an address says besides its path is text. */
function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}

export const router = createRouter({
  routeTree: root.addChildren([...links, shell.addChildren(screens)]),
  ...{ parseSearch, stringifySearch, defaultPreload: 'intent', scrollRestoration: true },
})
