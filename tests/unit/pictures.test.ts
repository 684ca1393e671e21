/** Which pictures there are, and what is promised of the one that stands for the story. */
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { describeFact } from '#evidence/describeFact.ts';
import { factOf } from '#evidence/facts.ts';
import { svgOf } from '#pages/chartImage.ts';
import { pictureAlternative, storyPicture } from '#pages/pictures.ts';
import { english, project } from '../fixtures/unit-project.ts';

const { data } = project;

describe('the picture of the story', () => {
  const { pictured, words } = storyPicture(data, english);
  const { text } = describeFact(factOf(data, 'maskpark-users'), english.language, ['capital']);

  test.each(['card', 'square'] as const)('has the title, the number as its fact has it, and not the forum’s name: %s', (format) => {
    const svg = svgOf(pictured, words, format);
    const shown = load(svg, { xml: true })('text').text();
    expect(shown).toContain(text);
    expect(shown.replaceAll(/\s/g, '')).toContain(english.story.title.replaceAll(' ', ''));
    expect(shown).not.toMatch(/mask\s*park/i);
    expect(pictureAlternative(null, english)).not.toMatch(/mask\s*park/i);
  });
});
