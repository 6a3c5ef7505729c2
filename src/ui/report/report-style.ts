import { palette } from '../tokens';

const colours = Object.entries(palette)
  .map(([name, [light]]) => `--${name}:${light};`)
  .join('');

/** Light only, since it is to be printed and passed on. */
export const reportStyle = `
:root{color-scheme:light;${colours}}
*{box-sizing:border-box}
body{max-width:68rem;margin:0 auto;padding:1.5rem 1.25rem 3rem;background:var(--surface);color:var(--ink);
font:0.9375rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif}
h1{margin:0;font-size:1.625rem;line-height:1.25}
h2{margin:2.5rem 0 .75rem;padding-top:1rem;border-top:2px solid var(--line-strong);font-size:1.25rem;overflow-wrap:anywhere}
h3{margin:1.5rem 0 .5rem;font-size:1.0625rem}
p{max-width:75ch;margin:.375rem 0}
.muted,caption,figcaption,dt{color:var(--muted)}
.small,figcaption,caption{font-size:.8125rem}
.score{font-size:2rem;font-weight:650;line-height:1.2}
.alarm{padding:.625rem .875rem;border-left:4px solid var(--danger);background:var(--danger-soft)}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.5rem 1.25rem;margin:.5rem 0}
dt{font-size:.8125rem}
dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:.75rem 0;font-size:.8125rem;font-variant-numeric:tabular-nums}
caption{padding-bottom:.25rem;text-align:left}
th,td{padding:.25rem .625rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;font-weight:400}
thead th{color:var(--muted);font-weight:600}
th.text,td.text{min-width:5rem;max-width:26rem;text-align:left;overflow-wrap:anywhere}
tbody th.text{font-weight:550}
.wide{overflow-x:auto}
figure{margin:.75rem 0}
figure svg{display:block;max-width:100%;height:auto}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(28rem,100%),1fr));gap:.5rem 1.5rem}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:1rem;padding:0;list-style:none;font-size:.8125rem}
.pictures img{display:block;width:100%;aspect-ratio:1;object-fit:cover;border-radius:.375rem;background:var(--sunken)}
.pictures p{overflow-wrap:anywhere}
@media print{
@page{margin:1.5cm}
body{max-width:none;padding:0;font-size:10pt}
.run{break-before:page}
.run h2{border-top:0;margin-top:0}
.figures{grid-template-columns:1fr 1fr}
table{font-size:8.5pt}
h2,h3{break-after:avoid}
figure,tr,li,dl div{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
