/** The look of the status page; light or dark as the reader's system is. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --back: light-dark(#f6f7f9, #14171b);
  --raised: light-dark(#ffffff, #1c2026);
  --line: light-dark(#dfe3e8, #313740);
  --text: light-dark(#1c2229, #e6e9ed);
  --soft: light-dark(#56606c, #a3acb8);
  --accent: light-dark(#1a5fb4, #8ab6f5);
  --on-accent: light-dark(#ffffff, #10233c);
  --good: light-dark(#1b6b3a, #7ed3a0);
  --wait: light-dark(#7a4f00, #e8bb5e);
  --bad: light-dark(#b3261e, #ff9d95);
  --window: light-dark(#e9b949, #a67c1a);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  color: var(--text); background: var(--back); overflow-wrap: anywhere;
}
header, main, footer { width: 100%; max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between;
  gap: .5rem 1rem; padding-block: 1rem;
}
main { flex: 1; padding-block: .5rem 2rem; outline: 0; }
footer { padding-block: .75rem 1.5rem; color: var(--soft); font-size: .875rem; }
footer p { margin: .25rem 0; }
h1, h2 { line-height: 1.25; text-wrap: balance; }
h1 { margin: .75rem 0 1rem; font-size: 1.6rem; }
h1 small { color: var(--soft); font-size: 1rem; font-weight: 400; }
h2 { margin: 2rem 0 .75rem; font-size: 1.1rem; }
p { margin: .5rem 0; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
small, .soft { color: var(--soft); font-size: .875rem; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: .875em ui-monospace, monospace; color: var(--soft); }
h1, h2 a, dd, .lead, .quote, .why p { unicode-bidi: isolate; }
.none, .empty { color: var(--soft); }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--raised); }
.brand { font-weight: 650; color: inherit; text-decoration: none; }
.brand:hover { text-decoration: underline; }
.mode { display: flex; align-items: center; gap: .75rem; }
.lamp::before {
  content: ''; display: inline-block; width: .6rem; height: .6rem; margin-right: .45rem;
  border: 2px solid var(--good); border-radius: 50%; background: var(--good);
}
.lamp.half::before { border-color: var(--wait); background: none; }
.lamp.off::before { border-color: var(--bad); border-radius: 0; background: var(--bad); }

.button {
  display: inline-block; padding: .4rem .9rem; border: 1px solid var(--line); border-radius: .5rem;
  font: inherit; color: var(--accent); background: var(--raised); text-decoration: none; cursor: pointer;
}
.button:hover { border-color: var(--accent); }
.primary { border-color: var(--accent); color: var(--on-accent); background: var(--accent); font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; }
.lead { font-size: 1.1rem; max-width: 48rem; }
.notice {
  margin: .5rem 0; padding: .65rem 1rem; border: 1px solid var(--line); border-left: .3rem solid var(--soft);
  border-radius: .5rem; background: var(--raised);
}
.notice.warning { border-left-color: var(--wait); }
.notice.done { border-left-color: var(--good); }

.badge {
  display: inline-block; padding: 0 .6rem; border: 1px solid currentColor; border-radius: 1rem;
  font-size: .8125rem; line-height: 1.5rem; font-weight: 600; white-space: nowrap;
}
.badge.archived, .badge.passed { color: var(--good); }
.badge.attention, .badge.stands-in-the-way { color: var(--bad); border-width: 2px; }
.badge.submitting, .badge.archiving { color: var(--accent); }
.badge.waiting, .badge.passed-over { color: var(--wait); }
.badge.held, .badge.watching, .badge.not-reached { color: var(--soft); font-weight: 500; }
.badge.held { border-style: dashed; }

.filters { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 1.5rem; }
.states { display: flex; flex-wrap: wrap; gap: .25rem; }
.states a { padding: .25rem .7rem; border-radius: 1rem; text-decoration: none; }
.states a:hover { background: var(--raised); }
.states a[aria-current] { color: var(--on-accent); background: var(--accent); font-weight: 600; }
.states .count { font-weight: 700; }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
select, input, .filter button {
  max-width: 100%; padding: .35rem .6rem; border: 1px solid var(--soft); border-radius: .5rem;
  font: inherit; color: inherit; background: var(--raised);
}
.filter select { width: 13rem; }
.question { max-width: 36rem; }
.field label { display: block; margin-bottom: .25rem; font-weight: 600; }
.field input[name='reason'] { width: 100%; }

.key, .row { display: grid; grid-template-columns: 13rem minmax(13rem, 1.2fr) minmax(14rem, 2fr) 9.5rem; gap: 0 1.5rem; padding: 0 1rem; }
.key { position: sticky; z-index: 1; top: 0; margin-top: 1rem; background: var(--back); }
.key .over { grid-column: 3; }
.pools { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: .75rem; background: var(--raised); }
.row { align-items: center; padding-block: .75rem; }
.row + .row { border-top: 1px solid var(--line); }
.row h2, .row p { margin: 0; }
.row h2 { font-size: 1rem; }
.why p { font-size: .9375rem; margin-top: .15rem; }
.next .soft { display: block; }
.next small { display: block; }
.over { min-width: 0; }
.row .over { align-self: stretch; display: grid; align-items: center; margin-block: -.75rem; overflow-x: visible; overflow-y: clip; }

svg { display: block; overflow: visible; }
svg text { fill: var(--soft); font-size: .75rem; }
svg .now-label { fill: var(--accent); font-weight: 600; }
svg line.tick { stroke: var(--line); }
svg line.now { stroke: var(--accent); stroke-width: 2; stroke-dasharray: 4 3; }
svg .span { fill: light-dark(#b8c0ca, #525b67); }
svg .appeals { fill: var(--window); }
svg .closed { fill: var(--raised); stroke: var(--text); stroke-width: 2; }
svg .planned { fill: var(--wait); stroke: var(--raised); stroke-width: 1.5; }
svg .look { fill: var(--raised); stroke: var(--soft); stroke-width: 1.5; }
svg .done { fill: var(--good); }
svg .tick-mark { fill: none; stroke: var(--raised); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0; padding: 0 1rem; list-style: none; color: var(--soft); font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.panel { padding: .75rem 1.5rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--raised); }
.panel .timeline { overflow: clip; overflow-clip-margin: 10px; }
.panel .legend { margin: .5rem 0 0; padding: 0; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(9.5rem, 100%), 1fr)); gap: .9rem 1.5rem; margin: 1rem 0; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0; }
dd small { display: block; }
.cards, .history, .rule { margin: 0; padding: 0; list-style: none; }
.cards li, .history li, .rule li { padding: .5rem 0; border-top: 1px solid var(--line); }
.cards p, .history p { margin: 0; }
.history li { display: grid; grid-template-columns: 10rem 1fr; gap: 0 1rem; }
.rule li { display: grid; grid-template-columns: 1.25rem 1fr auto; gap: .6rem; align-items: baseline; }
.rule .mark { font-weight: 700; text-align: center; }
.rule .passed .mark { color: var(--good); }
.rule code { color: inherit; }
.rule .stands-in-the-way { font-weight: 600; }
.rule .stands-in-the-way code { display: block; }
.rule .stands-in-the-way .mark { color: var(--bad); }
.rule .not-reached { color: var(--soft); }
.quote { padding-left: .75rem; border-left: 3px solid var(--line); }

@media (max-width: 64rem) {
  .key, .row { grid-template-columns: 1fr 1fr; }
  .key .over, .row .over { grid-column: 1 / -1; }
  .row .who { grid-column: 1; }
  .row .next { grid-column: 1 / -1; }
  .row .over { margin-block: 0; }
  .next .soft, .next small { display: inline; }
}
@media (max-width: 40rem) {
  header, main, footer { padding-inline: .9rem; }
  .key, .row { grid-template-columns: minmax(0, 1fr); padding-inline: .75rem; }
  .row { gap: .4rem; }
  .row .over { margin-block: 0; }
  .row > * { grid-column: 1; }
  .history li { grid-template-columns: 1fr; }
  .rule .stands-in-the-way .badge { grid-column: 2; justify-self: start; }
  .panel { padding-inline: .75rem; }
}
`
