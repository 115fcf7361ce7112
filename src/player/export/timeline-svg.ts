/** Why this file exists: the timeline on show becomes one SVG file that needs neither the page nor its style. */

/** What is kept of a shape's style, and the value that need not be said. */
const kept: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)', stroke: 'none', 'stroke-width': '1px', 'stroke-dasharray': 'none', opacity: '1', 'paint-order': 'normal',
};
const keptOfText: Readonly<Record<string, string>> = { ...kept, 'font-family': '', 'font-size': '', 'font-weight': '400' };

/** The timeline's head and lanes under each other, or undefined while no timeline is on show. */
export function timelineAsSvg(title: string): string | undefined {
  const drawings = [...document.querySelectorAll<SVGSVGElement>('.timeline svg.lanes')];
  const [first] = drawings;
  if (first === undefined) return undefined;
  const width = first.width.baseVal.value;
  let top = 0;
  const parts = drawings.map(drawing => {
    const copy = styledCopy(drawing);
    copy.setAttribute('y', String(top));
    top += drawing.height.baseVal.value;
    return new XMLSerializer().serializeToString(copy);
  });
  const background = getComputedStyle(document.body).backgroundColor;
  const named = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 16}" height="${top + 16}" viewBox="-8 -8 ${width + 16} ${top + 16}">`
    + `<title>${named}</title><rect x="-8" y="-8" width="100%" height="100%" fill="${background}"/>${parts.join('')}</svg>\n`;
}

/** A copy whose every shape carries the style that the page gave it. */
function styledCopy(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement; // a clone is what its original is
  for (const name of ['aria-hidden', 'class', 'style']) copy.removeAttribute(name);
  const copies = copy.querySelectorAll('*');
  for (const [n, original] of drawing.querySelectorAll('*').entries()) {
    const style = getComputedStyle(original);
    const one = copies[n];
    if (one === undefined) continue;
    one.removeAttribute('class');
    if (!(original instanceof SVGGeometryElement || original instanceof SVGTextElement)) continue;
    for (const [name, usual] of Object.entries(original instanceof SVGTextElement ? keptOfText : kept)) {
      const value = plainColor(style.getPropertyValue(name));
      if (value !== usual) one.setAttribute(name, value);
    }
  }
  return copy;
}

/** A mixed colour as older programs read it: `color(srgb 0.5 0 1)` is `rgb(128, 0, 255)`. */
function plainColor(value: string): string {
  return value.replace(/^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)\)$/, (_all, ...parts: string[]) =>
    `rgb(${parts.slice(0, 3).map(part => Math.round(Number(part) * 255)).join(', ')})`);
}
