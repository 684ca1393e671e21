/**
 * The promises that `npm test` proves in a browser, each once: by file, how the titles of the tests begin (after their group).
 * All other browser tests, the other cells of their matrices and the tests of the checks themselves, run in `npm run test:full`.
 */
export const PROMISES: Readonly<Record<string, readonly string[]>> = {
  access: [
    'the page / has no fault, light, dark, more contrast, forced colours, 1440x900',
    'the page /publishers/ has no fault, light, dark, more contrast, forced colours, 1440x900',
    'no step has a fault, dark, 1440x900',
    'the words on the stage can be read',
    'what has the focus is whole in view, there and back, /steps/#silence, 390x844',
    'past the head',
    'the switch on the page',
    'the keys of the browser stay',
    'words in the pictures grow',
  ],
  budget: ['story: light', '/: nothing moves when the script comes late, 390'],
  bundle: ['holds every file', 'unpacked in a folder'],
  cards: [
    'every figure in the story',
    'a card opens at once, in view, beside its figure, and nothing moves, 390x844',
    'a card works by keyboard alone',
    'where the cards do not come',
    'figures on the stage',
    'a card has an address',
  ],
  chromium: ['a name that is no browser', 'where there is none'],
  contentParity: ['the page awake', 'the page without script', 'every text of the words file', 'a reader mode'],
  deploy: ['every file comes with every header', 'at a root and in a folder', 'out of a zip'],
  embedAccess: ['members, pinned, 390', 'members, tall, 1280'],
  embedKeepsPlace: [
    'members: a phone that is turned',
    'members: the height that is kept',
    'a reload, and Back',
    'story: an anchor below',
    'a frame without our loader keeps its step',
  ],
  embedModes: [
    'the frame is another site',
    'a frame of 5200 px',
    'a frame of 720 px',
    'without script a frame holds',
    'every step comes once in each direction, in the page',
    'the picture stays in the reader',
    'a swipe turns',
    'Next shows every step whole, Previous brings each back, 320x720',
  ],
  embedParents: ['every step comes once', 'Tab, Shift+Tab', 'attributes change live', 'a figure opens its evidence', 'a frame that talks', 'the Guardian'],
  embedRooms: [
    'by 1.25 as a whole',
    'the body: the frame is pinned',
    'the element closed too early',
    'an element that is moved by moveBefore',
    '150 px: title',
    '1600 px on a phone',
    'the stand-in is printed',
    'in WordPress',
  ],
  embedThemes: [
    'script: a column for each child, as block themes have',
    'frame: a column for each child, as block themes have',
    'picture: no rule at all',
    'require-corp, script',
  ],
  embedWeight: ['members: with the loader'],
  embedWordPress: ['members: a post'],
  'faults-browser': ['without ResizeObserver', 'with fonts blocked'],
  'faults-policy': ['the page’s policy stops an inline script', 'the page’s policy stops a request by a script'],
  harness: ['the tests would notice a request to another origin', 'a test turns red', 'each promise'],
  keepsPlace: [
    'a step is kept when the screen is turned, and to the pixel when it is turned back, 390x844',
    'the step is put back before',
    'Back to the story',
    'a phone’s own bars',
  ],
  layout: [
    'every step can be read and its picture seen, 1440x900',
    'every step can be read and its picture seen, 390x844',
    'the cover’s words stand clear of its light and of each other, 320x568',
  ],
  layoutShift: [
    'nothing jumps under the reader’s eyes, and little is fetched, from load to end, 390x844',
    'nothing jumps while the words are still on their way, /, 390x844',
    'a frame whose script never runs',
    'the story costs its reader',
  ],
  ledger: ['every fact stands', 'what a card says', 'the filter narrows', 'without script every entry', 'every download'],
  lights: [
    'maskpark: lights are seen, and nothing else, 1440x900 at 2',
    'million: lights are seen, and nothing else, 390x844 at 3',
    'each of a hundred lights is where the layout puts it, as bright as it is, and there is no other',
  ],
  links: [
    'a link to any step opens on its words and its picture, 390x844',
    'the address names the step that is read, without filling the reader’s history, 1440x900',
    'each link of the progress line goes to its part, 390x844',
    'the story stands at its language',
    'an address that names no step is ignored and the story works: #constructor',
  ],
  motion: ['nothing moves for a reader who asked for stillness, 390x844', 'the preference is followed'],
  names: ['the reader is not sent the prose', 'the policy of every page', 'every number'],
  noscript: ['nothing is missing and nothing waits, 390x844', 'the words are the same'],
  printAndAccessibilityTree: ['on paper, / has', 'the accessibility tree of / holds', 'speaks each step'],
  publishers: [
    'script: the preview shows',
    'script: what is copied works',
    'the script with its hash',
    'the policy lines are enough',
    'without script every way',
  ],
  readingModes: [
    'steps: without script every word, every step’s picture and every place is there, 320x568',
    'plain: without script every word, every step’s picture and every place is there, 1440x900',
    'steps: every place is reached with one Next each, and back, 390x844',
    'steps: an address opens',
    'steps: a swipe turns',
    'the reader’s place goes with them',
  ],
  singleFile: ['opens from a disk'],
  start: ['two people can start', 'who works on the story'],
};

/** Matches the full title of a promised test, as Playwright has it: project, file, groups, title, with spaces between. */
export const PROMISED_TITLES = new RegExp(
  Object.entries(PROMISES)
    .map(([file, titles]) => `\\b${literal(file)}\\.test\\.ts (?:.* )?(?:${titles.map(literal).join('|')})`)
    .join('|'),
);

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
