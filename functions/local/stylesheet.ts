/** The look of the status page; light or dark as the reader's system is. */
export const stylesheet = `
:root { color-scheme: light dark; --line: light-dark(#dde1e6, #3a4048); --soft: light-dark(#5b6470, #a4adb8);
  --accent: light-dark(#1456b8, #8db8ff); --back: light-dark(#ffffff, #16191d); --raised: light-dark(#f5f7f9, #20252b); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--back); }
header { padding: 1rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--raised); }
h1 { max-width: 67rem; margin: 0 auto; font-size: 1.15rem; }
h2 small { color: var(--soft); font-weight: normal; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; overflow-x: auto; }
a { color: var(--accent); }
nav a { display: inline-block; margin: 0 .75rem .75rem 0; }
nav a[aria-current] { font-weight: 700; text-decoration: none; color: inherit; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th, dt { color: var(--soft); font-size: .85rem; font-weight: 600; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; padding: 1rem; background: var(--raised); border-radius: .5rem; }
dd { margin: 0; }
.empty, .none { color: var(--soft); }
.notice { padding: .75rem 1rem; border-left: .3rem solid #c98500; background: var(--raised); }
.badge { padding: .1rem .55rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .85rem; white-space: nowrap; }
.archived { color: light-dark(#17692f, #7fd597); }
.attention { color: light-dark(#b3261e, #ff9d95); font-weight: 700; }
.submitting, .archiving { color: var(--accent); }
.waiting { color: light-dark(#7a5200, #eebb55); }
.held, .watching, .not-reached { color: var(--soft); }
.passed { color: light-dark(#17692f, #7fd597); }
.stands-in-the-way { color: light-dark(#7a5200, #eebb55); font-weight: 700; }
tr:has(.stands-in-the-way) { background: var(--raised); }
code { font-size: .85rem; color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .pools thead { display: none; }
  .pools tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .pools td { display: block; padding: .1rem 0; border: 0; }
  .pools td[data-label]::before { content: attr(data-label) ' '; color: var(--soft); font-size: .85rem; }
}
`
