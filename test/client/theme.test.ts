// Every theme keeps what is promised of contrast and for colour-blind eyes, and no component brings a colour or a size of writing of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { THEMES, type Theme } from '../../domain/board/topics/data.ts';
import { contrast, distance, EYES, parseColour, seeColour, toLab, type Rgb } from './colour.ts';

const client = join(import.meta.dirname, '../../client');
const sheet = readFileSync(join(client, 'ui/colours.css'), 'utf8');

type Variables = Readonly<Record<string, string>>;

function readVariables(selector: string): Variables {
  const begin = sheet.indexOf(`${selector} {`);
  expect(begin, selector).toBeGreaterThanOrEqual(0);
  const block = sheet.slice(begin, sheet.indexOf('}', begin));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

const selectors: Record<Theme, string> = {
  deep: ':root',
  light: ":root[data-theme='light']",
  contrast: ":root[data-theme='contrast']",
};
const themes = Object.fromEntries(THEMES.map((theme) => [theme, readVariables(selectors[theme])]));

function ratio(variables: Variables, ink: string, ground: string): number {
  return contrast(parseColour(variables[ink]!), parseColour(variables[ground]!));
}

/** What stands on what: small text, and figures, which must be read from further away. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['ground', 'panel', 'tile', 'tile-lit', 'tile-lit-2', 'trouble-tile']],
  ['soft', ['ground', 'panel', 'tile', 'tile-lit', 'tile-lit-2']],
  ['good-text', ['ground', 'panel', 'tile']],
  ['warning-text', ['ground', 'panel', 'tile']],
  ['trouble-text', ['ground', 'panel', 'tile']],
  ['trouble-ink', ['trouble']],
  ['warning-ink', ['warning-fill']],
];
const FIGURES: typeof TEXT = [
  ['ink', ['ground', 'panel', 'tile', 'tile-lit', 'tile-lit-2', 'trouble-tile']],
  ['soft', ['panel', 'tile']],
  ['warning-text', ['panel', 'tile']],
  ['trouble-text', ['panel', 'tile']],
  ['trouble-ink', ['trouble']],
  ['warning-ink', ['warning-fill']],
];
/** Lines, bars and marks that carry a meaning. */
const GRAPHICS = ['window', 'online', 'medical', 'other', 'good', 'warning', 'trouble'];

describe.each(THEMES)('the theme %s', (theme) => {
  const variables = themes[theme]!;
  const pairs = (list: typeof TEXT) =>
    list.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const));

  it('names every colour', () => {
    expect(Object.keys(variables).sort()).toEqual(Object.keys(themes['deep']!).sort());
  });
  it.each(pairs(TEXT))('text %s on %s has 4.5:1, in high contrast 7:1', (ink, ground) => {
    expect(ratio(variables, ink, ground)).toBeGreaterThanOrEqual(theme === 'contrast' ? 7 : 4.5);
  });
  it.each(pairs(FIGURES))('figures %s on %s have 7:1', (ink, ground) => {
    expect(ratio(variables, ink, ground)).toBeGreaterThanOrEqual(7);
  });
  it.each(GRAPHICS)('%s as a mark has 3:1, in high contrast 7:1, against panel and tile', (name) => {
    for (const ground of ['panel', 'tile'])
      expect(ratio(variables, name, ground), ground).toBeGreaterThanOrEqual(theme === 'contrast' ? 7 : 3);
  });
  it.each(['ink', 'soft'])('%s on a panel that is behind still has 4.5:1', (name) => {
    const [behind, panel] = [Number(variables['behind']), parseBytes(variables['panel']!)];
    const faded = parseBytes(variables[name]!).map((part, i) => behind * part + (1 - behind) * panel[i]!);
    const seen = parseColour(`#${faded.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`);
    expect(contrast(seen, parseColour(variables['panel']!))).toBeGreaterThanOrEqual(4.5);
  });
});

