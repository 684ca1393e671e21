/** The element that the publisher's script defines, and the sandbox of the frame in it, which any other frame of ours may have too. */

export const ELEMENT = 'size-of-the-room';

/** Links out open beside the page, and nothing else is allowed. */
export const SANDBOX = 'allow-scripts allow-popups allow-popups-to-escape-sandbox';
