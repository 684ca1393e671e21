/** The id of the stage behind the cover. When the browser has come to it the cover is whole, and may be painted. */
export const FIRST_STAGE = 'first-stage';