// The browser mixes bytes, not light.
function parseBytes(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/**
 * What may stand beside what in one picture. 总览 holds every mark at once, so each is told from each: edges, bars, dots,
 * lamps and lines, and the neutral ones that stand among them. Ground on which something is written is told from ground.
 */
const MARKS = [...GRAPHICS, 'soft', 'ink', 'line'];
const SIDE_BY_SIDE: Readonly<Record<string, readonly string[]>> = {
  marks: MARKS,
  'tiles of windows': ['tile', 'tile-lit', 'trouble-tile'],
  'alarms, flags and chips': ['warning-fill', 'trouble', 'tile-lit'],
};
/** Shades of a station's tile only repeat the number that stands in them. */
const SHADES = ['tile', 'tile-lit', 'tile-lit-2'];
/** Two strengths of one ink: where a mark of the one lies on the other, as on an expected range, its shape says which. */
const ONE_THING = 'soft and ink';
/**
 * What is read, and what lies beneath: the contrast above is theirs. Text in amber, red and green is not told apart here,
 * because beside it the word says which it is; nor is the cross of a missed check, which is a cross.
 */
const READ = ['good-text', 'warning-text', 'warning-ink', 'trouble-text', 'trouble-ink'];
const BENEATH = ['ground', 'panel', 'behind', 'shade'];
/** Ten units of CIEDE2000 is what a glance tells apart; one is what a trained eye just does. */
const LEAST_DISTANCE = 10;
const LEAST_SHADE = 8;

function listPairs(names: readonly string[]): (readonly [string, string])[] {
  return names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other] as const));
}

test('every colour of a display has its place among those that are told apart, read or lie beneath', () => {
  const placed = new Set([...Object.values(SIDE_BY_SIDE).flat(), ...SHADES, ...READ, ...BENEATH]);
  expect([...placed].sort()).toEqual(Object.keys(themes['deep']!).sort());
});

describe.each(THEMES)('the colours of the theme %s that stand side by side', (theme) => {
  describe.each(EYES)('seen with %s eyes', (eye) => {
    const see = (name: string) => toLab(seeColour(parseColour(themes[theme]![name]!), eye));
    const findTooNear = (names: readonly string[], least: number) =>
      listPairs(names)
        .filter((pair) => pair.join(' and ') !== ONE_THING)
        .map(([one, other]) => ({ pair: `${one} and ${other}`, apart: distance(see(one), see(other)) }))
        .filter(({ apart }) => apart < least)
        .map(({ pair, apart }) => `${pair}: ${apart.toFixed(1)}`);
    it.each(Object.entries(SIDE_BY_SIDE))('%s: each pair is told apart', (_name, colours) => {
      expect(findTooNear(colours, LEAST_DISTANCE)).toEqual([]);
    });
    it('shades of a tile are seen to rise', () => {
      expect(findTooNear(SHADES, LEAST_SHADE)).toEqual([]);
    });
  });
});

describe('hairlines', () => {
  // A line that is as strong as what stands in its frame is read before it.
  it.each(THEMES)('of the theme %s are fainter than any text may be, and in high contrast still seen', (theme) => {
    for (const ground of ['ground', 'panel', 'tile']) {
      const line = ratio(themes[theme]!, 'line', ground);
      expect(line, ground).toBeLessThan(4.5);
      expect(line, ground).toBeLessThan(ratio(themes[theme]!, 'soft', ground) / 3);
      // WCAG 2.2, 1.4.11: what is needed to make out a part of the picture.
      if (theme === 'contrast') expect(line, ground).toBeGreaterThanOrEqual(3);
    }
  });
  it('are no wider than a stroke of the words that they part', () => {
    const folders = ['panels', 'alarms', 'display', 'scenes', 'ui'];
    const borders = folders.flatMap((folder) =>
      readdirSync(join(client, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.svelte'))
        .flatMap((file) => [
          ...readFileSync(join(client, folder, file), 'utf8').matchAll(
            /border(?:-\w+)*: ([\d.]+px) solid var\(--line\)/g,
          ),
        ])
        .map(([, width]) => width!),
    );
    expect(borders.length).toBeGreaterThan(10);
    // Two where a sum is ruled off.
    expect([...new Set(borders)].sort()).toEqual(['1px', '2px']);
  });
});

describe('the measures of this test', () => {
  // The published test data of Sharma, Wu and Dalal.
  it.each<[Rgb, Rgb, number]>([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ])('CIEDE2000 of %j and %j', (a, b, expected) => {
    expect(distance(a, b)).toBeCloseTo(expected, 4);
    expect(distance(b, a)).toBeCloseTo(expected, 4);
  });
  it('black on white is 21:1, and dichromats see greys as greys', () => {
    expect(contrast(parseColour('#000'), parseColour('#fff'))).toBeCloseTo(21, 6);
    for (const eye of EYES) {
      const seen = seeColour(parseColour('#808080'), eye);
      for (const part of seen) expect(part).toBeCloseTo(parseColour('#808080')[0], 4);
    }
  });
});

test('components take their colours from the theme, and text only those that are made for reading', () => {
  const readable = /^(var\(--(ink|soft|[a-z]+-ink|[a-z]+-text)\)|inherit|currentcolor)$/i;
  const problems: string[] = [];
  for (const file of readdirSync(client, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.svelte')) continue;
    const source = readFileSync(join(client, file), 'utf8');
    const style = source.slice(source.indexOf('<style>'));
    for (const [literal] of style.matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi))
      problems.push(`${file}: ${literal}`);
    // The amber of marks is too deep in the light theme to be written on.
    for (const [rule] of style.matchAll(/\{[^{}]*\}/g))
      if (rule.includes('--warning-ink)') && rule.includes('background: var(--warning);'))
        problems.push(`${file}: text on --warning`);
    for (const [, value] of style.matchAll(/(?<![-\w])color:\s*([^;]+);/g))
      if (!readable.test(value!.trim())) problems.push(`${file}: color: ${value}`);
  }
  expect(problems).toEqual([]);
});

/** Each declaration of a style sheet, with what it stands in from the outside inwards. */
function* readDeclarations(sheet: string): Generator<{ within: readonly string[]; name: string; value: string }> {
  const within: string[] = [];
  for (const [, text, end] of sheet.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{};]*)([{};])/g)) {
    if (end === '{') within.push(text!.trim());
    if (end === '}') within.pop();
    const [, name, value] = /^([\w-]+):\s*(.+)$/s.exec(text!.trim()) ?? [];
    if (end === ';' && name && value) yield { within: [...within], name, value };
  }
}

