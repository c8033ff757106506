/** A box with a lid. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect x="2" y="5" width="28" height="8" rx="2" fill="#1456b8"/>
<path d="M4 15h24v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z" fill="#4d86dd"/>
<rect x="11" y="18" width="10" height="3" rx="1.5" fill="#fff"/>
</svg>`
