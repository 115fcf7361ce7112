/**
 * Why this file exists: the player as it stands becomes a picture. The page is copied into an SVG with its own style,
 * which the browser draws like any other image; nothing is loaded and nothing is drawn twice by hand.
 */

const xhtml = 'http://www.w3.org/1999/xhtml';

/** The page as an SVG text of the window's size. */
export function pageAsSvg(): string {
  const [width, height] = [window.innerWidth, window.innerHeight];
  const root = document.documentElement;
  const body = copyOf(document.body);
  const attributes = [...root.attributes].filter(({ name }) => name === 'style' || name.startsWith('data-'))
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${attributes}>`
    + `<foreignObject width="${width}" height="${height}">`
    + `<div xmlns="${xhtml}"><style>${escapeText(styleText())}</style></div>${new XMLSerializer().serializeToString(body)}</foreignObject></svg>`;
}

/** What the page is styled with; rules of others, which may not be read, are left out. */
function styleText(): string {
  return [...document.styleSheets].flatMap(sheet => {
    try {
      return [...sheet.cssRules].map(rule => rule.cssText);
    } catch {
      return [];
    }
  }).join('\n');
}

/** A copy without scripts and data, scrolled as the original is. */
function copyOf(body: HTMLElement): HTMLElement {
  const copy = body.cloneNode(true) as HTMLElement; // a clone is what its original is
  const [originals, copies] = [body.querySelectorAll('*'), copy.querySelectorAll('*')];
  for (const [n, original] of originals.entries()) {
    const one = copies[n];
    if (!(one instanceof HTMLElement)) continue;
    if (one.matches('script, noscript, dialog, .over')) one.remove();
    else if (original.scrollTop > 0) scrollCopy(one, original.scrollTop);
    if (original instanceof HTMLInputElement) one.setAttribute('value', original.value);
    if (original instanceof HTMLOptionElement) one.toggleAttribute('selected', original.selected);
  }
  return copy;
}

/** A picture cannot be scrolled: what would have gone out of sight is pulled up. The timeline's head stays. */
function scrollCopy(element: HTMLElement, top: number): void {
  element.style.overflow = 'hidden';
  const first = element.querySelector<HTMLElement>(':scope > .lane-stack > svg') ?? element.firstElementChild;
  if (first instanceof HTMLElement || first instanceof SVGElement) first.style.marginTop = `${-top}px`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

/** Draws an SVG text on a canvas of the given width, in its own proportions. */
export async function drawSvg(svg: string, width: number): Promise<CanvasRenderingContext2D> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.round((image.height / image.width) * width);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser draws no pictures.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context;
}