/** What a component's sheet has against the steps of type.css. */
function findSizeFaults(style: string, mustTakeSteps: boolean): string[] {
  const declarations = [...readDeclarations(style)];
  const sizes = declarations.filter(({ name }) => name === 'font-size');
  const read = new Set(sizes.flatMap(({ value }) => [...value.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name!)));
  const byShape = declarations.filter(({ within }) => within.some((rule) => rule.includes('aspect-ratio')));
  return [
    ...byShape
      .filter(({ name }) => name === 'font-size' || read.has(name))
      .map(({ name, value }) => `by shape: ${name}: ${value}`),
    ...sizes
      .filter(({ value }) => mustTakeSteps && !/var\(--|^inherit$/.test(value))
      .map(({ value }) => `no step: ${value}`),
  ];
}

describe('the steps of type', () => {
  const typeSheet = readFileSync(join(client, 'ui/type.css'), 'utf8');
  const steps = [...readDeclarations(typeSheet)].filter(({ value }) => value.endsWith('rem'));
  const shapeNames = [...new Set(steps.map(({ within }) => within[0]!))];
  const stepsOf = (shape: string) => steps.filter(({ within }) => within[0] === shape);
  const base = stepsOf(':root');
  const components = readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .map((file) => ({ file, source: readFileSync(join(client, file), 'utf8') }))
    .map(({ file, source }) => ({ file, style: /<style>(.*)<\/style>/s.exec(source)?.[1] ?? '' }));

  it('are set for a shape of screen in one place: no component sets a size of writing by shape, or one of its own', () => {
    // The pages that are read at arm's length have a few sizes of their own.
    const isNear = (file: string) =>
      /^(forms|pages[\\/](alarm|contract|self-test|sign-in|accounts|brief|report|sending|checks|rows|desk|reconcile|import|setup|trust|stars|star-sheet|settings|followups|suggestions|wall[\\/]replay))[\\/]/.test(
        file,
      );
    const faults = components.flatMap(({ file, style }) =>
      findSizeFaults(style, !isNear(file)).map((fault) => `${file}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('are all there and all used', () => {
    const used = components.flatMap(({ style }) =>
      [...style.matchAll(/var\((--type-[\w-]+)\)/g)].map(([, name]) => name!),
    );
    expect([...new Set(used)].sort()).toEqual(base.map(({ name }) => name).sort());
  });

  it('rise in every shape, and a shape names no others', () => {
    expect(shapeNames.length).toBeGreaterThan(1);
    for (const shape of shapeNames) {
      const all = new Map([...base, ...stepsOf(shape)].map(({ name, value }) => [name, parseFloat(value)]));
      expect([...all.keys()], shape).toEqual(base.map(({ name }) => name));
      expect([...all.values()], shape).toEqual([...all.values()].sort((a, b) => a - b));
    }
  });

  it('a component that goes by itself is seen to', () => {
    const style = `
      b { font-size: 1.2rem; } i { font-size: var(--own); }
      @media (max-aspect-ratio: 1/1) { b { order: 1; font-size: var(--type-body); } i { --own: 2rem; } }`;
    expect(findSizeFaults(style, true)).toEqual([
      'by shape: font-size: var(--type-body)',
      'by shape: --own: 2rem',
      'no step: 1.2rem',
    ]);
  });
});
